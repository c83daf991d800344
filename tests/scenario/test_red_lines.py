"""No text of any pack, of the library, of the server or of the client crosses a red line of content."""

import pytest

from kerege.scenario import load_pack
from tests.scenario.red_lines import ALL, NUMBER_FIELDS, ROOT, files, judge

PACKS = sorted(path.parent for path in ROOT.glob("scenarios/*/pack.yaml"))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_red_line_is_crossed(path):
    """Banned words, explicit scenes, real countries, numbers that could be somebody's: none in any language."""
    assert judge(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("red", ALL, ids=lambda red: red.name)
def test_each_red_line_catches_its_examples(red):
    """Every banned word, put into a text or a list of a pack, is found there with its file and line."""
    language = red.languages[0] if red.languages else "en"
    key = red.labels[0] + "word" if red.labels else "brief-patrol"
    assert red.caught
    for word in red.caught:
        for file, raw in (
            (
                f"scenarios/seeded/texts/{language}.ftl",
                f"pack-title = A story\n{key} = They said: {word}, yes.\n",
            ),
            (f"scenarios/seeded/texts/{language}/strand.ftl", f"other = A\n{key} =\n    {word}\n"),
            ("scenarios/seeded/plays/a.play.yaml", f"when: []\nplay: 'They said {word.replace(chr(39), '')}'\n"),
        ):
            if red.labels and file.endswith(".yaml"):
                continue  # labels stand in texts alone
            found = judge(file, raw)
            assert red.name in {each[2] for each in found}, (word, file)
            assert {each[1] for each in found if each[2] == red.name} <= {2, 3}


@pytest.mark.parametrize("red", [red for red in ALL if red.innocent], ids=lambda red: red.name)
def test_innocent_words_are_left_alone(red):
    """What only looks like a banned word is not one."""
    for word in red.innocent:
        assert red.finds(f"They said: {word}, yes.") == []


def test_what_begins_with_sim_is_nobodys():
    """The prefix makes a number of any form visibly invalid; a number beside it is still somebody's."""
    for number in ("SIM-555-0177", "SIM-482-KR", "SIM-MRC-4417-0093", "SIM-KG12-0000-1111-2222", "SIM-555 01 77"):
        assert judge("scenarios/x/texts/en.ftl", f"a = It rang: {number}.") == []
    assert judge("scenarios/x/texts/en.ftl", "a = SIM-555-0177 or +996 555 017 712")


def test_comments_keys_and_ids_in_marks_are_not_read_by_anybody():
    """Only what a person reads is judged."""
    assert judge("x.ftl", "# a trap\ntrap-1 = A [long talk](trap.score=slave)\n") == []


def test_a_condition_counts_seconds():
    """Numbers of conditions and ids in a list are nobody's; the same digits in a title may be."""
    assert judge("scenarios/x/plans/a.yaml", "- {when: now() > 39600, fact: page.online, set: {a.b: 12000}}\n") == []
    assert [name for _, _, name, _ in judge("scenarios/x/plays/a.play.yaml", "play: Call 39600 at page.online\n")] == [
        "five digits",
        "address on the net",
    ]


def test_a_phrase_is_one_over_marks_and_lines():
    """Two words of a banned phrase may stand in a mark or on two lines; in two texts they are no phrase."""
    assert [(line, name) for _, line, name, _ in judge("x.ftl", "a =\n    To rescue\n    [the girls](b).\n")] == [
        (2, "rescued girl")
    ]
    assert judge("x.ftl", "a = To rescue\nb = girls\n") == []


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_numbers_of_the_story_begin_with_sim(folder):
    """Plates, telephone numbers and accounts of things: in every language."""
    pack = load_pack(folder)
    texts = {(kind.id, field.id) for kind in pack.kinds for field in kind.fields if field.type == "text"}
    for thing in pack.things:
        for field, value in thing.values.items():
            if value is not None and (thing.kind, field) in texts and NUMBER_FIELDS.search(field):
                for language in pack.languages:
                    assert pack.texts[language][str(value)].startswith("SIM-"), (thing.id, field, language)


def test_there_is_something_to_read():
    """The patterns of files still lead somewhere: packs, library, server, debrief, client."""
    read = {path.relative_to(ROOT).as_posix() for path in files()}
    assert {
        "scenarios/library/texts/ru.ftl",
        "scenarios/silver-reed/texts/en/teams.ftl",
        "scenarios/silver-reed/things/offices.yaml",
        "server/kerege/scenario/base/texts/ru.ftl",
        "server/kerege/review/texts/en.ftl",
        "client_web/src/texts/later.ru.ftl",
    } <= read
