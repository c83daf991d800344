"""What control reads about a line of the MSEL before it brings it."""

from __future__ import annotations

from typing import get_args

import pytest

from kerege.engine import pack as p
from kerege.views.does import does
from kerege.views.names import Names
from kerege.views.texts import MISSING, Texts
from tests.kit import Table
from tests.town import ENGLISH

WORDS = {
    "does-tell": "{ $who } reads: { $text }", "does-cue": "Cue. { $who }: { $text }",
    "does-cue-later": "Cue in { $n }. { $who }: { $text }", "does-learn": "{ $who } learns { $what }",
    "does-retract": "{ $who } loses { $what }", "does-set": "truth: { $what }", "does-fire": "then { $what }",
    "does-show": "{ $who } sees more", "does-end": "the end", "does-exclude": "out: { $what }", "does-everyone": "all", "letter-text": "A letter.",
}  # fmt: skip


def read(*effects):
    rules = Table().rules
    names = Names(rules, Texts({"en": ENGLISH | WORDS}), {})
    return does(rules, names, effects, "en")


def test_it_says_to_whom_and_the_words():
    """The text itself, not its name; a cue with the minutes until it is played."""
    assert read(p.Tell("everyone", "letter_text"))[0] == "all reads: A letter."
    now, later = read(p.Cue("ann", "letter_text"), p.Cue("ann", "letter_text", after_ms=120_000))
    assert now.startswith("Cue. ") and now.endswith(": A letter.")
    assert later.startswith("Cue in 2. ")


def test_a_changed_truth_names_thing_and_field():
    """Control decides whether it may come about."""
    (line,) = read(p.Set("bob", "coat", "'red'"))
    assert line.startswith("truth: ") and "," in line


@pytest.mark.parametrize("sort", get_args(p.AnyEffect), ids=lambda sort: sort.__name__)
def test_every_effect_has_a_sentence(sort):
    """A new kind of effect is not passed over in silence."""
    line = next(iter(Table().rules.lines))
    effect = {
        p.Learn: p.Learn("police", "bob", "coat", "seen"), p.Retract: p.Retract("police", "bob", "coat"),
        p.Same: p.Same("police", "bob", "bob/self"), p.Tell: p.Tell("police", "letter_text"), p.Say: p.Say(line, "police"),
        p.Set: p.Set("bob", "coat", "'red'"), p.Add: p.Add("ann", "mood", "1"), p.Watch: p.Watch("police", "house"),
        p.Fire: p.Fire("storm"), p.Cue: p.Cue("ann", "letter_text"), p.End: p.End(),
        p.Exclude: p.Exclude("bob", "cause_mood"),
    }[sort]  # fmt: skip
    (said,) = read(effect)
    assert said
    assert said != MISSING
