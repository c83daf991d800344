"""G14: every bound has a row, every row holds at its value and past it, and nothing grows without one."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from kerege.gateway import serving
from kerege.gateway.limits import Bounds
from kerege.gateway.serving import uvicorn_config
from kerege.gateway.static import FILE_BYTES_MAX
from kerege.gateway.stream import LINKS_PER_DEVICE_MAX
from kerege.review.routes import HEADER_CHARS_MAX, of_browser
from kerege.scenario.desk import Desk
from kerege.scenario.drawn import DRAWN_MAX, read_drawn
from kerege.scenario.places import At
from kerege.scenario.reading import Source
from kerege.scenario.schema import POINTS_MAX, BetweenForm, GuideForm
from kerege.wire import limits
from tests.bounds import found
from tests.bounds.found import Bound, bounds, buffers
from tests.bounds.rows import BUFFERS, ROWS, Elsewhere, Tried
from tests.bounds.table import FILE, page
from tests.rights.live import Raw, live_house

TESTS = Path(__file__).parents[1]
TRIED = [name for name, row in ROWS.items() if isinstance(row, Tried)]


def short(each: Bound) -> str:
    return each.name.removeprefix("kerege.")


def gaps() -> list[str]:
    """Bounds without a row, rows without a bound, bounds without a word, names that stand twice, tests that are not there."""
    there = bounds()
    names = [short(each) for each in there]
    wrong = [f"{name} has no row" for name in sorted(set(names) - set(ROWS))]
    wrong += [f"{name} is no bound any more" for name in sorted(set(ROWS) - set(names))]
    wrong += [
        f"{name} stands twice in its module" for name in sorted({name for name in names if names.count(name) > 1})
    ]
    wrong += [f"{short(each)}: nothing says what it is for" for each in there if not each.says]
    for name, row in ROWS.items():
        for where in row.where if isinstance(row, Elsewhere) else ():
            file, _, test = where.partition("::")
            source = (TESTS / file).read_text(encoding="utf-8")
            defined = {getattr(node, "name", "") for node in ast.walk(ast.parse(source))}
            if test not in defined:
                wrong.append(f"{name}: there is no {where}")
            elif not re.search(rf"\b{name.rpartition('.')[2]}\b", source) and "Bounds." not in name:
                wrong.append(f"{name}: {file} does not speak of it")
    return wrong


@pytest.mark.proof(
    "G14", "every bound of every package has a row, a word that says what it is for, and a place in the docs"
)
def test_every_bound_has_a_row(proof):
    """A new *_MAX, or a new field of the gateway's table, fails here until rows.py says how it is tried."""
    assert gaps() == []
    proof.tried(len(bounds()))


def test_the_page_is_up_to_date():
    """Else: scripts/bounds.py."""
    assert FILE.read_text(encoding="utf-8") == page()


@pytest.mark.proof(
    "G14",
    "every bound of every package has a row, a word that says what it is for, and a place in the docs",
    mutant=True,
)
@pytest.mark.parametrize(
    ("name", "extra"),
    [("a new one", "NEW_MAX = 3\n"), ("one without a word", "NODES_MAX = 3\n"), ("one twice", 'TEXTS_MAX = 3\n"""x"""\nTEXTS_MAX = 4\n"""x"""\n')],
)  # fmt: skip
def test_a_bound_that_slipped_in_is_noticed(proof, monkeypatch, name, extra):
    """In a module's source."""
    trees = list(found.trees())
    target = "kerege.scenario.texts"
    monkeypatch.setattr("kerege.scenario.texts.NEW_MAX", 3, raising=False)
    monkeypatch.setattr("kerege.scenario.texts.NODES_MAX", 3, raising=False)
    monkeypatch.setattr(
        found,
        "trees",
        lambda: [(m, ast.parse(ast.unparse(tree) + "\n" + extra) if m == target else tree) for m, tree in trees],
    )
    assert [each for each in gaps() if target.removeprefix("kerege.") in each], name
    proof.tried(1, faults=1)


@pytest.mark.proof("G14", "bounds by a table: what is as large as its bound is taken, what is one larger is not")
@pytest.mark.parametrize("name", TRIED)
def test_at_the_bound_and_past_it(proof, tmp_path, name):
    """A size is taken at the bound, and one more is not."""
    (bound,) = (each.value for each in bounds() if short(each) == name)
    row = ROWS[name]
    step = 1000 if name.endswith("DURATION_MS_MAX") else 1  # it is written in whole seconds
    assert row.takes(int(bound), tmp_path), f"{name}: refused at {bound}"
    assert not row.takes(int(bound) + step, tmp_path), f"{name}: taken at {bound} and {step}"
    proof.tried(2)


@pytest.mark.proof(
    "G14", "bounds by a table: what is as large as its bound is taken, what is one larger is not", mutant=True
)
@pytest.mark.parametrize(("name", "off"), [("wire.limits.INTEGER_MAX", 1), ("scenario.reading.NESTING_MAX", -1), ("gateway.limits.Bounds.name_chars_max", 1)])  # fmt: skip
def test_a_bound_that_is_off_by_one_is_noticed(proof, tmp_path, name, off):
    """The table's numbers are the product's own: one more or less does not go through."""
    (bound,) = (each.value for each in bounds() if short(each) == name)
    row = ROWS[name]
    assert not (row.takes(bound + off, tmp_path) and not row.takes(bound + off + 1, tmp_path))
    proof.tried(1, faults=1)


@pytest.mark.proof("G14", "nothing that grows where messages pass is without a named bound")
def test_nothing_grows_without_a_bound(proof):
    """Every container that is made empty, kept and filled has its line in rows.py; lines of what is gone go."""
    there = {name.removeprefix("kerege.") for name in buffers()}
    assert there == set(BUFFERS)
    proof.tried(len(there))


SLIPPED = """
class Slipped:
    def __init__(self):
        self.waiting = %s
    def take(self, each):
        self.waiting.%s(each)
"""


@pytest.mark.proof("G14", "nothing that grows where messages pass is without a named bound", mutant=True)
@pytest.mark.parametrize(
    ("made", "grown"),
    [
        ("[]", "append"),
        ("deque()", "append"),
        ("asyncio.Queue()", "put_nowait"),
        ("{}", "setdefault"),
        ("set()", "add"),
    ],
)
def test_a_queue_that_slipped_in_is_noticed(proof, monkeypatch, made, grown):
    """A list, a deque, a queue, a map, a set."""
    trees = list(found.trees())
    more = ast.parse(SLIPPED % (made, grown))
    monkeypatch.setattr(found, "trees", lambda: [*trees, ("kerege.gateway.slipped", more)])
    assert "kerege.gateway.slipped.Slipped.waiting" in buffers()
    assert "kerege.gateway.slipped.Slipped.waiting" not in [
        name for name in _with(monkeypatch, trees, SLIPPED % ("deque(maxlen=3)", "append")) if "slipped" in name
    ]
    proof.tried(1, faults=1)


def _with(monkeypatch: Any, trees: list[Any], source: str) -> list[str]:
    monkeypatch.setattr(found, "trees", lambda: [*trees, ("kerege.gateway.slipped", ast.parse(source))])
    return buffers()


# ---------------------------------------------------------------------------------------------------- single ones


def test_drawn_numbers():
    """A pack draws between numbers of at most DRAWN_MAX."""
    for most, taken in ((DRAWN_MAX, True), (DRAWN_MAX + 1, False)):
        desk = Desk()
        desk.kinds_of = lambda *_: ()
        field = SimpleNamespace(type="number", id="x", minimum=0, maximum=most)
        drawn = read_drawn(desk, At(Source("x", "")), BetweenForm(between=[0, most]), ("x", "x", field), None)
        assert (drawn is not None) is taken


def test_points_of_a_guide():
    """A guide has at most POINTS_MAX points."""
    for count, taken in ((POINTS_MAX, True), (POINTS_MAX + 1, False)):
        form = {"id": "x", "reader": "mentors", "teams": ["x"], "to": "1h", "points": [f"p{n}" for n in range(count)]}
        if taken:
            GuideForm.model_validate(form)
        else:
            with pytest.raises(ValidationError):
                GuideForm.model_validate(form)


def test_a_browsers_list_of_languages():
    """What stands past HEADER_CHARS_MAX is not looked at."""
    for before, language in ((HEADER_CHARS_MAX - 3, "ru"), (HEADER_CHARS_MAX, "en")):
        header = "x" * before + ",ru"
        assert of_browser(SimpleNamespace(headers={"accept-language": header})) == language


def test_the_servers_own_bounds_are_set():
    """REQUEST_HEAD_BYTES_MAX, CONNECTIONS_MAX, SHUTDOWN_S_MAX, and the longest frame, are what the server is told."""
    config = uvicorn_config(None, "127.0.0.1", 0)
    assert config.h11_max_incomplete_event_size == serving.REQUEST_HEAD_BYTES_MAX
    assert config.limit_concurrency == serving.CONNECTIONS_MAX
    assert config.timeout_graceful_shutdown == serving.SHUTDOWN_S_MAX
    assert config.ws_max_size == limits.FRAME_BYTES_MAX
    assert config.ws_per_message_deflate is False
    assert FILE_BYTES_MAX < 1 << 24


async def test_connections_past_the_servers_bound(tmp_path, monkeypatch):
    """CONNECTIONS_MAX, here three: one more is told to come back, and those that are there stay."""
    monkeypatch.setattr(serving, "CONNECTIONS_MAX", 3)
    async with live_house(tmp_path) as live:
        lines = [await Raw.to(live.port) for _ in range(3)]
        answers = []
        for line in lines:
            await line.send(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
            answers.append((await line.head())[9:12])
        assert b"503" in answers
        lines[0].hang_up()
        for line in lines[1:]:
            line.hang_up()
    assert answers[0] == b"200" or answers.count(b"503") < 3


async def test_event_streams_of_one_device(tmp_path):
    """LINKS_PER_DEVICE_MAX stay open; one more closes the oldest."""
    async with live_house(tmp_path) as live:
        token = live.house.sit("patrol").token
        lines = []
        for _ in range(LINKS_PER_DEVICE_MAX + 1):
            line = await Raw.to(live.port)
            await line.send(f"GET /api/stream HTTP/1.1\r\nhost: x\r\ncookie: kerege={token}\r\n\r\n".encode())
            assert b" 200 " in await line.head()
            assert b"event: link" in await line.reader.readuntil(b"\n\n")
            lines.append(line)
            if len(lines) == LINKS_PER_DEVICE_MAX:
                assert not any(each.reader.at_eof() for each in lines)
        last = await lines[0].reader.read(-1)
        assert b"replaced" in last
        assert not any(each.reader.at_eof() for each in lines[1:])
        for line in lines:
            line.hang_up()


def test_the_gateways_bounds_are_positive():
    """None is switched off by default."""
    for name, value in vars(Bounds()).items():
        assert (value.burst > 0 and value.per_s > 0) if name.endswith("_rate") else value > 0, name
