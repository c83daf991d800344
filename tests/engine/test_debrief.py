"""How a character was treated: control reads it at once, its team only after the scene's debrief, as the character's words."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.events import addressee
from kerege.views.names import Names
from kerege.views.render import Renderer
from kerege.views.texts import Texts
from tests.kit import Table
from tests.scenario.test_base_texts import base_texts
from tests.town import MINUTE, TOWN, town

DONE = b.Debrief("b1")


def staged(**changes):
    """A town in which help has opened a talk with Ann, whom somebody plays."""
    table = Table(town(**changes))
    table.do("", b.Staff(table.viewer("actor_ann"), True))
    table.do("help", table.ask("question", person="ann"))
    return table


def spoken(table, viewer="help"):
    return [message for message in table.messages(viewer) if message.text.spoken]


def test_before_the_debrief_only_control_and_the_actor_have_the_form():
    """Nothing that comes of the form is addressed to anybody else, safety included."""
    table = staged()
    step = table.do("actor_ann", table.treat(1, calm=1))
    for viewer in ("help", "police", "court", "safety", "desk"):
        assert viewer not in {addressee(event) for event in step.events}
        assert spoken(table, viewer) == []
    assert table.views["control"]["debriefs", "b1"].answers == (("calm", 1),)
    assert table.views["safety"]["debriefs", "b1"].answers == ()
    assert table.views["actor_ann"]["scenes", "s1"].scene.treated == (("calm", 1),)


@pytest.mark.parametrize("mark", [0, 4])
def test_a_teams_view_does_not_depend_on_the_form_before_the_debrief(mark):
    """The two forms that are furthest apart, and none: one view of everybody but the actor and control."""
    plain, formed = staged(), staged()
    formed.do("actor_ann", formed.treat(1, calm=mark, slow=mark, space=mark))
    for table in (plain, formed):
        table.wait(2 * MINUTE)
    for viewer in plain.views:
        if viewer not in {"actor_ann", "control"}:
            assert plain.views[viewer] == formed.views[viewer], viewer


@pytest.mark.parametrize("by", ["control", "safety"])
def test_at_the_debrief_the_team_reads_it_from_the_character(by):
    """Under the face that the team spoke to; no other team has anything of it; the scene is over for the actor."""
    table = staged()
    table.do("actor_ann", table.treat(1, calm=4, slow=0))
    step = table.do(by, DONE)
    (message,) = spoken(table)
    assert (message.source.sort, message.source.id) == ("face", "ann/self")
    assert message.text.spoken == (("calm", 4), ("slow", 0))
    assert {addressee(event) for event in step.events} == {"help", "actor_ann", "control", "safety"}
    assert all(spoken(table, viewer) == [] for viewer in table.views if viewer != "help")
    scene = table.scenes("actor_ann")[0]
    assert (scene.state, scene.debriefed) == ("closed", True)
    assert table.views["control"]["debriefs", "b1"].done and table.views["safety"]["debriefs", "b1"].done


def test_a_form_that_comes_after_the_debrief_is_read_at_once():
    """A corrected one again; a debrief without a form says nothing."""
    table = staged()
    table.do("safety", DONE)
    assert spoken(table) == []
    table.do("actor_ann", table.treat(1, calm=2))
    table.do("actor_ann", table.treat(1, calm=3))
    assert [message.text.spoken for message in spoken(table)] == [(("calm", 2),), (("calm", 3),)]


def test_each_scene_has_its_own_debrief():
    """The form of the second talk waits for the second debrief."""
    table = staged()
    table.wait(2 * MINUTE)
    table.do("help", table.ask("question", person="ann"))
    table.do("control", DONE)
    table.do("actor_ann", table.treat(2, calm=0))
    assert spoken(table) == []
    table.do("control", b.Debrief("b2"))
    assert len(spoken(table)) == 1


def test_who_may_say_that_a_debrief_is_done_and_when():
    """Control and safety, once, of a scene that they were shown."""
    table = staged()
    for by in ("help", "actor_ann", "desk", "mentor_police", "evaluators"):
        assert table.refuses(by, DONE) == "not_yours"
    for key in ("b0", "b2", "s1", "b99"):
        assert table.refuses("control", b.Debrief(key)) == "unknown"
    table.do("control", DONE)
    assert table.refuses("safety", DONE) == "already_done"


def test_after_endex_a_debrief_still_reaches_the_team():
    """Most of them are held then; what had stopped still stands."""
    table = staged()
    table.do("actor_ann", table.treat(1, calm=1))
    table.do("police", b.Stop())
    assert table.refuses("control", DONE) == "stopped"
    table.do("safety", b.Clear())
    table.do("control", b.Finish())
    table.do("control", DONE)
    assert [message.text.spoken for message in spoken(table)] == [(("calm", 1),)]


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_the_character_speaks_of_each_question_in_its_own_words(language):
    """A question of the base texts has a sentence for each level; another question has the plain one, once."""
    patterns = {each: {key: text.source for key, text in found.items()} for each, found in base_texts().items()}
    names = Names(staged().rules, Texts(patterns), {})
    said = {mark: names._spoken((("kindly", mark),), language) for mark in range(5)}
    assert said[0] == said[1] and said[3] == said[4] and len(set(said.values())) == 3 and all(said.values())
    assert names._spoken((("unheard_of", 0), ("unknown", 1)), language) == names._spoken((("unheard_of", 0),), language)
    assert not any(words.startswith("[") for words in said.values())


def test_what_control_and_safety_read():
    """The part, the team, the act, and for control what the actor answered."""
    table = staged()
    table.do("actor_ann", table.treat(1, calm=3))
    renderer = Renderer(table.rules, Texts(TOWN.texts), {})
    item = renderer.item("debriefs", table.views["control"]["debriefs", "b1"], "en")
    assert [each.mark for each in item.answers] == [3] and not item.done
    assert renderer.item("debriefs", table.views["safety"]["debriefs", "b1"], "en").answers == []
