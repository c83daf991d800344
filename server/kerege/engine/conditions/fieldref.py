"""`thing.field`: whose field it is, of which type, and what is read by it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from kerege.engine.conditions import code
from kerege.engine.conditions.env import Env
from kerege.engine.conditions.exprtype import ExprType
from kerege.engine.conditions.problem import nearest, one


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing before the dot. `keys`: the thing's id, or `kind:<kind>` for each kind a name may stand for.

    A name that may stand for several kinds may be asked for a field that only some of them have: the others' is unknown.
    """

    code: ast.expr
    keys: tuple[str, ...]
    kinds: tuple[str, ...]
    maybe: bool = False

    @property
    def fixed(self) -> bool:
        return not self.keys or not self.keys[0].startswith("kind:")


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of a subject."""

    subject: Subject
    field: str
    type: ExprType

    def pairs(self) -> list[tuple[str, str]]:
        """Return what is read: (thing or kind, field)."""
        return [(key, self.field) for key in self.subject.keys]

    def ask(self, method: str, *rest: ast.expr) -> ast.expr:
        """Return code that asks the world about this field."""
        arguments = (self.subject.code, code.constant(self.field), *rest)
        return code.ask_of(0, method, *arguments) if self.subject.maybe else code.ask(method, *arguments)


def subject(env: Env, node: ast.expr) -> Subject | None:
    """Return the thing that `node` names; None when that is a problem, which is then noted."""
    if not isinstance(node, ast.Name):
        env.problem(node, "before the dot stands the name of a thing", "one dot only: thing.field")
        return None
    name, bound = node.id, env.bound(node.id)
    if bound is not None and bound.sort == "bad":
        return None
    if bound is not None:
        if bound.sort == "thing" and not bound.many:
            kinds = tuple(sorted(bound.kinds or env.types.kinds))
            held = env.loops.get(name)
            read = code.variable(held[0]) if held else code.binding(name, maybe=bound.maybe)
            return Subject(read, tuple(f"kind:{kind}" for kind in kinds), kinds, bound.maybe)
        what = "several, go through them in any(), all() or count()" if bound.many else f"{bound}, it has no fields"
        env.problem(node, f"'{name}' is {what}")
    elif name in env.types.things:
        return Subject(code.constant(env.thing_code(name)), (name,), (env.types.things[name],))
    else:
        things = [word for word in env.names if env.names[word].sort == "thing"]
        env.problem(node, f"there is no thing '{name}'", nearest(name, [*env.types.things, *things, *env.loops]))
    return None


def field_ref(env: Env, node: ast.expr) -> FieldRef | None:
    """Return the field that `node` names; None when that is a problem, which is then noted."""
    if not isinstance(node, ast.Attribute):
        env.problem(node, "a field is written thing.field")
        return None
    owner = subject(env, node.value)
    if owner is None:
        return None
    found: ExprType | None = None
    having = [kind for kind in owner.kinds if node.attr in env.types.kinds.get(kind, {})]
    for kind in having:
        own = env.types.kinds[kind][node.attr]
        joined = own if found is None else _joined(found, own)
        if joined is None:
            env.problem(node, f"'{node.attr}' is not the same sort of field for {' and '.join(having)}")
            return None
        found = joined
    if found is None:
        _unknown(env, node, owner.kinds)
        return None
    if not owner.fixed:
        owner = replace(owner, keys=tuple(f"kind:{kind}" for kind in having))
    return FieldRef(owner, node.attr, found.optional())


def _joined(first: ExprType, second: ExprType) -> ExprType | None:
    """Return the type of a field that two kinds have under one name; nothing if they differ in sort."""
    if first.sort != second.sort:
        return None
    any_kind = first.sort == "thing" and not (first.kinds and second.kinds)
    kinds = frozenset[str]() if any_kind else first.kinds | second.kinds
    return replace(first, choices=first.choices | second.choices, kinds=kinds)


def _unknown(env: Env, node: ast.Attribute, kinds: tuple[str, ...]) -> None:
    """Note, at the field's own place, that none of these kinds has it."""
    at = ast.copy_location(ast.Name(node.attr, ast.Load()), node)
    if node.end_lineno is not None and node.end_col_offset is not None:
        at.lineno, at.col_offset = node.end_lineno, node.end_col_offset - len(node.attr)
    known = {field for kind in kinds for field in env.types.kinds.get(kind, {})}
    whose = f"{one(' or '.join(kinds))} has no" if len(kinds) < 4 else "no kind has the"
    env.problem(at, f"{whose} field '{node.attr}'", nearest(node.attr, known))
