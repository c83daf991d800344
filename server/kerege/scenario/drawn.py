"""`{between: [least, most]}`: what a pack leaves to chance. Rule: no person's behaviour is left to it."""

from __future__ import annotations

from kerege.engine.pack import Between, Field
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.places import At
from kerege.scenario.schema import BetweenForm
from kerege.scenario.values import read_duration

DRAWN_MAX = 1_000_000
"""The largest number of the language (a field's default `maximum`), in either direction."""
PERSON = "person"


def read_drawn_delay(desk: Desk, at: At, form: BetweenForm) -> Between | None:
    """A delay between two durations, in seconds; None with a problem."""
    at = at / "between"
    least, most = (read_duration(desk, at / n, bound) // 1000 for n, bound in enumerate(form.between))
    return _ordered(desk, at, least, most)


def read_drawn(desk: Desk, at: At, form: BetweenForm, found: tuple[str, str, Field], scope: Scope) -> Between | None:
    """A number between two numbers, for a field of something that is no person; None with a problem."""
    subject, name, declared = found
    if declared.type != "number":
        desk.error(at, f"only a number is drawn; {name!r} is a {declared.type}")
        return None
    played = {desk.things[thing].kind for thing in desk.characters if thing in desk.things}
    if {PERSON, *played} & set(desk.kinds_of(at, subject, scope) or ()):
        desk.error(at, "what a person does or feels is not left to chance; give it a condition, which is its cause")
        return None
    at = at / "between"
    least, most = form.between
    if not isinstance(least, int) or not isinstance(most, int) or max(abs(least), abs(most)) > DRAWN_MAX:
        desk.error(at, f"the bounds are two whole numbers of at most {DRAWN_MAX:,}")
        return None
    return _ordered(desk, at, least, most)


def fits(desk: Desk, at: At, drawn: Between, declared: Field) -> bool:
    """Check that whatever is drawn may stand in the field."""
    if declared.minimum <= drawn.least and drawn.most <= declared.maximum:
        return True
    desk.error(at / "between", f"{declared.id!r} goes from {declared.minimum} to {declared.maximum}")
    return False


def _ordered(desk: Desk, at: At, least: int, most: int) -> Between | None:
    if least < most:
        return Between(least, most)
    desk.error(at, "the first bound should be less than the second")
    return None
