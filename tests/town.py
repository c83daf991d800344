"""A very small story for tests: four places, two persons, a box, three teams, a gang that nobody plays, one desk."""

from __future__ import annotations

from typing import Any

import msgspec

from kerege.engine.pack import (
    Action,
    Character,
    Cue,
    Deadline,
    Ending,
    Field,
    Form,
    FormField,
    Guide,
    Inject,
    Kind,
    Learn,
    Line,
    Outcome,
    Pack,
    Param,
    Persona,
    Plan,
    Redaction,
    Rule,
    Same,
    Say,
    Set,
    Step,
    Tell,
    Thing,
    Trigger,
    Viewer,
)
from kerege.engine.papers import MINUTES_FORM, minutes_kind, paper_fields

KEY = b"a key of thirty-two bytes, secret"
MINUTE = 60_000

LOCATION = Field("location", "thing", kinds=("place",), perceivable=True)
KINDS = (
    Kind(
        "place",
        (Field("sort", "choice", choices=("street", "home")), Field("door", "choice", choices=("open", "shut"))),
    ),
    Kind(
        "person",
        (
            Field("name", "text", naming=True),
            LOCATION,
            Field("coat", "choice", choices=("red", "blue"), perceivable=True),
            Field("role", "choice", choices=("boss", "guard", "guest")),
            Field("friend", "thing", kinds=("person",)),
            Field("hurt", "tick", protected=True),
            Field("words", "text"),
            Field("mood", "number", maximum=100, hearable=False),
            Field("fear", "number", maximum=100, hearable=False),
        ),
    ),
    Kind("item", (LOCATION, Field("owner", "thing", kinds=("person",)), Field("weight", "number", maximum=50))),
    Kind("unit", (LOCATION,)),
    Kind(
        "note",
        (
            Field("about", "thing", kinds=("person",)),
            Field("risk", "tick"),
            Field("words", "text"),
            *paper_fields("note"),
        ),
    ),
    minutes_kind(),
)
THINGS = (
    Thing("street", "place", {"sort": "street"}),
    Thing("house", "place", {"sort": "home", "door": "shut"}),
    Thing("yard", "place", {}),
    Thing("cellar", "place", {}),
    Thing(
        "ann",
        "person",
        {
            "name": "name-ann",
            "location": "house",
            "coat": "red",
            "role": "guest",
            "friend": "bob",
            "mood": 40,
            "fear": 10,
        },
        ("self", "register"),
    ),
    Thing("bob", "person", {"name": "name-bob", "location": "street", "coat": "blue", "role": "boss", "mood": 20}),
    Thing("box", "item", {"location": "cellar", "owner": "bob", "weight": 7}),
    Thing("p1", "unit", {"location": "street"}),
    Thing("p2", "unit", {"location": "yard"}),
    Thing("h1", "unit", {"location": "house"}),
)
VIEWERS = (
    Viewer("police", "team", "police", ("p1", "p2")),
    Viewer("help", "team", "help", ("h1",)),
    Viewer("court", "team", "court", contacts=("police",)),
    Viewer("gang", "hidden", "gang"),
    Viewer("desk", "observer", follows="police"),
    Viewer("mentor_police", "mentor", follows="police"),
    Viewer("mentor_help", "mentor", follows="help"),
    Viewer("evaluators", "evaluator"),
)
EVERY = ("police", "help", "court")
ACTIONS = (
    Action("go", ("police", "help"), "move", (Param("place", "face", ("place",)),), takes_ms=MINUTE, travel="place",
           outcomes=(Outcome("there", ()),)),
    Action(
        "question", ("police", "help"), "talk", (Param("person", "face", ("person",)),),
        requires="known(person.location)", refusal="refusal_not_found", takes_ms=2 * MINUTE, scene="person",
        outcomes=(
            Outcome("open", (Say("ann_boss", "asker"),), "person == ann and person.mood >= 40", "cause_mood"),
            Outcome("quiet", (Tell("asker", "nothing_said"),)),
        ),
    ),
    Action(
        "call", ("court",), "talk",
        (
            Param("how", "choice", choices=("softly", "loudly")),
            Param("team", "team"),
            Param("reason", "words", maximum=20),
            Param("times", "number", maximum=3),
            Param("people", "face", ("person",), optional=True, many=True),
        ),
        needs_unit=False, outcomes=(Outcome("made", ()),),
    ),
    Action("badge", EVERY[:2], "live", live=True, outcomes=(Outcome("shown", ()),)),
    Action("raid", ("police",), "act", once=True, takes_ms=MINUTE,
           outcomes=(Outcome("in", (Set("house", "door", "open"), Learn("asker", "box", "location", "found"))),)),
    Action("stamp", ("court",), "act", outcomes=(Outcome("done", ()),)),
)  # fmt: skip
LINES = (
    Line("ann_boss", "ann", "ann_says_boss", "ann.mood >= 40"),
    Line("ann_bye", "ann", "ann_says_bye", effects=(Set("ann", "coat", "blue"),)),
)
INJECTS = (
    Inject("letter", "contextual", ("court",), (Tell("court", "letter_text"),), Trigger("at", at_ms=10 * MINUTE)),
    Inject("storm", "contingency", ("police",), (Tell("police", "storm_text"),)),
    Inject("rain", "contextual", ("help",), (Tell("help", "rain_text"),), Trigger("at", at_ms=20 * MINUTE), held=True),
)
RULES = (
    Rule("watchers", Trigger("start"), (Learn("police", "ann", "name", "read", face="register"),)),
)  # fmt: skip
FORM = Form(
    "memo",
    "note",
    ("police", "help"),
    (FormField("about", required=True), FormField("risk"), FormField("words")),
    effects=(Tell("asker", "memo_kept"),),
    due=Deadline(Trigger("did", action="badge"), 5 * MINUTE, ("court",)),
)
ENGLISH = {
    "pack-title": "The town",
    "name-ann": "Ann Reed",
    "name-bob": "Bob Stone",
    "thing-ann": "a woman",
    "thing-ann--register": "Ann in the register",
    "thing-bob": "a man",
    "thing-box": "a box",
    "thing-street": "the street",
    "thing-house": "the house",
    "thing-yard": "the yard",
    "thing-cellar": "the cellar",
    "persona-cellar": "Warehouse office",
    "cellar-card": "Knows the box. Answers slowly.",
    "ann-card": "You are [Ann](ann).",
    "ann-says-boss": "[The boss](bob.role) is [Bob](bob).",
    "ann-says-bye": "Bye.",
    "nothing-said": "[She](ann) says nothing.",
    "letter-text": "A letter.",
    "storm-text": "A storm.",
    "rain-text": "Rain.",
    "memo-kept": "The memo is kept.",
    "cue-shout": "Shout.",
    "refusal-not-found": "Find the person first.",
    "refusal-unknown": "You do not know of this.",
    "word-erased": "(erased)",
}
TOWN = Pack(
    id="town",
    version="1",
    language_default="en",
    languages=("en",),
    starts_at="08:00",
    ends_after_ms=24 * 60 * MINUTE,
    kinds=KINDS,
    things=THINGS,
    viewers=VIEWERS,
    starts_with=(
        Learn("everyone", "house", "sort", "known"),
        Learn("everyone", "street", "sort", "known"),
        Tell("police", "storm_text", notice=True),
    ),
    actions=ACTIONS,
    rules=RULES,
    injects=INJECTS,
    characters=(
        Character(
            "ann", "ann_card", ("ann_boss", "ann_bye"),
            (("calm", "mood", -10, 20), ("space", "mood", -5, 5), ("slow", "fear", 8, -8)),
        ),
        Character("bob", "ann_card", (), (), stand_in=False),
    ),
    lines=LINES,
    forms=(FORM, MINUTES_FORM),
    endings=(Ending("good", "bob.role == 'guest'"), Ending("plain", "True")),
    redactions=(
        Redaction("person", "name", "pseudonym"),
        Redaction("person", "location", "same"),
        Redaction("person", "coat", "same"),
        Redaction("person", "friend", "same"),
        Redaction("person", "hurt", "same"),
        Redaction("person", "words", "same"),
        Redaction("note", "risk", "same"),
        Redaction("unit", "location", "same"),
    ),
    plans=(Plan("police", (Step("s1", ("careful",), "ask"),)),),
    texts={"en": ENGLISH},
    guides=(
        Guide("door", "evaluators", ("police",), 0, 10 * MINUTE, ("quiet",), "house", ("badge",), ("memo",)),
        Guide("ask", "mentors", ("police",), 0, 10 * MINUTE, ("why",)),
    ),
    personas=(Persona("cellar", "cellar_card", ("police", "court")),),
)  # fmt: skip

__all__ = ["KEY", "MINUTE", "TOWN", "Cue", "Same", "town"]


def town(**changes: Any) -> Pack:
    """The town with some of its parts exchanged; `add_rules`, `add_actions` … add to what stands there."""
    parts = {
        name.removeprefix("add_"): (*getattr(TOWN, name.removeprefix("add_")), *value)
        if name.startswith("add_")
        else value
        for name, value in changes.items()
    }
    return msgspec.structs.replace(TOWN, **parts)
