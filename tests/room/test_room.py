"""The room: batches, ids that come twice, bounds, a store in trouble, restarts, time, STOP, words, delay, export."""

from __future__ import annotations

import asyncio
from random import Random

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.refusals import TOO_LATE
from kerege.engine.state import flatten
from kerege.engine.step import step
from kerege.journal.entry import ENTRY_BYTES_MAX
from kerege.journal.export import read_file
from kerege.journal.memory import MemoryDisk, MemoryJournal
from kerege.journal.port import BATCH_ENTRIES_MAX, StoreDown
from kerege.journal.receipt import open_token
from kerege.room import turn as turns
from kerege.room.inbox import INBOX_ROOM_MAX, INBOX_VIEWER_MAX, URGENT_MAX, Inbox, Waiting
from kerege.room.log import read_step
from kerege.room.opening import open_room
from kerege.room.ports import ManualClock, SeededChance, SystemClock
from kerege.room.reader import STREAMS_MAX
from kerege.room.room import FULL_WAIT_MS, PROBLEMS_SAID_MAX, RELOAD_WAIT_MS
from kerege.room.turn import BATCH_MAX
from kerege.wire.messages import MARK
from tests.room.everything import SECRET, say_everything
from tests.room.fakes import Trouble
from tests.stage import Stage
from tests.town import MINUTE, TOWN


@pytest.fixture
async def stage():
    async with Stage(TOWN) as stage:
        await stage.accept("control", b.Start())
        yield stage


def story_of(stage):
    return flatten(stage.room.story.state)


# -- order and batches -------------------------------------------------------------------------------------------------


async def test_what_comes_at_once_is_appended_at_once():
    """Commands that wait share one append, in the order in which they came."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        trouble.batches.clear()
        says = [stage.submit("police", stage.say(f"{n}", "help")) for n in range(10)]
        receipts = await asyncio.gather(*says)
        assert {receipt.outcome for receipt in receipts} == {"accepted"}
        assert trouble.batches == [10]
        words = [stage.room.story.words[message.text.word] for message in _messages(stage, "help")]
        assert words == [f"{n}" for n in range(10)]


def _messages(stage, viewer):
    state = stage.room.story.state
    return [state.get("message", (viewer, n)) for n in range(1, state.get("count", ("message", viewer), 0) + 1)]


async def test_a_batch_holds_at_most_batch_max():
    """One more goes into the next; both fit into what a store takes at once."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        trouble.batches.clear()
        viewers = ["police", "help"]
        says = [stage.submit(viewers[n % 2], stage.say("x", "court" if n % 2 == 0 else "police")) for n in range(65)]
        receipts = await asyncio.gather(*says)
        assert {receipt.outcome for receipt in receipts} == {"accepted"}
        assert trouble.batches == [BATCH_MAX, 1]
    assert 2 * BATCH_MAX <= BATCH_ENTRIES_MAX


async def test_each_command_of_a_batch_sees_what_those_before_it_did(stage):
    """A unit that the first has sent away is busy for the second; the refusal leaves no trace."""
    first, second = await asyncio.gather(
        stage.submit("help", stage.ask("go", place="street")), stage.submit("help", stage.ask("go", place="house"))
    )
    assert (first.outcome, second.outcome, second.code) == ("accepted", "refused", "unit_busy")
    assert second.token == "" and second.text


async def test_the_receipt_comes_after_its_effect_with_the_version_of_the_view(stage):
    """Who has the receipt can already read what it did."""
    client = stage.client("police")
    client.read()
    receipt = await stage.accept("police", stage.ask("badge"))
    client.read()
    assert client.version == receipt.version
    opened = open_token(stage.room.story._receipt_key, receipt.token)
    assert (opened.n, opened.hash) == stage.room.story.head


# -- too late ----------------------------------------------------------------------------------------------------------


async def after_the_exercise(stage):
    await stage.accept("control", b.Finish())
    return stage.say("x", "help")


async def after_the_task(stage):
    await stage.accept("police", stage.ask("badge"))
    return b.Cancel("t1")


async def after_the_consultation(stage):
    await stage.accept("help", b.Convene((stage.viewer("police"),), "x"))
    await stage.accept("help", b.Adjourn("g1"))
    return b.Attend("g1", True)


async def after_the_answer(stage):
    await stage.accept("help", b.Request(stage.viewer("police"), words="?"))
    await stage.accept("police", b.Respond("q1", "decline", words="no"))
    return b.Respond("q1", "share")


async def after_the_time_it_names(stage):
    return b.Request(stage.viewer("help"), words="?", wanted_by_s=0)


@pytest.mark.parametrize(
    "after", [after_the_exercise, after_the_task, after_the_consultation, after_the_answer, after_the_time_it_names]
)
async def test_what_its_moment_has_passed_for_is_too_late_and_says_why(stage, after):
    """Neither accepted nor forbidden: too late, with a reason; nothing of it is kept."""
    command = await after(stage)
    before = stage.room.story.head
    receipt = await stage.submit("police", command)
    assert (receipt.outcome, receipt.token) == ("too_late", "") and receipt.code in TOO_LATE
    assert receipt.text
    assert stage.room.story.head == before


async def test_what_may_come_again_is_not_too_late(stage):
    """A pause passes, so what is asked in it is refused, not late."""
    await stage.accept("control", b.Pause())
    receipt = await stage.submit("help", stage.ask("go", place="street"))
    assert (receipt.outcome, receipt.code) == ("refused", "paused")


# -- the same id again -------------------------------------------------------------------------------------------------


async def test_a_resent_command_has_its_effect_once_and_its_first_answer(stage):
    """For the whole exercise, whatever has happened since."""
    message = stage.message("police", stage.say("once", "help"))
    first = await stage.room.submit(*message)
    await stage.accept("help", stage.say("later", "police"))
    assert await stage.room.submit(*message) == first
    assert len(_messages(stage, "help")) == 1


async def test_the_same_id_with_another_body_is_refused(stage):
    """Words count: another text is another body. Another seat's id is another id."""
    await stage.accept("police", stage.say("one", "help"), id="the-same-id")
    for other in (stage.say("two", "help"), stage.ask("badge"), stage.say("one", "court")):
        receipt = await stage.submit("police", other, id="the-same-id")
        assert (receipt.outcome, receipt.code) == ("refused", "other_body")
    await stage.accept("police", stage.ask("badge"), id="the-same-id", seat="another-seat")


async def test_repeats_within_one_batch(stage):
    """The first is played, the same again gets its answer, another body is refused."""
    say, other = stage.say("x", "help"), stage.say("y", "help")
    receipts = await asyncio.gather(
        *(stage.submit("police", command, id="one-id-here") for command in (say, say, other, say))
    )
    assert receipts[0] == receipts[1] == receipts[3] and receipts[0].outcome == "accepted"
    assert receipts[2].code == "other_body"
    assert len(_messages(stage, "help")) == 1


async def test_a_refused_command_may_be_sent_again(stage):
    """Refusals are not kept: the same id is decided anew."""
    await stage.accept("help", stage.ask("go", place="street"))
    message = stage.message("help", stage.ask("go", place="house"))
    assert (await stage.room.submit(*message)).code == "unit_busy"
    await stage.wait(MINUTE)
    assert (await stage.room.submit(*message)).outcome == "accepted"


# -- bounds ------------------------------------------------------------------------------------------------------------


async def test_the_inbox_of_a_viewer_is_bounded(stage):
    """At the bound all wait; the next is told to come again; other viewers have room."""
    flood = [stage.submit("police", stage.ask("badge")) for _ in range(INBOX_VIEWER_MAX + 1)]
    *receipts, other = await asyncio.gather(*flood, stage.submit("help", stage.ask("badge")))
    assert [receipt.outcome for receipt in receipts] == ["accepted"] * INBOX_VIEWER_MAX + ["refused"]
    assert receipts[-1].code == "busy"
    assert other.outcome == "accepted"
    await stage.accept("police", stage.ask("badge"))


async def test_the_inbox_of_the_room_is_bounded():
    """The one answer that does not depend on the viewer alone."""
    inbox = Inbox()
    for n in range(INBOX_ROOM_MAX):
        assert inbox.put(Waiting(f"v{n % 100}", "", "", b.Stop(), b"", None, "en"))
    assert not inbox.put(Waiting("new", "", "", b.Stop(), b"", None, "en"))
    inbox.take(1)
    assert inbox.put(Waiting("new", "", "", b.Stop(), b"", None, "en"))


async def test_a_reader_opens_at_most_streams_max(stage):
    """Past the bound, and for streams that are not there or not its own, the same no."""
    client = stage.client("police")
    for stream in (stage.room.viewers["help"].code, "nothing", "x" * 40):
        assert not client.open(stream=stream)
    control = stage.client("control")
    for viewer in ("police", "help", "court", "desk"):
        assert control.open(stream=stage.room.viewers[viewer].code)
    assert not control.open(stream=stage.room.viewers["safety"].code), "who drew a curtain is for safety alone"
    control.reader._at = {f"s{n}": 0 for n in range(STREAMS_MAX)}
    assert not control.open(stream=stage.room.viewers["police"].code)
    control.reader._at = {}


async def test_what_is_no_command_is_refused(stage):
    """Any bytes get an answer, and nothing happens."""
    before = story_of(stage)
    random = Random(7)
    bodies = [b"", b"\xc1", b"\x80", msgspec.msgpack.encode({"do": "win"}), msgspec.msgpack.encode({"do": "ask"})]
    bodies += [random.randbytes(random.randint(1, 60)) for _ in range(200)] + [b"\x91" * 5000]
    for body in bodies:
        assert (await stage.submit("police", body)).code == "unreadable"
    for command in (b.Tick(), b.Staff(stage.viewer("actor_ann"), True), b.Start()):
        assert (await stage.submit("police", command)).code == "not_yours"
    assert (await stage.submit("gang", b.Stop())).code == "not_yours", "nobody sits on a hidden side"
    assert story_of(stage) == before


# -- a store in trouble ------------------------------------------------------------------------------------------------


async def test_a_full_disk_is_said_and_play_goes_on():
    """Unknown to the client, nothing kept; the same id succeeds once there is room."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        before, version = story_of(stage), stage.room.story.stream_of["help"].version
        trouble.appends = ["full"]
        message = stage.message("police", stage.say("x", "help"))
        receipt = await stage.room.submit(*message)
        assert (receipt.outcome, receipt.code) == ("unknown", "not_committing")
        assert story_of(stage) == before and stage.room.story.stream_of["help"].version == version
        assert stage.room.trouble == "full"
        assert (await stage.room.submit(*message)).outcome == "accepted"
        assert not stage.room.trouble
        assert len(_messages(stage, "help")) == 1


async def test_a_full_disk_is_tried_again_without_anybody_and_never_in_a_loop():
    """What falls due by itself waits for a write that is kept; the room says all the while that it cannot write."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        await stage.accept("police", stage.ask("badge"))
        trouble.appends = ["full"] * 50
        trouble.tries = ["full"]
        tried = len(trouble.batches)
        stage.clock.advance(30 * MINUTE)
        assert stage.room.next_due_ms is not None and stage.room.next_due_ms <= stage.room.play_ms
        for wait_ms in (0, FULL_WAIT_MS - 1, 1):
            stage.clock.advance(wait_ms)
            for _ in range(200):
                await asyncio.sleep(0)
            assert stage.room.trouble == "full"
            assert len(trouble.batches) == tried + 1
        trouble.appends = []
        await stage.wait(FULL_WAIT_MS)
        assert stage.room.trouble == ""


async def test_a_store_that_can_be_read_and_not_written_is_not_ready():
    """The room reads it again and goes on saying so, until a write is kept."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        trouble.appends, trouble.tries = ["unknown_lost"], ["unknown", "full"]
        assert (await stage.submit("police", stage.say("x", "help"))).outcome == "unknown"
        await stage.settle()
        assert stage.room.trouble == "failed"
        await stage.wait(RELOAD_WAIT_MS)
        assert stage.room.trouble == "full"
        await stage.wait(FULL_WAIT_MS)
        assert stage.room.trouble == ""


@pytest.mark.parametrize("still", ["read", "write"])
async def test_what_waits_behind_a_store_that_fails_is_answered(still):
    """As long as it cannot be read or takes no writes nobody waits for it; a STOP holds all the same."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        trouble.gate, trouble.appends = asyncio.Event(), ["unknown_lost"]
        trouble.tries, trouble.reads_fail = (["unknown"], 0) if still == "write" else ([], 1)
        acts = [stage.message("police", stage.say("x", "help"))]
        playing = [asyncio.create_task(stage.room.submit(*acts[0]))]
        await stage.settle()
        acts += [stage.message("police", stage.ask("badge")), stage.message("help", b.Stop())]
        playing += [asyncio.create_task(stage.room.submit(*each)) for each in acts[1:]]
        await stage.settle()
        trouble.gate.set()
        await stage.settle()
        assert all(each.done() for each in playing), "somebody waits for a disk that nobody promises"
        assert {(await each).outcome for each in playing} == {"unknown"}
        assert stage.room.trouble == "failed"
        assert stage.room.clock_public()["stopped"]
        await stage.wait(RELOAD_WAIT_MS)
        assert stage.room.trouble == ""
        assert [(await stage.room.submit(*each)).outcome for each in reversed(acts)] == [
            "accepted",
            "refused",
            "refused",
        ]
        assert stage.room.clock_public()["stopped"]


@pytest.mark.parametrize("what", ["unknown_lost", "unknown_kept", "fenced"])
async def test_unknown_is_never_yes_or_no(what):
    """The room stops, reads the store again, and what that holds is what happened; the same id then is answered once."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        client = stage.client("help")
        client.read()
        trouble.appends = [what]
        trouble.reads_fail = 1
        message = stage.message("police", stage.say("x", "help"))
        assert (await stage.room.submit(*message)).outcome == "unknown"
        assert stage.room.trouble
        assert (await stage.submit("police", stage.ask("badge"))).outcome == "unknown"
        await stage.settle()
        await stage.wait(RELOAD_WAIT_MS)
        assert not stage.room.trouble
        first = await stage.room.submit(*message)
        assert first.outcome == "accepted" and await stage.room.submit(*message) == first
        assert len(_messages(stage, "help")) == 1
        client.read()
        assert len(client.items["messages"]) == 1
        await stage.wait(10)
        await stage.accept("police", stage.ask("badge"))


async def test_repeats_in_a_batch_that_was_not_kept_are_unknown_too():
    """No answer is made up for any of them."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        trouble.appends = ["full"]
        say = stage.say("x", "help")
        receipts = await asyncio.gather(*(stage.submit("police", say, id="the-one-id") for _ in range(3)))
        assert {receipt.outcome for receipt in receipts} == {"unknown"}


async def test_a_first_entry_that_is_not_kept_opens_no_room():
    """Nothing is played on a log that is not there."""
    trouble = Trouble()

    class Never(type(trouble.journal(None))):
        async def append(self, batch):
            from kerege.journal.port import Full

            return Full("no space")

    async def journal():
        return Never(None, trouble)

    with pytest.raises(StoreDown):
        await open_room(TOWN, journal, ManualClock(), SeededChance(1))
    with pytest.raises(StoreDown):
        await open_room(None, journal, ManualClock(), SeededChance(1))


async def test_a_fault_in_one_command_hurts_nobody_else(stage, monkeypatch):
    """It is refused with its own code, nothing of it is kept, and the batch around it is played."""

    def broken(rules, state, command, by, at_ms, name=""):
        if isinstance(command, b.Say):
            state.put("truth", ("house", "door"), "broken")
            raise KeyError("ours")
        return step(rules, state, command, by, at_ms, name)

    monkeypatch.setattr(turns, "step", broken)
    before, bad, after = await asyncio.gather(
        stage.submit("police", stage.ask("badge")),
        stage.submit("police", stage.say("x", "help")),
        stage.submit("help", stage.ask("badge")),
    )
    assert (before.outcome, bad.outcome, bad.code, after.outcome) == ("accepted", "refused", "fault", "accepted")
    assert stage.room.story.state.get("truth", ("house", "door")) == "shut"


async def test_a_fault_of_the_room_is_said_and_leads_back_to_the_log(stage, monkeypatch):
    """Who waits is told that nobody knows; the room reads its log and goes on."""
    story = stage.room.story

    def broken(*_):
        raise AssertionError("ours")

    monkeypatch.setattr(story.projector, "project", broken)
    message = stage.message("police", stage.ask("badge"))
    assert (await stage.room.submit(*message)).outcome == "unknown"
    assert stage.room.trouble
    await stage.settle()
    await stage.wait(RELOAD_WAIT_MS)
    assert not stage.room.trouble and stage.room.story is not story
    assert (await stage.room.submit(*message)).outcome == "accepted"
    assert len(stage.disk.entries) == 3, "it was kept once"


# -- restart -----------------------------------------------------------------------------------------------------------


async def test_a_restart_keeps_answers_versions_and_streams(stage):
    """A client that comes back finds its place; a resent command its first answer."""
    message = stage.message("police", stage.say("hello", "help"))
    first = await stage.room.submit(*message)
    await stage.accept("control", b.OpenTeam(stage.viewer("police"), True))
    frames = {viewer: stage.frames(viewer) for viewer in stage.room.viewers}
    before = story_of(stage)
    await stage.restart()
    assert story_of(stage) == before
    assert {viewer: stage.frames(viewer) for viewer in stage.room.viewers} == frames
    assert await stage.room.submit(*message) == first
    receipt = await stage.submit("police", stage.say("other", "help"), id=message[2].id)
    assert receipt.code == "other_body"
    await stage.accept("police", stage.ask("badge"))


async def test_play_time_stands_still_while_nobody_serves(stage):
    """What was due in the dark comes when play time reaches it, not at once."""
    await stage.accept("help", stage.ask("go", place="street"))
    await stage.wait(10_000)
    await stage.accept("help", stage.ask("badge"))
    await stage.close()
    stage.clock.advance(60 * MINUTE)
    await stage.open()
    await stage.settle()
    assert stage.room.play_ms == 10_000
    assert stage.room.story.state.get("task", ("help", 1)).state == "running"
    await stage.wait(50_000)
    assert stage.room.story.state.get("task", ("help", 1)).done_at_ms == MINUTE


async def test_closing_answers_who_waits():
    """Nobody is left hanging; what is not durable is unknown."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        trouble.gate = asyncio.Event()
        playing = asyncio.create_task(stage.submit("police", stage.ask("badge")))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(stage.submit("help", stage.ask("badge")))
        for _ in range(5):
            await asyncio.sleep(0)
        late = asyncio.create_task(stage.submit("help", stage.say("x", "police")))
        await asyncio.sleep(0)
        await stage.room.close()
        trouble.gate.set()
        outcomes = {(await task).outcome for task in (playing, waiting, late)}
        assert outcomes == {"unknown"}
        assert (await stage.submit("help", stage.ask("badge"))).outcome == "unknown"


# -- time --------------------------------------------------------------------------------------------------------------


async def test_what_is_due_happens_at_its_own_play_time(stage):
    """However late the room wakes: each at its time, in order, once."""
    await stage.accept("help", stage.ask("go", place="street"))
    await stage.accept("police", stage.ask("raid"))
    await stage.wait(60 * MINUTE)
    stamped = [(entry.header.at_ms, type(read_step(entry).command).__name__) for entry in stage.disk.entries[1:]]
    assert [at_ms for at_ms, name in stamped if name == "Tick"] == [MINUTE, 10 * MINUTE, 20 * MINUTE]
    assert stage.room.story.state.get("task", ("help", 1)).done_at_ms == MINUTE


async def test_speed_pause_and_resume_are_exact(stage):
    """Play time is anchored wherever the clock is set; it never runs back."""
    await stage.wait(10_000)
    await stage.accept("control", b.Speed(4))
    await stage.wait(10_000)
    assert stage.room.play_ms == 50_000
    await stage.accept("control", b.Pause())
    await stage.wait(16 * 60 * MINUTE)
    assert stage.room.play_ms == 50_000
    await stage.accept("control", b.Resume())
    await stage.wait(1000)
    assert stage.room.play_ms == 54_000
    assert stage.room.clock_public()["at_s"] == 54


async def test_commands_wait_until_all_that_was_due_before_has_happened():
    """With more due moments than a batch holds, none of them is overtaken."""
    from kerege.engine.pack import Rule, Tell, Trigger
    from tests.town import town

    rules = tuple(
        Rule(f"bell_{n}", Trigger("at", at_ms=n * 1000), (Tell("court", "rain_text"),))
        for n in range(1, BATCH_MAX + 20)
    )
    async with Stage(town(add_rules=rules)) as stage:
        await stage.accept("control", b.Start())
        stage.clock.advance(200_000)
        await stage.accept("police", stage.ask("badge"))
        times = [entry.header.at_ms for entry in stage.disk.entries[1:]]
        assert times == sorted(times)
        assert times[1:-1] == [n * 1000 for n in range(1, BATCH_MAX + 20)] and times[-1] == 200_000


# -- STOP --------------------------------------------------------------------------------------------------------------


async def test_a_team_that_floods_the_room_can_still_stop_it(stage):
    """A full inbox has room for STOP, which goes first: it is accepted, and what waited before it comes too late."""
    flood = [asyncio.create_task(stage.submit("police", stage.ask("badge"))) for _ in range(INBOX_VIEWER_MAX)]
    await asyncio.sleep(0)
    stop = await stage.submit("police", b.Stop())
    assert stop.outcome == "accepted"
    assert {receipt.code for receipt in await asyncio.gather(*flood)} == {"stopped"}


async def test_urgent_commands_go_first_and_keep_their_order(stage):
    """A STOP and its end that wait together are played in the order in which they came."""
    inbox = Inbox()
    for do in (b.Tick(), b.Stop(), b.Clear()):
        urgent = not isinstance(do, b.Tick)
        assert inbox.put(Waiting("police", "", "", do, b"", None, "en"), urgent=urgent)
    assert [type(waiting.command) for waiting in inbox.take(9)] == [b.Stop, b.Clear, b.Tick]
    assert len(inbox) == 0


async def test_urgent_room_is_bounded_too():
    """Beyond both bounds there is room for so many urgent commands and no more."""
    inbox = Inbox()
    waiting = Waiting("police", "", "", b.Stop(), b"", None, "en")
    for _ in range(INBOX_VIEWER_MAX):
        assert inbox.put(waiting)
    for _ in range(URGENT_MAX):
        assert inbox.put(waiting, urgent=True)
    assert not inbox.put(waiting, urgent=True)


async def test_a_stop_that_the_log_never_got_still_stands_until_it_is_cleared():
    """With a disk that refuses, every screen is frozen and play time stands; clearing it lets both go on."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        client = stage.client("police")
        trouble.appends = ["full"]
        assert (await stage.submit("help", b.Stop())).outcome == "unknown"
        client.read()
        stage.clock.advance(60_000)
        assert stage.room.clock_public()["stopped"] and stage.room.play_ms == 0
        await stage.submit("safety", b.Clear())
        client.read()
        assert client.frozen == [True, False]
        assert not stage.room.clock_public()["stopped"]
        stage.clock.advance(1_000)
        assert stage.room.play_ms == 1_000


async def test_stop_wakes_every_reader_before_the_journal_has_it():
    """All screens freeze at once, whatever the disk does."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        clients = [stage.client(viewer) for viewer in stage.room.viewers for _ in range(3)]
        for client in clients:
            client.read()
        woken = [client.wakes for client in clients]
        trouble.gate = asyncio.Event()
        pressed = asyncio.create_task(stage.submit("help", b.Stop()))
        await asyncio.sleep(0)
        assert [client.wakes for client in clients] == [wakes + 1 for wakes in woken]
        for client in clients:
            assert client.read() == ["freeze"] and client.frozen == [True]
        assert stage.room.clock_public()["stopped"], "the projector too, though it is not durable yet"
        trouble.gate.set()
        assert (await pressed).outcome == "accepted"
        assert stage.room.clock_public()["stopped"]
        await stage.accept("safety", b.Clear())
        for client in clients:
            client.read()
            assert client.frozen == [True, False]


async def test_a_stop_that_comes_again_after_the_danger_freezes_nobody(stage):
    """A resent STOP gets its first answer; no screen freezes that nobody would free."""
    client = stage.client("police")
    message = stage.message("help", b.Stop())
    first = await stage.room.submit(*message)
    client.read()
    await stage.accept("safety", b.Clear())
    assert await stage.room.submit(*message) == first
    client.read()
    assert client.frozen == [True, False]


async def test_an_observers_stop_freezes_nothing(stage):
    """It is told to control."""
    client = stage.client("police")
    client.read()
    await stage.accept("desk", b.Stop())
    client.read()
    assert client.frozen == [] and not stage.room.clock_public()["stopped"]


# -- observers ---------------------------------------------------------------------------------------------------------


async def test_a_desk_reads_what_was_committed_at_least_the_delay_ago():
    """By real time, whoever reads it, and after a restart too."""
    delay_ms = 30_000
    async with Stage(TOWN, delay_ms=delay_ms) as stage:
        await stage.accept("control", b.Start())
        await stage.wait(delay_ms)
        client = stage.client("desk")
        client.read()
        held = dict(client.items.get("records", {}))
        await stage.accept("control", b.OpenTeam(stage.viewer("police"), True))
        await stage.wait(delay_ms - 1)
        assert client.read() == [] and client.items.get("records", {}) == held
        await stage.wait(1)
        assert client.read() == ["frame"] and client.items["records"] != held
        await stage.accept("control", stage.amend("bob", "coat", "red"))
        version = stage.room.story.stream_of["desk"].version
        await stage.wait(delay_ms // 2)
        await stage.restart()
        assert stage.room.story.stream_of["desk"].version == version
        await stage.wait(delay_ms // 2 - 1)
        assert stage.room.story.stream_of["desk"].version == version
        client = stage.client("desk")
        client.read()
        await stage.wait(1)
        assert stage.room.story.stream_of["desk"].version == version + 1
        assert client.read() == ["frame"]


async def test_a_desk_that_comes_in_the_moment_of_a_restart_sees_no_beginning():
    """What it was shown before stands there from the first moment on; a clock that calls later changes nothing."""

    class Later(ManualClock):
        def call_at(self, at_ms, call):
            asyncio.get_running_loop().call_soon(call) if at_ms <= self.now_ms() else super().call_at(at_ms, call)

    stage = Stage(TOWN, delay_ms=1000)
    stage.clock = Later()
    async with stage:
        await stage.accept("control", b.Start())
        await stage.wait(1000)
        version = stage.room.story.stream_of["desk"].version
        assert version > 0
        await stage.close()

        async def journal():
            return MemoryJournal(stage.disk)

        room = await open_room(None, journal, stage.clock, stage.chance, observer_delay_ms=1000)
        assert room.story.stream_of["desk"].version == version
        await stage.open()


# -- words -------------------------------------------------------------------------------------------------------------


async def test_words_stand_beside_the_bodies_and_can_be_erased(stage, tmp_path):
    """No body holds what a person typed; after an erasure no byte of the log does, nor any screen."""
    await say_everything(stage)
    canary = SECRET.encode()
    typed = [word.id for entry in stage.disk.entries for word in entry.words]
    assert len(typed) == 25 and not any(canary in entry.body for entry in stage.disk.entries)
    assert all(canary in stage.snapshot(viewer) for viewer in ("help", "police", "control"))
    assert await stage.room.erase(typed) == len(typed)
    for viewer in stage.room.viewers:
        assert canary not in stage.snapshot(viewer)
        assert not any(canary in frame for frame in stage.frames(viewer))
    assert b"(erased)" in stage.snapshot("help")
    await stage.room.export_to(tmp_path / "log.kerege")
    assert canary not in (tmp_path / "log.kerege").read_bytes()
    before = story_of(stage)
    await stage.restart()
    assert story_of(stage) == before


async def test_after_an_erasure_nothing_is_left_to_try_guesses_on(stage):
    """The fingerprint of a command with words is keyed with their salt; without it the first answer stands for the id."""
    from kerege.room.log import fingerprint

    message = stage.message("police", stage.say(SECRET, "help"))
    first = await stage.room.submit(*message)
    body = read_step(stage.disk.entries[-1])
    assert body.fingerprint != fingerprint(bytes(message[2].command))
    await stage.room.erase([word.id for word in stage.disk.entries[-1].words])
    await stage.restart()
    assert await stage.room.submit(*message) == first


def test_every_command_with_words_is_known():
    """A new command that takes words must be added to what is searched above (Split: in test_parts)."""
    with_words = {
        command.__name__
        for command in b.AnyCommand.__args__
        if any(name in {"text", "why", "asks", "fields", "value", "title"} for name in command.__struct_fields__)
    }
    assert with_words == {
        "Propose",
        "Rule",
        "Take",
        "SayAs",
        "Write",
        "Overrule",
        "Ask",
        "Say",
        "Heard",
        "File",
        "Pause",
        "Steer",
        "Amend",
        "Recall",
        "Convene",
        "Split",
        "Think",
        "Observe",
    }


async def test_the_export_is_the_log(stage, tmp_path):
    """A running exercise is exported by its server, whole, into a new file."""
    await stage.accept("police", stage.ask("badge"))
    head = await stage.room.export_to(tmp_path / "log.kerege")
    assert (head.n, head.hash) == stage.room.story.head
    assert list(read_file(tmp_path / "log.kerege")) == stage.disk.entries
    with pytest.raises(FileExistsError):
        await stage.room.export_to(tmp_path / "log.kerege")


async def test_the_first_entry_holds_the_whole_pack(stage):
    """Nothing beside the log is needed to play it again."""
    from kerege.room.log import read_genesis

    genesis = read_genesis(stage.disk.entries[0])
    assert genesis.pack == TOWN and genesis.mark == MARK
    assert len(stage.disk.entries[0].body) < ENTRY_BYTES_MAX


async def test_what_control_writes_is_compiled_in_the_room(stage):
    """A broken text is refused with its place and changes nothing; a whole one is kept, and a restart tells the same."""
    before = story_of(stage)
    broken = await stage.submit("control", stage.write(None, "[The box](bax).", "police", at_ms=MINUTE))
    assert broken.outcome == "refused"
    assert "en:1:" in broken.text and "bax" in broken.text
    assert story_of(stage) == before
    sly = msgspec.structs.replace(stage.write(None, "A [box](box.owner).", "police", at_ms=MINUTE), marks=())
    await stage.accept("control", sly)
    await stage.wait(MINUTE)
    assert stage.room.story.state.get("slot", ("police", "box/self", "owner"))
    assert b"A box." not in stage.snapshot("police") and b"box" in stage.snapshot("police")
    after = story_of(stage)
    await stage.restart()
    assert story_of(stage) == after


@pytest.mark.parametrize("many", [PROBLEMS_SAID_MAX, PROBLEMS_SAID_MAX + 1])
async def test_so_many_problems_of_a_text_are_said(stage, many):
    """At the bound and past it: more is not read at once."""
    text = " ".join(f"[x](thing_{n})." for n in range(many))
    refused = await stage.submit("control", stage.write(None, text, "police"))
    assert len(refused.text.split("\n")) == 1 + PROBLEMS_SAID_MAX


@pytest.mark.parametrize("turns", range(6))
async def test_a_room_ends_whenever_it_is_closed(turns):
    """Also just when it begins to wait: a wake-up that nobody hears would hold the server for ever."""
    disk = MemoryDisk()

    async def journal():
        return MemoryJournal(disk)

    room = await open_room(TOWN, journal, SystemClock(), SeededChance(1), exercise="test")
    running = asyncio.create_task(room.run())
    for _ in range(turns):
        await asyncio.sleep(0)
    await room.close()
    ended, _ = await asyncio.wait({running}, timeout=5)
    running.cancel()
    assert ended
