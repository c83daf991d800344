"""Personas: bodies and persons that nobody plays; control speaks for them, and says so to nobody."""

from __future__ import annotations

from kerege.engine.pack import Persona, Viewer
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.library import Entry
from kerege.scenario.problems import nearest
from kerege.scenario.schema import PersonaForm


def declare_personas(desk: Desk, entries: list[Entry[PersonaForm]]) -> None:
    """Put every persona on the desk, with the viewer that is made for it."""
    for entry in entries:
        form = entry.form
        if not desk.refer(entry.at / "thing", form.thing, desk.things, "thing"):
            continue
        teams = {viewer.id for viewer in desk.viewers.values() if viewer.sort == "team"}
        known = {*teams, *desk.agencies, "everyone"}
        for index, who in enumerate(form.open_to):
            if who not in known:
                at = entry.at / "open_to" / index
                desk.error(at, f"there is no team or agency {who!r}", nearest(who, known))
        name = f"persona_{form.thing}"
        if name in desk.viewers:
            desk.error(entry.at / "thing", f"there is a team {name!r} already")
            continue
        card = desk.use(entry.at / "card", form.card, Scope(), "control") or ""
        desk.personas[form.thing] = Persona(form.thing, card, tuple(form.open_to))
        desk.viewers[name] = Viewer(name, "persona")
