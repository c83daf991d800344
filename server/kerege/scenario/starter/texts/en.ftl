# Every word that a person reads. An _ of an id is a - here. [words](thing.field) is a mark: whoever is told the text
# learns that field as it is now; names stand in marks only, so that nobody reads one before it is known to them.
pack-title = The gate
pack-summary = A very small story to begin with: one team, one place, one thing to find out.
kind-place = Place
kind-unit = Unit
field-name = Name
field-gate = Gate
field-location = Where
choice-open = open
choice-closed = closed
name-yard = Linden Yard
thing-yard = a yard behind houses
thing-wardens-1 = two people in grey coats
team-wardens = Wardens
agency-wardens = Wardens
brief-wardens = You are in [Linden Yard](yard.name). Somebody asked you to see to the gate.
group-look = Look
action-look-at-gate = Look at the gate
refusal-where = You do not know yet which yard is meant. Ask who called you.
result-gate = [The gate](yard) is [as you see it](yard.gate).
note-keeper = The keeper thanks you and turns the key.
cause-keeper = The wardens noted that the gate was open, so the keeper came.
fact-gate-is-open = The gate was open
ending-over = Over
ending-text-over = The exercise is over. Who knew about the gate, and since when?
