"""A small story to ask about: its words, a world that answers from tables, and a viewer's records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kerege.engine.conditions import NUMBER, TEAM, TEXT, TICK, ExprType, Types, choice_of, thing_of

PERSON = {
    "name": TEXT.optional(),
    "role": choice_of(["worker", "organiser", "guard", "driver", "nobody_special"]).optional(),
    "mood": choice_of(["calm", "afraid"]).optional(),
    "location": thing_of("place").optional(),
    "friend": thing_of("person").optional(),
    "trust": NUMBER.optional(),
    "times_told": NUMBER.optional(),
    "injured": TICK.optional(),
}
PLACE = {"secured": TICK.optional(), "visits": NUMBER.optional(), "boss": thing_of("person").optional()}
ACCOUNT = {
    "owner": thing_of("person").optional(),
    "balance": NUMBER.optional(),
    "name": TEXT.optional(),
    "mood": TICK.optional(),
}

TYPES = Types(
    kinds={"person": PERSON, "place": PLACE, "account": ACCOUNT},
    things={
        "raisa": "person",
        "aida": "person",
        "driver": "person",
        "site": "place",
        "gone": "place",
        "a17": "account",
    },
    viewers={"patrol": "patrol", "patrol_2": "patrol", "fiu": "fiu", "control": "", "suspects": ""},
    agencies=frozenset({"patrol", "fiu", "ngo"}),
    actions={"interview": frozenset({"nothing", "poisoned"}), "raid": frozenset({"found"})},
    forms=frozenset({"indicator_check"}),
    fires=frozenset({"driver_warned", "journalist"}),
)

NAMES: dict[str, ExprType] = {
    "person": thing_of("person"),
    "helper": thing_of("person").optional(),
    "target": thing_of("person", "account"),
    "unit": thing_of("person"),
    "asker": TEAM,
    "interpreter": choice_of(["none", "own_list", "from_scene"]),
    "people": ExprType("thing", kinds=frozenset({"person"}), many=True),
    "reason": TEXT,
    "amount": NUMBER,
    "pause": NUMBER.optional(),
}

BINDINGS: dict[str, Any] = {
    "person": "aida",
    "helper": None,
    "target": "a17",
    "unit": "raisa",
    "asker": "patrol_2",
    "interpreter": "from_scene",
    "people": ("aida", "driver"),
    "reason": "reason_hurry",
    "amount": 7,
    "pause": None,
}

VALUES: dict[tuple[str, str], Any] = {
    ("raisa", "role"): "organiser",
    ("raisa", "trust"): 10,
    ("raisa", "location"): "site",
    ("raisa", "injured"): False,
    ("raisa", "name"): "name_raisa",
    ("aida", "role"): "worker",
    ("aida", "trust"): 45,
    ("aida", "location"): "site",
    ("aida", "injured"): True,
    ("aida", "times_told"): 2,
    ("aida", "friend"): "driver",
    ("driver", "role"): "driver",
    ("driver", "location"): "gone",
    ("site", "secured"): True,
    ("site", "boss"): "raisa",
    ("site", "visits"): 3,
    ("a17", "owner"): "raisa",
    ("a17", "balance"): 900,
}


@dataclass
class FakeTruth:
    """The truth out of tables."""

    values: dict[tuple[str, str], Any] = field(default_factory=lambda: dict(VALUES))
    known: dict[tuple[str, str, str], Any] = field(default_factory=lambda: {("fiu", "a17", "owner"): "raisa"})
    second: int = 600

    def value(self, thing, field):
        assert thing in TYPES.things, thing
        return self.values.get((thing, field))

    def knows(self, who, thing, field):
        return (who, thing, field) in self.known

    def knows_value(self, who, thing, field, value):
        return (who, thing, field) in self.known and self.known[who, thing, field] == value

    def learnt_at_s(self, who, thing, field):
        return 120 if (who, thing, field) in self.known else None

    def times(self, action, agency, outcome):
        return {
            ("interview", None, None): 3,
            ("interview", "patrol", None): 2,
            ("interview", "patrol", "nothing"): 1,
        }.get((action, agency, outcome), 0)

    def filed(self, form, agency):
        return (form, agency) in {("indicator_check", None), ("indicator_check", "fiu")}

    def played(self, thing):
        return thing == "aida"

    def fired(self, id_):
        return id_ == "journalist"

    def now_s(self):
        return self.second

    def things(self, kind):
        return tuple(thing for thing, its in TYPES.things.items() if its == kind)


@dataclass
class FakeView:
    """One viewer's records: (face or thing:id, field) -> values, oldest first."""

    records: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    one: tuple[frozenset[str], ...] = ()

    def known(self, face, field):
        return bool(self.records.get((face, field)))

    def latest(self, face, field):
        return (self.records.get((face, field)) or [None])[-1]

    def some(self, face, field, value):
        return value in self.records.get((face, field), [])

    def disputed(self, face, field):
        return len(set(self.records.get((face, field), []))) > 1

    def age_s(self, face, field):
        return 60 if self.known(face, field) else None

    def same(self, first, second):
        return first == second or any(first in faces and second in faces for faces in self.one)
