"""What evaluators noted, after ENDEX: who opens it, which ratings stand, and what of a team's knowledge it gives."""

import re
from random import Random

import httpx2
import pytest
from fastapi import FastAPI

from kerege.engine.commands import bodies as b
from kerege.engine.commands.evaluation import RATED_CHAIRS_MIN
from kerege.gateway.errors import handle_errors
from kerege.rehearsal.stage import Stage
from kerege.review.groups import rated_together
from kerege.review.noted import KNOWN_MAX, known_sheet, known_then, notes_sheet
from kerege.review.noted_routes import noted_routes
from kerege.review.texts import LANGUAGES, say
from kerege.review.views_at import exercise_at, items_of
from tests.review.table import MINUTE, Table, pack_called
from tests.town import TOWN


def note(table, *teams, **parts):
    return b.Observe(tuple(table.code(team) for team in teams), **parts)


class House:
    """A room with the evaluators' routes before it; `reader` asks."""

    def __init__(self, table):
        self.table = table
        self.reader = "control"
        self.reads = 0
        self.people = {"patrol": 3, "social": 2}
        app = FastAPI()
        handle_errors(app, lambda *_: None)
        app.include_router(noted_routes(lambda: table.room.story, self.log, lambda _: self.reader, lambda: self.people))
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        self.page = httpx2.AsyncClient(transport=transport, base_url="http://192.0.2.10:8000")

    async def log(self):
        self.reads += 1
        return await self.table.room.read_log()

    async def status(self, reader, path):
        self.reader = reader
        return (await self.page.get(path)).status_code


@pytest.fixture
async def house():
    async with await Table.of(pack_called("first-steps")) as table:
        house = House(table)
        async with house.page:
            yield house


async def played(table):
    """The patrol open to its observers from the first minute; an evening with notes in it."""
    await table.start()
    await table.do("control", b.OpenTeam(table.code("patrol"), True))
    await table.play_plans(dict.fromkeys(table.rules.teams, "careful"), 3 * MINUTE)
    await table.do("evaluators", note(table, "patrol", "social", text="calm & clear", rating="S", evidence=("h1",)))
    await table.play_plans(dict.fromkeys(table.rules.teams, "careful"), 8 * MINUTE)
    await table.do("evaluators", note(table, "social", "fiu", rating="M"))


async def test_during_play_nobody_opens_it_and_no_log_is_read(house):
    """Before STARTEX, in play and in a pause: the answer to a wrong address, for control too."""
    for act in (None, lambda: played(house.table), lambda: house.table.do("control", b.Pause("lunch"))):
        if act is not None:
            await act()
        for reader in ("control", "evaluators", "patrol", None):
            assert await house.status(reader, "/notes") == 404
            assert await house.status(reader, "/known?note=1") == 404
    assert house.reads == 0


async def test_after_endex_control_reads_the_notes_and_evaluators_what_was_known(house):
    """And nobody else either of them; no other note and no other team than those that were noted."""
    await played(house.table)
    await house.table.finish()
    for reader, notes, known in (
        ("control", 200, 200),
        ("evaluators", 404, 200),
        ("patrol", 404, 404),
        ("observer_patrol", 404, 404),
        ("mentor_patrol", 404, 404),
        ("safety", 404, 404),
        (None, 404, 404),
    ):
        assert await house.status(reader, "/notes?language=ru") == notes, reader
        assert await house.status(reader, "/known?note=1&team=2") == known, reader
    assert await house.status("evaluators", "/known?note=2&team=2") == 200
    for path in ("/known?note=3", "/known?note=1&team=3"):
        assert await house.status("evaluators", path) == 404
    for path in ("/known", "/known?note=0", "/known?note=1&team=0", "/known?note=99999", "/known?note=1&language=xx"):
        assert await house.status("evaluators", path) == 400


@pytest.mark.parametrize("language", LANGUAGES)
async def test_both_sheets_bear_the_mark_and_escape_words(language):
    """SIMULATION above; what people typed is text; nothing is fetched."""
    async with await Table.of(pack_called("first-steps")) as table:
        await played(table)
        sheets = [notes_sheet(table.room.story, None, language), known_sheet(table.room.story, "patrol", 0, language)]
        for sheet in sheets:
            assert "SIMULATION" in sheet.html
            assert "<script" not in sheet.html and "src=" not in sheet.html and "href=" not in sheet.html
            assert sheet.csp.startswith("default-src 'none'; style-src 'sha256-")
        assert "calm &amp; clear" in sheets[0].html


TOGETHER = re.compile(r"<li>[^<]* <strong>([PSMU0-9:, ]+)</strong></li>")


async def test_a_rating_stands_for_three_persons_who_sit_there():
    """At the bound on its own line; below it with a neighbour's, apart from anybody's words; with too few in all nowhere."""
    async with await Table.of(pack_called("first-steps")) as table:
        await played(table)  # S of patrol and social, M of social and analysts
        each = dict.fromkeys(table.rules.teams, RATED_CHAIRS_MIN)
        few = {"patrol": 1, "social": 1}
        for people, alone, together in (
            (each, ["S", "M"], []),
            (None, ["S", "M"], []),
            (each | {"patrol": 1}, ["M"], ["S: 1"]),
            (each | {"patrol": 1, "fiu": 1}, [], ["S: 1", "M: 1"]),
            (few, [], []),
            ({}, [], []),
        ):
            html = notes_sheet(table.room.story, people, "en").html
            found = [letter for letter in "PSMU" if say(f"rating-{letter}", "en") in html]
            assert (found, TOGETHER.findall(html), "calm" in html) == (alone, together, True), people
            assert (say("rating-too-few", "en", least=str(RATED_CHAIRS_MIN)) in html) == (people in ({}, few))


@pytest.mark.parametrize("seed", range(30))
async def test_groups_are_large_enough_and_hold_every_team_once(seed):
    """Whoever sits where: no team is left out and none is in two groups, or a subtraction would tell its rating."""
    random = Random(seed)
    stage = await Stage.open(pack_called("silver-reed"), 1, "groups")
    rules = stage.room.story.rules
    await stage.close()
    people = {team: random.randrange(RATED_CHAIRS_MIN + 2) for team in rules.teams}
    groups = rated_together(rules, people)
    assert sorted(team for group in groups for team in group) == sorted(rules.teams)
    assert all(sum(people[team] for team in group) >= RATED_CHAIRS_MIN for group in groups)


async def test_what_was_known_is_what_an_observers_desk_would_have():
    """The same records in the same words as the desk of a team that was open from the start, and none later than the time."""
    async with await Table.of(pack_called("first-steps")) as table:
        await played(table)
        log = await table.log()
        sizes = []
        for at_ms in (3 * MINUTE, 8 * MINUTE):
            then = exercise_at(log, at_ms)
            desk = items_of(then, "observer_patrol", "en")
            shown = {(each.field_title, each.value_text) for each in desk["records"].values() if not each.value_face}
            found = known_then(then, "patrol", "en")
            plain = {(each.about.rpartition(" · ")[2], each.value) for each in found}
            assert shown <= plain
            whole = items_of(then, "patrol", "en")["records"].values()
            kept = {each.value_text for each in whole if (each.protected or each.naming) and each.value_text}
            assert not kept & {value for about, value in plain}
            sizes.append(len(found))
        assert 0 < sizes[0] < sizes[1]


async def test_no_typed_word_and_no_name_is_on_it():
    """A name is a pseudonym; what was typed is left out even where the table gives the field."""
    async with await Table.of(TOWN) as table:
        await table.start()
        await table.heard("police", "help", "bob.words", "Typedwords")
        held = items_of(table.room.story, "police", "en")["records"].values()
        assert {"Ann Reed", "Typedwords"} <= {each.value_text for each in held}
        values = [each.value for each in known_then(table.room.story, "police", "en")]
        assert any(table.rules.handle("ann/register") in value for value in values)
        assert not any(secret in value for value in values for secret in ("Ann Reed", "Typedwords"))


async def test_the_sheet_has_a_bound(monkeypatch):
    """At it all stand; past it the newest, and how many more."""
    async with await Table.of(pack_called("first-steps")) as table:
        await played(table)
        count = len(known_then(table.room.story, "patrol", "en"))
        assert count < KNOWN_MAX
        for bound, more in ((count, False), (count - 1, True)):
            monkeypatch.setattr("kerege.review.noted.KNOWN_MAX", bound)
            html = known_sheet(table.room.story, "patrol", 0, "en").html
            assert (say("and-more", "en", count="1") in html) == more
