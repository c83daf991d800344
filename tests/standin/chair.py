"""A chair at a table drawn by hand: the wire's messages for one stand-in, without a room."""

from __future__ import annotations

import msgspec

from kerege.standin import AnyFace, Mind, Names, PlannedStep, StandInPlan
from kerege.wire.items import Ask, Clock, Consultation, Contact, Face, Me, Message, Offer, Record, Request, Task
from kerege.wire.messages import Frame, Receipt, Snapshot

ALL = ("careful", "hurried", "territorial", "careless")
NAMES = Names(
    {"ann": ("ANN1", "ANN2"), "house": ("HOUS",)}, {"f-role": "role", "f-loc": "location"}, {"c-boss": "boss"}
)
ANN, HOUSE = AnyFace(("ANN1", "ANN2")), AnyFace(("HOUS",))


def step(id_="go", do="ask", **parts) -> PlannedStep:
    code = "act" if do == "ask" else "form" if do == "file" else ""
    return PlannedStep(id_, parts.pop("profiles", ALL), do, code=code, **parts)


def record(face="ANN1", field="f-role", value="c-boss", at_s=0, **parts) -> Record:
    what = {"source": "", "state": "known", "value_face": None} | parts
    return Record(
        face, field, "Role", value, "boss", what["value_face"], at_s, "told", "told", what["source"], "", "certain",
        "certain", what["state"], [],
    )  # fmt: skip


def face(label="Ann", *, met=True, same_as=()) -> Face:
    return Face("person", "person", label, met, list(same_as))


def offer(*, open_=True, asks=()) -> Offer:
    return Offer("Act", "", "acts", live=False, takes_s=0, asks=list(asks), open=open_, why_not="")


def ask(name="p-who", faces=None) -> Ask:
    return Ask(name, "Who", "face", ["person"], [], faces)


def task(unit="UNI1", state="running") -> Task:
    return Task("act", "Act", unit, [], 0, 60, state, "")


def message(sender="fiu", handle=None, about="said") -> Message:
    return Message(about, sender, "FIU", [("What do you know of her?", handle)], 0)


def request(state="open", *, mine=False) -> Request:
    return Request(mine, "fiu", "FIU", "ANN1", "Role", "", "", "who is she?", 0, None, state, "", "", "")


def invitation(seat="invited", *, open_=True) -> Consultation:
    return Consultation("The night", "fiu", False, "", 0, open_, seat, [], [], [], "")


def clock(at_s=0, phase="running", speed=1, *, stopped=False) -> Clock:
    return Clock(phase, at_s, speed, stopped, 7200, "21:40")


class Chair:
    """A mind and the messages that reach it. Time is told with each of them."""

    def __init__(self, *steps: PlannedStep, profile="careful", initiative=True, units=("UNI1",), clock_=None, **put):
        self.mind = Mind(StandInPlan(steps, NAMES), profile, initiative=initiative)
        self.version = 0
        self.submit = None
        items = {
            "me": {"me": Me("Patrol", "player", "patrol", [], list(units))},
            "clock": {"clock": clock_ or clock()},
            "offers": {"act": offer()},
            "contacts": {
                "fiu": Contact("FIU", "team", stand_in=False),
                "social": Contact("Social", "team", stand_in=False),
            },
        }
        self.mind.hear(Snapshot("s", "e", 0, items | put), 0)

    def frame(self, now_ms=0, drop=None, **put):
        self.version += 1
        self.mind.hear(Frame("s", "e", self.version, put, drop or {}), now_ms)

    def next(self, now_ms=0):
        """The body of the next command, or None."""
        submit = self.mind.next(now_ms)
        self.submit = submit or self.submit
        return None if submit is None else msgspec.msgpack.decode(submit.command)

    def answer(self, outcome="accepted", now_ms=0, code=""):
        self.mind.hear(Receipt(self.submit.id, outcome, self.version, code=code), now_ms)
