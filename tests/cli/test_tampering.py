"""G16 and G5 for whoever holds a file: every change of a kept exercise is found and named by `kerege verify`, and such a
file is never played, neither by `replay` nor by `import`.

Three hands: damage (any byte), an editor (who writes a proper file of a changed log), a forger (who rebuilds the chain
from the change to the end): the last is found by what is kept outside alone, a head or a receipt.
"""

from __future__ import annotations

import asyncio
import hashlib
import random

import msgspec
import pytest
from typer.testing import CliRunner

from kerege.cli import app
from kerege.journal import chain, export
from kerege.journal.chain import Broken, verify
from kerege.journal.entry import Sealed, word
from kerege.journal.export import read_file, write_file
from kerege.journal.memory import MemoryDisk, MemoryJournal
from kerege.journal.receipt import open_token, seal_token
from kerege.rehearsal.run import read_script, rehearse
from kerege.room.exercise import Exercise
from kerege.room.opening import open_room
from kerege.room.ports import ManualClock, SeededChance
from tests.cli.test_verbs import SCENARIOS
from tests.journal.logs import rebuilt
from tests.journal.test_export import frames
from tests.laws.size import TIMES

SEED = 16
FLIPS = 100 * TIMES
EDITS = 6 * TIMES
FORGED = 6 * TIMES
DAMAGE = ("G16", "a byte flipped, a file cut, anywhere: found, named, never played")
EDITOR = ("G16", "entries changed, dropped, swapped, doubled, written anew as a proper file")
FORGER = ("G16", "the end rebuilt or cut off with a good chain: found by a head or a receipt from outside")
ROOM = ("G5", "a room does not open on a log that was changed anywhere")

Log = list[Sealed]
EDITORS = {
    "body": lambda log, n: put(log, n, body=log[n].body[:-1] + b"\xc0"),
    "salt": lambda log, n: put(log, n, salt=bytes(32)),
    "play time": lambda log, n: head(log, n, at_ms=log[n].header.at_ms + 1),
    "epoch": lambda log, n: head(log, n, epoch=log[n].header.epoch + 1),
    "seat": lambda log, n: put(log, n, seat="somebody"),
    "command id": lambda log, n: put(log, n, command_id="another"),
    "hash": lambda log, n: put(log, n, hash=bytes(32)),
    "previous": lambda log, n: put(log, n, previous=hashlib.sha256(b"x").digest()),
    "a word more": lambda log, n: put(log, n, words=(*log[n].words, word("w999", "never said", bytes(32)))),
    "dropped": lambda log, n: log[:n] + log[n + 1 :],
    "doubled": lambda log, n: [*log[: n + 1], *log[n:]],
    "swapped": lambda log, n: [*log[: n - 1], log[n], log[n - 1], *log[n + 1 :]],
    "put at the end": lambda log, n: [*log[:n], *log[n + 1 :], log[n]],
}


def put(log: Log, n: int, **parts) -> Log:
    return [*log[:n], msgspec.structs.replace(log[n], **parts), *log[n + 1 :]]


def head(log: Log, n: int, **parts) -> Log:
    return put(log, n, header=msgspec.structs.replace(log[n].header, **parts))


def kerege(*said):
    return CliRunner().invoke(app, [str(each) for each in said])


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A rehearsal of First steps, kept as a file."""
    out = tmp_path_factory.mktemp("kept") / "kept.kerege"
    asyncio.run(rehearse(read_script(SCENARIOS / "first-steps"), 2, out=out))
    return out


def written(path, log: Log):
    """A proper file of any log, good or bad: the writer's own check is looked past."""
    path.unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "fault_of", lambda entry, tail: None)
        patch.setattr(export.Writer, "add", add)
        write_file(path, len(log), log)
    return path


def add(writer: export.Writer, log: Log) -> None:
    """Take over entries whatever their numbers are."""
    for n, entry in enumerate(log):
        writer._tail = msgspec.structs.replace(chain.tail_of(entry), n=n)
        writer._page(entry)


def is_refused(path, named: int | None = None, *more) -> str:
    """What is wrong with how the command line takes this file; empty when it refuses it and names the entry."""
    done = kerege("verify", path, *more)
    if done.exit_code != 1 or "Traceback" in done.stderr:
        return f"verify ends with {done.exit_code}: {done.stderr[-300:]}"
    if named is not None and f"entry {named} " not in f"{done.stderr} ".replace("\n", " ").replace(":", " "):
        return f"entry {named} is not named: {done.stderr}"
    return ""


def is_not_played(path, folder) -> str:
    """The same for replay and import."""
    played, moved = kerege("replay", path, "--as", "control"), kerege("import", path, "--data", folder / "data")
    left = list(folder.rglob("*.sqlite3"))
    return (
        ""
        if (played.exit_code, moved.exit_code, left) == (1, 1, [])
        else f"it was played: {(played.exit_code, moved.exit_code, left)}, {played.stderr}{moved.stderr}"
    )


# ------------------------------------------------------------------------------------------------ damage


def damaged(kept, folder, flips: int) -> tuple[int, list[str]]:
    """Flip bytes over the whole file, and cut it; how often, and what was not found."""
    data, chance, path = kept.read_bytes(), random.Random(SEED), folder / "damaged.kerege"
    owners: list[int | None] = []
    whole = frames(data)
    for index, frame in enumerate(whole):
        owners += [index - 2 if 2 <= index < len(whole) - 1 else None] * len(frame)
    wrong = []
    stride = len(data) / flips
    for n in range(flips):
        at = min(len(data) - 1, int(n * stride + chance.random() * stride))
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
        wrong.append(is_refused(path, owners[at]) and f"byte {at}: {is_refused(path, owners[at])}")
    for n in range(flips // 5):
        size = chance.randrange(len(data))
        path.write_bytes(data[:size])
        wrong.append(is_refused(path))
        if n < 4:
            wrong.append(is_not_played(path, folder))
    return flips + flips // 5, [each for each in wrong if each]


@pytest.mark.proof(*DAMAGE)
@pytest.mark.timeout(120 * TIMES)
def test_damage_is_found_and_named(kept, tmp_path, proof):
    """Wherever it is, and nothing of such a file is played."""
    assert kerege("verify", kept).exit_code == 0
    tried, wrong = damaged(kept, tmp_path, FLIPS)
    assert not wrong, f"seed {SEED}: {wrong[:3]}"
    proof.tried(tried, faults=tried, seed=SEED)


@pytest.mark.proof(*DAMAGE, mutant=True)
def test_a_reader_without_checksums_is_found(kept, tmp_path, monkeypatch):
    """What the chain leaves out (labels, frames) is damaged unseen."""
    monkeypatch.setattr(export, "_check", lambda packed: b"")
    monkeypatch.setattr(export._Reader, "back", lambda self, count, head: None)
    plain = tmp_path / "plain.kerege"
    write_file(plain, len(log := list(written_log(kept))), log)
    assert damaged(plain, tmp_path, 150)[1]


def written_log(kept) -> Log:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "_check", CHECK)
        return list(read_file(kept))


CHECK = export._check

# ------------------------------------------------------------------------------------------------ an editor


def edited(kept, folder, each: int) -> tuple[int, list[str]]:
    """Every kind of edit at `each` places."""
    log, chance, wrong, tried = list(read_file(kept)), random.Random(SEED), [], 0
    for name, edit in EDITORS.items():
        for n in range(each):
            at = chance.randrange(1, len(log) - 1)
            changed = edit(log, at)
            if changed == log:
                continue
            path = written(folder / "edited.kerege", changed)
            tried += 1
            fault = is_refused(path)
            if n == 0:
                fault = fault or is_not_played(path, folder)
            first = next(n for n, (one, other) in enumerate(zip(log, [*changed, None], strict=False)) if one != other)
            verdict = verify(changed)
            if not fault and (verdict.fault is None or verdict.count > first):
                fault = f"the first bad entry is {first}, it says {verdict.fault}"
            if fault:
                wrong.append(f"{name} at {at}: {fault}")
    return tried, wrong


@pytest.mark.proof(*EDITOR)
@pytest.mark.timeout(120 * TIMES)
def test_an_edited_log_is_found_and_named(kept, tmp_path, proof):
    """Every part of an entry, and every order of entries."""
    tried, wrong = edited(kept, tmp_path, EDITS)
    assert tried > EDITS * (len(EDITORS) - 2)
    assert not wrong, f"seed {SEED}: {wrong[:3]}"
    proof.tried(tried, faults=tried, seed=SEED)


@pytest.mark.proof(*EDITOR, mutant=True)
@pytest.mark.parametrize("blind", ["_hash_fault", "_words_fault"])
def test_a_verifier_that_looks_away_is_found(kept, tmp_path, monkeypatch, blind):
    """One that does not compute hashes, one that takes every word."""
    monkeypatch.setattr(chain, blind, lambda entry: None)
    if blind == "_words_fault":  # an honest hash over a word that is not the one committed to
        log = list(read_file(kept))
        at = next(n for n, entry in enumerate(log) if entry.words and entry.words[0].text)
        other = msgspec.structs.replace(log[at].words[0], text="never said")
        path = written(tmp_path / "word.kerege", put(log, at, words=(other, *log[at].words[1:])))
        assert is_refused(path)
    else:
        assert edited(kept, tmp_path, 2)[1]


# ------------------------------------------------------------------------------------------------ a forger


def forged(kept, folder, each: int) -> tuple[int, list[str]]:
    """A good chain of another story: it verifies by itself, and not against what is kept outside."""
    log, chance, wrong, tried = list(read_file(kept)), random.Random(SEED), [], 0
    last = f"{log[-1].header.n}:{log[-1].hash.hex()}"
    exercise = Exercise.of(log)
    for _ in range(each):
        at = chance.randrange(1, len(log) - 1)
        tail = rebuilt(log, at, header=msgspec.structs.replace(log[at].header, at_ms=log[at].header.at_ms + 1))
        for what, other in {"rebuilt": tail, "cut": log[:at]}.items():
            path = written(folder / "forged.kerege", other)
            tried += 1
            if kerege("verify", path).exit_code != 0:
                wrong.append(f"{what} at {at}: by itself it should hold")
            if fault := is_refused(path, at, "--head", last if what == "cut" else f"{at}:{log[at].hash.hex()}"):
                wrong.append(f"{what} at {at}: {fault}")
            owned = next((entry for entry in log[at:] if entry.seat), None)
            if owned is not None:
                token = seal_token(exercise._receipt_key, exercise.genesis.exercise, owned)
                told = open_token(exercise._receipt_key, token)
                assert told is not None
                if Exercise.of(other).holds(told.n, told.hash):
                    wrong.append(f"{what} at {at}: a receipt of entry {told.n} is taken for held")
    return tried, wrong


@pytest.mark.proof(*FORGER)
@pytest.mark.timeout(120 * TIMES)
def test_a_forged_end_shows_against_a_head_or_a_receipt(kept, tmp_path, proof):
    """By itself it is a good chain, and nobody says otherwise."""
    tried, wrong = forged(kept, tmp_path, FORGED)
    assert not wrong, f"seed {SEED}: {wrong[:3]}"
    proof.tried(tried, faults=tried, seed=SEED)


@pytest.mark.proof(*FORGER, mutant=True)
@pytest.mark.parametrize("blind", ["heads", "receipts"])
def test_one_who_compares_numbers_only_is_found(kept, tmp_path, monkeypatch, blind):
    """A head or a receipt whose number is there, whatever its hash."""
    if blind == "heads":
        verify_file = export.verify_file
        monkeypatch.setattr(export, "verify_file", lambda path, anchor=None: verify_file(path))
    else:
        monkeypatch.setattr(Exercise, "holds", lambda self, n, chain_hash: n <= self.head[0])
    assert forged(kept, tmp_path, 2)[1]


# ------------------------------------------------------------------------------------------------ a room


async def opened_on(log: Log) -> str:
    """Open a room on a log; what it says when it refuses."""
    disk = MemoryDisk()
    disk.entries = log

    async def journal():
        return MemoryJournal(disk)

    try:
        room = await open_room(None, journal, ManualClock(), SeededChance(1))
    except Broken as broken:
        return str(broken)
    except Exception as error:  # noqa: BLE001  it stumbled over what it should have refused
        return type(error).__name__
    await room.close()
    return ""


async def rooms(kept, each: int) -> tuple[int, list[str]]:
    log, chance, tried, wrong = list(read_file(kept)), random.Random(SEED), 0, []
    for name, edit in EDITORS.items():
        for _ in range(each):
            at = chance.randrange(1, len(log) - 1)
            tried += 1
            if "entry" not in await opened_on(edit(log, at)):
                wrong.append(f"{name} at {at}")
    return tried, wrong


@pytest.mark.proof(*ROOM)
async def test_no_room_opens_on_a_changed_log(kept, proof):
    """It names the entry instead."""
    tried, wrong = await rooms(kept, TIMES)
    assert not wrong, f"seed {SEED}: {wrong}"
    proof.tried(tried, faults=tried, seed=SEED)


@pytest.mark.proof(*ROOM, mutant=True)
async def test_a_store_that_does_not_check_is_found(kept, monkeypatch):
    """Its room plays on over an entry that was changed."""

    async def unchecked(self, first=0):
        return self._entries()[first:]

    monkeypatch.setattr(MemoryJournal, "read", unchecked)
    assert (await rooms(kept, 1))[1]
