"""Teams that are rated together, so that no rating stands for fewer than three persons: a small team joins a neighbour.

The neighbour is the nearest team of the same agency, else the next in the pack's order (of the last, the one before).
Every team is in one group only, and a rating is given for a whole group: nothing is left from which the rating of a
small team could be told by taking away its neighbour's.
"""

from __future__ import annotations

from collections.abc import Mapping

from kerege.engine.commands.evaluation import RATED_CHAIRS_MIN
from kerege.engine.rules import Rules

Group = tuple[str, ...]


def rated_together(rules: Rules, people: Mapping[str, int] | None) -> tuple[Group, ...]:
    """
    All teams, in groups of enough persons, in the pack's order.

    Args:
        rules: The pack's.
        people: How many sit at each team, where that is known (a team that is not named has nobody); None: chairs count.

    Returns:
        The groups; none where all teams together have too few.
    """
    size = {team: rules.viewers[team].seats_max if people is None else people.get(team, 0) for team in rules.teams}
    if sum(size.values()) < RATED_CHAIRS_MIN:
        return ()
    groups: list[list[str]] = [[team] for team in rules.teams]
    while True:
        small = next(
            (at for at, group in enumerate(groups) if sum(size[team] for team in group) < RATED_CHAIRS_MIN), None
        )
        if small is None:
            return tuple(tuple(group) for group in groups)
        neighbour = _neighbour(rules, groups, small)
        first, second = sorted((small, neighbour))
        groups[first] = sorted(groups[first] + groups[second], key=rules.teams.index)
        del groups[second]


def _neighbour(rules: Rules, groups: list[list[str]], small: int) -> int:
    agencies = {rules.viewers[team].agency for team in groups[small]}
    kin = [
        at
        for at, group in enumerate(groups)
        if at != small and agencies & {rules.viewers[team].agency for team in group}
    ]
    if kin:
        return min(kin, key=lambda at: abs(at - small))
    return small + 1 if small + 1 < len(groups) else small - 1
