"""Characters that people play: scenes, lines, forms of treatment, cues, curtains."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.pack import Cue, Inject, Rule, Set, Trigger
from tests.kit import Table
from tests.town import MINUTE, town


def staged(**changes):
    """A town in which somebody plays Ann, and help has opened a talk with her."""
    table = Table(town(**changes))
    table.do("", b.Staff(table.viewer("actor_ann"), True))
    table.do("help", table.ask("question", person="ann"))
    return table


def test_an_act_with_a_played_character_only_opens_the_talk():
    """No automatic outcome: the actor gets a scene, the team a talk."""
    table = staged()
    (scene,) = table.scenes("actor_ann")
    assert (scene.team, scene.action, scene.state) == ("help", "question", "open")
    assert scene.advised == (("ann_boss", True), ("ann_bye", True))
    assert table.tasks("help")[0].state == "talking"
    table.wait(2 * MINUTE)
    assert (table.tasks("help")[0].state, table.tasks("help")[0].outcome) == ("done", "talk")
    assert table.records("help", "bob", "role") == []


def test_when_nobody_plays_any_more_the_outcome_is_automatic_again():
    """A left part is played by the rules."""
    table = Table()
    table.do("", b.Staff(table.viewer("actor_ann"), True))
    table.do("", b.Staff(table.viewer("actor_ann"), False))
    table.do("help", table.ask("question", person="ann"))
    assert table.scenes("actor_ann") == []
    assert table.refuses("", b.Staff(table.viewer("actor_ann"), False)) == "already_done"
    assert table.refuses("", b.Staff("xxxxxxxx", True)) == "unknown"


def test_advice_never_gates_and_follows_the_truth():
    """A line that the card would not let out can be said; advice is told anew when the truth moves."""
    table = staged()
    table.do("control", table.amend("ann", "mood", 10))
    assert table.scenes("actor_ann")[0].advised == (("ann_boss", False), ("ann_bye", True))
    table.do("actor_ann", table.speak(1, "ann_boss"))
    (record,) = table.records("help", "bob", "role")
    assert (record.value, record.certainty, record.source.id) == ("boss", "claimed", "ann/self")
    assert table.scenes("actor_ann")[0].state == "said"


def test_advice_on_what_a_team_knows_follows_its_learning():
    """A line may depend on what the asker knows."""
    lines = tuple(
        type(line)(line.id, line.character, line.text, "knows(help, bob.role)") if line.id == "ann_bye" else line
        for line in town().lines
    )
    table = staged(lines=lines)
    assert dict(table.scenes("actor_ann")[0].advised)["ann_bye"] is False
    table.do("actor_ann", table.speak(1, "ann_boss"))
    assert dict(table.scenes("actor_ann")[0].advised)["ann_bye"] is True


def test_what_was_said_goes_to_those_whom_the_actor_taps():
    """The team of the scene by default, else the teams named."""
    table = staged()
    table.do("actor_ann", table.speak(1, "ann_boss", to=("court",)))
    assert table.records("court", "bob", "role") and not table.records("help", "bob", "role")
    table.do("actor_ann", table.speak(1, "ann_bye"))
    assert table.truth("ann", "coat") == "blue", "saying it does what the line does"


def test_what_was_said_stays_with_the_scene_whoever_tapped_it():
    """A coach's phone and the actor's show the same marks; said twice is marked once."""
    table = staged()
    assert table.scenes("actor_ann")[0].said == ()
    table.do("actor_ann", table.speak(1, "ann_boss"))
    table.do("actor_ann", table.speak(1, "ann_boss", "ann_bye"))
    assert table.scenes("actor_ann")[0].said == ("ann_boss", "ann_bye")


def test_a_line_may_be_tapped_after_the_talk_but_not_after_play():
    """Never refused as late while play is on, a pause included; ENDEX is the end."""
    table = staged()
    table.wait(2 * MINUTE)
    table.do("control", b.Pause())
    table.do("actor_ann", table.speak(1, "ann_boss"))
    table.do("control", b.Finish())
    for command in (table.speak(1, "ann_bye"), table.treat(1, calm=4)):
        assert table.refuses("actor_ann", command) == "ended"


def test_what_an_actor_cannot_say():
    """Lines of others, no line, scenes of others and strange teams are refused."""
    table = staged()
    table.do("", b.Staff(table.viewer("actor_bob"), True))
    assert table.refuses("actor_ann", b.Speak("s1", ("xxxxxxxx",))) == "bad_answer"
    assert table.refuses("actor_ann", b.Speak("s1", ())) == "bad_answer"
    assert table.refuses("actor_ann", table.speak(2, "ann_bye")) == "unknown"
    assert table.refuses("actor_bob", table.speak(1, "ann_bye")) == "unknown"
    for to in ("gang", "control", "actor_bob"):
        assert table.refuses("actor_ann", table.speak(1, "ann_bye", to=(to,))) == "unknown"


@pytest.mark.parametrize(("mark", "mood"), [(0, 30), (1, 37), (2, 45), (3, 52), (4, 60)])
def test_treatment_moves_the_field_between_worst_and_best(mark, mood):
    """From the pack's first value, in even parts, in whole numbers."""
    table = staged()
    table.do("actor_ann", table.treat(1, calm=mark))
    assert table.truth("ann", "mood") == mood


def test_the_form_replaces_what_rules_changed():
    """The actor's word sets the value; the rules' changes since stay in the log only."""
    table = staged()
    table.do("control", table.amend("ann", "mood", 99))
    table.do("actor_ann", table.treat(1, calm=4))
    assert table.truth("ann", "mood") == 60


def test_a_later_form_of_a_scene_replaces_the_earlier():
    """Whatever questions the earlier one answered."""
    table = staged()
    table.do("actor_ann", table.treat(1, calm=4, slow=0))
    assert (table.truth("ann", "mood"), table.truth("ann", "fear")) == (60, 18)
    table.do("actor_ann", table.treat(1, calm=0, space=4))
    assert (table.truth("ann", "mood"), table.truth("ann", "fear")) == (35, 10)
    assert table.scenes("actor_ann")[0].treated == (("calm", 0), ("space", 4))


def test_forms_of_several_scenes_add_up_and_each_can_be_replaced():
    """The value follows from each scene's last form, in the order of the scenes."""
    table = staged()
    table.do("actor_ann", table.treat(1, calm=4))
    table.wait(2 * MINUTE)
    table.do("help", table.ask("question", person="ann"))
    table.do("actor_ann", table.treat(2, calm=4))
    assert table.truth("ann", "mood") == 80
    table.do("actor_ann", table.treat(1, calm=0))
    assert table.truth("ann", "mood") == 50
    table.do("actor_ann", table.treat(2, space=4))
    assert table.truth("ann", "mood") == 35


def test_treatment_stays_within_the_fields_bounds():
    """Never past the maximum or below the minimum, scene by scene."""
    table = staged()
    for scene in range(1, 6):
        table.do("actor_ann", table.treat(scene, calm=4))
        table.wait(2 * MINUTE)
        table.do("help", table.ask("question", person="ann"))
    assert table.truth("ann", "mood") == 100


def test_questions_that_are_not_asked_are_refused():
    """Only the character's own questions, and at least one."""
    table = staged()
    assert table.refuses("actor_ann", b.Treat("s1", {})) == "bad_answer"
    assert table.refuses("actor_ann", b.Treat("s1", {"xxxxxxxx": 2})) == "bad_answer"


def test_cues_wait_and_fall_due():
    """A cue for later waits, is due at its time, and is answered."""
    cue = Inject("cue", "contextual", ("actor_ann",), (Cue("ann", "cue_shout", 5 * MINUTE), Cue("ann", "cue_shout")))
    table = Table(town(add_injects=(cue,)))
    table.do("control", table.steer("cue", "fire"))
    states = lambda: [each.state for each in table.all_of("cue", "actor_ann")]  # noqa: E731
    assert states() == ["waiting", "now"]
    table.do("actor_ann", b.Ready("c1", "ready"))
    table.wait(5 * MINUTE)
    assert states() == ["ready", "now"], "who is ready already is not called again"
    table.do("actor_ann", b.Ready("c2", "done"))
    assert table.refuses("actor_ann", b.Ready("c2", "done")) == "already_done"
    assert table.refuses("actor_ann", b.Ready("c3", "done")) == "unknown"


def test_a_cue_for_a_character_without_an_actor_is_nobodys():
    """An unplayed thing gets no cue."""
    cue = Rule("r", Trigger("start"), (Cue("box", "cue_shout"),))
    assert Table(town(add_rules=(cue,))).state.tables["cue"] == {}


@pytest.mark.parametrize("by", ["help", "actor_ann"])
def test_the_curtain_ends_a_scene_without_reasons(by):
    """For anyone in it; who pressed is told to the safety seat alone."""
    table = staged()
    step = table.do(by, b.Curtain())
    assert table.scenes("actor_ann")[0].state == "closed"
    assert (table.tasks("help")[0].state, table.tasks("help")[0].outcome) == ("done", "curtain")
    assert [message.source.id for message in table.messages("safety")] == [by]
    (happened,) = [event for event in step.events if type(event).__name__ == "Happened"]
    assert (happened.title, happened.who) == ("happening-curtain", "")
    assert table.refuses(by, b.Curtain()) == "already_done"
    assert table.refuses("police", b.Curtain()) == "already_done", "the same for who was in none"
    table.wait(3 * MINUTE)
    assert table.tasks("help")[0].outcome == "curtain", "its end does not come twice"


def test_a_teams_curtain_ends_the_scene_that_it_names():
    """The other talk of the same team goes on."""
    table = staged()
    table.do("actor_ann", b.Curtain("s1"))
    table.do("help", table.ask("question", person="ann"))
    assert table.refuses("help", b.Curtain("t1")) == "already_done"
    assert table.refuses("help", b.Curtain("s2")) == "already_done", "a team does not know an actor's numbers"
    table.do("help", b.Curtain("t2"))
    assert [scene.state for scene in table.scenes("actor_ann")] == ["closed", "closed"]
    assert any(message.text.key == "notice-scene-over" for message in table.messages("help")), "nobody plays on alone"


def test_a_talk_that_is_called_off_leaves_no_scene():
    """The actor is free again, and no curtain was drawn."""
    table = staged()
    step = table.do("help", b.Cancel("t1"))
    assert table.scenes("actor_ann")[0].state == "closed"
    assert not any(type(event).__name__ == "Happened" for event in step.events)


def test_what_is_said_is_heard_by_all_teams_in_the_room():
    """Without a tap: by the team that asked, and by whoever has a unit there."""
    table = staged()
    table.do("police", table.ask("go", "p1", place="house"))
    table.wait(MINUTE)
    place = table.truth("ann", "location")
    here = {viewer for viewer in table.state.get("watch", place, ()) if viewer in table.rules.teams}
    table.do("actor_ann", table.speak(1, "ann_boss"))
    assert here - {"help"}, "this law needs another team in the room"
    for team in table.rules.teams:
        assert bool(table.records(team, "bob", "role")) == (team in here | {"help"})


def test_treated_sets_off_rules():
    """A rule may listen to an actor's form."""
    rule = Rule("calmed", Trigger("treated", character="ann"), (Set("house", "door", "open"),), "ann.mood >= 60")
    table = staged(add_rules=(rule,))
    table.do("actor_ann", table.treat(1, calm=4))
    assert table.truth("house", "door") == "open"


def test_who_leaves_a_part_ends_its_scenes_and_gives_no_reason():
    """Control alone is told that the part is free; the team is told that the scene is over, as at any curtain."""
    table = staged()
    step = table.do("", b.Staff(table.viewer("actor_ann"), False))
    assert table.scenes("actor_ann")[0].state == "closed"
    assert (table.tasks("help")[0].state, table.tasks("help")[0].outcome) == ("done", "curtain")
    (told,) = [message for message in table.messages("control") if message.text.key == "notice-part-free"]
    assert (told.source.id, told.text.word) == ("actor_ann", "")
    assert [message.text.key for message in table.messages("help")][-1] == "notice-scene-over"
    assert table.messages("safety") == [], "no curtain was drawn"
    assert not any(type(event).__name__ == "Happened" for event in step.events)


def test_a_free_part_without_a_scene_is_told_to_control_alone():
    """Nothing of it goes to a team."""
    table = Table()
    table.do("", b.Staff(table.viewer("actor_ann"), True))
    before = {viewer: dict(view) for viewer, view in table.views.items() if viewer not in {"control", "actor_ann"}}
    table.do("", b.Staff(table.viewer("actor_ann"), False))
    assert {viewer: table.views[viewer] for viewer in before} == before
