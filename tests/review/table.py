"""A table of players for these tests: a real room on a memory journal, a clock that stands still, acts in pack ids."""

import asyncio
from pathlib import Path

import msgspec

from kerege.engine.commands import bodies as b
from kerege.engine.conditions import compile_condition
from kerege.engine.faces import thing_of
from kerege.engine.pack import Pack
from kerege.engine.worlds import ViewWorld
from kerege.journal.memory import MemoryJournal
from kerege.room import open_room
from kerege.room.ports import ManualClock, SeededChance
from kerege.scenario import load_pack
from kerege.wire.messages import Submit

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MINUTE = 60_000


def pack_called(name: str) -> Pack:
    return load_pack(SCENARIOS / name)


class Table:
    """Everybody at one table. Refused commands raise, unless asked for."""

    def __init__(self, room, clock, journal):
        self.room = room
        self.clock = clock
        self.journal = journal
        self._n = 0
        self._conditions = {}
        self._done: set[tuple[str, str]] = set()
        self._since: dict[tuple[str, str], int] = {}
        self._running = asyncio.create_task(room.run())

    @classmethod
    async def of(cls, pack: Pack, seed: int = 1) -> "Table":
        journal = MemoryJournal()

        async def reopen():
            return journal

        clock = ManualClock()
        room = await open_room(pack, reopen, clock, SeededChance(seed), exercise="test")
        return cls(room, clock, journal)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.room.close()
        await self._running

    @property
    def rules(self):
        return self.room.story.rules

    @property
    def state(self):
        return self.room.story.state

    async def log(self):
        return await self.journal.read()

    # -- acts ----------------------------------------------------------------------------------------------------

    async def submit(self, viewer, command):
        self._n += 1
        message = Submit(f"command{self._n:04}", 0, msgspec.Raw(msgspec.msgpack.encode(command)))
        return await self.room.submit(f"seat-{viewer}", viewer, message)

    async def do(self, viewer, command):
        receipt = await self.submit(viewer, command)
        assert receipt.outcome == "accepted", (viewer, command, receipt)

    async def start(self):
        await self.do("control", b.Start())
        await self.settle()

    async def finish(self):
        await self.do("control", b.Finish())

    async def until(self, at_ms):
        """Let play time go on, minute by minute, so that what falls due happens."""
        while self.room.play_ms < at_ms:
            self.clock.advance(min(MINUTE, at_ms - self.room.play_ms))
            await self.settle()

    async def settle(self):
        for _ in range(200):
            await asyncio.sleep(0)
            due = self.room.next_due_ms
            if due is None or due > self.room.play_ms:
                return
        raise AssertionError("the room does not come to rest")

    def handle(self, viewer, thing):
        """The handle of a thing as this viewer knows it, or of a face (`thing/face`)."""
        if "/" in thing:
            return self.rules.handle(thing)
        for face in self.rules.faces_of(thing):
            if self.state.get("met", (viewer, face)) is not None:
                return self.rules.handle(face)
        return self.rules.handle(self.rules.faces_of(thing)[0])

    def code(self, viewer):
        return self.rules.viewer_codes.of[viewer]

    def records(self, viewer, thing, field):
        """The keys of this viewer's standing records."""
        count = self.state.get("count", ("record", viewer), 0)
        for n in range(1, count + 1):
            record = self.state.get("record", (viewer, n))
            if (thing_of(record.face), record.field) == (thing, field) and not record.retracted:
                yield f"r{n}"

    async def share(self, viewer, fact, *to):
        thing, _, field = fact.partition(".")
        records = tuple(self.records(viewer, thing, field))[:1]
        await self.do(viewer, b.Share(records, tuple(self.code(each) for each in to)))

    async def heard(self, viewer, source, fact, value):
        thing, _, field_id = fact.partition(".")
        kind = self.rules.kind_of(thing)
        code = self.rules.field_codes.of[f"{kind}.{field_id}"]
        teller = self.code(source) if source in self.rules.viewers else self.handle(viewer, source)
        if self.rules.fields[kind, field_id].type == "choice":
            value = self.rules.choice_codes.of[value]
        await self.do(viewer, b.Heard(teller, self.handle(viewer, thing), code, value))

    async def recall(self, viewer, fact, why="a slip"):
        thing, _, field = fact.partition(".")
        for key in tuple(self.records(viewer, thing, field)):
            await self.do("control", b.Recall(self.code(viewer), key, why))

    # -- whole evenings ------------------------------------------------------------------------------------------

    async def play_plans(self, profiles, until_ms, step_ms=MINUTE // 2):
        """Let every team act by its stand-in's plan, each step once; may be gone on with. viewer -> profile."""
        plans = {plan.viewer: plan for plan in self.rules.pack.plans}
        for viewer, profile in profiles.items():
            if self.state.get("stand_in", viewer) != profile:
                await self.do("control", b.StandIn(self.code(viewer), profile))
        done, since = self._done, self._since
        while self.room.play_ms < until_ms and self.state.get("clock", "clock").phase == "running":
            for viewer, profile in profiles.items():
                for step in plans[viewer].steps:
                    key = (viewer, step.id)
                    if key in done or (step.profiles and profile not in step.profiles) or not self._holds(viewer, step):
                        continue
                    if self.room.play_ms < since.setdefault(key, self.room.play_ms) + step.after_ms:
                        continue
                    if await self._act(viewer, step):
                        done.add(key)
            await self.until(self.room.play_ms + step_ms)

    def _holds(self, viewer, step):
        if step.when is None:
            return True
        condition = self._conditions.get(step.when)
        if condition is None:
            condition = self._conditions[step.when] = compile_condition(step.when, self.rules.types, "view", {})
        return condition.run(ViewWorld(self.rules, self.state, viewer, self.room.play_ms), {})

    async def _act(self, viewer, step):
        rules = self.rules
        if step.do == "share":
            records = tuple(self.records(viewer, step.subject, step.field))[:1]
            command = b.Share(records, tuple(self.code(each) for each in step.to))
        elif step.do == "ask":
            params = {param.name: param for param in rules.actions[step.action].params}
            asks = {
                rules.name_codes.of[name]: self._answer(viewer, params[name].takes, answer)
                for name, answer in step.asks.items()
            }
            command = b.Ask(rules.action_codes.of[step.action], None, asks)
        elif step.do == "file":
            form = rules.forms[step.form]
            fields = {
                rules.field_codes.of[f"{form.kind}.{name}"]: self._value(viewer, rules.fields[form.kind, name], value)
                for name, value in step.values.items()
            }
            command = b.File(rules.form_codes.of[step.form], fields)
        else:
            return True
        return (await self.submit(viewer, command)).outcome == "accepted"

    def _answer(self, viewer, takes, answer):
        if takes == "face":
            return self.handle(viewer, answer)
        if takes == "choice":
            return self.rules.choice_codes.of[answer]
        return self.code(answer) if takes == "team" else answer

    def _value(self, viewer, field, value):
        if field.type == "thing":
            return self.handle(viewer, value)
        return self.rules.choice_codes.of[value] if field.type == "choice" else value
