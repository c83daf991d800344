# The client's own words for coming in and for the parts that are fetched after the first screen.

yes = Yes
no = No
send = Send
product-line = Live exercises against trafficking in human beings
independent = Kerege is independent software. It is not made, endorsed or reviewed by the OSCE.
code-label = Your code
code-hint = Six letters and figures, from exercise control or from the card of your team.
code-latin = Not letters of a code: { $letters }. Switch the keyboard to Latin letters.
languages-later = Buttons in Russian for now:
code-unknown = This code opens nothing. Check it with exercise control.
go-on = Go on
you-join-as = You join as
accept = I have read this and accept it
join = Join the exercise
other-code = Another code
name-more = Name, or a second device (optional)
name-label = Name to show
name-hint = Seen by exercise control only; your role is shown to the others.
seat-label = Seat of yours
seat-hint = If you have a seat on another device: its letters, from that device's menu.
seat-of-mine = Your seat:
leave-title = Hand this phone on
leave-text = Leaving removes everything of this role from the phone. You can come back with the code.
leave = Leave the seat
leave-sure = Yes, leave now
leave-failed = The server does not answer, so the seat was not left. Try again when connected.
leave-unsent = { $n ->
    [one] One act is still only on this phone and would be lost.
   *[other] { $n } acts are still only on this phone and would be lost.
  }
menu-language-fallback = The buttons are not translated into { $name } yet; what the exercise tells you is.
same-as = Known to be the same as:
only-reference = Only mentioned so far: nothing is known about it.
nobody-known = You know nothing of this kind yet.
share-title = Share
share-to = To whom?
share-known-hint = Of a person or thing that the reader has not met, they get only its kind and its letters, not how you know it. Say who or what it is in a message.
share-chain = Say who told us
share-chain-hint = Otherwise they see only us as the source.
share-protected = { $n ->
    [one] One of these records is protected. Share it only with those who need it, and with consent.
   *[other] { $n } of these records are protected. Share them only with those who need them, and with consent.
  }
share-send = Share
share-label = { $n ->
    [one] Shared one record with { $names }
   *[other] Shared { $n } records with { $names }
  }
takes-play = Takes { $n } min of play
which-unit = Who does it?
choose-first = Choose: { $what }
do-live = Note it
do-start = Begin
contacts = Contacts
no-contacts = Nobody to reach from here.
write-to = Write to { $who }
write-also = Also to…
write-hint = No names or data of real people.
say-label = Message to { $names }
heard-hint = Somebody told you something face to face? Note who and what.
heard-from = Heard from { $who }
heard-who = Who said it?
heard-about = About whom or what?
heard-of = About { $what }
heard-what = What about it?
heard-tap = One tap notes it. If it was the wrong one, tap the right one: it takes its place.
heard-save = Note it
heard-label = Heard from { $who }: { $what }
forms = Forms
documents = Documents you know
no-forms = No forms for this role.
no-documents = No documents yet.
draft = draft, on this phone only
draft-kept = The draft stays on this phone until it is filed.
discard = Discard
file = File
fill-first = Fill in: { $what }
file-label = Filed: { $title }
end-title = The exercise is over
end-roles = Leave your role now: stand up, say your own name, shake hands. The people of this story were played; nobody is what they played.
end-care = If something stays with you, speak with the psychologist or the quiet room. You need no reason.
end-look-back = Look back at what we knew

# ---- what no button offers
propose-title = Something else
propose = Propose an act of your own
propose-hint = What no button offers. Exercise control rules on it.
propose-full = Three of yours are waiting. Wait for an answer, or take one back.
propose-words = What do you want to do, and with what aim?
propose-minutes = How long should it take?
propose-unsure = not sure
propose-faces = Whom or what is it about?
propose-send = Send to exercise control
propose-label = Proposed: { $text }
proposal-waiting = waits for control
proposal-running = under way
proposal-done = done
proposal-refused = not possible
proposal-withdrawn = taken back
proposal-answer = Control:
proposal-until = another { $span }
proposal-take-back = Take back
past-due = overdue since { $time }
due-by = by { $time }
in-minutes = in { $n } min
no-deadline = no deadline
owed = Documents that are owed
still-missing = Still empty: { $what }
file-incomplete = File it incomplete
share-document = Share the whole document
share-whole = The whole document: { $title }
new-version = File a new version
requests = Requests
asked-by = { $who } asks
asked-of = Asked: { $who }
request-title = Ask { $who } for information
request-words = What do you need to know, and why?
request-form = A document that they file
request-no-form = no document
request-about = About whom or what
request-field = What of it
request-all = everything
request-by = Answer wanted
request-hint = They see your question, and nothing else. Whether they know it you see only when they answer.
request-send = Ask
request-label = Asked: { $who }
request-answered = answered
request-declined = declined
request-handed-on = handed on
answer-share = { $n ->
  [0] You hold nothing of this
 *[other] Share what you hold ({ $n })
}
answer-file = File: { $title }
answer-hint = Whoever asks sees nothing of what you hold until you answer.
answer-label = Answered: { $who }
decline = Decline
decline-reason = Reason; they read it
decline-label = Declined: { $who }
hand-on = Hand on to another team
hand-on-label = Handed on to { $who }
handed-on-by = Handed on by { $who }
consultations = Consultations
consultation-closed = closed
convene = Call a consultation
convene-title = What about?
convene-teams = Whom do you invite?
convene-place = Where (may stay empty)
convene-anywhere = wherever everybody is
convene-hint = Whoever comes learns what is put on the table from then on.
convene-send = Invite
convene-label = Consultation: { $title }
seat-invited = invited
seat-here = there
seat-declined = not coming
seat-left = has left
attend = Come
attend-label = Came to: { $title }
not-attend = Not coming
not-attend-label = Not at: { $title }
leave-table = Leave
on-the-table = On the table
table-start = Put something on the table
table-send = Put it on the table
table-hint = Everybody there learns it, with you as the source.
table-label = On the table: { $title }
decisions = Decisions
decide-start = Write down a decision
decide-words = What is to be done?
decide-owner = By whom
decide-by = By when
decide-send = Decided
decide-label = Decided: { $text }
decision-done = done
fulfil = Done
fulfil-label = Done: { $text }
minutes = Minutes
adjourn = Close and write the minutes
adjourn-label = Closed: { $title }
find = Find
optional = may stay empty
reason = Reason
write = Write
end-last-page = Open the last page
contacts-heard = note what they said
contacts-ask = ask for information
choose-team = Choose a team

# ---- before words with real data are sent
personal-title = Is this made up?
personal-text = This looks like a real { $kinds }. Nothing real belongs here: it would be kept and shown to others. Change it, for example to one that begins with SIM-. If it is invented, send it as it is.
personal-words = Your words
personal-drop = Do not send
personal-send = Send
personal-person = personal number
personal-phone = phone number
personal-document = document number
personal-account = account or card number
personal-mail = e-mail address
personal-plate = number plate

# ---- shifts
shift = Shift
shift-before = Your shift has not begun.
shift-before-text = { $team } has the case. You will know what it hands over to you, and what your office always knows.
shift-on = You have the case.
shift-since = since { $time } ({ $ago })
shift-over = You are off duty.
shift-over-text = { $team } has the case now. You can read, and answer them.
shift-taken = Taken over from { $team }: { $n ->
    [one] one record
   *[other] { $n } records
}. Each says when and from whom it was learnt.
shift-nothing = { $team } has gone without handing over. Ask them for what you need.
shift-waits = { $team } is still there and has not handed over yet.
shift-next = The next shift is { $team }. You can hand over when it is there.
hand-over-to = Hand over to { $team }
hand-over-hint = What you leave out, the next shift does not have. Copies keep their source and their time.
hand-over-everything = Everything we know
hand-over-what = What goes along
hand-over-count = ({ $n })
hand-over-none = Nothing found out yet.
hand-over-words = What the next shift has to know and do first
hand-over-left = { $n ->
    [one] One thing stays behind.
   *[other] { $n } things stay behind.
}
hand-over-too-many = That is more than { $n } at once: hand over everything, or choose fewer.
hand-over-then = Then you are off duty: what your people are doing has to be finished first.
hand-over-send = Hand over and go off duty
hand-over-label = Handed over to { $team }
