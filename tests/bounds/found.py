"""What the source itself holds: every bound by name, and everything that could grow."""

from __future__ import annotations

import ast
import importlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerege.gateway.limits import Bounds, Rate

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = Path(__file__).parents[2] / "server"
BUFFERED = ("gateway", "room", "journal", "standin")
"""Packages through which what peers send, or are sent, passes."""
GROWING = {"deque", "list", "dict", "set", "OrderedDict", "defaultdict", "Counter", "Queue", "SimpleQueue", "LifoQueue", "PriorityQueue"}  # fmt: skip
GROWS = {"append", "appendleft", "extend", "add", "put", "put_nowait", "setdefault", "insert", "update"}


@dataclass(frozen=True)
class Bound:
    """One bound. `name` is its module and name; `says` what the source says about it."""

    name: str
    value: Any
    says: str

    @property
    def short(self) -> str:
        return self.name.rpartition(".")[2]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((SERVER / "kerege").rglob("*.py")):
        module = ".".join(path.relative_to(SERVER).with_suffix("").parts).removesuffix(".__init__")
        yield module, ast.parse(path.read_text(encoding="utf-8"))


def bounds() -> list[Bound]:
    """Every module's constants that end in _MAX, and every field of the gateway's table."""
    found = []
    for module, tree in trees():
        if module.startswith("kerege.cli") or module == "kerege.__main__":
            continue
        for n, node in enumerate(tree.body):
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name.endswith("_MAX"):
                    value = getattr(importlib.import_module(module), name)
                    found.append(Bound(f"{module}.{name}", value, _said_after(tree.body, n)))
    source = ast.parse((SERVER / "kerege/gateway/limits.py").read_text(encoding="utf-8"))
    table = next(node for node in source.body if isinstance(node, ast.ClassDef) and node.name == "Bounds")
    said = {
        node.target.id: _said_after(table.body, n)
        for n, node in enumerate(table.body)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    for each in fields(Bounds):
        found.append(Bound(f"kerege.gateway.limits.Bounds.{each.name}", each.default, said[each.name]))
    return found


def _said_after(body: list[ast.stmt], n: int) -> str:
    after = body[n + 1] if n + 1 < len(body) else None
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
        return " ".join(after.value.value.split())
    return ""


def shown(value: Any) -> str:
    """A bound's value for people."""
    if isinstance(value, Rate):
        return f"{value.burst:,} at once, {value.per_s:g} a second"
    return f"{value:,}"


def buffers() -> list[str]:
    """`module.Class.attribute` for everything that is made empty, kept, and grows elsewhere in its class, without a bound of its own."""
    found = []
    for module, tree in trees():
        if module.split(".")[1:2] == [] or module.split(".")[1] not in BUFFERED:
            continue
        for kind in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            held = {name for node in ast.walk(kind) if (name := _made_empty(node)) is not None}
            found += [f"{module}.{kind.name}.{name}" for name in sorted(held & _grown(kind))]
    return found


def _made_empty(node: ast.AST) -> str | None:
    """The attribute of self that this statement makes an unbounded container."""
    if isinstance(node, ast.AnnAssign):
        target, value = node.target, node.value
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value = node.targets[0], node.value
    else:
        return None
    if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"):
        return None
    if isinstance(value, ast.List | ast.Dict | ast.Set):
        return target.attr
    if isinstance(value, ast.Call):
        called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        called = (
            getattr(getattr(value.func, "value", None), "id", called)
            if isinstance(value.func, ast.Subscript)
            else called
        )
        bounded = any(each.arg in {"maxlen", "maxsize"} for each in value.keywords)
        if called in GROWING and not bounded:
            return target.attr
    return None


def _grown(kind: ast.ClassDef) -> set[str]:
    """Attributes of self that something is put into."""
    found = set()
    for node in ast.walk(kind):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in GROWS:
            found |= _of_self(node.func.value)
        elif isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Subscript):
                    found |= _of_self(target.value)
    return found


def _of_self(node: ast.AST) -> set[str]:
    while isinstance(node, ast.Call | ast.Subscript | ast.Attribute | ast.IfExp | ast.BoolOp):
        if isinstance(node, ast.BoolOp):
            return {name for each in node.values for name in _of_self(each)}
        if isinstance(node, ast.IfExp):
            return _of_self(node.body) | _of_self(node.orelse)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            return {node.attr}
        node = node.func if isinstance(node, ast.Call) else node.value
    return set()
