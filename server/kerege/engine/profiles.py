"""Which habits a chair's stand-in may have: those that the pack's plan knows, or for a character the two ways to act it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerege.engine.rules import Rules

ACTING = ("careful", "careless")
"""A character played by a stand-in: careful lets out what the card lets out, careless all that the character could say."""


def profiles_of(rules: Rules, viewer: str) -> tuple[str, ...]:
    """The profiles of a team's or an actor's chair, sorted; none where no stand-in can sit there."""
    character = rules.viewers[viewer].character
    if character is not None:
        return ACTING if rules.characters[character].stand_in else ()
    plans = [plan for plan in rules.pack.plans if plan.viewer == rules.base_of(viewer)]
    return tuple(sorted({profile for plan in plans for step in plan.steps for profile in step.profiles}))
