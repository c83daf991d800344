"""Seeded leaks: each is a real change of behaviour, and each is caught by the puppet or by two runs."""

from __future__ import annotations

from collections.abc import Callable
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
from tests.laws.run import Run, play
from tests.laws.test_puppet import PUPPET, differing
from tests.laws.test_two_runs import TWO_RUNS
from tests.laws.two_runs import VIEWERS, seen_by
from tests.proofs.proof import Proofs
from tests.town import TOWN

Leak = Callable[[pytest.MonkeyPatch], None]
SEEDED = "seeded leaks"
TRIES = 10
RUNS = range(1, 8)
ACTS = 400
"""Of a random run: enough that each sort of act comes in it."""
TRIALS_MAX = 300
"""A leak that takes more than these to be noticed counts as not noticed."""


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


async def bytes_of_a_run(seed: int) -> tuple[Run, list[bytes]]:
    """One random run of the town, and all that everybody was sent in it."""
    run = await play(TOWN, seed, ACTS)
    sent = [
        each for viewer in run.stage.room.viewers for each in (*run.stage.frames(viewer), run.stage.snapshot(viewer))
    ]
    return run, [*sent, msgspec.msgpack.encode(sorted(run.outcomes.items()))]


async def changes_something(leak: Leak, runs: range = RUNS) -> bool:
    """Whether a leak lets anybody be sent anything else than before, in the same runs: else it proves nothing."""
    for seed in runs:
        with pytest.MonkeyPatch.context() as patch:
            clean = (await bytes_of_a_run(seed))[1], [(await seen_by(v, seed, "one")).everything for v in VIEWERS]
            leak(patch)
            if clean[0] != (await bytes_of_a_run(seed))[1]:
                return True
            if clean[1] != [(await seen_by(v, seed, "one")).everything for v in VIEWERS]:
                return True
    return False


async def trials_until_noticed(leak: Leak) -> int | None:
    """After how many trials two runs, or the puppet, tell; None: they never do. A trial is one pair of runs, or one puppet's play."""
    trials = 0
    with pytest.MonkeyPatch.context() as patch:
        leak(patch)
        for seed in range(TRIES):
            for viewer in VIEWERS:
                trials += 1
                one, two = await seen_by(viewer, seed, "one"), await seen_by(viewer, seed, "two")
                if one.payloads != two.payloads:
                    return trials
            trials += 1
            if differing((await bytes_of_a_run(seed))[0]):
                return trials
    return None


@pytest.mark.proof("G6", SEEDED)
@pytest.mark.proof("G6", TWO_RUNS, mutant=True)
@pytest.mark.proof("G6", PUPPET, mutant=True)
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
async def test_the_leak_is_caught(leak, proof):
    """It changes what somebody is sent; and the puppet, or two runs, tell."""
    assert await changes_something(leak), "a mutant that changes nothing proves nothing"
    trials = await trials_until_noticed(leak)
    assert trials is not None, "nobody noticed"
    assert trials < TRIALS_MAX
    print(f"{leak.__name__}: {trials} trials")
    Proofs(row for row in proof if not row.mutant).tried(1)


def test_there_are_thirty_families():
    """Each under a name of its own, each with a sentence that says what leaks."""
    assert len({leak.__name__ for leak in LEAKS}) == len(LEAKS) >= 30
    assert all(leak.__doc__ for leak in LEAKS)


def no_leak_at_all(patch: pytest.MonkeyPatch) -> None:
    """The same function, put where it was."""
    patch.setitem(DECIDE, b.Say, DECIDE[b.Say])


@pytest.mark.proof("G6", SEEDED, mutant=True)
async def test_a_leak_that_changes_nothing_is_no_leak():
    """What only looks like a leak is not counted as one that was caught."""
    assert not await changes_something(no_leak_at_all, RUNS[:2])
