"""The tea house: a tiny pack, and what becomes of each of its words."""

from pathlib import Path

import msgspec
import pytest

from kerege.engine.pack import Add, FormField, Learn, Pack, Param, Set, Share, Tell, Trigger
from kerege.scenario import check, compile_folder, load_pack, read_plays
from kerege.scenario.flows import write_flows

PACKS = Path(__file__).parent / "packs"


@pytest.fixture(scope="module")
def pack():
    return load_pack(PACKS / "tea-house")


def test_nothing_is_wrong():
    """The tea house and its library are free of problems, warnings too."""
    assert check([PACKS / "tea-house", PACKS / "library"]) == []


def test_head(pack):
    """The pack's own file becomes the head; the first language is the default."""
    assert (pack.id, pack.version, pack.starts_at, pack.ends_after_ms) == ("tea-house", "1", "09:30", 5_400_000)
    assert (pack.language_default, pack.languages) == ("en", ("en", "ru"))


def test_things(pack):
    """Values keep their type, text keys become kebab, the faces stay in order."""
    aman = next(thing for thing in pack.things if thing.id == "aman")
    assert aman.values == {"name": "name-aman", "location": "house", "role": "cook", "trust": 30, "tired": False}
    assert aman.faces == ("self", "register")
    assert [thing.id for thing in pack.things if thing.protected] == ["house"]


def test_viewers_that_exist_by_themselves(pack):
    """Control and each actor's role are added to the teams."""
    assert [(viewer.id, viewer.sort) for viewer in pack.viewers] == [
        ("patrol", "team"),
        ("desk", "team"),
        ("observer_patrol", "observer"),
        ("control", "control"),
        ("actor_aman", "actor"),
    ]
    assert pack.viewers[-1].character == "aman"


def test_library_action(pack):
    """A library action keeps the agencies that are here; what speaks to absent ones falls away, and so do idle acts."""
    (greet,) = pack.actions
    assert greet.by == ("patrol",)
    assert greet.params == (Param("person", "face", ("person",)),)
    assert (greet.takes_ms, greet.scene, greet.refusal) == (300_000, "person", "refusal-not-here")
    assert greet.observed
    warm, cold = greet.outcomes
    assert warm.effects == (Learn("asker", "person", "role", "told", None, "person", "claimed"),)
    assert (warm.condition, warm.cause) == ("person.trust >= 40", "cause-warm")
    assert cold.effects == (Tell("asker", "nothing-said"),)


def test_rules(pack):
    """Triggers name what they wait for; one `set` may hold several pairs."""
    first, second = pack.rules
    assert first.trigger == Trigger("learnt", by="patrol", subject="aman", field="role", value="cook")
    assert first.delay_ms == 90_000
    assert first.effects == (
        Set("aman", "tired", "True"),
        Set("aman", "location", "nobody"),
        Learn("desk", "aman", "role", "heard", "guest"),
    )
    assert second.trigger == Trigger("did", by="patrol", action="greet", outcome="cold")


def test_characters_and_lines(pack):
    """A character names its lines; a line has its own advice and effects."""
    (aman,) = pack.characters
    assert (aman.lines, aman.stand_in, aman.treatment) == (("aman_cooks",), False, (("kindly", "trust", -20, 20),))
    (line,) = pack.lines
    assert (line.character, line.text, line.advice) == ("aman", "line-aman-cooks", "aman.trust >= 40")
    assert line.effects == (Add("aman", "trust", "-5"),)


def test_forms_facts_and_shares(pack):
    """Forms know what is required, facts what would show them, and must-shares their time."""
    assert pack.forms[0].fields == (FormField("about", required=True), FormField("serious"))
    assert pack.forms[0].effects[1] == Learn("office", "document", "about", "read", value_face="register")
    assert pack.facts[0].any_of == (("aman", "role", "cook"), ("aman", "name", None))
    assert pack.must_share == (Share("cook_known", "patrol", "desk", 1_800_000),)


def test_texts(pack):
    """Texts are Fluent patterns with their marks, the pack's beside the library's, in every language."""
    assert pack.texts["ru"]["line-aman-cooks"] == "[Я здесь готовлю](aman.role=cook)."
    assert pack.texts["en"]["refusal-not-here"] == "You are not there."
    assert set(pack.texts["en"]) == set(pack.texts["ru"])


def test_pack_survives_bytes(pack):
    """The compiled pack is plain data: what entry 0 holds reads back the same."""
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(pack), type=Pack) == pack


def test_flow_list(pack):
    """The checked-in flow list is what the compiler writes."""
    assert write_flows(pack) == (PACKS / "tea-house" / "flows.txt").read_text(encoding="utf-8")


def test_flow_list_says_what_decides(pack):
    """Beside fields: an outcome, a text that marks nothing, an advice, a source, an observed act, and what each hangs on."""
    assert {
        "patrol <- outcome of action:greet reads <person>.trust, played <person>",
        "patrol <- text:nothing-said via action:greet/cold",
        "patrol <- <person> via rule:after_greeting as its source if it reads: action:greet/cold done by patrol",
        "desk <- aman.role=guest via rule:word_gets_round if it reads: aman.role=cook learnt by patrol, aman.tired",
        "actor_aman <- advice:aman_cooks reads aman.trust",
        "actor of <person> <- that a talk begins via action:greet by patrol",
        "office <- <note>.about (as its /register) via form:note",
        "observer_patrol <- that action:greet was done via patrol:observed",
    } <= set(write_flows(pack).splitlines())


def test_flow_list_has_one_line_of_sharers_for_each_receiver(pack):
    """Every pair of contacts stands in it, and no other: as one line for each receiver, its senders in order."""
    trio = msgspec.structs.replace(
        pack,
        viewers=tuple(
            msgspec.structs.replace(
                viewer, contacts={"patrol": ("desk",), "observer_patrol": ("desk",)}.get(viewer.id, ())
            )
            for viewer in pack.viewers
        ),
    )
    assert [line for line in write_flows(trio).splitlines() if line.endswith("via share")] == [
        "desk <- observer_patrol, patrol via share"
    ]
    told = {
        (sender, line.split(" <- ")[0])
        for line in write_flows(pack).splitlines()
        if line.endswith(" via share")
        for sender in line.split(" <- ")[1].removesuffix(" via share").split(", ")
    }
    assert told == {(viewer.id, contact) for viewer in pack.viewers for contact in viewer.contacts}


def test_changed_flow_is_told(tmp_path):
    """A flow list that differs is a problem at its first line that does."""
    import shutil

    shutil.copytree(PACKS, tmp_path, dirs_exist_ok=True)
    flows = tmp_path / "tea-house" / "flows.txt"
    flows.write_text(flows.read_text(encoding="utf-8").replace("desk <- aman/register", "desk <- aman/registre"))
    (problem,) = check([tmp_path / "tea-house"])
    assert (problem.file, problem.line) == ("tea-house/flows.txt", 7)


def test_play(pack):
    """A play is read into steps with their places, and into what must be known, true and happened."""
    compiled, _ = compile_folder(PACKS / "tea-house")
    (play,), problems = read_plays(compiled)
    assert problems == []
    assert (play.name, play.seed, play.start_ms, play.ending) == ("greeting", 7, 0, "quiet")
    greet, wait, again, share = play.steps
    assert (greet.sort, greet.by, greet.at_ms, greet.action) == ("do", "patrol", 60_000, "greet")
    assert greet.asks == {"person": "aman"}
    assert greet.place == "tea-house/plays/greeting.play.yaml:4:5"
    assert (wait.sort, wait.wait_ms) == ("wait", 300_000)
    assert (again.refused, again.code) == (True, "busy")
    assert (share.sort, share.subject, share.field, share.to) == ("share", "aman", "tired", ("desk",))
    assert play.knows == {"desk": (("aman", "tired", "False"),)}
    assert play.knows_not == {"desk": (("aman", "role", None),)}
    assert play.truth == {("aman", "tired"): False}
    assert play.happened == ("after_greeting",)
