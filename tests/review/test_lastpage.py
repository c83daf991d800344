"""The last page: what stands on it, what never does, and that it needs nothing from anywhere."""

import base64
import hashlib
import html
import itertools
import re
from pathlib import Path

import msgspec
import pytest
from fluent.syntax import FluentParser, ast

from kerege.engine.commands import bodies as b
from kerege.review import texts
from kerege.review.knowing import read_knowing
from kerege.review.lastpage import GAPS_MAX, last_page
from kerege.review.picture import BREAK_MS, QUIET_MS, SIGN_WIDTH, SORT_OF, draw, teams_concerned
from kerege.review.texts import LANGUAGES, say
from tests.review.table import MINUTE, Table, pack_called

REVIEW = Path(texts.__file__).parents[1]
PROFILES = ("careful", "hurried", "territorial", "careless")
BANNED = {
    "en": ("mistake", "trap", "score", "win ", "wins", "winner", "lost", "fail", "guilty", "rescued"),
    "ru": ("ошиб", "ловушк", "балл", "победи", "выигра", "проигра", "провал", "спасённ"),
    "ky": ("ката кет", "тузак", "балл", "упай", "жеңиш", "утулду", "куткарыл"),
}
_kept: dict[str, list] = {}


async def evening(pack, profile) -> list:
    """The log of a whole evening, all teams on one profile; played once for this file."""
    key = f"{pack} {profile}"
    if key not in _kept:
        async with await Table.of(pack_called(pack)) as table:
            await table.start()
            await table.play_plans(dict.fromkeys(table.rules.teams, profile), table.rules.pack.ends_after_ms)
            if table.state.get("clock", "clock").phase != "ended":
                await table.finish()
            _kept[key] = await table.log()
    return _kept[key]


def words_of(page: str) -> str:
    """What a reader reads."""
    body = page[page.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("pack", "profile"), [*(("silver-reed", each) for each in PROFILES), ("first-steps", "careful")]
)
async def test_it_tells_the_evening(pack, profile, language):
    """Mark, title, ending with its text, every key fact, team and measure, who made it, who reviewed it."""
    knowing = read_knowing(await evening(pack, profile))
    said = words_of(last_page(knowing, language).html)
    own, rules = knowing.exercise.texts, knowing.exercise.rules
    keys = [
        "pack-title",
        *(f"fact-{fact.id}".replace("_", "-") for fact in rules.pack.facts),
        *(f"measure-{each.id}".replace("_", "-") for each in rules.pack.measures),
        *(f"team-{team}".replace("_", "-") for team in teams_concerned(knowing)),
    ]
    ending = knowing.exercise.state.get("clock", "ending").replace("_", "-")
    expected = [f"ending-{ending}", f"ending-text-{ending}"] if ending else []
    for key in [*keys, *expected]:
        assert " ".join(own.words(key, language).split()) in said, key
    for key in ("mark", "mark-words", "independent", "reviewed-nobody", "rates-teams", "questions-title"):
        assert say(key, language) in said
    assert "SIMULATION · УЧЕБНОЕ · ОКУУ" in said
    assert ending or say("ending-open", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES)
async def test_it_blames_nobody(profile, language):
    """None of the words that are banned from screens, and no id of the pack, whatever happened."""
    knowing = read_knowing(await evening("silver-reed", profile))
    said = words_of(last_page(knowing, language).html).lower()
    assert not [word for word in BANNED[language] if word in said]
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", said)


async def test_every_holding_is_in_the_table():
    """As often as teams hold facts, with its time; where one was awaited and is not recorded, that is said."""
    knowing = read_knowing(await evening("silver-reed", "territorial"))
    page = last_page(knowing, "en").html
    cells = re.findall(r'<li class="has">.*?<strong>(\d+:\d\d)</strong>', page, re.DOTALL)
    assert sorted(cells) == sorted(f"{at // 60}:{at % 60:02}" for at in (h.at_ms // MINUTE for h in knowing.holdings))
    never = {(gap.fact, gap.to) for gap in knowing.gaps if gap.state == "never"}
    assert page.count('<li class="missed">') == len(never) > 0


async def test_what_is_not_recorded_is_said_in_these_words():
    """Strictly "not recorded as shared"; and where all is recorded, that is said too."""
    silent = words_of(last_page(read_knowing(await evening("silver-reed", "territorial")), "en").html)
    open_ = words_of(last_page(read_knowing(await evening("first-steps", "careful")), "en").html)
    assert "Not recorded as shared" in silent
    assert say("gaps-none", "en") in open_
    assert say("gaps-none", "en") not in silent


async def test_a_measure_that_never_came_about_has_no_number():
    """ "The firm's name reached the unit after 0 seconds" would tell the contrary of what was."""
    knowing = read_knowing(await evening("silver-reed", "territorial"))
    assert knowing.holding("s_firm_name", "fiu") is None
    page = last_page(knowing, "en").html
    title = html.escape(knowing.exercise.texts.words("measure-firm-name-at-fiu-s", "en"), quote=False)
    row = re.search(rf"<dt>{re.escape(title).replace(chr(39), '.{1,6}')}</dt><dd>(.*?)</dd>", page)
    assert row is not None
    assert row[1] == say("no-value", "en")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_whole_in_itself(language):
    """No script, nothing loaded, no inline style but the one whose hash the policy names."""
    page = last_page(read_knowing(await evening("silver-reed", "careful")), language)
    assert page.html.startswith("<!doctype html>")
    assert f'<html lang="{language}">' in page.html
    assert not re.search(r"<script|\bon\w+=|\bsrc=|\bhref=|url\(|@import|\bstyle=|<iframe|<object|<img", page.html)
    style = re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL)
    assert len(style) == 1
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert page.csp.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert "unsafe" not in page.csp


async def test_everything_is_escaped():
    """A story's words are words, whatever signs stand in them."""
    pack = pack_called("first-steps")
    bad = "<script>alert('x')</script>&\"</title></svg></style>"
    texts_ = {
        language: {key: bad if key.startswith(("pack-", "fact-", "team-", "ending-", "measure-")) else text
                   for key, text in found.items()}
        for language, found in pack.texts.items()
    }  # fmt: skip
    async with await Table.of(msgspec.structs.replace(pack, texts=texts_, reviewed=(bad,))) as table:
        await table.start()
        await table.finish()
        page = last_page(read_knowing(await table.log()), "en").html
    assert "<script" not in page
    assert "alert(" in html.unescape(page)
    assert page.count("</style>") == 1
    assert page.count("<title") == page.count("</title>")


async def test_no_value_of_a_protected_field_is_on_it():
    """That it was recorded otherwise is told; what was recorded is not."""
    async with await Table.of(pack_called("silver-reed")) as table:
        await table.start()
        await table.heard("patrol", "salon", "neighbour.urgent_need", "doctor")
        await table.finish()
        knowing = read_knowing(await table.log())
    choice = knowing.exercise.renderer.names.choice("person", "urgent_need", "doctor", "en")
    said = words_of(last_page(knowing, "en").html)
    assert say("otherwise-protected", "en") in said
    assert choice not in said


async def test_no_word_that_a_person_typed_is_on_it():
    """So nothing is left to erase on a sheet that somebody took home."""
    async with await Table.of(pack_called("silver-reed")) as table:
        await table.start()
        await table.heard("patrol", "salon", "neighbour.name", "Typedname")
        await table.do("control", b.Pause("Typedreason"))
        await table.do("control", b.Resume())
        await table.recall("patrol", "salon.call", "Typedwhy")
        await table.finish()
        said = words_of(last_page(read_knowing(await table.log()), "en").html)
    assert say("withdrawn-title", "en") in said
    assert "Typed" not in said


async def test_a_page_before_endex_says_so():
    """Control may look at how it stands; nobody shall take it for the end."""
    async with await Table.of(pack_called("silver-reed")) as table:
        await table.start()
        await table.until(10 * MINUTE)
        await table.share("patrol", "salon.call", "social")
        knowing = read_knowing(await table.log())
    assert say("not-ended", "en", at="0:10") in words_of(last_page(knowing, "en").html)


async def test_a_language_without_texts_reads_russian():
    """And the page says in which language it is."""
    page = last_page(read_knowing(await evening("first-steps", "careful")), "kk")
    assert page.lang == "ru"
    assert say("gaps-title", "ru") in page.html


async def test_its_lists_are_bounded():
    """A longer list says how many lines it leaves out."""
    pack = pack_called("silver-reed")
    shares = tuple(
        msgspec.structs.replace(pack.must_share[0], fact="s_call", from_="patrol", to="fiu", within_ms=n * 1000)
        for n in range(1, GAPS_MAX + 4)
    )
    async with await Table.of(msgspec.structs.replace(pack, must_share=shares)) as table:
        await table.start()
        await table.until(10 * MINUTE)
        await table.finish()
        said = words_of(last_page(read_knowing(await table.log()), "en").html)
    assert say("and-more", "en", count="3") in said
    assert said.count("held from 0:00") == GAPS_MAX


async def test_the_pack_may_ask_its_own_questions():
    """`hot-wash-1` to `hot-wash-3` of its texts take the place of ours."""
    pack = pack_called("first-steps")
    texts_ = {language: {**found, "hot-wash-2": "Who is who?"} for language, found in pack.texts.items()}
    async with await Table.of(msgspec.structs.replace(pack, texts=texts_)) as table:
        await table.start()
        await table.finish()
        said = words_of(last_page(read_knowing(await table.log()), "en").html)
    assert "Who is who?" in said
    assert say("question-between", "en") not in said
    assert say("question-monday", "en") in said


@pytest.mark.parametrize(
    ("pack", "profile"), [*(("silver-reed", each) for each in PROFILES), ("first-steps", "careful")]
)
async def test_the_picture_has_a_sign_for_every_holding(pack, profile):
    """Inside its team's row, at its time, and none on top of another."""
    knowing = read_knowing(await evening(pack, profile))
    picture = draw(knowing)
    assert [sign.holding for sign in picture.signs] and len(picture.signs) == len(knowing.holdings)
    rows = {row.team: row for row in picture.rows}
    for sign in picture.signs:
        row = rows[sign.holding.team]
        assert row.y <= sign.y - SIGN_WIDTH / 2
        assert sign.y + SIGN_WIDTH / 2 <= row.y + row.height
        assert picture.left <= sign.x - SIGN_WIDTH / 2
        assert sign.x <= picture.right
        assert sign.sort == SORT_OF[sign.holding.how]
    for one in picture.signs:
        later = [other for other in picture.signs if other.holding.at_ms > one.holding.at_ms]
        assert all(other.x >= one.x for other in later)
        for other in picture.signs:
            if other is not one:
                assert abs(other.x - one.x) >= SIGN_WIDTH or abs(other.y - one.y) >= SIGN_WIDTH
    places = {(sign.x, sign.y) for sign in picture.signs}
    assert all({(line.x1, line.y1), (line.x2, line.y2)} <= places for line in picture.lines)


async def test_it_says_which_teams_stopped_to_think():
    """With a mentor, from when to when; one that still thinks at ENDEX did until then. Teams, no person."""
    async with await Table.of(pack_called("silver-reed-cut")) as table:
        await table.start()
        await table.until(2 * MINUTE)
        await table.do("mentor_patrol", b.Think(True, "who else?"))
        await table.until(5 * MINUTE)
        await table.do("mentor_patrol", b.Think(False))
        await table.do("mentor_social", b.Think(True))
        await table.until(7 * MINUTE)
        await table.finish()
        knowing = read_knowing(await table.log())
    said = words_of(last_page(knowing, "en").html)
    assert "Stopped to think, with a mentor: Police patrol 0:02–0:05; Social service 0:05–0:07." in said
    assert "who else?" not in said


async def test_a_quiet_night_is_drawn_short():
    """Nothing learnt for longer than QUIET_MS takes as much paper as BREAK_MS of play; no tick stands in it."""
    async with await Table.of(pack_called("silver-reed")) as table:
        await table.start()
        await table.until(10 * MINUTE)
        await table.share("patrol", "salon.call", "social")
        await table.do("control", b.Jump(600 * MINUTE))
        await table.share("patrol", "salon.call", "investigators")
        await table.finish()
        knowing = read_knowing(await table.log())
    times = sorted({each.at_ms for each in knowing.holdings})
    quiet = [(a, c) for a, c in itertools.pairwise(times) if c - a > QUIET_MS]
    picture = draw(knowing)
    assert [(each.from_ms, each.to_ms) for each in picture.breaks][: len(quiet)] == quiet != []
    drawn_ms = knowing.end_ms - sum(each.to_ms - each.from_ms - BREAK_MS for each in picture.breaks)
    place = {sign.holding.at_ms: sign.x for sign in picture.signs}
    width = place[quiet[0][1]] - place[quiet[0][0]]
    start = picture.left + SIGN_WIDTH / 2
    assert abs(width - (picture.right - start) * BREAK_MS / drawn_ms) < 0.2
    assert not [tick for tick in picture.ticks if any(a < tick.at_ms < c for a, c in quiet)]


def test_every_text_is_there_in_every_language_and_is_used():
    """The same keys with the same variables; none missing, none left over."""
    files = {
        language: FluentParser().parse((REVIEW / "texts" / f"{language}.ftl").read_text()) for language in LANGUAGES
    }
    found = {
        language: {
            entry.id.name: frozenset(re.findall(r"\{ \$(\w+) \}", entry.value.elements and "".join(
                f"{{ ${element.expression.id.name} }}" for element in entry.value.elements
                if isinstance(element, ast.Placeable)
            )))
            for entry in resource.body
            if isinstance(entry, ast.Message)
        }
        for language, resource in files.items()
    }  # fmt: skip
    assert all(each == found["en"] for each in found.values())
    assert not any(isinstance(entry, ast.Junk) for resource in files.values() for entry in resource.body)
    code = "".join(path.read_text() for path in [*REVIEW.glob("*.py"), *REVIEW.glob("templates/*.html")])
    made = {f"legend-{sort}" for sort in set(SORT_OF.values())} | {"record-retracted", "record-disputed"}
    made |= {f"rating-{rating}" for rating in "PSMUN"}
    assert {key for key in found["en"] if f'"{key}"' not in code} - made == set()
