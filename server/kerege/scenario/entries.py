"""Plain data to the author's form: pydantic's errors become problems at their places."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kerege.scenario.places import At
from kerege.scenario.problems import Problem, nearest

Form = TypeVar("Form", bound=BaseModel)


def read_entry(model: type[Form], at: At, data: Any) -> tuple[Form | None, list[Problem]]:
    """Check one piece of data against its model; either a form or problems."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, _problems(model, at, error.errors(include_url=False))


def _problems(model: type[BaseModel], at: At, found: Iterable[ErrorDetails]) -> list[Problem]:
    """One problem per place: a union's branches each complain, the first complaint is enough."""
    by_loc: dict[tuple[Any, ...], Problem] = {}
    for error in found:
        here, rest = _walk(at, error["loc"])
        if here.loc in by_loc and error["type"] not in {"missing", "extra_forbidden"}:
            continue
        by_loc[(*here.loc, *rest)] = _problem(model, here, error)
    return list(by_loc.values())


def _walk(at: At, loc: tuple[str | int, ...]) -> tuple[At, tuple[str | int, ...]]:
    """Follow `loc` as far as the file goes; union branches and missing keys have no place."""
    rest: list[str | int] = []
    for step in loc:
        further = at / step
        if further.loc in at.source.values or further.loc in at.source.keys:
            at = further
        else:
            rest.append(step)
    return at, tuple(rest)


def _problem(model: type[BaseModel], here: At, error: ErrorDetails) -> Problem:
    match error["type"]:
        case "extra_forbidden":
            word = str(error["loc"][-1])
            known = known_keys(model, error["loc"][:-1])
            if " " in word and error["input"] is None:
                return here.key_problem(
                    f"unknown key {word!r}: a comma ends a value inside braces; put the value in quotes"
                )
            return here.key_problem(f"unknown key {word!r}; known: {', '.join(sorted(known))}", nearest(word, known))
        case "missing":
            return here.problem(f"the key {error['loc'][-1]!r} is missing")
        case "literal_error":
            expected = str(error.get("ctx", {}).get("expected", ""))
            words = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
            return here.problem(
                f"{_shown(error['input'])} is not one of {', '.join(words)}", nearest(str(error["input"]), words)
            )
        case "string_pattern_mismatch":
            pattern = str(error.get("ctx", {}).get("pattern", ""))
            place = here.key_problem if error["loc"][-1] == "[key]" else here.problem
            return place(f"{_shown(error['input'])} is not {_PATTERNS.get(pattern, f'of the form {pattern}')}")
        case "string_type":
            return here.problem(f"{_shown(error['input'])} should be text; put it in quotes if it is meant so")
        case "model_type" | "dict_type":
            return here.problem(f"{_shown(error['input'])} should be a mapping (key: value)")
        case "list_type":
            return here.problem(f"{_shown(error['input'])} should be a list")
        case _:
            return here.problem(error["msg"][:1].lower() + error["msg"][1:])


_PATTERNS = {
    r"^[a-z][a-z0-9_]{0,59}$": "an id (small letters, digits and _)",
    r"^[a-z][a-z0-9-]{0,59}$": "a pack's name (small letters, digits and -)",
    r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$": "of the form thing.field",
    r"^[a-z][a-z0-9_-]{0,119}$": "a text key (small letters, digits, _ and -)",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": 'a time of day like "21:40"',
}


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:40] + "…")
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else str(value).lower()


def known_keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """The keys that may stand at `loc` of an entry of `model`."""
    models: list[type[BaseModel]] = [model]
    for step in loc:
        inner: list[type[BaseModel]] = []
        for candidate in models:
            for name, info in candidate.model_fields.items():
                if (info.alias or name) == step:
                    inner.extend(_models_in(info.annotation))
        models = inner or models  # list indexes and union branches lead to the same models
    return {info.alias or name for candidate in models for name, info in candidate.model_fields.items()}


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if isinstance(annotation, types.GenericAlias | types.UnionType) or typing.get_origin(annotation) is not None:
        return [model for part in typing.get_args(annotation) for model in _models_in(part)]
    return []
