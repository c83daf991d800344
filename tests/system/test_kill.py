"""Law 4 over the real server: kill -9 during play. What was acknowledged is there, once; views go on where they were."""

import asyncio
from collections import Counter
from pathlib import Path
from random import Random

import msgspec
import pytest
from websockets.exceptions import WebSocketException

from kerege.engine.commands import bodies as b
from kerege.room.log import StepBody
from tests.laws.player import choose
from tests.laws.size import TIMES
from tests.system.person import Company, Person, canonical
from tests.system.server import Nursery, Server, serving, until

KILLS = 6 * TIMES
SEED = 20
TWICE = CUT_BEFORE_ACK = OVERTAKEN = 0.05
TEAMS = (
    "Police patrol",
    "Police patrol",
    "Investigators",
    "Social service",
    "Social service",
    "Financial intelligence unit",
)
PAUSE_S_MAX = 0.02
KEPT, ONCE = (
    "kill -9 of the real server, over its sockets",
    "acts sent twice, overtaken, cut off and sent again over kills",
)
NOTICED = {
    "answers_before_the_disk": ("G1", KEPT, "acknowledged and not kept"),
    "answers_in_memory_only": ("G2", ONCE, "a command id of its seat is already in the log"),
    "no_dedupe": ("G2", ONCE, "counted twice"),
}
"""Fault -> the guarantee and the row that it breaks, and how this test notices it; of an act that is doubled the journal says so."""
SPARED = (b.Stop, b.Curtain)
"""Freezing the room would end the play; what they do is tested elsewhere."""


class Play:
    """One person's part: acts from its own screen until told to end, over whatever link there is."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.random = Random(f"{SEED}:{person.name}")
        self.over = False
        self.resumed: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.sent: dict[str, bytes] = {}

    async def run(self) -> None:
        """Act, send twice, lose the link, come back, send again."""
        person, random = self.person, self.random
        while not self.over:
            if not person.connected:
                await self.come_back()
                continue
            command = choose(random, "player", person.items)
            if command is None or isinstance(command, SPARED):
                continue
            command_id, data = person.act(command)
            self.sent[command_id] = data
            if random.random() < OVERTAKEN:
                await self.overtake()
            sent = await person.send(data)
            if sent and random.random() < TWICE:
                self.faults["sent twice"] += 1
                await person.send(data)
            if sent and random.random() < CUT_BEFORE_ACK:
                self.faults["cut before the answer"] += 1
                person.cut()
            await until(lambda: not person.unacked or not person.connected, "the receipts, or a lost link")
            await asyncio.sleep(random.random() * PAUSE_S_MAX)  # people think, too
        while person.unacked:
            if not person.connected:
                await self.come_back()
            await until(lambda: not person.unacked or not person.connected, "the last receipts")

    async def overtake(self) -> None:
        """A later act reaches the server before the one that was written down first."""
        command = choose(self.random, "player", self.person.items)
        if command is not None and not isinstance(command, SPARED):
            self.faults["overtaken"] += 1
            command_id, data = self.person.act(command)
            self.sent[command_id] = data
            await self.person.send(data)

    async def come_back(self) -> None:
        """Try to connect, as a phone does; being refused while the server is away is no news."""
        try:
            heard = await self.person.connect()
        except (OSError, WebSocketException, msgspec.ValidationError) as _:
            await asyncio.sleep(0.01)
            return
        except Exception as error:  # the HTTP client's own family of lost connections
            if "httpx" not in type(error).__module__:
                raise
            await asyncio.sleep(0.01)
            return
        self.resumed[heard.sorts[1] if len(heard.sorts) > 1 else "nothing"] += 1


@pytest.mark.proof("G1", KEPT)
@pytest.mark.proof("G2", ONCE)
async def test_what_was_acknowledged_survives_kill_9_once(nursery, tmp_path, proof):
    """Six kills at any moment; acts sent twice and overtaken, links cut before the answer, everything unanswered sent again."""
    print("seed", SEED)
    plays = await kill_loop(nursery, tmp_path, KILLS)
    answers = [each[-1] for play in plays for each in play.person.receipts.values()]
    accepted = sum(answer.outcome == "accepted" for answer in answers)
    resumed = sum((play.resumed for play in plays), Counter())
    print(f"{KILLS} kills, {len(answers)} answers, {accepted} accepted; came back to {dict(resumed)}")
    faults = sum((play.faults for play in plays), Counter())
    print(dict(faults))
    assert accepted > 100
    assert set(faults) == {"sent twice", "cut before the answer", "overtaken"}
    proof.of("G1").tried(accepted, faults=KILLS, seed=SEED)
    proof.of("G2").tried(accepted, faults=faults.total(), seed=SEED)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        pytest.param(fault, told, marks=pytest.mark.proof(guarantee, row, mutant=True), id=fault)
        for fault, (guarantee, row, told) in NOTICED.items()
    ],
)
async def test_a_server_that_loses_or_doubles_is_caught(nursery, tmp_path, fault, told):
    """The same loop on a server that answers too soon, that forgets its answers, or that never looks for one."""
    with pytest.raises(AssertionError, match=told):
        await kill_loop(nursery, tmp_path, 3, fault)


async def kill_loop(nursery: Nursery, folder: Path, kills: int, fault: str = "") -> list[Play]:
    """Play, kill, start again; then hold the log and the views against what everybody was told."""
    async with serving(nursery, folder, "silver-reed", leak=fault) as server:
        company = Company(server)
        plays: list[Play] = []
        tasks: list[asyncio.Task[None]] = []
        try:
            await company.open()
            assert (await company.control.do(b.Speed(max(4, 60 // TIMES)))).outcome == "accepted"
            plays += [Play(await company.come(title, f"seat-{n}")) for n, title in enumerate(TEAMS)]
            tasks += [asyncio.create_task(play.run()) for play in plays]
            await play_and_kill(server, plays, tasks, kills)
            await compare(server, plays)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await company.close()
    return plays


async def play_and_kill(server: Server, plays: list[Play], tasks: list[asyncio.Task[None]], kills: int) -> None:
    """Kill at moments that are drawn by how much was answered; then let everybody come to an end."""
    random = Random(SEED)

    for _ in range(kills):
        await play_on(plays, tasks, random.randrange(20, 90))
        server.kill()
        await server.start()
    await play_on(plays, tasks, 60)
    for play in plays:
        play.over = True
    async with asyncio.timeout(30):
        await asyncio.gather(*tasks)


async def play_on(plays: list[Play], tasks: list[asyncio.Task[None]], answers: int) -> None:
    """Wait until so many more answers have come; what went wrong in a part is raised here."""
    enough = sum(len(play.person.receipts) for play in plays) + answers

    def there() -> bool:
        for task in tasks:
            if task.done():
                task.result()
        return sum(len(play.person.receipts) for play in plays) >= enough

    await until(there, "play goes on")


async def compare(server: Server, plays: list[Play]) -> None:
    """Log, views and receipts, before and after acts are sent once more, and one more restart."""
    random = Random(SEED)
    server.stop()
    check_log(plays, await server.steps())
    await server.start()
    await compare_views(plays)
    before = await sent_again(plays, random)
    server.stop()
    check_log(plays, await server.steps())
    await server.start()
    await compare_views(plays)
    assert await sent_again(plays, random, before) == before


async def compare_views(plays: list[Play]) -> None:
    """Everybody comes back to the missing frames alone, and to the same view as one who comes now."""
    for play in plays:
        await play.person.connect()
        await play.person.beat()
        assert play.person.snapshots == 1, "a cursor of the same epoch gets the missing frames, never a snapshot"
        await same_as_a_fresh_one(play.person)


async def same_as_a_fresh_one(person: Person) -> None:
    """What frames have made of a view, over all kills, is what a device that comes now is shown."""
    fresh = Person(person.server, "fresh")
    fresh.page.cookies = person.page.cookies
    fresh.stream = person.stream
    await fresh.connect()
    await fresh.beat()
    await person.beat()
    assert fresh.snapshots == 1
    assert fresh.place == person.place
    assert canonical(fresh.items) == canonical(person.items)
    await fresh.close()


async def sent_again(plays: list[Play], random: Random, known: dict | None = None) -> dict:
    """The receipts of some accepted acts that are sent once more."""
    found = {}
    for play in plays:
        person = play.person
        accepted = sorted(each for each, receipts in person.receipts.items() if receipts[-1].outcome == "accepted")
        chosen = random.sample(accepted, min(8, len(accepted))) if known is None else [i for p, i in known if p is play]
        for command_id in chosen:
            count = len(person.receipts[command_id])
            await person.send(play.sent[command_id])
            await until(
                lambda c=count, i=command_id, p=person: len(p.receipts[i]) > c, "the answer to an act sent again"
            )
            found[play, command_id] = person.receipts[command_id][-1]
    return found


def check_log(plays: list[Play], steps: list[StepBody]) -> None:
    """Every accepted act stands in the log once, with one answer only; nothing stands there that nobody sent."""
    logged = Counter((step.seat, step.command_id) for step in steps if step.seat)
    assert max(logged.values()) == 1, f"counted twice: {[key for key, times in logged.items() if times > 1]}"
    for play in plays:
        person = play.person
        assert not person.unacked
        mine = {command_id for seat, command_id in logged if command_id.startswith(f"{person.name}-")}
        accepted = set()
        for command_id, receipts in person.receipts.items():
            yes = [receipt for receipt in receipts if receipt.outcome == "accepted"]
            assert len(set(yes)) <= 1, f"two different answers to {command_id}"
            if yes:
                accepted.add(command_id)
        assert accepted <= mine, f"{person.name}: acknowledged and not kept: {accepted - mine}"
        assert mine <= accepted, f"{person.name}: kept and not acknowledged: {mine - accepted}"
