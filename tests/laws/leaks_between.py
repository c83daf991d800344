"""Seeded leaks in what passes between viewers: consultations, letters, talks, shares, limits, languages, desks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kerege.engine import events as e
from kerege.engine import knowledge
from kerege.engine.commands import bodies as b
from kerege.engine.commands import ruling, talk
from kerege.engine.commands.table import DECIDE
from kerege.engine.evolve import number_of
from kerege.engine.faces import thing_of
from kerege.engine.held import Source, Text
from kerege.engine.knowledge import learn
from kerege.views.names import Names
from kerege.views.offers import Offers
from kerege.views.projector import Projector
from kerege.views.render import Renderer


def after(patch: pytest.MonkeyPatch, body: type, then: Any) -> None:
    """Let `then(play, by, command)` happen after every accepted command of one kind."""
    decide = DECIDE[body]

    def leaky(play: Any, by: str, command: Any) -> None:
        decide(play, by, command)
        then(play, by, command)

    patch.setitem(DECIDE, body, leaky)


def _seats(play: Any, by: str, key: str) -> tuple[str, Any]:
    """A consultation's id and its seats in truth."""
    held = play.state.get("consultation", (by, int(key[1:])))
    convener, _, n = held.id.rpartition("~")
    return held.id, play.state.get("consultation", (convener, int(n))).seats


def a_frame_for_the_invited(patch: pytest.MonkeyPatch) -> None:
    """Who is invited to a consultation and does not come gets a frame, with nothing new in it, when something is put on its table."""

    def then(play: Any, by: str, command: Any) -> None:
        name, seats = _seats(play, by, command.consultation)
        for viewer in [viewer for viewer, seat in seats if seat == "invited"]:
            mine = play.state.get("consultation", (viewer, number_of(play.state, viewer, name)))
            play.emit(e.Seated(viewer, name, mine.seats))

    after(patch, b.Table, then)


def the_invited_read_who_has_come(patch: pytest.MonkeyPatch) -> None:
    """Who comes to a consultation is shown to those who are only invited."""

    def then(play: Any, by: str, command: Any) -> None:
        name, seats = _seats(play, by, command.consultation)
        for viewer in [viewer for viewer, seat in seats if seat == "invited"]:
            play.emit(e.Seated(viewer, name, seats))

    after(patch, b.Attend, then)


def what_is_heard_is_checked(patch: pytest.MonkeyPatch) -> None:
    """What a team was told in the room stands as certain where it is true."""

    def leaky(play: Any, viewer: str, face: str, field: str, value: Any, how: Any, *rest: Any, **more: Any) -> None:
        if how == "heard" and play.truth(thing_of(face), field) == value:
            rest = (*rest[:1], "certain")
        learn(play, viewer, face, field, value, how, *rest, **more)

    patch.setattr(talk, "learn", leaky)


def one_limit_for_all(patch: pytest.MonkeyPatch) -> None:
    """What may wait at control's desk is counted over all teams."""

    def leaky(play: Any, by: str) -> int:
        del by
        return sum(waiting(play, team) for team in play.rules.teams)

    waiting = ruling._waiting
    patch.setattr(ruling, "_waiting", leaky)
    patch.setattr(ruling, "WAITING_MAX", 2)


def control_tells_that_it_reads(patch: pytest.MonkeyPatch) -> None:
    """Whoever has written to a body that nobody plays is told when control takes any letter of it."""

    def then(play: Any, by: str, command: Any) -> None:
        del by
        persona = play.rules.viewer_codes.id[command.persona]
        for viewer in play.rules.teams:
            play.emit(e.Told(viewer, "notice", Text("notice-think-over"), Source("viewer", persona)))

    after(patch, b.Take, then)


def every_desk_reads_every_team(patch: pytest.MonkeyPatch) -> None:
    """What any team learns is passed on to all desks that are open, not to its own alone."""

    def leaky(play: Any, team: str) -> str | None:
        del team
        open_ = [desk for team, desk in play.rules.desk_of.items() if play.state.get("opened", team)]
        return open_[0] if open_ else None

    patch.setattr(knowledge, "open_desk", leaky)


def one_language_knows_more(patch: pytest.MonkeyPatch) -> None:
    """In Russian, what a person typed shows how many words the whole exercise holds."""
    word = Names.word

    def leaky(self: Any, word_id: str, language: str) -> str:
        return word(self, word_id, language) + ("." * len(self._words) if language == "ru" else "")

    patch.setattr(Names, "word", leaky)


def an_offer_tells_who_is_busy(patch: pytest.MonkeyPatch) -> None:
    """An act is not offered while another team's unit is at work."""
    why_not = Offers._why_not

    def leaky(self: Any, state: Any, viewer: str, *rest: Any) -> str:
        others = [team for team in self._rules.teams if team != viewer]
        if any(state.get("busy", unit) for team in others for unit in self._rules.viewers[team].units):
            return "refusal-unit-busy"
        return why_not(self, state, viewer, *rest)

    patch.setattr(Offers, "_why_not", leaky)


def a_debrief_tells_all_teams(patch: pytest.MonkeyPatch) -> None:
    """That the debrief of a scene is done is said to every team."""

    def then(play: Any, by: str, command: Any) -> None:
        del by, command
        for team in play.rules.teams:
            play.emit(e.Told(team, "notice", Text("notice-think-over"), Source("viewer", "control")))

    after(patch, b.Debrief, then)


def an_overruling_sets_every_clock(patch: pytest.MonkeyPatch) -> None:
    """When control takes back what was done, everybody is shown the clock anew."""

    def then(play: Any, by: str, command: Any) -> None:
        del by, command
        clock = play.state.get("clock", "clock")
        play.emit(e.ClockSet(clock.phase, play.at_ms, clock.speed, clock.stopped, lost=clock.lost))

    after(patch, b.Overrule, then)


def treatment_is_read_on_a_face(patch: pytest.MonkeyPatch) -> None:
    """How a person was treated by one team is learnt by every team that has met that person."""

    def then(play: Any, by: str, command: Any) -> None:
        del command
        thing = by.removeprefix("actor_")
        face = play.rules.faces_of(thing)[0]
        for team in play.rules.teams:
            if play.state.get("met", (team, face)) is not None:
                learn(play, team, face, "mood", play.truth(thing, "mood"), "seen")

    after(patch, b.Treat, then)


def a_name_by_the_truth(patch: pytest.MonkeyPatch) -> None:
    """A face is met by whoever stands in truth where the thing is, whether or not it was shown there."""
    face = Projector._face

    def leaky(self: Any, state: Any, viewer: str, *rest: Any) -> Any:
        shown = face(self, state, viewer, *rest)
        there = state.get("truth", (thing_of(rest[-1]), "location")) if rest else None
        return msgspec.structs.replace(shown, met=True) if there == "house" else shown

    patch.setattr(Projector, "_face", leaky)


def an_item_as_long_as_the_log(patch: pytest.MonkeyPatch) -> None:
    """Messages are padded by how often anything at all was put into words."""
    item = Renderer.item
    counted = [0]

    def leaky(self: Any, collection: str, shown: Any, language: str) -> Any:
        counted[0] += 1
        found = item(self, collection, shown, language)
        if collection == "contacts":
            return msgspec.structs.replace(found, title=found.title + " " * (counted[0] % 7))
        return found

    patch.setattr(Renderer, "item", leaky)


LEAKS = (
    a_frame_for_the_invited,
    the_invited_read_who_has_come,
    what_is_heard_is_checked,
    one_limit_for_all,
    control_tells_that_it_reads,
    every_desk_reads_every_team,
    one_language_knows_more,
    an_offer_tells_who_is_busy,
    a_debrief_tells_all_teams,
    an_overruling_sets_every_clock,
    treatment_is_read_on_a_face,
    a_name_by_the_truth,
    an_item_as_long_as_the_log,
)
