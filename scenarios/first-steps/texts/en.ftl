### First steps: every word a person reads, in English.

pack-title = First steps: the case on the bench
pack-summary = Twenty harmless minutes to learn the screen: a long instrument case is waiting at a bus station, and nobody knows whose it is. Each team holds one small piece.

## Kinds, fields, choices

kind-person = Person
kind-place = Place
kind-unit = Unit
kind-item = Item
kind-bus = Bus line
kind-ticket = Ticket stub
kind-slip = Found-property slip
kind-call-list = Call list

field-person-name = Name
field-person-location = Where
field-person-job = Work
field-person-scarf = Scarf
field-person-carried = Carried the case
field-person-on-list = On the list of
field-person-trust = Trust
field-person-remembers = Remembers
field-place-name = Name
field-unit-location = Where
field-item-location = Where
field-item-came-by = Came on
field-item-owner = Owner
field-item-on-slip = Has a slip
field-item-returned = Given back
field-bus-name = Number
field-bus-instrument-noted = Large instrument on the passenger list
field-ticket-for-bus = Valid for
field-ticket-paid-by = Paid by
field-slip-item = What was found
field-slip-found-at = Where it was found
field-slip-condition = Condition
field-slip-looked-inside = Two of us looked inside
field-slip-note = Note
field-call-list-first-call = Calls first

choice-person-job-teacher = teacher
choice-person-job-driver = bus driver
choice-person-job-kiosk-keeper = kiosk keeper
choice-person-scarf-green = green
choice-person-scarf-none = none
choice-ticket-paid-by-music-school = the music school
choice-ticket-paid-by-passenger = the passenger
choice-slip-condition-whole = whole
choice-slip-condition-scratched = scratched
choice-slip-condition-broken = broken
choice-call-list-first-call-patrol = Patrol
choice-call-list-first-call-investigators = Investigators
choice-call-list-first-call-social = Social service
choice-call-list-first-call-fiu = Financial intelligence
choice-call-list-first-call-border = Border guard
choice-call-list-first-call-lost-property = Lost property

## Things: what an eye sees, before anybody has a name

name-platform = Platform Three
name-hall = Waiting Hall A
name-lost-desk = Window Two
name-yard = East Bus Yard
name-school = Willow Lane 4
name-line-3 = Line 3
name-line-7 = Line 7
name-teacher = Timur Avell
name-kiosk-keeper = Gulda Merin
name-driver = Rostam Kelv

thing-platform = platform with one long bench
thing-hall = hall with a clock and a newspaper kiosk
thing-lost-desk = window with a shelf of umbrellas
thing-yard = yard where the buses rest
thing-school = house with music in every window
thing-line-3 = small blue bus
thing-line-7 = long red bus
thing-teacher = tall man with ink on his cuff
thing-teacher--scarf = man in a green scarf, as seen from the kiosk
thing-teacher--seat = passenger in seat 14, as listed
thing-kiosk-keeper = woman behind the newspapers
thing-driver = man with a thermos and a bus key
thing-komuz = long case of brown leather
thing-stub = half of a bus ticket
thing-patrol-1 = first pair in reflective vests
thing-patrol-2 = second pair in reflective vests
thing-investigators-1 = two people with notebooks
thing-social-1 = two people with a blue folder
thing-fiu-1 = two people with a calculator
thing-border-1 = two people in green caps
thing-list-patrol = the patrol's call list
thing-list-investigators = the investigators' call list
thing-list-social = the social service's call list
thing-list-fiu = financial intelligence's call list
thing-list-border = the border guard's call list

## Teams

team-patrol = Patrol
team-investigators = Investigators
team-social = Social service
team-fiu = Financial intelligence
team-border = Border guard
team-observer-patrol = Observers of the patrol
agency-patrol = Patrol
agency-investigators = Investigators
agency-social = Social service
agency-fiu = Financial intelligence
agency-border = Border guard

brief-patrol = You are on [the platform](platform). There is [a long case](komuz) on the bench and nobody beside it. This is practice: try every button, nothing can break.
brief-investigators = You stand at [the window for lost things](lost_desk). If [the case](komuz) comes here, two of you may look into its outer pocket. This is practice: try every button, nothing can break.
brief-social = You are in [the hall](hall). You know [a music teacher](teacher) of this town by sight: green scarf until June, and every week he forgets something. This is practice: try every button, nothing can break.
brief-fiu = You are in [the hall](hall). The ticket office answers you, and only you, when you ask who paid for a ticket. It needs the number on the stub. This is practice: try every button, nothing can break.
brief-border = You are in [the bus yard](yard) with the passenger lists of [the blue bus](line_3) and [the red bus](line_7); [a driver](driver) is resting. This is practice: try every button, nothing can break.
brief-observer-patrol = You follow the patrol, a little later than it happens. Names are hidden. Nobody here is in trouble: a case has lost its owner.

## Actions

group-live = Done in the room: one tap
group-go = Go
group-talk = Ask people
group-look = Look closely
group-give = Give back
group-map = Who calls whom

action-who-we-are = We said who we are and why we ask
hint-who-we-are = Say it aloud first, then tap. One tap, no typing: this is how an act in the room gets into the log.
action-carry-case = We carried the case to the window
hint-carry-case = Two people, in plain view. Carry it first, then tap.
action-walk = Walk to a place
hint-walk = Your pair sees what is there as long as it stays. What it saw before keeps its age.
param-walk-place = Where to
action-ask-person = Ask a person
hint-ask-person = If somebody plays this person, go and talk; the answer comes from them, not from the screen.
param-ask-person-person = Whom
action-read-back = Read the answer back: "Did I get this right?"
hint-read-back = People remember better the second time, most of all when you bring something from somewhere else.
param-read-back-person = To whom
action-look-in-pocket = Look into the outer pocket, two together
param-look-in-pocket-item = Of what
action-read-bus-list = Read a passenger list
param-read-bus-list-bus = Which bus
action-ask-payments = Ask the ticket office who paid
hint-ask-payments = They need the stub. If you have not seen it, ask who has.
param-ask-payments-ticket = Which ticket
action-recognise = Compare with somebody we know
hint-recognise = Two descriptions may be one person. Knowing this is a piece of knowledge too.
param-recognise-person = Whom
action-call-school = Telephone the music school
hint-call-school = The secretary will ask why. Have one reason ready.
action-hand-over = Give the item to its owner
hint-hand-over = You need the slip, the owner's word, and the owner in front of you.
param-hand-over-item = What
param-hand-over-person = To whom
action-whom-first = Note whom we would call first
hint-whom-first = Talk for a minute, then choose. Everybody sees your answer: five answers make the map.
param-whom-first-first = Whom
option-whom-first-first-patrol = Patrol
option-whom-first-first-investigators = Investigators
option-whom-first-first-social = Social service
option-whom-first-first-fiu = Financial intelligence
option-whom-first-first-border = Border guard
option-whom-first-first-lost-property = Lost property

## Refusals: each says what to do instead

refusal-walk-first = You are not in the same place. See where this person was last and how old that is, walk there, then ask.
refusal-pocket = Not on a bench and not alone. Have the case carried to the window for lost things, be there too, then two of you look together.
refusal-stub = The ticket office needs the number on the stub. Ask the team that has seen it to share it with you.
refusal-description = There is nothing to compare yet. Ask who saw the passenger, and what they saw.
refusal-reason = The secretary asks: "Which teacher, and why him?" Bring one reason: who paid for the ticket, or who carried the case. Another team may have it.
refusal-slip = Not yet. You need three things: a found-property slip, the owner's own word, and the owner in front of you. What you lack, another team may share.

## What comes of it

result-who-we-are = Noted. It is in the log with the time, and it took one tap.
result-carried = [The case](komuz) is now at [the window for lost things](lost_desk). It left the bench in plain view.
result-not-here = It is not here. Your record of it was older than you thought: look at its age.
result-same-again = The answer is the same as before.
result-stub-found = In the outer pocket lies [half a ticket](stub), valid for [the red bus](stub.for_bus). Nothing else was touched.
result-list-7 = The list of [the red bus](line_7): [one large instrument is noted](line_7.instrument_noted), with [the passenger in seat 14](teacher/seat.on_list).
result-list-3 = The list of [the blue bus](line_3): eleven passengers, a bicycle, and [no instrument](line_3.instrument_noted).
result-paid = The ticket office has looked: this ticket was paid for by [the music school](stub.paid_by).
result-recognised = The green scarf, the tall walk, the forgotten thing: this is [your music teacher](teacher), and [he carried the case](teacher.carried).
result-not-recognised = A scarf alone is not a person. Find out first what the passenger was seen doing.
result-school = The secretary laughs: "[He](teacher) is [here](teacher.location), looking under the piano. I am sending him to you at once!"
result-school-left = "He ran out with one glove. He should be with you by now; look by the umbrellas."
result-school-after = The secretary holds the receiver to an open door. You hear strings, and a whole class laughing.
result-given = The case is [back in the right hands](item.returned). Well carried, all of you.
result-not-mine = "How kind, but it is not mine. I cannot even whistle."

## Why it happened, for control and the debrief

cause-carried = The case stood where the team's pair was, so it could be carried.
cause-driver-first = Asked for the first time, the driver mixes up his two journeys. He means well.
cause-corrected = The team came back with something from another source: the stub or the list. That helped the driver to remember.
cause-sure = Read back without anything new, so the driver sees no reason to think again.
cause-recognised = The description from the kiosk reached the team that knows the man.
cause-given = Slip, owner's word and owner were together in one place.
cause-case-alone = Seven minutes in, nobody has carried the case to the window.
cause-stub-reached = The investigators' finding reached the one team that can ask who paid.
cause-old-memory = The driver's first answer has travelled on to the social service.
cause-loudspeaker = The driver remembered and corrected himself; all records of his first answer are retracted.
cause-teacher-comes = The social service gave the school a reason, and the school sent the teacher.

## Notices

note-desk-has-case = [The case](komuz) is [on our shelf](komuz.location). Two of you may look into the outer pocket; a slip would be good, too.
note-case-alone = [The case](komuz) is still alone [on the bench](komuz.location). If somebody carries it here, it will not get wet.
note-slip-on-file = We have a found-property slip now. Which team wrote it? Ask in the room, and ask them to share it.
note-stub-reached = You hold a copy of what another team found. It shows who gave it to you. The ticket office can now be asked.
note-old-memory = The driver's first answer is with the social service now. Watch whether anybody reads it back to him.
note-loudspeaker = Loudspeaker: "This is [your driver](driver). Forgive me, everyone, I mixed up my mornings. The case came on [the red bus](komuz.came_by)."
note-teacher-pleased = The teacher was asked kindly and says so.
note-map-complete = All five sheets are on the wall: this is your map of who calls whom. Is there a team that nobody calls first?
note-music-again = [The case](komuz) is [with its owner](komuz.returned). He has played us eight bars already.

## Injects

storyline-komuz = The case
storyline-safety = Safety
storyline-who-calls-whom = Who calls whom
inject-case-found = The case on the bench
inject-text-case-found = Attention, please. [A long leather case](komuz) is waiting [on the long bench](komuz.location). Will its owner please come to the window for lost things?
inject-stop-words = Drill: the stop words
inject-text-stop-words = Pause for two minutes of talk. The safety person shows everyone where STOP is (hold it for a second) and where CURTAIN is, and says the words to call out if a phone is silent. Nobody needs to press anything now. One question: when would you use which?
expected-stop-words = The safety person explains STOP and CURTAIN to every team; each team can repeat both in its own words. No real stop.
inject-call-map = Whom would you call first?
inject-text-call-map = Imagine tomorrow's work, not this case. In your team, agree in one minute: whom would you call first? Note it under "Who calls whom". The five answers become a map on the wall.
expected-call-map = Each team notes one first call and can say why.
inject-say-aloud = Say one thing aloud
inject-text-say-aloud = Put the phone down. Go to another team and tell it one thing that you know. They note it as heard: from whom, and what. If they noted it wrongly, say so with "I did not say this".
expected-say-aloud = Each team has at least one record that was heard in the room, with its source.
inject-pupil-waits = A pupil is waiting
inject-text-pupil = Good afternoon, this is the school secretary. A lesson cannot begin: the pupil is here, [the teacher](teacher) is here, and he is looking for something. He does not say what.
inject-teacher-rings = The teacher rings
inject-text-teacher-rings = "Hello, is this the right number? It is [me](teacher), I am [at school](teacher.location). I must have left something somewhere. Yes: [I had a long case with me](teacher.carried)!"
inject-five-minutes = Five minutes left
inject-text-five-minutes = Five minutes left. Look through what you know: which record is the oldest, and who told you? Share one thing that you have kept to yourselves.

## Form

form-found-slip = Found-property slip
form-hint-found-slip = Short, on purpose. Write only what you saw yourselves.

## Facts, endings, measures

fact-who-carried = Who carried the case
fact-bus-on-stub = Which bus the ticket was for
fact-who-paid = Who paid for the ticket
fact-on-the-list = Which list has an instrument
fact-right-bus = Which bus the case came on
fact-whose-case = Whose case it is
ending-returned = Given back
ending-text-returned = The case is back with its owner, and a class has its lesson. Five teams each held one piece; the case found its way when the pieces met.
ending-still-looking = Still looking
ending-text-still-looking = The case stays on the shelf among the umbrellas for one more night. Every piece was in this room. Which of them did not reach the team that needed it?
measure-introduced = Times a team said who it was
measure-map-sheets = Sheets of the map that were filled in
measure-given-back-at = Given back at (seconds of play)

## Actors

treatment-politely = Were you asked politely?
treatment-said-why = Did they say who they are and why they ask?
treatment-time-to-think = Did they give you time to think?

card-kiosk-keeper = You are [Gulda Merin](kiosk_keeper.name) and sell newspapers in [the hall](kiosk_keeper.location). You like a chat. You saw a tall man in a green scarf carry the long case off a bus. You did not look which bus. You do not know his name. Answer what is asked; if nobody says who they are, ask them. To stop a scene, say "curtain": no reasons needed.
card-driver = You are [Rostam Kelv](driver.name); you drove two buses this morning and are resting in [the bus yard](driver.location). Asked about the case you say, quite sure, that it came on [the blue bus](line_3). That is an honest slip. If somebody comes back with the stub or the passenger list, you think, laugh at yourself, and say that it was [the red bus](komuz.came_by). To stop a scene, say "curtain": no reasons needed.
card-teacher = You are [Timur Avell](teacher.name), you teach the komuz at [the music school](teacher.location), and you forget things. You wait at the side until your cue. [The case](komuz) is [yours](komuz.owner); the school pays for your tickets. Be warm, a little lost, and thank everybody. To stop a scene, say "curtain": no reasons needed.
line-kiosk-saw = "[A tall man in a green scarf](teacher/scarf.scarf), yes. [He carried that long case](teacher/scarf.carried) off a bus and bought a newspaper. I still have his change."
line-kiosk-no-bus = "The bus? I look at people, not at buses."
line-driver-line-3 = "That case? I helped to lift it down myself. It came on [the blue bus](komuz.came_by=line_3), this morning."
line-driver-sure = "As I told you: [the blue bus](komuz.came_by=line_3). Why, do you have something else?"
line-driver-sorry = "Seat 14 … wait. No. You are right, I have mixed up my two journeys. Let me tell everybody."
line-teacher-mine = "My komuz! Yes, this is [mine](komuz.owner). I had it, and then I had a newspaper, and then I only had the newspaper."
line-teacher-which-bus = "By bus, certainly. Or was that on Thursday?"
line-teacher-ticket = "My tickets come from [the school](stub.paid_by). I would lose the money."
cue-kiosk-keeper = Be at your counter and sort newspapers. Teams will come to you.
cue-driver = Sit down with your thermos. First answer: the blue bus. Change it only if they bring you something.
cue-teacher = Your turn: walk slowly to the window for lost things, look around, smile.

## Stand-ins

plan-say-carried = The kiosk keeper gave us a description. We have shared it with you. Do you know such a man?
