# The last page, English. Nothing here judges: what nobody wrote down is "not recorded as shared".
mark = SIMULATION · УЧЕБНОЕ · ОКУУ
mark-words = Everything on this page was played in an exercise. No person and no event on it is real.
page-title = { $title }: who knew what when
kicker = Last page of the exercise
played = Played
played-value = { $duration }, story time { $from } to { $to }
not-ended = Play has not ended: this is how it stands at { $at }.
ending = Ending
ending-open = What stayed open
ending-text-open = None of the endings of this story held at the end of play. The picture below shows which pieces met and which did not.

picture-title = When each team first held each key fact
picture-desc = One row for each team, play time from left to right. Each sign is a key fact with its number in the table; a line leads from the team that passed it on.
picture-said = { $fact }: { $held }.
picture-held = { $team } at { $at }, { $how }
picture-nobody = no team
axis = play time
axis-break = Nothing was learnt between { $from } and { $to }: drawn short.
legend-own = seen or found
legend-told = told or read
legend-heard = heard in the room
legend-known = from the start, or own record
legend-unsure = dashed: claimed or likely
legend-line = passed on by a team

table-title = How each team came to know
fact = Key fact
nobody = no team
held-by = Held by, from when (from whom)
how-own-record = own record
how-from-start = known from the start
not-shared-cell = not recorded as shared

gaps-title = Not recorded as shared
gaps-none = Every key fact that was to be passed on is recorded as shared in time.
gaps-lead = Held by one team, awaited by another. People may have told each other without writing it down.
gap-from-to = { $from } → { $to }:
gap-never = held from { $held }
gap-late = held from { $held }; recorded at { $got }, awaited within { $within }
gap-time-not-up = held from { $held }; the time of { $within } was not up
minutes = { $minutes } min
and-more = … and { $count } more in the log

withdrawn-title = Retracted or disputed
record-retracted = { $team }, retracted at { $at }
record-disputed = { $team }, disputed at { $at }
otherwise-title = Recorded otherwise
otherwise-lead = Claimed or heard, and different from how it was at that moment.
otherwise-protected = protected: not repeated here

measures-title = Measures
measures-stand-ins = Not counted for or against a team that a stand-in played.
rated = P: performed without challenges. S: with some. M: with major ones. U: not performed. Teams are rated, never persons.
shared-in-time = Key facts shared in time
of = { $part } of { $whole }
consequences-title = What it meant for the persons of the story
consequences-lead = In words, never as a sum. They are invented; the patterns are not.
no-value = –

questions-title = Three questions for the hot wash
question-piece = “{ $fact }” was held by { $from } and awaited by { $to }. What would have carried it there?
question-piece-general = Which piece did you hold that another team needed, and how did it reach them?
question-between = What stood between knowing and telling: time, consent, the law, the channel, or not knowing whom to call?
question-monday = What will we agree on for Monday: who calls whom, with what, and how soon?

stand-ins = Played by stand-ins for some of the time: { $teams }.
stand-ins-everywhere = Every team was played by a stand-in for some of the time.
thought = Stopped to think, with a mentor: { $teams }.
rates-teams = This page speaks of teams, never of persons.
independent = Kerege is independent: not made, endorsed or reviewed by the OSCE.
reviewed = The story was reviewed by: { $who }.
reviewed-nobody = The story is not reviewed: no survivor adviser, practitioner or native reader has been named yet.
log-mark = Log { $mark }

by-hand = By the hand of exercise control: { $what }.
by-hand-ruled = acts allowed that a team proposed { $n }
by-hand-ruled-out = proposed acts ruled out { $n }
by-hand-off-list = injects not on the list { $n }
by-hand-written = injects written or rewritten { $n }
by-hand-overruled = consequences overruled { $n }
by-hand-amended = changes of the ground truth { $n }
by-hand-recalled = records withdrawn { $n }

notes-title = Notes of the evaluators
notes-lead = Of teams, never of persons. No rating stands for fewer than { $least } persons. For exercise control.
notes-none = No notes were written.
rating-P = P: performed without challenges
rating-S = S: performed with some challenges
rating-M = M: performed with major challenges
rating-U = U: unable to be performed
rating-N = Not observed
rating-too-few = Rating left out: fewer than { $least } persons
rating-together = Rated together with a neighbour team: see below
rated-together = Teams that are rated together
rated-together-lead = A team of fewer than { $least } persons is rated with a neighbour. Which letter belongs to which team is not kept here.
known-title = { $team }: what it could know at { $at }
known-lead = As observers may read it: nothing protected, no typed words, no names. The team may have known more.
known-none = Nothing that may be shown here.
