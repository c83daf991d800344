"""The document of the language names every word that may stand in a pack."""

import re
from pathlib import Path

from pydantic import BaseModel

from kerege.scenario import schema

DOCUMENT = Path(__file__).parents[2] / "docs" / "scenario-language.md"


def test_every_word_is_documented():
    """A key that the schema knows and the document does not is a secret of ours."""
    known = set(re.findall(r"\w+", DOCUMENT.read_text(encoding="utf-8")))
    models = [model for model in vars(schema).values() if isinstance(model, type) and issubclass(model, BaseModel)]
    words = {info.alias or name for model in models for name, info in model.model_fields.items()} | set(schema.LISTS)
    assert sorted(words - known) == []
