"""Seeded leaks: each is a real change of behaviour, and each of the two proofs catches every leak of its own list.

What tells on a leak does not tell on the product without it, on the same seed: so the leak was what it saw.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from itertools import product
from typing import Any

import msgspec
import pytest

from kerege.engine import evolve, happenings, places
from kerege.engine.commands import answers, talk
from kerege.engine.commands import bodies as b
from kerege.engine.commands.table import DECIDE
from kerege.engine.faces import thing_of
from kerege.engine.knowledge import learn
from kerege.engine.refusals import Refused
from kerege.engine.rules import Rules
from kerege.room.exercise import Exercise
from kerege.room.stream import Stream
from kerege.views import offers, shown
from kerege.views.names import Names
from kerege.views.projector import Projector
from kerege.views.render import Renderer
from tests.laws.leaks_between import LEAKS as BETWEEN
from tests.laws.leaks_between import (
    a_name_by_the_truth,
    an_item_as_long_as_the_log,
    an_offer_tells_who_is_busy,
    one_language_knows_more,
)
from tests.laws.run import play
from tests.laws.test_puppet import PUPPET, differing
from tests.laws.test_two_runs import TWO_RUNS
from tests.laws.two_runs import VIEWERS, seen_by
from tests.town import TOWN

Leak = Callable[[pytest.MonkeyPatch], None]
SEEDS = range(10)
ACTS = 400
"""Of a random run: enough that each sort of act comes in it."""


def global_record_numbers(patch: pytest.MonkeyPatch) -> None:
    """Records are numbered for all viewers together."""
    count = evolve._count

    def leaky(state: Any, what: str, viewer: str) -> int:
        if what != "record":
            return count(state, what, viewer)
        n = count(state, what, "")
        state.put("count", (what, viewer), n)
        return n

    patch.setattr(evolve, "_count", leaky)


def handles_from_a_counter(patch: pytest.MonkeyPatch) -> None:
    """Handles are given out in the order in which faces are first shown to anybody."""

    def leaky(self: Any, face: str) -> str:
        given = self.__dict__.setdefault("given", {})
        return self._handles.of(given.setdefault(face, len(given)))

    def back(self: Any, handle: str) -> str | None:
        given = self.__dict__.setdefault("given", {})
        return next((face for face, n in given.items() if self._handles.of(n) == handle), None)

    patch.setattr(Rules, "handle", leaky)
    patch.setattr(Rules, "face", back)


def refusal_by_the_truth(patch: pytest.MonkeyPatch) -> None:
    """A handle of something that is there, though not met, gets another refusal."""
    read = answers.read_face

    def leaky(play: Any, viewer: str, handle: Any, kinds: tuple[str, ...] = ()) -> str:
        try:
            return read(play, viewer, handle, kinds)
        except Refused:
            face = play.rules.face(handle) if isinstance(handle, str) else None
            if face is not None and play.truth(thing_of(face), "about") is not None:
                raise Refused("bad_answer") from None
            raise

    patch.setattr(answers, "read_face", leaky)


def move_shows_the_other_end(patch: pytest.MonkeyPatch) -> None:
    """Who sees somebody leave learns where to."""
    move = places._move

    def leaky(play: Any, thing: str, to: Any) -> None:
        old = play.truth(thing, "location")
        before = play.state.get("watch", old, ()) if old is not None else ()
        move(play, thing, to)
        for viewer in dict.fromkeys(before):
            if to is not None:
                learn(play, viewer, f"{thing}/self", "location", f"{to}/self", "seen")

    patch.setattr(places, "_move", leaky)


def share_copies_the_truth(patch: pytest.MonkeyPatch) -> None:
    """A share gives what is true now, not what the sharer holds."""

    def leaky(play: Any, viewer: str, face: str, field: str, value: Any, *rest: Any, **more: Any) -> None:
        if play.rules.field_of_face(face, field).type == "choice" and more.get("referred"):
            value = play.truth(thing_of(face), field)
        learn(play, viewer, face, field, value, *rest, **more)

    patch.setattr(talk, "learn", leaky)


def desk_gets_protected_fields(patch: pytest.MonkeyPatch) -> None:
    """The redaction table is asked before the field's own protection."""

    def leaky(self: Any, face: str, field: str, value: Any) -> str:
        del value
        return self._redactions.get((self.kind_of(thing_of(face)), field), "omit")

    patch.setattr(Rules, "redaction", leaky)


def label_of_a_bare_reference(patch: pytest.MonkeyPatch) -> None:
    """A face that was only passed on is shown with its looks."""
    face = Projector._face
    patch.setattr(Projector, "_face", lambda *args: msgspec.structs.replace(face(*args), met=True))


def offers_by_the_truth(patch: pytest.MonkeyPatch) -> None:
    """Only those are offered as to be questioned who would answer."""
    may = offers.may

    def leaky(rules: Any, state: Any, viewer: str, action: Any, unit: Any, bindings: Any, at_ms: int) -> bool:
        willing = all(state.get("truth", (thing_of(str(face)), "mood"), 0) >= 30 for face in bindings.values())
        return willing and may(rules, state, viewer, action, unit, bindings, at_ms)

    patch.setattr(offers, "may", leaky)


def versions_count_what_others_get(patch: pytest.MonkeyPatch) -> None:
    """Every step that shows something to anybody makes a frame for everybody, if need be an empty one."""
    join = Exercise.join

    def leaky(self: Any, *args: Any) -> set[Stream]:
        changed = join(self, *args)
        for stream in self.streams.values():
            if changed and stream not in changed:
                stream.publish((), 0)
        return changed

    patch.setattr(Exercise, "join", leaky)


def one_snapshot_cache_for_all(patch: pytest.MonkeyPatch) -> None:
    """A rendered snapshot is found again by language and version, whoever's it is."""
    init = Stream.__init__

    def leaky(self: Any, code: str, epoch: str, renderer: Renderer, *rest: Any) -> None:
        init(self, code, epoch, renderer, *rest)
        self._snapshots = renderer.__dict__.setdefault("shared", {})

    patch.setattr(Stream, "__init__", leaky)


def words_of_others_are_counted(patch: pytest.MonkeyPatch) -> None:
    """A message shows how much has been typed by all."""
    word = Names.word

    def leaky(self: Any, word_id: str, language: str) -> str:
        return f"{word(self, word_id, language)}{len(self._words)}"

    patch.setattr(Names, "word", leaky)


def stop_and_think_for_all(patch: pytest.MonkeyPatch) -> None:
    """What a mentor's team may not begin, no team is offered."""
    why_not = offers.Offers._why_not

    def leaky(self: Any, state: Any, viewer: str, *rest: Any) -> str:
        if any(state.get("thinking", team) for team in self._rules.teams):
            return "refusal-thinking"
        return why_not(self, state, viewer, *rest)

    patch.setattr(offers.Offers, "_why_not", leaky)


def a_mentor_is_told_of_others(patch: pytest.MonkeyPatch) -> None:
    """A mentor's clock says so when any team stops to think."""
    init = shown.ClockShown

    def leaky(self: Any, state: Any, viewer: str, collection: str, reference: Any) -> Any:
        found = show(self, state, viewer, collection, reference)
        if collection == "clock" and viewer.startswith("mentor"):
            anybody = any(state.get("thinking", team) for team in self._rules.teams)
            return init(found.clock, found.ending, anybody)
        return found

    show = Projector._shown
    patch.setattr(Projector, "_shown", leaky)


def a_request_shows_whether_it_can_be_answered(patch: pytest.MonkeyPatch) -> None:
    """It stands as handed on where the one who is asked holds nothing of it."""
    decide = DECIDE[b.Request]

    def leaky(play: Any, by: str, command: Any) -> None:
        decide(play, by, command)
        n = play.state.get("count", ("request", by))
        request = play.state.get("request", (by, n))
        if not request.about or not play.state.get("slot", (request.other, request.about, "")):
            play.state.put("request", (by, n), msgspec.structs.replace(request, state="handed_on"))

    patch.setitem(DECIDE, b.Request, leaky)


def evaluators_get_of_control(patch: pytest.MonkeyPatch, *columns: str) -> None:
    """Their line of the list of what was done has these columns of control's line too."""
    made = happenings.Happened
    of_control: dict[str, Any] = {}

    def leaky(title: str, cause: str, who: str, viewer: str = "control", **more: Any) -> Any:
        line = {"cause": cause, **more}
        if viewer == "control":
            of_control.update(line)
        elif viewer == "evaluators":
            line |= {column: of_control[column] for column in columns}
        return made(title, who=who, viewer=viewer, **line)

    patch.setattr(happenings, "Happened", leaky)


def the_list_of_acts_tells_outcomes(patch: pytest.MonkeyPatch) -> None:
    """Evaluators read how an act went, by its cause."""
    evaluators_get_of_control(patch, "cause")


def the_list_of_acts_tells_fields(patch: pytest.MonkeyPatch) -> None:
    """Evaluators read what was passed on: faces and fields that they never met."""
    evaluators_get_of_control(patch, "about")


def the_list_of_acts_tells_words(patch: pytest.MonkeyPatch) -> None:
    """Evaluators read what a team has typed."""
    evaluators_get_of_control(patch, "word")


LEAKS = (
    the_list_of_acts_tells_outcomes,
    the_list_of_acts_tells_fields,
    the_list_of_acts_tells_words,
    a_request_shows_whether_it_can_be_answered,
    global_record_numbers,
    handles_from_a_counter,
    refusal_by_the_truth,
    move_shows_the_other_end,
    share_copies_the_truth,
    desk_gets_protected_fields,
    label_of_a_bare_reference,
    offers_by_the_truth,
    versions_count_what_others_get,
    one_snapshot_cache_for_all,
    words_of_others_are_counted,
    stop_and_think_for_all,
    a_mentor_is_told_of_others,
    *BETWEEN,
)
BY_PUPPET = (
    the_list_of_acts_tells_fields,
    a_request_shows_whether_it_can_be_answered,
    global_record_numbers,
    handles_from_a_counter,
    label_of_a_bare_reference,
    offers_by_the_truth,
    versions_count_what_others_get,
    one_snapshot_cache_for_all,
    words_of_others_are_counted,
    stop_and_think_for_all,
    a_mentor_is_told_of_others,
    one_language_knows_more,
    an_offer_tells_who_is_busy,
    a_name_by_the_truth,
    an_item_as_long_as_the_log,
)
"""The others are effects that the engine addresses to the wrong viewer: the puppet is told of them, too, and shows the same."""
NOT_BY_TWO_RUNS = (
    the_list_of_acts_tells_fields,
    a_request_shows_whether_it_can_be_answered,
    label_of_a_bare_reference,
    a_mentor_is_told_of_others,
    a_name_by_the_truth,
)
"""They show what is the same in both runs, or what is no secret of theirs."""
BY_TWO_RUNS = tuple(leak for leak in LEAKS if leak not in NOT_BY_TWO_RUNS)


async def two_runs_tell(seed: int, viewer: str) -> bool:
    """Whether two runs with other secrets differ to one viewer."""
    one, two = await seen_by(viewer, seed, "one"), await seen_by(viewer, seed, "two")
    return one.payloads != two.payloads


async def the_puppet_tells(seed: int) -> bool:
    """Whether one random play of the town differs to any viewer from what its puppet shows, or no puppet can follow."""
    run = await play(TOWN, seed, ACTS)
    try:
        return bool(differing(run))
    except (AttributeError, KeyError, TypeError):  # an event speaks of what was never addressed to this viewer
        return True


async def hunt(leak: Leak, tells: Callable[..., Awaitable[bool]], trials: Iterable[tuple[Any, ...]]) -> int:
    """How many trials it takes until one of them tells on a leak; it must not tell on the product itself."""
    for n, trial in enumerate(trials, 1):
        with pytest.MonkeyPatch.context() as patch:
            leak(patch)
            told = await tells(*trial)
        if told:
            assert not await tells(*trial), f"trial {trial} tells without the leak, too"
            return n
    raise AssertionError("nobody noticed")


@pytest.mark.proof("G6", TWO_RUNS, mutant=True)
@pytest.mark.parametrize("leak", BY_TWO_RUNS, ids=lambda leak: leak.__name__)
async def test_two_runs_catch_the_leak(leak):
    """Two runs that must not be told apart differ to somebody; without the leak they do not."""
    trials = await hunt(leak, two_runs_tell, product(SEEDS, VIEWERS))
    print(f"{leak.__name__}: {trials} trials")


@pytest.mark.proof("G6", PUPPET, mutant=True)
@pytest.mark.parametrize("leak", BY_PUPPET, ids=lambda leak: leak.__name__)
async def test_the_puppet_catches_the_leak(leak):
    """The emptied world shows somebody something else; without the leak it does not."""
    trials = await hunt(leak, the_puppet_tells, product(SEEDS))
    print(f"{leak.__name__}: {trials} trials")


def test_there_are_thirty_families():
    """Each under a name of its own, each with a sentence that says what leaks; each is caught by one proof at least."""
    assert len({leak.__name__ for leak in LEAKS}) == len(LEAKS) >= 30
    assert all(leak.__doc__ for leak in LEAKS)
    assert {*BY_TWO_RUNS, *BY_PUPPET} == {*LEAKS}


def no_leak_at_all(patch: pytest.MonkeyPatch) -> None:
    """The same function, put where it was."""
    patch.setitem(DECIDE, b.Say, DECIDE[b.Say])


async def test_a_leak_that_changes_nothing_is_not_caught():
    """What only looks like a leak is not counted as one."""
    with pytest.raises(AssertionError, match="nobody noticed"):
        await hunt(no_leak_at_all, two_runs_tell, product(SEEDS[:1], VIEWERS))
    with pytest.raises(AssertionError, match="nobody noticed"):
        await hunt(no_leak_at_all, the_puppet_tells, product(SEEDS[:2]))
