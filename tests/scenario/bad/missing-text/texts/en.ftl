pack-title = The tea house
pack-summary = A very small story.
name-house = Chinar House
name-aman = Aman Tolek
thing-house = the tea house
thing-aman = the person in the apron
thing-aman--register = a name in the register
thing-patrol-1 = patrol one
team-patrol = Patrol
team-desk = Desk
team-observer-patrol = Observers of the patrol
agency-patrol = Patrol
agency-office = Office
brief-patrol = Watch [Chinar House](house.name).
brief-desk = Wait.
card-aman =
    [Aman](aman.name) cooks.
    [You are the cook](aman.role) at [the house](house).
line-aman-cooks = [I cook here](aman.role=cook).
cause-word = Word got round.
she-is-tired = { $person } [looks awake](person.tired).
kind-note = Note
field-about = About
field-serious = Serious
form-nota = Note
inject-call = A call
fact-cook-known = Who cooks
ending-tired = Tired
ending-text-tired = Aman was tired.
ending-quiet = Quiet
ending-text-quiet = Nothing.
measure-trust = Trust
treatment-kindly = Were you treated kindly?
