"""Who stands under proof in a trial of two runs, and who plays unseen beside them; by their titles in the pack."""

from __future__ import annotations

from dataclasses import dataclass

EVALUATORS = "Evaluators"
PATROL, SOCIAL, BORDER = "Police patrol", "Social service", "Border guard"


@dataclass(frozen=True)
class Cast:
    """One kind of trial."""

    team: str = BORDER
    """Who is told things by `speaker`, acts by its own screen, and stands under proof unless `words_apart`."""
    speaker: str = PATROL
    others: tuple[str, ...] = (PATROL, "Investigators", SOCIAL, "Financial intelligence unit")
    mentor: str = "Mentor: NGO"
    """Of another team."""
    watcher: str = "Observers, with the social service"
    """Looks by HTTP alone: what its desk may show is control's to open."""
    subjects: tuple[tuple[str, str], ...] = ()
    """(title, role) of further viewers under proof."""
    brought: str = ""
    """The actor's character, by the pack's name for it, whom control brings to where the team's unit is, so that they meet."""
    asks: bool = True
    """Whether others may ask for acts that change the story, unseen. Where whoever is under proof may learn of the story
    by roads that the flow list names, they only talk, write, share, fail and come and go."""
    papers: bool = True
    """Whether others may file papers, unseen: a form's receivers stand on no screen, and some go to this team."""
    listed: bool = False
    """Somebody under proof reads which act a team has done, and not what was said in it: then no team does one in one run
    only, the words that the team is told are a secret, and the team itself is not under proof."""

    @property
    def proved(self) -> set[str]:
        """The titles of all that stand under proof, and of whoever's codes are theirs to see."""
        return {self.team, self.watcher, *(title for title, _ in self.subjects)}


TEAM = Cast()
"""A team whose unit stays in its office: nobody else's act is its business, but for what the flow list says."""
