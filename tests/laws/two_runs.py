"""Two runs that one viewer must not be able to tell apart: the same that it may see, different secrets of the others.

What is secret here cannot influence the viewer by construction, not because a run was found that does not: others write
to, share with and hear from one another, file papers, are refused, read their screens; control changes what the viewer
cannot perceive and moves to places that it does not watch. What reaches the viewer comes at the same play times in both.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine.commands import bodies as b
from tests.laws import player
from tests.laws.player import choose
from tests.stage import Client, Items, Stage, read
from tests.town import MINUTE, TOWN

if TYPE_CHECKING:
    from kerege.wire.messages import Receipt

ROUNDS = 30
_UNLISTED = (b.Cancel, b.Propose, b.Ask)
"""Of a team's secret acts: what stands in no evaluator's list, as a proposal, or is refused, as these asks are."""
VIEWERS = ("police", "desk", "court", "actor_ann", "mentor_police", "evaluators")


class Seen:
    """All that one viewer has received, on every road: its frames in two languages, snapshots, receipts."""

    def __init__(self) -> None:
        self.payloads: list[bytes] = []
        self.everything: list[bytes] = []
        """What everybody has received, to show that two runs do differ."""
        self.secrets: Counter[str] = Counter()
        """The secret acts that were accepted, by their names."""


async def seen_by(viewer: str, seed: int, secret: str) -> Seen:
    """Play the town once. The same `seed` gives the same visible script; `secret` draws what others do unseen."""
    script, hidden = Random(f"visible:{seed}"), Random(f"secret:{seed}:{secret}")
    seen = Seen()
    unseen: list[str] = []
    async with Stage(TOWN, seed=seed) as stage:
        client = stage.client(viewer, "en")
        other = stage.client(viewer, "ru")
        team = (
            stage.rules.viewers[viewer].follows or viewer
        )  # a mentor reads its team's stream too, or a desk what it was fed
        if stage.rules.viewers[viewer].sort == "mentor":
            assert client.open(stream=stage.viewer(team))
            assert other.open(stream=stage.viewer(team))
        if viewer != "evaluators":  # to them an act's outcome is a secret: nobody plays her, so the truth decides
            await stage.room.person_took("actor_ann")
        await stage.accept("control", b.Start())
        await stage.accept("help", stage.heard("court", "ann", "role", "guest"))
        await stage.accept("control", b.OpenTeam(stage.viewer("police"), True))
        await stage.accept("help", b.Convene((stage.viewer("police"), stage.viewer("court")), "all of us"))
        for n in range(ROUNDS):
            await _in_sight(stage, n, hidden, script if viewer in {"police", "mentor_police"} else hidden)
            if viewer == "evaluators":
                await _listed(stage, n, hidden)
            for _ in range(hidden.randint(0, 4)):
                await _out_of_sight(stage, viewer, team, hidden, unseen, seen.secrets)
            await _own(stage, viewer, script, client, seen)
            for each in (client, other):
                each.read()
            if n % 5 == script.randrange(5):
                seen.payloads += [stage.snapshot(viewer, "en"), stage.snapshot(viewer, "ru")]
            await stage.wait(MINUTE // 2)
        for each in (client, other):
            each.read()
            seen.payloads += each.payloads
        for each_viewer in stage.room.viewers:
            seen.everything += [*stage.frames(each_viewer), stage.snapshot(each_viewer)]
        seen.everything += seen.payloads
    return seen


def without_token(receipt: Receipt) -> bytes:
    """A receipt as it goes out. Its token is sealed: it must differ, but only its length may say anything."""
    return msgspec.msgpack.encode(msgspec.structs.replace(receipt, token=str(len(receipt.token))))


async def _own(stage: Stage, viewer: str, script: Random, client: Client, seen: Seen) -> None:
    """What the viewer does itself: picked from its own screen, and probes of what it cannot know."""
    client.read()
    command = choose(script, stage.room.viewers[viewer].sort, client.items)
    if command is None or _asks_the_truth(stage, command):
        command = _probe(stage, script)
    seen.payloads.append(without_token(await stage.submit(viewer, command, id=f"own-{script.random()}"[:30])))


def _asks_the_truth(stage: Stage, command: b.AnyCommand) -> bool:
    """Whether an act's outcome depends, openly, on what is secret here (who sits there); or stops and ends play for all."""
    allowed = {stage.rules.action_codes.of[name] for name in ("badge", "call", "stamp")}
    if isinstance(command, b.Attend):
        return command.come
    return isinstance(command, b.Stop | b.Curtain) or (isinstance(command, b.Ask) and command.action not in allowed)


def _probe(stage: Stage, script: Random) -> b.AnyCommand:
    """A handle that may or may not be somebody's paper, or that of a thing not met, in a place where a face is asked."""
    face = script.choice(("memo:help~1/self", "memo:help~2/self", "memo:help~9/self", "box", "cellar"))
    name = stage.rules.name_codes.of["place"]
    return b.Ask(stage.rules.action_codes.of["go"], None, {name: stage.face(face)})


async def _in_sight(stage: Stage, n: int, hidden: Random, police: Random) -> None:
    """What the viewers may see, at the same times in both runs.

    Where somebody goes to is a secret; what the police hear of a protected field and write is one to all but the police.
    """
    if n == 3:
        await stage.accept("control", stage.amend("h1", "location", "street"))
    elif n == 7:
        await stage.accept("control", stage.amend("h1", "location", hidden.choice(("house", "cellar"))))
    elif n in {9, 16}:
        record = stage.room.story.state.get("slot", ("help", "ann/self", "role"))[0]
        await stage.accept("help", stage.share((record,), "police", with_chain=n == 16))
    elif n == 12:
        await stage.accept("help", stage.say("at twelve", "police", "court"))
    elif n == 27:
        await stage.accept("help", b.Adjourn("g1"))
    elif n in {14, 20}:
        await stage.accept("police", stage.heard("help", "bob", "hurt", police.random() < 0.5), id=f"sight-{n}-abc")
        await stage.accept("police", stage.say(str(police.random()), "help"))


async def _listed(stage: Stage, n: int, hidden: Random) -> None:
    """Acts that evaluators see in their list, at the same times in both runs: words, what about and how it went are secret."""
    if n == 4:
        await stage.accept("help", stage.heard("court", "ann", "location", "house"))
        await stage.accept("control", stage.amend("ann", "mood", hidden.choice((20, 60))))
    elif n == 5:
        await stage.accept("help", stage.ask("question", unit="h1", person="ann"))
    elif n == 18:
        await stage.accept("help", stage.file("memo", about="ann", words="x" * hidden.randint(1, 40)))
    elif n == 22:
        await stage.accept("court", stage.say("x" * hidden.randint(1, 40), "police"))
    elif n == 24:
        field, value = hidden.choice((("hurt", True), ("role", "boss")))
        await stage.accept("help", stage.heard("court", "ann", field, value))


def _between(stage: Stage, viewer: str, hidden: Random) -> list[Any]:
    """What help and another team ask each other and consult about; a viewer that is invited and does not come sees none of it."""
    partner = "police" if viewer == "court" else "court"
    code, record = stage.viewer(partner), stage.room.story.state.get("slot", ("help", "house/self", "sort"))[0]
    key = hidden.choice(("g1", "g1", "g2"))
    called = [stage.room.story.state.get("consultation", (each, int(key[1:]))) for each in ("help", partner)]
    if any(each is not None and each.id.startswith(f"{viewer}~") for each in called):
        key = "g1"  # the other is the viewer's own: what is done there is addressed to it
    acts = [
        ("help", b.Convene((code,), str(hidden.random()))),
        (partner, b.Attend(key, hidden.random() < 0.8)),
        ("help", b.Table(key, (f"r{record}",))),
        (partner, b.Table(key, ("r1",))),
        ("help", b.Decide(key, "x", code, hidden.randint(10**5, 10**6))),
        (partner, b.Fulfil(key, "d1")),
        ("help", b.Adjourn("g2")),
    ]
    if any(each["mine"] for each in _screen(stage, viewer).get("consultations", {}).values()):
        # It may be the viewer who has invited the partner.
        acts = [(by, command) for by, command in acts if by != partner]
    # Another's q1 is not the viewer's own as long as it has none: what answers its own would be addressed to it.
    if not stage.room.story.state.get("count", ("request", viewer), 0):
        acts += [
            ("help", b.Request(code, stage.face("house"), None, None, str(hidden.random()))),
            (partner, b.Respond("q1", hidden.choice(("share", "decline")), words="no")),
        ]
    return acts


def _screen(stage: Stage, viewer: str) -> Items:
    """What a viewer's own screen shows now."""
    items: Items = {}
    read(items, stage.snapshot(viewer))
    return items


async def _out_of_sight(
    stage: Stage, viewer: str, own: str, hidden: Random, unseen: list[str], done: Counter[str]
) -> None:
    """
    One secret act. None of these is addressed to `viewer`, changes what it watches or what others will give it.

    `unseen`: what control may overrule, for it was secret itself; `done`: the acts that were accepted, by their names.
    """
    teams = [team for team in ("help", "court") if team != viewer]
    team = hidden.choice(teams)
    to = [each for each in ("help", "control") if each not in {viewer, own, team}]
    acts: list[Any] = [
        ("control", stage.amend("ann", "role", hidden.choice(("boss", "guard", "guest")))),
        ("control", stage.amend("box", "weight", hidden.randint(0, 50))),
        ("control", stage.amend("box", "location", hidden.choice(("cellar", "house")))),
        ("control", stage.amend("house", "door", hidden.choice(("open", "shut")))),
        ("control", stage.amend("bob", "mood", hidden.randint(0, 100))),
        ("control", stage.steer("rain", hidden.choice(("hold", "skip", "fire", "release")), "why")),
        ("help", stage.file("memo", about="ann", words=str(hidden.random()))),
        ("help", stage.heard("house", "house", "sort", hidden.choice(("home", "street")))),
        (team, b.Cancel("t99")),
        (team, b.Ask("xxxxxxxx")),
    ]
    if viewer not in {"actor_ann", "evaluators"}:  # a talk of another team: it asks, she answers, control debriefs
        hers, controls = _screen(stage, "actor_ann"), _screen(stage, "control")
        talk = [
            ("help", stage.ask("question", unit="h1", person="ann")),
            ("actor_ann", player.speak(hidden, hers)),
            ("actor_ann", player.treat(hidden, hers)),
            ("actor_ann", player.curtain(hidden, hers)),
            ("control", player.debrief(hidden, controls)),
        ]
        acts += [(by, command) for by, command in talk if command is not None]
    happened = _screen(stage, "control").get("happenings", {})
    undone = [key for key in unseen if happened[key]["undo"] == "can"]
    if undone:
        acts.append(("control", b.Overrule(hidden.choice(undone), str(hidden.random()))))
    if viewer != "court":  # what others and a body that nobody plays write to one another
        acts += [
            ("court", stage.say("x" * hidden.randint(1, 40), "persona_cellar")),
            ("control", b.Take(stage.viewer("persona_cellar"), f"m{hidden.randint(1, 4)}", str(hidden.random()))),
            ("control", stage.say_as("cellar", str(hidden.random()), "court", learns=(("box", "weight"),))),
        ]
    other = hidden.choice([each for each in ("help", "court") if each != viewer])
    acts += [  # lines that control writes for others, and tries
        ("control", stage.write(None, "x" * hidden.randint(1, 40), other, at_ms=hidden.choice((None, 0, MINUTE)))),
        ("control", stage.write("off_list_1", "y" * hidden.randint(1, 40), other, at_ms=0)),
        ("control", stage.steer(hidden.choice(("rain", "storm", "off_list_1")), "try")),
    ]
    n = hidden.randint(1, 4)  # what another team proposes, and how control rules; nothing of it is the viewer's
    acts += [
        (team, stage.propose(str(hidden.random()), faces=hidden.choice(((), ("house",))), wants_ms=hidden.randint(0, 9))),
        (team, b.Cancel(f"p{n}")),
        ("control", stage.rule(team, n, happens=False, text=str(hidden.random()))),
        ("control", stage.rule(team, n, why=str(hidden.random()), takes_ms=hidden.choice((0, MINUTE)), text="x" * n,
                               learns=(("box", "weight"),), changes=(("bob", "mood", hidden.randint(0, 100)),))),
    ]  # fmt: skip
    if viewer != "mentor_help":  # another team's mentor: what it writes, and that it lets its team stop and think
        acts += [
            ("mentor_help", b.Think(hidden.random() < 0.5, str(hidden.random()))),
            ("mentor_help", stage.say("x" * hidden.randint(1, 40), "help")),
        ]
    if viewer == "evaluators":  # see which act a team has done: what is left is what no team has done
        acts = [(by, command) for by, command in acts if by not in stage.rules.teams or isinstance(command, _UNLISTED)]
        acts = [(by, command) for by, command in acts if not isinstance(command, b.Think)]  # it would put acts off
    else:
        acts.append(
            ("evaluators", b.Observe((stage.viewer(hidden.choice(("police", "help"))),), text=str(hidden.random())))
        )
    if viewer != "evaluators":
        acts += _between(stage, viewer, hidden)
    if team == "help" and viewer != "evaluators":
        acts.append(("help", stage.say("x" * hidden.randint(1, 40), *to)))
    by, command = hidden.choice(acts)
    before = stage.room.story.state.get("count", ("happening", "control"), 0)
    receipt = await stage.submit(by, command)
    if receipt.outcome == "accepted":
        done[type(command).__name__] += 1
        now = stage.room.story.state.get("count", ("happening", "control"), 0)
        unseen += [f"h{n}" for n in range(before + 1, now + 1)]
    reader = hidden.choice([each for each in stage.room.viewers if each != viewer])
    stage.snapshot(reader, hidden.choice(("en", "ru")))
    stage.frames(reader)
