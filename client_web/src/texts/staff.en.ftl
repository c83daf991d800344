# The client's own words for actors, observers, the projector and control; fetched with their screens only.

# ---- actor
my-card = My card
no-scene = No talk is open with you now. You are free until your cue.
cues = Cues
cue-in = in { $span }
cue-now = now
cue-ready = I am ready
cue-ready-said = you said: ready
cue-done = Played
i-said = What I said
line-said = said
not-advised = The card would not let this out yet
others-heard = Others heard it too
tap-lines = Tap the lines as you say them
say-it = { $n ->
    [one] I said this
   *[other] I said these { $n }
  }
said-label = Said to { $who }
how-treated = How was I treated?
scale-0 = not at all
scale-1 = hardly
scale-2 = partly
scale-3 = mostly
scale-4 = fully
noted = noted
treat-send = Note it
treat-again = Correct it
treat-label = How { $who } treated me
curtain-out = CURTAIN: I step out
curtain-hint = Ends the scene at once, without reasons. Only the safety officer learns who asked.
messages = Messages ({ $n })
what-i-know = What my character knows of others

# ---- observer
observer-title = Read only.
observer-delay = You see everything { $n ->
    [one] one minute
   *[other] { $n } minutes
  } later than it happens.
observer-delay-seconds = You see everything { $n } seconds later than it happens.
observer-text = You see what exercise control has opened, with names left out. Nothing you do here reaches the players. Questions go to the observers' desk.
observer-stop = Exercise control is alerted; the exercise goes on until they decide. Say it aloud too.
story-line = The story so far
story-empty = Nothing has come through yet. What is opened to you comes with a delay.
team-knows = What the team knows
records = { $n ->
    [one] one entry
   *[other] { $n } entries
  }

# ---- projector
room-how = Scan this with the camera, or type the address. Then type the six characters from your card.
room-lost = The link to the server is lost; the clock runs on by itself.

# ---- control
control-run = Run
control-teams = Teams
control-truth = Truth
control-matrix = Who knows what
control-people = Write
startex-text = Play begins and the clock runs. Everybody sees it.
pausex-text = The clock stands still for everybody. Nothing falls due.
resume-text = The clock goes on where it stood.
loss-seen = Loss seen
loss-seen-text = Acts are taken again. What was done after the part that is left has to be noted anew; each phone that knows of something lost says so.
endex-text = Play ends for everybody and does not come back. Roles are left.
speed = Speed
jump = Jump
jump-text = Moves the clock forward. What falls due on the way happens, in order.
jump-minutes = Minutes
jump-to = It will be { $time } in the story.
msel = MSEL
msel-empty = No injects.
inject-waiting = waiting
inject-held = held
inject-fired = brought
inject-skipped = skipped
inject-passed = time passed: its condition did not hold
inject-does = What it brings, and to whom
due-in = in { $span }
due-event = waits for an event
held-at = planned for { $time }, held: it does not come by itself
overdue = overdue { $span }
to = to { $who }
expected = Expected:
steer-fire = Bring now
steer-hold = Hold
steer-release = Release
steer-skip = Skip
steer-repeat = Bring again
happenings = What was done
happenings-empty = Nothing has been done yet.
cause = because: { $cause }
lobby-address = Address:
lobby-room = open projector page
lobby-reached = phones connect
lobby-not-reached = no phone has connected yet from another machine
lobby-missing = { $n ->
    [0] every team is here
    [one] one team is empty
   *[other] { $n } teams are empty
  }
lobby-stand-ins = { $n ->
    [one] one team played by a stand-in
   *[other] { $n } teams played by stand-ins
  }
lobby-actors = { $n ->
    [one] one actor missing
   *[other] { $n } actors missing
  }
print = Print the cards
lobby-reviewed = reviewed by { $who }
lobby-not-reviewed = not reviewed
lobby-failed = The list of seats cannot be read now.
role-player = Team
role-team = Team
role-hidden = Hidden side
role-actor = Actor
role-control = Control
role-safety = Safety
role-observer = Observers
stand-in-none = No stand-in
profile-careful = careful
profile-hurried = hurried
profile-territorial = territorial
profile-careless = careless
devices = { $n } devices
seat-on = connected
seat-off = not connected
seat-answered = answered { $at }
seat-not-answered = has not answered yet
lobby-answered = comms check: { $n } of { $of } phones answered
nobody-here = Nobody here yet.
free = Free seat
lobby-looks-real = Typed texts look as if they held real data ({ $kinds }). Ask people, and erase them: kerege erase --personal.
not-promised = Not kept here
not-promised-known = I know
not-writing = Not writing
revoke = Free the seat of { $who }
revoke-text = Its screens close at once. The person can join again with the code.
erase = Erase
erase-person = Erase the person of seat { $who }
erase-person-text = For good: the name, and every text that was typed at this seat, from the record, all screens and the debrief. The record still verifies. The seat is freed. What was done stays, without a name; copies exported before are not reached.
link = Link
see-as = See as
seen-as = Seen as { $who }
open-observers = Open to observers
code-secret = For this team only. Anyone with this code joins it.
renew = New code
renew-text = The old code stops working. Those who are in stay in.
amend = Change
amend-to = New value from now on
amend-hint = Nobody is told by this alone; those who watch see it. The change and its reason stand in the record.
matrix-fact = Fact
matrix-truth = Truth
matrix-only = only what somebody knows
matrix-from-start = also what was known from the start
matrix-right = knows it
matrix-other = holds something else
matrix-disputed = disputed
matrix-retracted = retracted
matrix-empty = Nobody knows anything yet.
recall = Retract
recall-text = The team sees the record as retracted, with your reason. Nothing is rewritten silently.
link-once = Opens once, on one device, as exercise control.
link-none = Control comes in by a link that opens once.
renew-link = Make a link
renew-link-text = Whoever opens the link is exercise control and sees everything. Hand it to one person.

# ---- safety
safety-title = You look after everyone's safety.
safety-text = When STOP is pressed, this page turns red like every other, and you say when the danger is over. Who drew a CURTAIN you alone read here; who pressed STOP goes to control only. Keep what you learn to yourself.
safety-quiet = Nobody has asked for anything.

# ---- control's hands
proposals = { $n ->
    [0] Proposals
   *[other] Proposals waiting ({ $n })
  }
proposals-none = None is waiting.
proposals-ruled = Ruled ({ $n })
waits-for = waits { $span }
rule = Rule
rule-title = Rule on what { $who } proposes
rule-label = Ruled on a proposal of { $who }
rule-wants = wants { $n } min
rule-happens = It happens
rule-not-possible = Not possible
rule-text-happens = What the team reads at the end
rule-text-not = What the team reads now
rule-minutes = It takes (minutes of play)
rule-brings = What the team learns at the end, and what changes
rule-why = Reason (for the record; the team does not read it)
pick-find = Find a person, thing or place
pick-learns = Learns: { $what }
pick-how = How it is learnt
pick-remove = Remove
how-told = told
how-seen = seen
how-read = read
how-found = found
how-checked = checked

# ---- mentor
role-mentor = Mentors
mentor-title = You are with { $team }.
mentor-text = You see what this team sees, nothing more. You ask; you do not answer for them.
mentor-questions = What to ask now
mentor-no-questions = Nothing for these minutes. Listen.
mentor-write = A word to your team
mentor-write-hint = Only this team reads it, marked as its mentor's. Tap a question to take it over.
mentor-view = What { $team } sees
think-begin = Stop and think
think-end = Let them go on
think-hint = This team begins nothing new until you let it go on. What runs goes on; nobody else notices.
think-on = Stop and think.
think-on-text = The team begins nothing new.
simcell = { $n ->
    [0] SimCell
   *[other] SimCell: waiting ({ $n })
  }
simcell-none = Nothing waits. What teams write to places and people that nobody plays (a hotline, a bank) comes here; you answer in their name.
simcell-bodies = Places and people that nobody plays ({ $n })
simcell-open = May write to it: { $who }
simcell-closed = No team may write to it; you may write first.
simcell-answered = Answered ({ $n })
letter-name = Your name or letters, for the others at control
letter-take = I take it
letter-give-back = Give back
letter-taken = { $who } has it
letter-answer = Answer
say-as = Write as: { $who }
say-as-label = Written as { $who }
say-as-hint = The team sees this name as the sender, never control.
say-as-to = To whom
say-as-learns = What they also learn from it
steer-try = Test
inject-off-list = not on the list
inject-written = rewritten
inject-reads = Its text
inject-tried = Tested: what each would read ({ $n })
inject-teaches = and learns { $n } more
write-new = New inject
write-again = Edit
write-title = Title, for control
write-text = Text in { $language }
write-marks = What a text tells as a fact is marked: [words](thing.field), the same in every language. The name of a thing of the story stands only inside a mark.
write-to-whom = To whom ({ $n })
write-when = When
write-by-hand = By hand
write-keep = As planned
write-now = Now
write-in = In some minutes
write-held = Hold it: it waits until you release it
write-save = Keep it
overrule = Overrule
overruled = overruled
overrule-text = What it changed goes back as far as nothing has changed it since; what it taught is retracted, and those teams are told so, without your reason.
overview = At a glance
overview-phones = { $on } of { $n } seats connected
overview-safety = safety officer is here
overview-no-safety = no safety officer
overview-next = next: { $what }, { $time } (in { $span })
overview-overdue = overdue: { $n }
clock-story = Story time
clock-play = Since STARTEX
clock-left = Left
clock-wall = Real time
msel-before = The injects stand here from STARTEX on.
overview-before = Before STARTEX
overview-who = Who is missing
write-to-actor = An actor gets it as a cue.
divide-team = Split or merge
split-team = Split this team
split-title = What the new team is called
split-records = It begins with what this team knows
merge-team = Join it to another team
merge-hint = Its people and units go over, with what they know. What its units are doing stops.
merge-into = Which team

# ---- evaluators
role-evaluator = Evaluators
evaluator-title = You watch and note; you steer nothing.
evaluator-text = You see which act which team did when, no words and nothing of what was learnt. Your notes are read by evaluators and exercise control. Write of teams, never of a person.
guides-now = What to look for now
guides-none = Nothing to look for in these minutes.
guides-rest = All other times ({ $n })
guide-place = Where: { $place }
guide-evidence = Shown by: { $what }
note-about-this = Note about this
note-new = A note
note-no-guide = About nothing of these
note-teams = About which teams?
note-rating = How was it performed?
rating-P = P: performed without challenges
rating-S = S: performed with some challenges
rating-M = M: performed with major challenges
rating-U = U: unable to be performed
rating-N = Not observed
note-words = What did you see?
note-hint = Facts, no names. Tap a line below to attach what shows it. With fewer than three persons in a team, choose a neighbour too.
note-evidence = Attached: { $n }
note-keep = Keep the note
note-label = Note kept
notes = Notes of all evaluators ({ $n })
known-then = What { $team } could know then
end-notes = Evaluators’ notes


# ---- actors: after a scene
derole-title = Out of the part
derole-name = Say your own name aloud.
derole-water = Take a sip of water.
derole-out = Step out of the area for a moment.
derole-done = Done
derole-hint = For you alone: nobody is told. If something stays with you, go to the safety officer.
leave-part-hint = You may give up the part at any time, without reasons: menu, "Leave the seat". Your scenes end, and exercise control learns only that the part is free. A coach may sit at the same part with a second phone: what it taps counts as yours.
treat-waits = Exercise control reads this now; { $who } reads it in your character's words after the debrief of this scene.
treat-reaches = The debrief is done: { $who } reads this at once, in your character's words.

# ---- debriefs of scenes: control and safety
debriefs = Scenes to debrief ({ $n })
debriefs-hint = After the talk with the actor and the team, tap once. The team then reads, in the character's words, how it was treated.
debrief-done = The debrief is done

stop-who = Who pressed goes to control only.
stop-clear-sure = Has somebody looked, and is everybody safe?
stop-clear-yes = Yes, the danger is over
stop-clear-no = Not yet
stop-clear = The danger is over
stop-clear-hint = The room stays paused until control resumes it.
stop-clear-hint-control = The safety officer clears it. Press only where nobody sits at safety. The room stays paused until you resume it.
off-duty = off duty
