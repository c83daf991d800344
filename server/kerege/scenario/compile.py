"""The author's form to the engine's: reads a pack's folder, checks every reference, and gives the compiled pack.

All problems are told at once. A broken definition does not hide others: what refers to it is passed over in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kerege.engine.conditions.exprtype import field_type
from kerege.engine.conditions.vocabulary import Types
from kerege.engine.pack import Pack, Viewer
from kerege.scenario.actions import declare_actions, read_actions
from kerege.scenario.characters import declare_characters, read_lines
from kerege.scenario.desk import Desk
from kerege.scenario.documents import declare_forms, read_forms
from kerege.scenario.guides import read_guides
from kerege.scenario.library import LIBRARY, Story, read_library, read_story
from kerege.scenario.personas import declare_personas
from kerege.scenario.plans import read_plans
from kerege.scenario.problems import PackProblems, Problem, errors, in_order
from kerege.scenario.rules import declare_fires, read_injects, read_rules
from kerege.scenario.schema import (
    ActionForm,
    CharacterForm,
    ConsequenceForm,
    EffectForm,
    EndingForm,
    FactForm,
    FormForm,
    GuideForm,
    InjectForm,
    KindForm,
    MeasureForm,
    PersonaForm,
    PlanForm,
    RedactionForm,
    RuleForm,
    TeamForm,
    ThingForm,
)
from kerege.scenario.story import (
    read_consequences,
    read_endings,
    read_facts,
    read_measures,
    read_redactions,
    read_starts,
)
from kerege.scenario.teams import read_teams
from kerege.scenario.texts import Texts, read_texts
from kerege.scenario.things import read_kinds, read_things
from kerege.scenario.values import read_duration
from kerege.scenario.words import check_words

PARTS_MAX = 3
"""Into how many parts control can split a team: two sites and a reserve, or three shifts."""


@dataclass
class Compiled:
    """A pack, how it was written, and what is wrong with it (only warnings, if it can be played)."""

    pack: Pack
    story: Story
    desk: Desk
    problems: list[Problem]


def load_pack(folder: Path, library: Path | None = None) -> Pack:
    """
    Compile a pack's folder; the library is the folder `library` beside it unless named.

    Raises:
        PackProblems: It cannot be played; all problems are inside.
    """
    compiled, problems = compile_folder(folder, library)
    if compiled is None or errors(problems):
        raise PackProblems(problems)
    return compiled.pack


def compile_folder(folder: Path, library: Path | None = None) -> tuple[Compiled | None, list[Problem]]:
    """Compile a pack's folder, or the library's, as far as it goes; nothing comes out if a file cannot be read at all."""
    folder = folder.resolve()
    if folder.name == LIBRARY and not (folder / "pack.yaml").exists():
        story: Story | None
        story, problems = read_library(folder)
    else:
        story, problems = read_story(folder, library or folder.parent / LIBRARY)
    if story is None:
        return None, in_order(problems)
    texts, found = read_texts(story.texts)
    problems = problems + found
    compiled = _compile(story, texts)
    broken = story.broken
    if broken is None:  # a whole file is missing from the picture: what refers to it would drown the cause
        return compiled, in_order(problems)
    echoes = {f"'{word}'" for word in broken}
    problems += [problem for problem in compiled.problems if not any(echo in problem.message for echo in echoes)]
    return compiled, in_order(problems)


def _compile(story: Story, texts: Texts) -> Compiled:
    desk = Desk()
    _declare(desk, story)
    pack = _read(desk, story, texts)
    check_words(desk, story, pack, texts)
    return Compiled(pack, story, desk, desk.problems)


def _declare(desk: Desk, story: Story) -> None:
    """Put everything with a name on the desk, so that anything may refer to it."""
    read_kinds(desk, story.of("kinds", KindForm))
    teams = story.of("teams", TeamForm)
    read_things(
        desk, story.of("things", ThingForm), {unit for each in teams if each.form.shift_of for unit in each.form.units}
    )
    read_teams(desk, teams, story.of("characters", CharacterForm))
    declare_personas(desk, story.of("personas", PersonaForm))
    if story.alone:
        _invent_agencies(desk, story)
    declare_characters(desk, story.of("characters", CharacterForm))
    declare_forms(desk, story.of("forms", FormForm))
    declare_actions(desk, story.of("actions", ActionForm))
    declare_fires(desk, story.of("rules", RuleForm), story.of("injects", InjectForm))
    desk.types = Types(
        kinds={kind.id: {field.id: field_type(field) for field in kind.fields} for kind in desk.kinds.values()},
        things={thing.id: thing.kind for thing in desk.things.values()},
        viewers={viewer.id: viewer.agency for viewer in desk.viewers.values()},
        agencies=frozenset(desk.agencies),
        actions={action.id: frozenset(part.id for part in action.outcomes) for action in desk.actions.values()},
        forms=frozenset(desk.forms),
        fires=frozenset(desk.fires),
    )


def _invent_agencies(desk: Desk, story: Story) -> None:
    """The library alone has no teams: every agency that it lets do something is one."""
    named = {agency for action in story.of("actions", ActionForm) for agency in action.form.by}
    named |= {agency for form in story.of("forms", FormForm) for agency in form.form.by}
    desk.agencies |= named
    desk.viewers |= {agency: Viewer(agency, "team", agency) for agency in sorted(named)}


def _read(desk: Desk, story: Story, texts: Texts) -> Pack:
    """Compile everything that refers to names."""
    form = story.pack
    lines = read_lines(desk, story.of("characters", CharacterForm))
    facts, must_share = read_facts(desk, story.of("facts", FactForm))
    return Pack(
        id=form.id,
        version=form.version,
        language_default=form.languages[0],
        languages=tuple(form.languages),
        starts_at=form.starts_at,
        ends_after_ms=read_duration(desk, story.at / "ends_after", form.ends_after),
        kinds=tuple(desk.kinds.values()),
        things=tuple(desk.things.values()),
        viewers=tuple(desk.viewers.values()),
        starts_with=read_starts(desk, story.of("starts_with", EffectForm)),
        actions=read_actions(desk, story.of("actions", ActionForm)),
        rules=read_rules(desk, story.of("rules", RuleForm)),
        injects=read_injects(desk, story.of("injects", InjectForm)),
        characters=tuple(desk.characters.values()),
        lines=lines,
        forms=read_forms(desk, story.of("forms", FormForm)),
        facts=facts,
        must_share=must_share,
        endings=read_endings(desk, story.of("endings", EndingForm)),
        measures=read_measures(desk, story.of("measures", MeasureForm)),
        consequences=read_consequences(desk, story.of("consequences", ConsequenceForm)),
        redactions=read_redactions(desk, story.of("redactions", RedactionForm)),
        plans=read_plans(desk, story.of("plans", PlanForm)),
        texts={
            language: {key: text.source for key, text in texts.get(language, {}).items()} for language in form.languages
        },
        reviewed=tuple(form.reviewed),
        parts_max=PARTS_MAX,
        guides=read_guides(desk, story.of("guides", GuideForm)),
        personas=tuple(desk.personas.values()),
    )
