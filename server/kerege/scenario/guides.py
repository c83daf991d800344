"""Guides: what a mentor may ask its teams, what evaluators look for, and when."""

from __future__ import annotations

from kerege.engine.pack import Guide
from kerege.scenario.desk import Desk
from kerege.scenario.library import Entry
from kerege.scenario.places import At
from kerege.scenario.schema import GuideForm
from kerege.scenario.values import read_duration


def read_guides(desk: Desk, entries: list[Entry[GuideForm]]) -> tuple[Guide, ...]:
    """Compile the guides; a guide about nobody here (the library's, of an agency that is not played) is left out."""
    guides = []
    for entry in entries:
        form, at = entry.form, entry.at
        teams = _teams(desk, at / "teams", form.teams, from_library=entry.from_library)
        from_ms, to_ms = read_duration(desk, at / "from", form.from_), read_duration(desk, at / "to", form.to)
        if to_ms <= from_ms:
            desk.error(at / "to", "a guide ends after it begins")
        for index, point in enumerate(form.points):
            if point in form.points[:index]:
                desk.error(at / "points" / index, f"{point!r} stands twice")
        if form.place is not None:
            places = [thing.id for thing in desk.things.values() if thing.kind == "place"]
            desk.refer(at / "place", form.place, places, "place")
        for index, act in enumerate(form.acts):
            desk.refer(at / "acts" / index, act, desk.actions, "action")
        for index, paper in enumerate(form.forms):
            desk.refer(at / "forms" / index, paper, desk.forms, "form")
        if teams:
            points = tuple(form.points)
            acts, papers = tuple(form.acts), tuple(form.forms)
            guides.append(Guide(form.id, form.reader, teams, from_ms, to_ms, points, form.place, acts, papers))
    return tuple(guides)


def _teams(desk: Desk, at: At, named: list[str], *, from_library: bool) -> tuple[str, ...]:
    """The teams that are named, or whose agencies are."""
    found: dict[str, None] = {}
    for index, who in enumerate(named):
        teams = [
            viewer.id for viewer in desk.viewers.values() if viewer.sort == "team" and who in {viewer.id, viewer.agency}
        ]
        if not teams and not from_library:
            known = {
                each for viewer in desk.viewers.values() if viewer.sort == "team" for each in (viewer.id, viewer.agency)
            }
            desk.refer(at / index, who, known, "team or agency")
        found |= dict.fromkeys(teams)
    return tuple(found)
