# The client's own words. Everything a view holds arrives in words already and never stands here.

# ---- everywhere
close = Close
cancel = Cancel
menu = Menu
tabs = Screens
loading = One moment…
language = Language
all = All
new = new
unknown = Unknown
protected = Protected
stand-in = Stand-in
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
frozen-title = STOP. This is real. The exercise stands still.
frozen-pressed = You pressed STOP.
frozen-aloud = Say it aloud, so that everybody hears:
frozen-say = “{ $words }”
frozen-wait = Stop acting. Stay where you are safe and listen to the safety officer. Nothing in the exercise runs on.
frozen-sending = The room is being told now.
frozen-offline = This phone is offline and cannot tell the room: your voice must. Find the safety officer.
frozen-back = It was a slip; go back

# ---- coming in
seat-gone = This phone has no seat any more
seat-gone-text = Control has freed the seat, or it is open on too many screens.
seat-unknown = No screen for this seat: load the page again.
join-again = Join again

# ---- acts
my-acts = My acts
act-kept = on this phone only
act-sent = sent
act-slow = no answer yet
act-accepted = accepted
act-refused = refused
act-too_late = too late
stop-late = Not sent: there was no link for a minute. If there is danger still, hold STOP again.
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
about-mentor = Mentor
thinking = Stop and think.
thinking-text = Your mentor asks you to talk first. New acts wait; what runs goes on.
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
from-the-start = Own units, and known from the start ({ $n })
heard-start = Heard in the room
only-heard-of = Only mentioned ({ $n })
share-start = Share records
share-tick = Tick what you want to share. Copies of your records go out, with you as the source.
share-next = { $n ->
    [0] Tick records
   *[other] Next ({ $n })
  }

# ---- do
live-acts = Done in the room: tap as it happens
other-acts = Other
not-now = Not possible now ({ $n })
nothing-to-do = Nothing to do on the phone now. Talk to each other.
takes-seconds = { $n } s
takes-minutes = { $n } min

# ---- people
message = Message

# ---- the end
handed-by = handed over by { $team }
