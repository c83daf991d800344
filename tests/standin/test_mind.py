"""What a stand-in does when: told message by message, with no room and no waiting."""

import pytest

from kerege.engine.conditions import Types, choice_of, compile_condition, thing_of
from kerege.standin.mind import LOOK_MS, RESEND_MS, RETRY_LATE_MS, RETRY_MS
from kerege.wire.messages import Echo, Frame, Freeze, Goodbye
from tests.standin.chair import ANN, Chair, ask, clock, face, invitation, message, offer, record, request, step, task

TYPES = Types(
    kinds={"person": {"role": choice_of(("boss",)), "location": thing_of("place")}, "place": {}},
    things={"ann": "person", "house": "place"},
)


def when(source):
    return compile_condition(source, TYPES, "view", {})


def test_does_a_step_after_its_pause_and_once():
    """A step waits its pause of play time, is done, and is not done again."""
    chair = Chair(step(after_ms=60_000))
    assert chair.next(0) is None
    assert chair.mind.wakes_at_ms() == 60_000
    assert chair.next(59_999) is None
    assert chair.next(60_000) == {"do": "ask", "action": "act", "asks": {}, "unit": "UNI1"}
    chair.answer(now_ms=60_000)
    assert chair.next(10**7) is None
    assert chair.mind.wakes_at_ms() is None


def test_the_pause_is_play_time():
    """At four play seconds in a real one a minute's pause takes 15 seconds."""
    chair = Chair(step(after_ms=60_000), clock_=clock(speed=4))
    assert chair.next(0) is None
    assert chair.mind.wakes_at_ms() == 15_000
    assert chair.next(15_000)


def test_nothing_happens_while_play_stands():
    """Before STARTEX, in a pause and in a STOP a stand-in keeps still; the pause does not count."""
    chair = Chair(step(after_ms=10_000), clock_=clock(phase="ready"))
    assert chair.next(99_000) is None
    assert chair.mind.wakes_at_ms() is None
    chair.frame(100_000, clock={"clock": clock()})
    assert chair.next(100_000) is None
    chair.frame(105_000, clock={"clock": clock(5, "paused")})
    assert chair.next(200_000) is None
    chair.frame(300_000, clock={"clock": clock(5)})
    assert chair.next(304_999) is None
    chair.mind.hear(Freeze(stopped=True), 305_000)
    assert chair.next(306_000) is None
    chair.mind.hear(Freeze(stopped=False), 306_000)
    assert chair.next(306_000)


def test_the_pause_begins_when_the_condition_holds_and_again_when_it_holds_anew():
    """A step whose ground falls away in its pause waits its whole pause again."""
    known = step(when=when("known(ann.role)"), after_ms=10_000)
    chair = Chair(known, faces={"ANN1": face()})
    assert chair.next(0) is None
    chair.frame(5_000, records={"r1": record()})
    assert chair.next(5_000) is None
    chair.frame(9_000, records={"r1": record(state="retracted")})
    assert chair.next(9_000) is None
    chair.frame(12_000, records={"r2": record()})
    assert chair.next(12_000) is None
    assert chair.next(21_999) is None
    assert chair.next(22_000)


def test_a_condition_on_age_is_looked_at_when_it_may_begin_to_hold():
    """Time alone can make a record old, and the condition says when."""
    old = step(when=when("age(ann.role) > 60"))
    chair = Chair(old, faces={"ANN1": face()}, records={"r1": record()})
    assert chair.next(0) is None
    assert chair.mind.wakes_at_ms() == 61_000
    assert chair.next(60_000) is None
    assert chair.next(61_000)


def test_a_condition_that_uses_age_otherwise_is_looked_at_again_and_again():
    """Where the moment does not follow from the condition, it is looked at every LOOK_MS without news."""
    young_or_old = step(when=when("age(ann.role) > 60 or age(ann.role) > 90"))
    chair = Chair(young_or_old, faces={"ANN1": face()}, records={"r1": record()})
    assert chair.next(0) is None
    assert chair.mind.wakes_at_ms() == LOOK_MS
    assert chair.next(60_000) is None
    assert chair.next(61_000) is None
    assert chair.next(60_000 + LOOK_MS)


@pytest.mark.parametrize(("profile", "due_ms"), [("careful", 60_000), ("hurried", 30_000), ("careless", 60_000)])
def test_the_hurried_pause_half_as_long(profile, due_ms):
    """A profile has a pace; everything else about it stands in the plan."""
    chair = Chair(step(after_ms=60_000), profile=profile)
    assert chair.next(0) is None
    assert chair.mind.wakes_at_ms() == due_ms


def test_only_the_steps_of_its_profile():
    """A careless team does not do what careful ones do."""
    chair = Chair(step(profiles=("careful",)), profile="careless")
    assert chair.next(10**6) is None


def test_steps_come_in_the_plans_order_with_a_breath_between():
    """Two steps that are due together are not done in one moment."""
    chair = Chair(step("one"), step("two", do="say", text="Hello", to=("fiu",)))
    assert chair.next(0)["do"] == "ask"
    assert chair.next(0) is None  # one command at a time
    chair.answer()
    assert chair.next(0) is None
    wakes = chair.mind.wakes_at_ms()
    assert 0 < wakes <= 10_000
    assert chair.next(wakes) == {"do": "say", "to": ["fiu"], "text": "Hello"}


def test_repeats_only_what_the_plan_repeats():
    """`again` counts from when it was done; each round has an id of its own."""
    chair = Chair(step(again_ms=100_000))
    assert chair.next(0)
    first = chair.submit.id
    chair.answer()
    assert chair.next(99_999) is None
    assert chair.next(100_000)
    assert chair.submit.id != first


def test_the_same_step_has_the_same_id_whoever_does_it():
    """A stand-in that comes back asks with the same id, so that nothing happens twice."""
    one, two = Chair(step("a", profiles=("hurried",)), step("b")), Chair(step("a"), step("b"), profile="hurried")
    assert one.next(0)
    assert two.next(0)
    assert one.submit.id != two.submit.id
    two.answer(now_ms=0)
    assert two.next(10_000)
    assert two.submit.id == one.submit.id


def test_waits_for_an_offer():
    """What is not offered is not asked for."""
    chair = Chair(step(), offers={"act": offer(open_=False)})
    assert chair.next(10**6) is None
    chair.frame(10**6, offers={"act": offer()})
    assert chair.next(10**6)


def test_names_a_thing_by_a_face_it_has_met_and_that_the_offer_allows():
    """A handle that is not in the view is never said, whatever the plan's data knows."""
    who = step(answers={"p-who": ANN})
    chair = Chair(who, offers={"act": offer(asks=[ask()])})
    assert chair.next(0) is None
    chair.frame(faces={"ANN2": face(met=False)})
    assert chair.next(0)["asks"] == {"p-who": "ANN2"}
    chair = Chair(who, faces={"ANN1": face(met=False), "ANN2": face()}, offers={"act": offer(asks=[ask()])})
    assert chair.next(0)["asks"] == {"p-who": "ANN2"}
    chair = Chair(who, faces={"ANN1": face(), "ANN2": face()}, offers={"act": offer(asks=[ask(faces=["ANN2"])])})
    assert chair.next(0)["asks"] == {"p-who": "ANN2"}
    chair = Chair(who, faces={"ANN1": face()}, offers={"act": offer(asks=[ask(faces=[])])})
    assert chair.next(0) is None


def test_tries_its_other_units_then_waits_for_news():
    """A refusal is not the end of a step: another unit may stand in the right place, or things may change."""
    chair = Chair(step(), units=("UNI1", "UNI2"), tasks={"t1": task("UNI1")})
    assert chair.next(0)["unit"] == "UNI2"
    chair.answer("refused", code="requires")
    assert chair.next(0)["unit"] == "UNI1"
    chair.answer("refused", code="requires")
    assert chair.next(RETRY_MS) is None
    assert chair.mind.wakes_at_ms() == RETRY_LATE_MS
    chair.frame(RETRY_MS + 1, faces={"ANN1": face()})
    assert chair.next(RETRY_MS + 1)["unit"] == "UNI2"


def test_a_refusal_without_news_is_tried_again_late():
    """Two minutes of play later something may have changed that a view does not show."""
    chair = Chair(step())
    assert chair.next(0)
    chair.answer("refused", code="requires")
    assert chair.next(RETRY_LATE_MS - 1) is None
    assert chair.next(RETRY_LATE_MS)


def test_an_id_that_was_used_counts_as_done():
    """An earlier stand-in of the chair did this step with other words."""
    chair = Chair(step())
    assert chair.next(0)
    chair.answer("refused", code="other_body")
    assert chair.next(RETRY_LATE_MS) is None


def test_unknown_is_sent_again_unchanged():
    """Nobody knows whether it was kept: the same id and body, until somebody does."""
    chair = Chair(step())
    assert chair.next(0)
    first = chair.submit
    chair.answer("unknown")
    assert chair.next(0) is None
    assert chair.mind.wakes_at_ms() == RESEND_MS
    assert chair.next(RESEND_MS)
    assert chair.submit == first


def test_shares_the_newest_standing_record():
    """Of two sources the later word; never what was retracted."""
    share = step(do="share", fact=(ANN, "f-role"), to=("fiu",))
    chair = Chair(share, faces={"ANN1": face()})
    assert chair.next(0) is None
    chair.frame(records={"r1": record(at_s=5), "r2": record(at_s=3), "r3": record(at_s=9, state="retracted")})
    assert chair.next(0) == {"do": "share", "records": ["r1"], "to": ["fiu"], "with_chain": False}


def test_files_a_form_with_handles_of_what_it_has_met():
    """A form about somebody waits until that somebody is known."""
    chair = Chair(step(do="file", answers={"f-about": ANN, "f-fear": True}))
    assert chair.next(0) is None
    chair.frame(faces={"ANN1": face()})
    assert chair.next(0) == {"do": "file", "form": "form", "fields": {"f-about": "ANN1", "f-fear": True}}


def test_over_when_the_exercise_or_the_line_is():
    """ENDEX, a goodbye and a lost frame end a stand-in."""
    chair = Chair(step())
    chair.frame(clock={"clock": clock(phase="ended")})
    assert chair.mind.over
    chair = Chair(step())
    chair.mind.hear(Goodbye("restarting", ""), 0)
    assert chair.mind.over
    chair = Chair(step())
    chair.mind.hear(Frame("s", "e", 7), 0)
    assert chair.mind.over
    assert chair.next(0) is None


def test_the_clock_goes_on_from_what_the_server_says():
    """A view says when the clock was last set; the echo says how late it is."""
    chair = Chair(step())
    chair.mind.hear(Echo(100), 0)
    assert chair.mind.view.play_ms(1_000) == 101_000
    chair.frame(5_000, clock={"clock": clock(0)})
    assert chair.mind.view.play_ms(5_000) == 100_000


# ---------------------------------------------------------------------------------------------- in a live exercise


def test_live_it_takes_no_initiative():
    """Nobody has asked: a stand-in in a live exercise does nothing, however long it waits."""
    steps = [
        step("a"),
        step("b", do="say", text="Hello", to=("fiu",)),
        step("c", do="share", fact=(ANN, "f-role"), to=("fiu",)),
    ]
    chair = Chair(*steps, initiative=False, faces={"ANN1": face()}, records={"r1": record()})
    assert chair.next(10**7) is None
    assert chair.mind.wakes_at_ms() is None


def test_live_what_lay_there_before_asks_nobody():
    """What a chair was told before the stand-in sat down is not its business."""
    hello = step(do="say", text="Hello", to=("fiu",))
    chair = Chair(hello, initiative=False, messages={"m1": message()})
    assert chair.next(0) is None


def test_live_it_shares_with_those_who_asked_and_only_them():
    """A message from a team is answered to that team; the others have not asked."""
    share = step(do="share", fact=(ANN, "f-role"), to=("fiu", "social"))
    chair = Chair(share, initiative=False, faces={"ANN1": face()}, records={"r1": record()})
    chair.frame(messages={"m1": message("fiu")})
    assert chair.next(0)["to"] == ["fiu"]
    chair.answer()
    assert chair.next(60_000) is None
    chair.frame(70_000, records={"r2": record("ANN2", source="social")})
    assert chair.next(70_000)["to"] == ["social"]
    chair.answer(now_ms=70_000)
    assert chair.next(10**7) is None


@pytest.mark.parametrize(
    "news",
    [
        {"messages": {"m1": message("fiu", "ANN1")}},
        {"records": {"r9": record("ANN1", source="fiu")}},
        {"records": {"r9": record("HOUS", value="ANN1", value_face="ANN1", source="fiu")}},
    ],
    ids=["named in a message", "shared", "shared as a value"],
)
def test_live_it_acts_on_what_it_was_asked_about(news):
    """A colleague passes on a name: looking it up is an answer."""
    act = step(answers={"p-who": ANN}, about=frozenset(ANN.handles))
    chair = Chair(act, initiative=False, faces={"ANN1": face()})
    assert chair.next(0) is None
    chair.frame(**news)
    assert chair.next(0)["asks"] == {"p-who": "ANN1"}


@pytest.mark.parametrize(
    "news",
    [
        {"messages": {"m1": message("fiu")}},
        {"messages": {"m1": message("BANK", "ANN1")}},
        {"records": {"r9": record("ANN1")}},
        {"records": {"r9": record("ANN1", source="BANK")}},
    ],
    ids=["nothing named", "a call of the story", "own eyes", "a person of the story"],
)
def test_live_it_does_not_act_on_anything_else(news):
    """Free words name nothing, and the story's own calls are for people."""
    act = step(answers={"p-who": ANN}, about=frozenset(ANN.handles))
    chair = Chair(act, initiative=False, faces={"ANN1": face()})
    chair.frame(**news)
    assert chair.next(0) is None


def test_a_request_is_answered_at_once_live_or_not():
    """To answer takes no initiative; each request once, the oldest first."""
    chair = Chair(
        step("reply", "answers", text="nothing"), initiative=False, requests={"q2": request(), "q10": request()}
    )
    for key in ("q2", "q10"):
        assert chair.next(10**6) == {"do": "respond", "request": key, "how": "share"}
        chair.frame(10**6, requests={key: request("answered")})
        chair.answer(now_ms=10**6)
        assert chair.next(10**6) is None
        chair.frame(10**6 + 10**5)
        if key == "q2":
            assert chair.next(10**6 + 10**5)["request"] == "q10"
            break


def test_who_holds_nothing_says_so():
    """The refusal of the room is known from the own view; the asker gets words."""
    chair = Chair(step("reply", "answers", text="nothing"), requests={"q1": request()})
    assert chair.next()["how"] == "share"
    chair.answer("refused", code="nothing_to_send")
    assert chair.next(1) == {"do": "respond", "request": "q1", "how": "decline", "words": "nothing"}


def test_a_territorial_one_declines_and_stays_away():
    """With its reason; an own request and an answered one are nobody's business."""
    reply = step("ours", "answers", text="ours", how="decline")
    chair = Chair(reply, requests={"q1": request(mine=True), "q2": request("declined"), "q3": request()},
                  consultations={"g1": invitation(), "g2": invitation("here"), "g3": invitation(open_=False)})  # fmt: skip
    assert chair.next() == {"do": "respond", "request": "q3", "how": "decline", "words": "ours"}
    chair.frame(requests={"q3": request("declined")})
    chair.answer()
    assert chair.next(60_000) == {"do": "attend", "consultation": "g1", "come": False}
