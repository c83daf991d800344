# The client's own words. Everything a view holds arrives in words already and never stands here.

# ---- everywhere
close = Close
cancel = Cancel
menu = Menu
tabs = Screens
loading = One moment…
language = Language
yes = Yes
no = No
all = All
find = Find
optional = may stay empty
reason = Reason
new = new
send = Send
unknown = Unknown
protected = Protected
stand-in = Stand-in
product-line = Live exercises against trafficking in human beings
independent = Kerege is independent software. It is not made, endorsed or reviewed by the OSCE.
server-unreachable = The server does not answer. Trying again. Are you on the exercise Wi-Fi?

# ---- the link
link-connecting = Connecting…
link-connected = Connected
link-reconnecting = Reconnecting
link-offline = Offline: acts stay on this phone
link-out = Signed out
link-heard-seconds = last heard { $n } s ago
link-heard-minutes = last heard { $n } min ago

# ---- the clock
clock-label = Play clock
clock-story = Story time
clock-play = Since STARTEX
clock-left = Left
clock-wall = Real time
clock-late = seen with a delay
clock-late-start = You see it with a delay: the start has not come through yet
phase-ready = Not begun
phase-running = Running
phase-paused = Paused
phase-ended = Ended
day = day { $n }
story-day = { $time }, day { $day }
age-now = just now
age-minutes = { $n } min ago
age-hours = { $n } h ago
age-hours-minutes = { $n } h { $minutes } min ago

# ---- STOP
stop-hold = Hold one second. For real danger only.
stop-hold-observer = Hold one second. For real danger only. It alerts exercise control; it freezes nobody.
stop-who = Who pressed goes to control only.
stop-clear-sure = Has somebody looked, and is everybody safe?
stop-clear-yes = Yes, the danger is over
stop-clear-no = Not yet
stop-clear = The danger is over
stop-clear-hint = The room stays paused until control resumes it.
stop-clear-hint-control = The safety officer clears it. Press only where nobody sits at safety. The room stays paused until you resume it.
frozen-title = STOP. This is real. The exercise stands still.
frozen-pressed = You pressed STOP.
frozen-aloud = Say it aloud, so that everybody hears:
frozen-say = “{ $words }”
frozen-wait = Stop acting. Stay where you are safe and listen to the safety officer. Nothing in the exercise runs on.
frozen-sending = The room is being told now.
frozen-offline = This phone is offline and cannot tell the room: your voice must. Find the safety officer.
frozen-back = It was a slip; go back

# ---- coming in
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
seat-gone = This phone has no seat any more
seat-gone-text = Control has freed the seat, or it is open on too many screens.
join-again = Join again
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

# ---- acts
my-acts = My acts
act-kept = on this phone only
act-sent = sent
act-slow = no answer yet
act-accepted = accepted
act-refused = refused
act-too_late = too late
dismiss = Hide
phone-full = Too many acts wait on this phone. Tell control by voice and find a place with Wi-Fi.
waiting-acts = { $n ->
    [one] One act waits on this phone and goes by itself when the link is back.
   *[other] { $n } acts wait on this phone and go by themselves when the link is back.
  }
not-lasting = This browser keeps nothing over a reload: leave the page open.

# ---- tabs
tab-now = Now
tab-know = Know
tab-do = Do
tab-people = People
tab-papers = Papers

# ---- now
before-start = The exercise has not begun
before-start-text = Read your role. The clock starts with STARTEX.
my-role = My role
under-way = Under way
task-talking = in the room
task-talking-text = The talk or search happens now, face to face. What is said reaches this screen when it was said.
curtain = CURTAIN
task-cancelled = cancelled
cancel-task = Break off
cancel-label = Break off: { $title }
new-since = New since you looked
seen-all = Seen
nothing-new = Nothing new. You know what your team knows.
done-tasks = Done ({ $n })
earlier = Earlier messages ({ $n })
about-told = Told
about-said = Said
about-inject = News
about-notice = Notice
about-heard = Noted as said by us
dispute = We did not say this
dispute-label = Dispute: we did not say this

# ---- know
find-known = Find: name, handle, word
find-nothing = Nothing found.
know-nothing = Your team knows nothing yet. What you see, ask, read and are told will stand here.
learnt = { $ago } ({ $time })
known-since = they knew it since { $time }
newest = newest { $ago }
chain = who told them: { $chain }
state-live = seen now
state-retracted = retracted
state-disputed = disputed
same-as = Known to be the same as:
only-reference = Only mentioned so far: nothing is known about it.
unknown-many = { $first } and { $n } more
from-the-start = Own units, and known from the start ({ $n })
only-heard-of = Only mentioned ({ $n })
nobody-known = You know nothing of this kind yet.
share-start = Share records
share-tick = Tick what you want to share. Copies of your records go out, with you as the source.
share-next = { $n ->
    [0] Tick records
   *[other] Next ({ $n })
  }
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

# ---- do
live-acts = Done in the room: tap as it happens
other-acts = Other
not-now = Not possible now ({ $n })
nothing-to-do = Nothing to do on the phone now. Talk to each other.
takes-seconds = { $n } s
takes-minutes = { $n } min
takes-play = Takes { $n } min of play
which-unit = Who does it?
choose-first = Choose: { $what }
do-live = Note it
do-start = Begin

# ---- people
contacts = Contacts
no-contacts = Nobody to reach from here.
write = Write
write-to = Write to { $who }
write-also = Also to…
write-hint = No names or data of real people.
message = Message
say-label = Message to { $names }
heard-start = Heard in the room
heard-hint = Somebody told you something face to face? Note who and what.
heard-from = Heard from { $who }
heard-who = Who said it?
heard-about = About whom or what?
heard-what = What about it?
heard-save = Note it
heard-label = Heard from { $who }: { $what }

# ---- papers
forms = Forms
documents = Documents you know
no-forms = No forms for this role.
no-documents = No documents yet.
draft = draft
draft-kept = The draft stays on this phone until it is filed.
discard = Discard
file = File
fill-first = Fill in: { $what }
file-label = Filed: { $title }

# ---- the end
end-title = The exercise is over
end-roles = Leave your role now: stand up, say your own name, shake hands. The people of this story were played; nobody is what they played.
end-care = If something stays with you, speak with the psychologist or the quiet room. You need no reason.
end-last-page = Open the last page
end-look-back = Look back at what we knew
