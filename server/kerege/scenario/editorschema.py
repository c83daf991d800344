"""JSON Schemas of the scenario language, so that an editor completes and explains each word while an author types.

Made from the author's form (`schema.py`): its models give the shapes, the docstring below each word explains it. They say what
may stand where; what refers to what is for `kerege check`.
"""

from __future__ import annotations

import ast
import functools
import inspect
import json
from pathlib import Path
from typing import Any

from kerege.scenario import schema
from kerege.scenario.schema import LISTS, EffectForm, KnowsForm, Model, OutlookForm, PackForm, PlayForm, WhenForm

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors' YAML extensions know best; pydantic's `$defs` are read in it as well."""
WHERE = "docs/schema"
EXACTLY_ONE = (EffectForm, WhenForm)
"""Mappings with one key each; the compiler says so in its own words."""


def editor_schemas() -> dict[str, str]:
    """File name -> content: one schema for each list, for pack.yaml and for plays, and how VS Code is told of them."""
    found = {f"{stem}.schema.json": _list_schema(stem, model) for stem, model in LISTS.items()}
    found["pack.schema.json"] = _schema(PackForm, "pack.yaml", ref_lists=True)
    found["play.schema.json"] = _play_schema()
    files = {
        f"./{WHERE}/{stem}.schema.json": [f"scenarios/*/{stem}.yaml", f"scenarios/*/{stem}/*.yaml"] for stem in LISTS
    }
    files[f"./{WHERE}/pack.schema.json"] = ["scenarios/*/pack.yaml"]
    files[f"./{WHERE}/play.schema.json"] = ["scenarios/*/plays/*.play.yaml"]
    settings = {"yaml.yamlVersion": "1.2", "yaml.schemas": files}
    return {name: _written(content) for name, content in {**found, "vscode-settings.json": settings}.items()}


def write_editor_schemas(folder: Path) -> list[Path]:
    """Write all of them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in editor_schemas().items():
        paths.append(folder / name)
        paths[-1].write_text(content, encoding="utf-8", newline="\n")
    return paths


def stale(folder: Path) -> list[str]:
    """The names of the schemas in a folder that are missing or not current."""
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    wanted = editor_schemas()
    return sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))


def unexplained() -> list[str]:
    """The words of the language, as `Form.word`, that no docstring explains."""
    models = {model for _, model in inspect.getmembers(schema, inspect.isclass) if issubclass(model, Model)}
    return sorted(
        f"{model.__name__}.{name}"
        for model in models - {Model}
        for name in model.model_fields
        if name not in explained().get(model.__name__, {})
    )


@functools.cache
def explained() -> dict[str, dict[str, str]]:
    """Form -> word -> what the docstring below it says, read from the source of `schema.py`."""
    found: dict[str, dict[str, str]] = {}
    for form in ast.parse(inspect.getsource(schema)).body:
        if isinstance(form, ast.ClassDef):
            words = found.setdefault(form.name, {})
            for word, below in zip(form.body, form.body[1:], strict=False):
                match word, below:
                    case (
                        ast.AnnAssign(target=ast.Name(id=name)),
                        ast.Expr(value=ast.Constant(value=str(text))),
                    ):
                        words[name] = " ".join(text.split())
    return found


def _list_schema(stem: str, model: type[Model]) -> dict[str, Any]:
    entry = _schema(model, stem)
    shared = entry.pop("$defs", {})
    return {
        "$schema": entry.pop("$schema"),
        "title": entry.pop("title"),
        "type": "array",
        "items": entry,
        "$defs": shared,
    }


def _play_schema() -> dict[str, Any]:
    """`then` holds the outlook's words and, for any viewer, what it knows."""
    whole = _schema(PlayForm, "a play")
    outlook, knows = _schema(OutlookForm, ""), _schema(KnowsForm, "")
    whole["$defs"] |= outlook.pop("$defs", {}) | knows.pop("$defs", {})
    whole["properties"]["then"] |= {
        "properties": outlook["properties"],
        "additionalProperties": {"type": "object", "properties": knows["properties"], "additionalProperties": False},
    }
    return whole


def _schema(model: type[Model], title: str, *, ref_lists: bool = False) -> dict[str, Any]:
    found = model.model_json_schema(by_alias=True)
    found.setdefault("$defs", {})
    for name, part in (*found["$defs"].items(), (model.__name__, found)):
        _explain(part, name)
    if ref_lists:
        found["properties"]["use"]["items"]["anyOf"][0]["enum"] = list(LISTS)
    return {"$schema": DRAFT, **found, "title": f"Kerege: {title}"}


def _explain(part: dict[str, Any], form: str) -> None:
    model = getattr(schema, form, None)
    if not (inspect.isclass(model) and issubclass(model, Model)):
        return
    part.pop("title", None)
    for name, info in model.model_fields.items():
        word = part["properties"][info.alias or name]
        word.pop("title", None)
        _or_nothing(word)
        text = explained().get(form, {}).get(name)
        if text:
            word["description"] = text
    if model in EXACTLY_ONE:
        part |= {"minProperties": 1, "maxProperties": 1}


def _or_nothing(word: dict[str, Any]) -> None:
    """A word that may be absent is absent, and not `null`: an editor should offer neither that value nor that default."""
    if word.get("default", "") is None:
        del word["default"]
    parts = [part for part in word.get("anyOf", []) if part != {"type": "null"}]
    if len(parts) == 1:
        del word["anyOf"]
        word |= {"allOf": parts} if "$ref" in parts[0] else parts[0]
    elif "$ref" in word:
        word["allOf"] = [{"$ref": word.pop("$ref")}]  # beside a $ref the draft reads nothing, the description least


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
