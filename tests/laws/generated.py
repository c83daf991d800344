"""Small packs drawn from a seed: kinds, fields, things, teams, acts, rules, injects, lines and texts, different each time.

Whatever an author may write has to keep law 3, not the packs alone that somebody has written. Who plays, which acts read
which fields, what outcomes hang on and whom effects reach is all drawn; forms, minutes and endings are the town's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine import pack as p
from kerege.engine.papers import minutes_kind, paper_fields
from tests.town import FORM, MINUTE, TOWN

if TYPE_CHECKING:
    from random import Random

LOCATION = p.Field("location", "thing", kinds=("place",), perceivable=True)
HOWS: tuple[p.How, ...] = ("seen", "told", "read", "found", "checked")


class Drawing:
    """One pack in the making."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.texts: dict[str, str] = {}
        self.teams = tuple(f"team_{name}" for name in "abcd"[: random.randint(2, 4)])
        self.kinds = self._kinds()
        self.things = self._things()

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    # -- what there is ---------------------------------------------------------------------------------------------

    def _field(self, n: int) -> p.Field:
        sort: Any = self.random.choice(("tick", "number", "choice", "thing", "choice"))
        return p.Field(
            f"f{n}",
            sort,
            choices=tuple(f"f{n}_{each}" for each in "xyz"[: self.random.randint(2, 3)]) if sort == "choice" else (),
            kinds=("person",) if sort == "thing" else (),
            maximum=50,
            perceivable=self.chance(0.3),
            protected=self.chance(0.2),
            hearable=self.chance(0.8),
        )

    def _kinds(self) -> dict[str, tuple[p.Field, ...]]:
        drawn = {kind: [self._field(10 * n + m) for m in range(self.random.randint(1, 3))]
                 for n, kind in enumerate(("place", "person", "item"))}  # fmt: skip
        name = p.Field("name", "text", naming=True)
        return {
            "place": tuple(drawn["place"]),
            "person": (name, LOCATION, *drawn["person"]),
            "item": (LOCATION, *drawn["item"]),
            "unit": (LOCATION,),
        }

    def _things(self) -> dict[str, p.Thing]:
        count = {
            "place": self.random.randint(2, 4),
            "person": self.random.randint(2, 4),
            "item": self.random.randint(0, 2),
        }
        names = {kind: [f"{kind}_{n}" for n in range(most)] for kind, most in count.items()}
        names["unit"] = [f"unit_{team}" for team in self.teams]
        self.names = names
        things = {}
        for kind, ids in names.items():
            for each in ids:
                values = {field.id: self._value(field, each) for field in self.kinds[kind] if self.chance(0.85)}
                if kind in {"person", "unit"}:
                    values["location"] = self.random.choice(names["place"])
                faces = ("self", "register") if kind == "person" and self.chance(0.4) else ("self",)
                things[each] = p.Thing(each, kind, values, faces)
                key = each.replace("_", "-")
                self.texts |= {f"thing-{key}": f"looks of {key}", f"thing-{key}--register": f"{key} in the register"}
        return things

    def _value(self, field: p.Field, thing: str) -> Any:
        match field.type:
            case "tick":
                return self.chance(0.5)
            case "number":
                return self.random.randint(0, 50)
            case "choice":
                return self.random.choice(field.choices)
            case "thing":
                return self.random.choice(self.names["place" if "place" in field.kinds else "person"])
        key = f"name-{thing.replace('_', '-')}"
        self.texts[key] = f"Name of {thing}"
        return key

    # -- what is asked of the truth, and what happens --------------------------------------------------------------

    def _some_field(self, kind: str) -> p.Field:
        return self.random.choice([field for field in self.kinds[kind] if field.type != "text"])

    def truth(self, kind: str, name: str) -> str:
        """A condition that reads the truth."""
        field = self._some_field(kind)
        match field.type:
            case "tick":
                return f"{name}.{field.id}"
            case "number":
                return f"{name}.{field.id} >= {self.random.randint(5, 45)}"
            case "choice":
                return f"{name}.{field.id} == '{self.random.choice(field.choices)}'"
        return f"{name}.{field.id} == {self.random.choice(self.names['place' if 'place' in field.kinds else 'person'])}"

    def effects(self, asker: bool, bound: dict[str, str]) -> tuple[Any, ...]:
        """What an outcome, a rule or an inject does. `bound`: parameter -> kind."""
        return tuple(self._effect(asker, bound) for _ in range(self.random.randint(1, 3)))

    def _effect(self, asker: bool, bound: dict[str, str]) -> Any:
        kind = self.random.choice([kind for kind, ids in self.names.items() if ids and kind != "unit"])
        fitting = [name for name, of in bound.items() if of == kind]
        subject = self.random.choice(fitting) if fitting and self.chance(0.6) else self.random.choice(self.names[kind])
        who = "asker" if asker and self.chance(0.6) else self.random.choice((*self.teams, "everyone"))
        field = self._some_field(kind)
        roll = self.random.random()
        if roll < 0.45:
            return p.Learn(who, subject, field.id, self.random.choice(HOWS))
        if roll < 0.65:
            return p.Tell(who, self._text(), notice=self.chance(0.3))
        if field.type == "number":
            return p.Add(subject, field.id, str(self.random.choice((-7, 4, 9))))
        if field.type in {"tick", "choice"}:
            value = str(self.chance(0.5)) if field.type == "tick" else f"'{self.random.choice(field.choices)}'"
            return p.Set(subject, field.id, value)
        return p.Learn(who, subject, field.id, "told", certainty="claimed")

    def _text(self) -> str:
        """A text of the story; half of them state something."""
        key = f"told_{len(self.texts)}"
        kind = self.random.choice(("place", "person"))
        thing = self.random.choice(self.names[kind])
        mark = f"[that]({thing}.{self._some_field(kind).id})" if self.chance(0.6) else "nothing"
        self.texts[key.replace("_", "-")] = f"It says {mark}."
        return key

    # -- the story -------------------------------------------------------------------------------------------------

    def actions(self) -> tuple[p.Action, ...]:
        go = p.Action("go", self.teams, "move", (p.Param("place", "face", ("place",)),), takes_ms=MINUTE, travel="place",
                      outcomes=(p.Outcome("there", ()),))  # fmt: skip
        badge = p.Action("badge", self.teams[:2], "live", live=True, outcomes=(p.Outcome("shown", ()),), observed=True)
        return (go, badge, *(self._action(n) for n in range(self.random.randint(3, 6))))

    def _action(self, n: int) -> p.Action:
        kinds = self.random.sample(("person", "place", "item"), self.random.randint(0, 2))
        bound = {f"a_{kind}": kind for kind in kinds}
        params: list[p.Param] = [p.Param(name, "face", (kind,)) for name, kind in bound.items()]
        if self.chance(0.3):
            params.append(p.Param("how", "choice", choices=("softly", "loudly")))
        if self.chance(0.2):
            params.append(p.Param("reason", "words", optional=True))
        requires = None
        if bound and self.chance(0.5):
            name, kind = self.random.choice(list(bound.items()))
            requires = f"known({name}.{self._some_field(kind).id})"
        conditions = [self.truth(kind, name) for name, kind in bound.items()] or [
            self.truth("person", self.random.choice(self.names["person"]))
        ]
        outcomes = [p.Outcome(f"o{m}", self.effects(True, bound), each) for m, each in enumerate(conditions)]
        return p.Action(
            f"act_{n}", tuple(self.random.sample(self.teams, self.random.randint(1, len(self.teams)))), "act",
            tuple(params), requires, takes_ms=self.random.choice((0, MINUTE, 3 * MINUTE)), once=self.chance(0.1),
            scene="a_person" if "a_person" in bound and self.chance(0.6) else None, needs_unit=self.chance(0.8),
            outcomes=(*outcomes, p.Outcome("else", self.effects(True, bound))), observed=self.chance(0.4),
        )  # fmt: skip

    def rules(self, actions: tuple[p.Action, ...]) -> tuple[p.Rule, ...]:
        triggers = [
            p.Trigger("start"),
            p.Trigger("at", at_ms=self.random.randint(1, 20) * MINUTE),
            p.Trigger("did", action=self.random.choice(actions).id),
            p.Trigger("becomes", condition=self.truth("person", self.random.choice(self.names["person"]))),
        ]
        return tuple(
            p.Rule(
                f"rule_{n}",
                self.random.choice(triggers),
                self.effects(False, {}),
                self.truth("place", self.random.choice(self.names["place"])) if self.chance(0.3) else None,
                delay_ms=self.random.choice((0, 0, 2 * MINUTE)),
                once=True,
            )
            for n in range(self.random.randint(1, 5))
        )

    def pack(self) -> p.Pack:
        """All of it."""
        actions = self.actions()
        person = self.names["person"][0]
        lines = tuple(
            p.Line(f"line_{n}", person, self._text(), self.truth("person", person), effects=self.effects(False, {}))
            for n in range(self.random.randint(1, 3))
        )
        numbers = [field.id for field in self.kinds["person"] if field.type == "number"]
        treatment = (("calm", numbers[0], -10, 20),) if numbers else ()
        injects = tuple(
            p.Inject(f"inject_{n}", "contextual", (self.random.choice(self.teams),), self.effects(False, {}),
                     p.Trigger("at", at_ms=self.random.randint(1, 30) * MINUTE), held=self.chance(0.4))
            for n in range(self.random.randint(1, 3))
        )  # fmt: skip
        viewers = (
            *(p.Viewer(team, "team", team, (f"unit_{team}",)) for team in self.teams),
            p.Viewer("desk", "observer", follows=self.teams[0]),
            p.Viewer("mentor", "mentor", follows=self.random.choice(self.teams)),
            p.Viewer("evaluators", "evaluator"),
        )
        kinds = tuple(p.Kind(kind, fields) for kind, fields in self.kinds.items())
        note = p.Kind("note", (p.Field("about", "thing", kinds=("person",)), p.Field("risk", "tick"),
                               p.Field("words", "text"), *paper_fields("note")))  # fmt: skip
        redactions = tuple(
            p.Redaction(kind, field.id, "pseudonym" if field.naming else self.random.choice(("same", "same", "omit")))
            for kind, fields in self.kinds.items()
            for field in fields
        )
        forms = tuple(
            msgspec.structs.replace(form, by=self.teams, effects=(), due=None) if form is FORM else form
            for form in TOWN.forms
        )
        known = [p.Learn("everyone", place, field.id, "known") for place in self.names["place"]
                 for field in self.kinds["place"] if self.chance(0.5)]  # fmt: skip
        known += [p.Learn(self.random.choice(self.teams), each, self._some_field("person").id, "read")
                  for each in self.names["person"]]  # fmt: skip
        start = (*known, *(p.Tell(team, self._text(), notice=True) for team in self.teams if self.chance(0.5)))
        rules = self.rules(actions)
        return msgspec.structs.replace(
            TOWN, id="drawn", kinds=(*kinds, note, minutes_kind()), things=tuple(self.things.values()), viewers=viewers,
            starts_with=start, actions=actions, rules=rules, injects=injects, lines=lines,
            characters=(p.Character(person, "ann_card", tuple(line.id for line in lines), treatment),),
            forms=forms, endings=(p.Ending("plain", "True"),), redactions=redactions, plans=(), guides=(), personas=(),
            parts_max=self.random.choice((1, 1, 2)),
            texts={"en": {key: text for key, text in TOWN.texts["en"].items() if "ann" not in key and "bob" not in key}
                         | {"ann-card": "You play a part."} | self.texts},
        )  # fmt: skip


def drawn_pack(random: Random) -> p.Pack:
    """A small pack of this draw."""
    return Drawing(random).pack()
