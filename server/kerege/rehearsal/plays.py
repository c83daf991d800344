"""Runs a pack's plays through the real room: given, when, then; and says in words what differed.

Every step is a command of an ordinary client: by codes and handles, with an answer. What a play expects of knowledge and
truth is read where conditions read it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine.worlds import TruthWorld
from kerege.rehearsal.coverage import reached_in
from kerege.rehearsal.laws import broken_laws
from kerege.rehearsal.stage import Stage
from kerege.scenario import PackProblems, Play, PlayStep, compile_folder, errors, read_plays
from kerege.wire.messages import Submit

if TYPE_CHECKING:
    from kerege.engine.pack import Pack, Value
    from kerege.engine.rules import Rules
    from kerege.room.room import Room
    from kerege.wire.messages import Receipt

CONTROL = "control"


@dataclass(frozen=True)
class Played:
    """How one play went. `differences`: each with its place in the file."""

    name: str
    title: str
    differences: tuple[str, ...]
    reached: frozenset[str] = frozenset()
    """What of the pack it reached, as `rehearsal.coverage` names it."""


def read(folder: Path) -> tuple[Pack, list[Play]]:
    """Compile a pack and its plays. Raises PackProblems."""
    compiled, problems = compile_folder(folder)
    if compiled is None or errors(problems):
        raise PackProblems(problems)
    plays, found = read_plays(compiled)
    if errors(found):
        raise PackProblems(found)
    return compiled.pack, plays


def run_play(pack: Pack, play: Play) -> Played:
    """Play it, in virtual time."""
    return asyncio.run(_run(pack, play))


async def _run(pack: Pack, play: Play) -> Played:
    stage = await Stage.open(pack, play.seed, f"play-{play.name}")
    try:
        runner = _Runner(stage, play)
        await runner.run()
        entries = list(stage.disk.entries)
        runner.differences += broken_laws(stage.room.story, entries)
        return Played(play.name, play.title, tuple(runner.differences), reached_in(pack, entries))
    finally:
        await stage.close()


class _Runner:
    def __init__(self, stage: Stage, play: Play) -> None:
        self._stage = stage
        self._play = play
        self._sent = 0
        self.differences: list[str] = []

    @property
    def _room(self) -> Room:
        return self._stage.room

    @property
    def _rules(self) -> Rules:
        return self._stage.room.story.rules

    async def run(self) -> None:
        """Given, when, then."""
        for actor in dict.fromkeys(step.by for step in self._play.steps if step.by in self._rules.viewers):
            await self._stage.until_done(self._room.person_took(actor))  # a person plays whoever acts in the play
        await self._by_control({"do": "start"})
        if self._play.start_ms:
            await self._by_control({"do": "jump", "to_ms": self._play.start_ms})
        for step in self._play.steps:
            await self._do(step)
        if self._play.ending is not None and self._stage.phase != "ended":
            await self._by_control({"do": "finish"})
        self.differences.extend(self._judge())

    async def _by_control(self, command: dict[str, Any]) -> None:
        receipt = await self._submit(CONTROL, command)
        if receipt.outcome != "accepted":
            self.differences.append(f"control's {command['do']} was {receipt.outcome}: {receipt.code}")

    async def _submit(self, viewer: str, command: dict[str, Any]) -> Receipt:
        self._sent += 1
        raw = msgspec.Raw(msgspec.msgpack.encode(command, order="deterministic"))
        submit = Submit(f"play-{self._sent:06d}", 0, raw)
        receipt = await self._stage.until_done(self._room.submit(f"play-{viewer}", viewer, submit))
        await self._stage.settle()
        return receipt

    # -- when ----------------------------------------------------------------------------------------------------

    async def _do(self, step: PlayStep) -> None:
        if step.sort == "wait":
            await self._stage.pass_play(self._room.play_ms + step.wait_ms)
            return
        if step.at_ms is not None:
            await self._stage.pass_play(step.at_ms)
        command = _command(self._room, step)
        if isinstance(command, str):
            self.differences.append(f"{step.place}: {command}")
            return
        receipt = await self._submit(step.by, command)
        outcome = f"{receipt.outcome} ({receipt.code}: {receipt.text})" if receipt.code else receipt.outcome
        if not step.refused:
            if receipt.outcome != "accepted":
                self.differences.append(f"{step.place}: was to be accepted, and was {outcome}")
        elif receipt.outcome == "accepted" or step.code not in {None, receipt.code}:
            wanted = f"refused ({step.code})" if step.code else "refused"
            self.differences.append(f"{step.place}: was to be {wanted}, and was {outcome}")

    # -- then ----------------------------------------------------------------------------------------------------

    def _judge(self) -> Iterator[str]:
        play, rules, state = self._play, self._rules, self._room.story.state
        world = TruthWorld(rules, state, self._room.play_ms)
        for wanted, table in ((True, play.knows), (False, play.knows_not)):
            for who, facts in table.items():
                for thing, name, value in facts:
                    if self._knows(world, who, thing, name, value) != wanted:
                        what = f"{thing}.{name}" + ("" if value is None else f" = {value}")
                        yield f"{who} {'was to know' if wanted else 'was not to know'} {what}"
        for (thing, name), truth in play.truth.items():
            is_ = state.get("truth", (thing, name))
            if not _same(is_, truth):
                yield f"{thing}.{name} was to be {truth!r}, and is {is_!r}"
        for fired in play.happened:
            if not state.get("fired", fired, 0):
                yield f"{fired} was to happen, and did not"
        for fired in play.not_happened:
            if state.get("fired", fired, 0):
                yield f"{fired} was not to happen, and did"
        ending = state.get("clock", "ending", "") or None
        if play.ending is not None and ending != play.ending:
            yield f"it was to end as {play.ending}, and ended as {ending or 'none of the endings'}"

    def _knows(self, world: TruthWorld, who: str, thing: str, name: str, written: str | None) -> bool:
        if written is None:
            return world.knows(who, thing, name)
        return world.knows_value(who, thing, name, _read_bare(self._rules, thing, name, written))


def _same(first: Value, second: Value) -> bool:
    """Equal, and a tick is no number; what was never set is no, or 0."""
    return (first or None) == (second or None) and (isinstance(first, bool) == isinstance(second, bool) or not first)


def _read_bare(rules: Rules, thing: str, name: str, written: str) -> Value:
    """A value as the compiled pack writes it."""
    match rules.field_of_thing(thing, name).type:
        case "tick":
            return written in {"True", "true", "yes"}
        case "number":
            return int(written)
        case _:
            return None if written in {"nobody", "unknown", "None"} else written


# ------------------------------------------------------------------------------------------------ commands


def _command(room: Room, step: PlayStep) -> dict[str, Any] | str:
    """A step as a client's command; a string says why there is none."""
    rules = room.story.rules
    to = [rules.viewer_codes.of[viewer] for viewer in step.to]
    match step.sort:
        case "do":
            return _ask(room, step)
        case "share":
            n = _newest(room, step)
            if n is None:
                return f"{step.by} holds nothing about {step.subject}.{step.field} that it could share"
            return {"do": "share", "records": [f"r{n}"], "to": to, "with_chain": False}
        case "heard":
            return _heard(room, step)
        case "file":
            kind = rules.forms[step.form].kind
            fields = {
                rules.field_codes.of[f"{kind}.{name}"]: _value(room, step.by, kind, name, value)
                for name, value in step.values.items()
            }
            command = {"do": "file", "form": rules.form_codes.of[step.form], "fields": fields}
            return command | {"incomplete": True} if step.incomplete else command
        case "steer":
            return {"do": "steer", "inject": rules.inject_codes.of[step.inject], "act": step.act, "why": "As planned"}
        case "says" | "treats":
            return _on_stage(room, step, to)
        case "request":
            return _request(room, step, to)
        case "respond":
            n = _waiting(room, step.by)
            if n is None:
                return f"nobody waits for an answer of {step.by}"
            return {"do": "respond", "request": f"q{n}", "how": step.act, "words": step.words}
        case "hands_over":
            faces = [_handle(room, step.by, thing) for thing in step.things]
            return {"do": "hand_over", "about": faces, "everything": step.everything}
        case "convene":
            return {"do": "convene", "teams": to, "title": step.words}
        case "attend" | "table" | "decide" | "adjourn":
            return _at_table(room, step)
    raise AssertionError(step.sort)


def _request(room: Room, step: PlayStep, to: list[str]) -> dict[str, Any] | str:
    rules = room.story.rules
    if len(to) != 1:
        return "a request goes to one team"
    command: dict[str, Any] = {"do": "request", "to": to[0], "words": step.words}
    if step.subject:
        command["about"] = _handle(room, step.by, step.subject)
    if step.field:
        command["field"] = rules.field_codes.of[f"{rules.kind_of(step.subject)}.{step.field}"]
    if step.form:
        command["form"] = rules.form_codes.of[step.form]
    if step.within_ms:
        command["wanted_by_s"] = (room.play_ms + step.within_ms) // 1000
    return command


def _waiting(room: Room, viewer: str) -> int | None:
    """The newest open request to a viewer."""
    state = room.story.state
    requests = {n: state.get("request", (viewer, n)) for n in range(1, state.get("count", ("request", viewer), 0) + 1)}
    return max((n for n, each in requests.items() if not each.mine and each.state == "open"), default=None)


def _at_table(room: Room, step: PlayStep) -> dict[str, Any] | str:
    """What somebody does at the newest consultation that it was called to or called."""
    n = room.story.state.get("count", ("consultation", step.by), 0)
    if not n:
        return f"{step.by} was called to no consultation"
    command: dict[str, Any] = {"do": step.sort, "consultation": f"g{n}"}
    if step.sort == "attend":
        command["come"] = step.come
    elif step.sort == "table":
        record = _newest(room, step)
        if record is None:
            return f"{step.by} holds nothing about {step.subject}.{step.field} that it could put on the table"
        command["records"] = [f"r{record}"]
    elif step.sort == "decide":
        command["words"] = step.words
        command["owner"] = room.story.rules.viewer_codes.of[step.owner]
        command["due_s"] = (room.play_ms + step.within_ms) // 1000
    return command


def _ask(room: Room, step: PlayStep) -> dict[str, Any]:
    rules = room.story.rules
    params = {param.name: param for param in rules.actions[step.action].params}
    asks: dict[str, Any] = {}
    for name, said in step.asks.items():
        takes = params[name].takes
        each = [_said(room, step.by, takes, one) for one in (said if isinstance(said, list) else [said])]
        asks[rules.name_codes.of[name]] = each if params[name].many else each[0]
    command: dict[str, Any] = {"do": "ask", "action": rules.action_codes.of[step.action], "asks": asks}
    if step.unit is not None:
        command["unit"] = rules.handle(rules.faces_of(step.unit)[0])
    return command


def _said(room: Room, viewer: str, takes: str, said: Value) -> Any:
    rules = room.story.rules
    match takes:
        case "face":
            return _handle(room, viewer, str(said))
        case "choice":
            return rules.choice_codes.of[str(said)]
        case "team":
            return rules.viewer_codes.of[str(said)]
        case "number":
            return said
        case _:
            return str(said)


def _value(room: Room, viewer: str, kind: str, name: str, value: Value) -> Any:
    rules = room.story.rules
    match rules.fields[kind, name].type:
        case "thing" if value is not None:
            return _handle(room, viewer, str(value))
        case "choice" if value is not None:
            return rules.choice_codes.of[str(value)]
        case _:
            return value


def _handle(room: Room, viewer: str, thing: str) -> str:
    """The handle by which a viewer speaks of a thing: of a face that it has met, else of the default one."""
    rules, state = room.story.rules, room.story.state
    faces = (thing,) if "/" in thing else rules.faces_of(thing)
    known = [face for face in faces if state.get("met", (viewer, face)) is not None]
    met = [face for face in known if state.get("met", (viewer, face)).met]
    return rules.handle((met or known or list(faces))[0])


def _newest(room: Room, step: PlayStep) -> int | None:
    """The number of the newest standing record about a fact."""
    state, rules = room.story.state, room.story.rules
    numbers = [
        n for face in rules.faces_of(step.subject) for n in state.get("slot", (step.by, face, step.field), ())
    ]  # fmt: skip
    standing = [n for n in numbers if not state.get("record", (step.by, n)).retracted]
    return max(standing, key=lambda n: (state.get("record", (step.by, n)).at_ms, n), default=None)


def _heard(room: Room, step: PlayStep) -> dict[str, Any]:
    rules = room.story.rules
    kind = rules.kind_of(step.subject)
    source = rules.viewer_codes.of.get(step.source) or _handle(room, step.by, step.source)
    return {
        "do": "heard",
        "source": source,
        "face": _handle(room, step.by, step.subject),
        "field": rules.field_codes.of[f"{kind}.{step.field}"],
        "value": _value(room, step.by, kind, step.field, step.value),
    }


def _on_stage(room: Room, step: PlayStep, to: list[str]) -> dict[str, Any] | str:
    """What an actor taps: about the newest scene, one with a team that is named if there is one."""
    rules, state = room.story.rules, room.story.state
    scenes: Mapping[int, Any] = {
        n: state.get("scene", (step.by, n)) for n in range(1, state.get("count", ("scene", step.by), 0) + 1)
    }
    if not scenes:
        return f"no scene was ever opened with {step.by}"
    open_ = [n for n, scene in scenes.items() if scene.state != "closed"] or list(scenes)
    scene = max([n for n in open_ if scenes[n].team in step.to] or open_)
    if step.sort == "says":
        lines = [rules.line_codes.of[line] for line in step.lines]
        return {"do": "speak", "scene": f"s{scene}", "lines": lines, "to": to}
    answers = {rules.choice_codes.of[question]: mark for question, mark in step.answers.items()}
    return {"do": "treat", "scene": f"s{scene}", "answers": answers}
