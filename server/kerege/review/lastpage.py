"""The last page: one sheet, to be held in the hand after ENDEX. Who knew what when, and what was not recorded as shared.

Rules: it fits one A4 sheet (a large story takes its back too), prints in grey, needs nothing from anywhere (no script, no
resource) and says nothing of a person. All words are escaped by the template; only the stylesheet of this folder is not.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass

from kerege.engine.conditions import compile_condition
from kerege.engine.conditions.exprtype import NUMBER
from kerege.engine.held import Source
from kerege.engine.pack import Value
from kerege.engine.worlds import TruthWorld
from kerege.review.knowing import Gap, Holding, Knowing, Otherwise, TakenBack
from kerege.review.picture import SORT_OF, Sort, draw, teams_concerned
from kerege.review.rating import IN_TIME_BANDS, rate, shared_in_time
from kerege.review.sheet import Sheet, sheet
from kerege.review.texts import say, spoken
from kerege.views.names import Names, kebab

GAPS_MAX = 12
"""Gaps that the page tells; the rest is counted."""
OTHERS_MAX = 6
"""Lines of a list; a longer one says how many more there are. So a story stays on one sheet."""
THOUGHT_MAX = 12
"""Of times at which a team stopped to think: the first of them."""
LABEL_CHARS = 23
"""Of a team's title on one line of the picture."""
QUESTIONS = 3
LOG_MARK_CHARS = 16
"""Of the log's last hash: enough to tell two logs apart at a table; `kerege verify` prints the whole."""
MINUTE_MS = 60_000
DAY_MINUTES = 24 * 60

BY_HAND = {
    "happening-ruled": "by-hand-ruled",
    "happening-ruled-out": "by-hand-ruled-out",
    "inject-off-list": "by-hand-off-list",
    "happening-inject-written": "by-hand-written",
    "happening-overruled": "by-hand-overruled",
    "happening-amended": "by-hand-amended",
    "happening-recalled": "by-hand-recalled",
}
"""Of the list of what was done: what stands on the page as control's own hand, in this order."""


@dataclass(frozen=True)
class Cell:
    """How one team came to hold one fact, in words; `sort` is its sign's."""

    team: str
    at: str
    how: str
    source: str
    certainty: str
    sort: Sort


@dataclass(frozen=True)
class Entry:
    """A line of a list: what it is about, and what is told of it. `number`: of the key fact, where it is about one."""

    title: str
    text: str
    number: int = 0


@dataclass(frozen=True)
class Listing:
    """A list, no longer than its bound."""

    entries: tuple[Entry, ...]
    more: str


def last_page(knowing: Knowing, language: str) -> Sheet:
    """
    Put the last page into words.

    Args:
        knowing: What the log tells (`read_knowing`), of an exercise that has ended or not.
        language: The reader's; without texts in it, Russian.
    """
    words = _Words(knowing, spoken(language))
    return sheet("last_page.html", words, words.language)


class _Words:
    """Everything on the page, as the template asks for it."""

    def __init__(self, knowing: Knowing, language: str) -> None:
        self.language = language
        self._knowing = knowing
        self._exercise = knowing.exercise
        self._rules = knowing.exercise.rules
        self._names: Names = knowing.exercise.renderer.names
        self._texts = knowing.exercise.texts
        self.picture = draw(knowing)
        self.facts = tuple((n, fact.id, self.fact(fact.id)) for n, fact in enumerate(self._rules.pack.facts, 1))
        self.teams = teams_concerned(knowing)
        self._number = {fact: n for n, fact, _ in self.facts}

    def say(self, key: str, **arguments: object) -> str:
        """The page's own words."""
        return say(key, self.language, **{name: str(value) for name, value in arguments.items()})

    # -- names ---------------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The story's title."""
        return self._texts.words("pack-title", self.language)

    def team(self, who: str) -> str:
        """The title of a team, or of all the teams of an agency."""
        return ", ".join(self._names.viewer(each, self.language) for each in self._rules.teams_named(who))

    def team_lines(self, team: str) -> list[str]:
        """A team's title as it stands beside the picture: at most two lines."""
        return textwrap.wrap(self.team(team), LABEL_CHARS, max_lines=2, placeholder=" …")

    def fact(self, fact: str) -> str:
        """A key fact, as its author calls it."""
        return self._texts.words(f"fact-{kebab(fact)}", self.language)

    def at(self, at_ms: int) -> str:
        """Play time as hours and minutes: 1:05."""
        hours, minutes = divmod(at_ms // MINUTE_MS, 60)
        return f"{hours}:{minutes:02}"

    def source(self, source: Source | None) -> str:
        """From whom; "" where the record names nobody."""
        if source is None:
            return ""
        if source.sort == "viewer":
            return self._names.viewer(source.id, self.language)
        return self._names.label(source.id, self.language)

    def how(self, holding: Holding) -> str:
        """How something came to be known, told by somebody who was not there."""
        if holding.how in {"filed", "known"}:
            return self.say("how-from-start" if holding.how == "known" and holding.at_ms == 0 else "how-own-record")
        return self._texts.words(f"how-{holding.how}", self.language)

    # -- head ----------------------------------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        """Whether play has ended."""
        return bool(self._exercise.state.get("clock", "clock").phase == "ended")

    @property
    def end(self) -> str:
        """The play time at the end."""
        return self.at(self._knowing.end_ms)

    @property
    def played(self) -> str:
        """How long was played, and from when to when in the story."""
        hours, minutes = (int(part) for part in self._rules.pack.starts_at.split(":"))
        until = (hours * 60 + minutes + self._knowing.end_ms // MINUTE_MS) % DAY_MINUTES
        to = f"{until // 60:02}:{until % 60:02}"
        return self.say("played-value", duration=self.end, **{"from": self._rules.pack.starts_at, "to": to})

    @property
    def ending(self) -> Entry:
        """How the story ended, with its text; what stayed open where no ending held."""
        ending = self._exercise.state.get("clock", "ending", "")
        if not ending:
            return Entry(self.say("ending-open"), self.say("ending-text-open"))
        title = self._texts.words(f"ending-{kebab(ending)}", self.language)
        return Entry(title, self._texts.first((f"ending-text-{kebab(ending)}",), self.language))

    # -- who knew what when --------------------------------------------------------------------------------------

    def cell(self, fact: str, team: str) -> Cell | None:
        """A place of the table; None where the team never held the fact."""
        held = self._knowing.holding(fact, team)
        if held is None:
            return None
        certainty = (
            "" if held.certainty == "certain" else self._texts.words(f"certainty-{held.certainty}", self.language)
        )
        return Cell(
            self.team(team), self.at(held.at_ms), self.how(held), self.source(held.source), certainty, SORT_OF[held.how]
        )

    def cells(self, fact: str) -> list[Cell]:
        """Who held the fact, earliest first. A row tells its teams one after the other: so seventeen fit on paper."""
        return [cell for each in self._knowing.holdings if each.fact == fact and (cell := self.cell(fact, each.team))]

    def missed(self, fact: str) -> list[str]:
        """The titles of teams that awaited the fact, where nothing is recorded."""
        never = [gap for gap in self._knowing.gaps if gap.fact == fact and gap.state == "never"]
        teams = dict.fromkeys(team for gap in never for team in self._rules.teams_named(gap.to))
        return [self.team(team) for team in teams if self._knowing.holding(fact, team) is None]

    def told(self, holding: Holding) -> str:
        """One sign of the picture, in a sentence part."""
        cell = self.cell(holding.fact, holding.team)
        assert cell is not None
        how = ", ".join(part for part in (cell.how, cell.source, cell.certainty) if part)
        return self.say("picture-held", team=self.team(holding.team), at=cell.at, how=how)

    @property
    def description(self) -> str:
        """The picture in words."""
        said = []
        for _, fact, title in self.facts:
            held = [self.told(each) for each in self._knowing.holdings if each.fact == fact]
            said.append(self.say("picture-said", fact=title, held="; ".join(held) or self.say("picture-nobody")))
        said.insert(0, self.say("picture-desc"))  # joined here: Fluent takes no argument of any length
        return " ".join(said)

    # -- lists ---------------------------------------------------------------------------------------------------

    @property
    def gaps(self) -> Listing:
        """What is not recorded as shared, in the order of the facts; those that awaited the same stand together."""
        found: dict[tuple[object, ...], list[Gap]] = {}
        for gap in sorted(self._knowing.gaps, key=lambda gap: self._number[gap.fact]):
            same = (gap.fact, gap.team, gap.within_ms, gap.got_ms, gap.state)
            found.setdefault(same, []).append(gap)
        return self._bounded([self._gap(gaps) for gaps in found.values()], GAPS_MAX)

    def _gap(self, gaps: list[Gap]) -> Entry:
        gap = gaps[0]
        got = "" if gap.got_ms is None else self.at(gap.got_ms)
        within = self.say("minutes", minutes=gap.within_ms // MINUTE_MS)
        key = {"never": "gap-never", "late": "gap-late", "time_not_up": "gap-time-not-up"}[gap.state]
        text = self.say(key, held=self.at(gap.held_ms), got=got, within=within)
        to = ", ".join(self.team(each.to) for each in gaps)
        return Entry(self.say("gap-from-to", **{"from": self.team(gap.team), "to": to}), text, self._number[gap.fact])

    @property
    def taken_back(self) -> Listing:
        """Records that were retracted or disputed, each with the teams that held it."""
        found: dict[tuple[object, ...], list[TakenBack]] = {}
        for each in self._knowing.taken_back:
            found.setdefault((each.face, each.field, each.state, each.at_ms), []).append(each)
        return self._bounded([self._taken_back(same) for same in found.values()], OTHERS_MAX)

    def _taken_back(self, same: list[TakenBack]) -> Entry:
        first = same[0]
        teams = ", ".join(dict.fromkeys(self.team(each.team) for each in same))
        text = self.say(f"record-{first.state}", team=teams, at=self.at(first.at_ms))
        return Entry(self._about(first.face, first.field), text)

    @property
    def otherwise(self) -> Listing:
        """What was claimed or heard and differs from how it was, each with the teams that held it; key facts first."""
        found: dict[tuple[str, str, Value], list[Otherwise]] = {}
        for each in sorted(self._knowing.otherwise, key=lambda each: not each.key):
            found.setdefault((each.face, each.field, each.value), []).append(each)
        return self._bounded([self._otherwise(each) for each in found.values()], OTHERS_MAX)

    def _otherwise(self, same: list[Otherwise]) -> Entry:
        first = same[0]
        declared = self._rules.field_of_face(first.face, first.field)
        if first.protected:
            value = self.say("otherwise-protected")
        elif declared.type == "thing":
            value = self._names.label(str(first.value), self.language)
        else:
            kind = self._rules.kind_of(first.face.partition("/")[0])
            value = self._names.value(kind, declared, first.value, self.language)
        held = "; ".join(
            ", ".join(part for part in (self.team(each.team), self.at(each.at_ms), self.source(each.source)) if part)
            for each in same
        )
        return Entry(f"{self._about(first.face, first.field)}: {value}", held)

    def _about(self, face: str, field: str) -> str:
        kind = self._rules.kind_of(face.partition("/")[0])
        return f"{self._names.label(face, self.language)} · {self._names.field(kind, field, self.language)}"

    def _bounded(self, entries: list[Entry], length_max: int) -> Listing:
        beyond = len(entries) - length_max
        return Listing(tuple(entries[:length_max]), self.say("and-more", count=beyond) if beyond > 0 else "")

    @property
    def measures(self) -> tuple[Entry, ...]:
        """The pack's numbers at the end of play; what never came about has none, where the engine reads 0."""
        found = []
        for measure in self._rules.pack.measures:
            number = compile_condition(measure.value, self._rules.types, "truth", {}, NUMBER.optional())
            run = number.run(self._world, {})
            value = run if isinstance(run, int) else None
            shown = self.say("no-value") if value is None else str(value)
            if value is not None and measure.seconds:
                shown = self.at(value * 1000)
            letter = rate(value, measure.bands)
            title = self._texts.words(f"measure-{kebab(measure.id)}", self.language)
            found.append(Entry(title, f"{shown} · {letter}" if letter else shown))
        if found and (shared := self._shared_in_time):
            found.append(shared)
        return tuple(found)

    @property
    def _shared_in_time(self) -> Entry | None:
        done, due = shared_in_time(self._knowing)
        if not due:
            return None
        letter = rate(done * 100 // due, IN_TIME_BANDS)
        of = self.say("of", part=done, whole=due)
        return Entry(self.say("shared-in-time"), f"{of} · {letter}")

    @property
    def rated(self) -> bool:
        """Whether any measure has a letter, which then has to be explained."""
        return any(measure.bands for measure in self._rules.pack.measures)

    @property
    def consequences(self) -> tuple[Entry, ...]:
        """What it meant for each person of the story, in words and never in a sum."""
        said: dict[str, list[str]] = {}
        for each in self._rules.pack.consequences:
            if compile_condition(each.condition, self._rules.types, "truth", {}).run(self._world, {}):
                words = self._texts.words(f"consequence-{kebab(each.id)}", self.language)
                said.setdefault(each.of, []).append(words)
        return tuple(Entry(self._names.label(thing, self.language), " ".join(words)) for thing, words in said.items())

    @property
    def _world(self) -> TruthWorld:
        return TruthWorld(self._rules, self._exercise.state, self._knowing.end_ms)

    @property
    def questions(self) -> tuple[str, ...]:
        """Three questions for the hot wash: the pack's own (`hot-wash-1` …), else one of this play and two of always."""
        return tuple(
            self._texts.first((f"hot-wash-{n}",), self.language) or self._question(n) for n in range(1, QUESTIONS + 1)
        )

    def _question(self, n: int) -> str:
        if n > 1:
            return self.say(("question-between", "question-monday")[n - 2])
        gap = next((gap for gap in self._knowing.gaps if gap.state != "time_not_up"), None)
        if gap is None:
            return self.say("question-piece-general")
        teams = {"from": self.team(gap.team), "to": self.team(gap.to)}
        return self.say("question-piece", fact=self.fact(gap.fact), **teams)

    # -- foot ----------------------------------------------------------------------------------------------------

    @property
    def stand_ins(self) -> str:
        """Who was played by stand-ins; "" for nobody."""
        teams = [self.team(team) for team in self._rules.teams if team in self._knowing.stood_in]
        if not teams:
            return ""
        if len(teams) == len(self._rules.teams):
            return self.say("stand-ins-everywhere")
        return self.say("stand-ins", teams=", ".join(teams))

    @property
    def thought(self) -> str:
        """Which teams stopped to think, and when; "" for none."""
        spans = [
            f"{self.team(each.team)} {self.at(each.from_ms)}–{self.at(self._knowing.end_ms if each.until_ms is None else each.until_ms)}"
            for each in self._knowing.thought[:THOUGHT_MAX]
        ]
        return self.say("thought", teams="; ".join(spans)) if spans else ""

    @property
    def by_hand(self) -> str:
        """What exercise control did that was not in the story as written; "" for nothing."""
        state = self._exercise.state
        made = Counter(
            state.get("happening", ("control", n)).title
            for n in range(1, state.get("count", ("happening", "control"), 0) + 1)
        )
        done = [self.say(key, n=made[title]) for title, key in BY_HAND.items() if made[title]]
        return self.say("by-hand", what="; ".join(done)) if done else ""

    @property
    def reviewed(self) -> str:
        """Who has reviewed the story, or that nobody has."""
        reviewed = self._rules.pack.reviewed
        return self.say("reviewed", who="; ".join(reviewed)) if reviewed else self.say("reviewed-nobody")

    @property
    def log_mark(self) -> str:
        """Which log this page was made from."""
        return self.say("log-mark", mark=self._exercise.head[1].hex()[:LOG_MARK_CHARS])
