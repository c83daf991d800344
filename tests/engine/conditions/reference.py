"""A naive interpreter of conditions, for comparison: it walks Python's tree and means what the language's page says.

It checks nothing; it is only given sources that are well typed.
"""

from __future__ import annotations

import ast

from tests.engine.conditions.story import TYPES

MISSING = object()


class Reference:
    """One evaluation in the truth scope, or in the view scope."""

    def __init__(self, world, bindings, scope="truth"):
        self.world, self.names, self.scope = world, dict(bindings), scope

    def run(self, source):
        return self.eval(ast.parse(source, mode="eval").body)

    def eval(self, node):
        return getattr(self, type(node).__name__.lower())(node)

    def constant(self, node):
        return node.value

    def name(self, node):
        if node.id in self.names:
            return self.names[node.id]
        if node.id in {"nobody", "unknown"}:
            return None
        return f"thing:{node.id}" if self.scope == "view" and node.id in TYPES.things else node.id

    def attribute(self, node):
        subject = self.eval(node.value)
        return None if subject is None else self.world.value(subject, node.attr)

    def boolop(self, node):
        values = [bool(self.eval(value)) for value in node.values]
        return all(values) if isinstance(node.op, ast.And) else any(values)

    def unaryop(self, node):
        value = self.eval(node.operand)
        return {"Not": lambda: not value, "USub": lambda: -(value or 0), "UAdd": lambda: value or 0}[
            type(node.op).__name__
        ]()

    def binop(self, node):
        left, right = self.eval(node.left) or 0, self.eval(node.right) or 0
        return {"Add": left + right, "Sub": left - right, "Mult": left * right}[type(node.op).__name__]

    def compare(self, node):
        sides = [node.left, *node.comparators]
        return all(self.pair(sides[i], operator, sides[i + 1]) for i, operator in enumerate(node.ops))

    def pair(self, left, operator, right):
        if isinstance(operator, ast.In | ast.NotIn):
            members = right.elts if isinstance(right, ast.Tuple) else None
            a = self.eval(left)
            found = (
                any(self.same(a, self.eval(member), member) for member in members)
                if members is not None
                else any(self.same(a, member, right) for member in self.eval(right))
            )
            return found == isinstance(operator, ast.In)
        a, b = self.eval(left), self.eval(right)
        if isinstance(operator, ast.Eq | ast.NotEq):
            return self.same(a, b, right) == isinstance(operator, ast.Eq)
        if a is None or b is None:
            return False
        return {"Lt": a < b, "LtE": a <= b, "Gt": a > b, "GtE": a >= b}[type(operator).__name__]

    def same(self, a, b, node):
        if isinstance(node, ast.Name) and node.id in TYPES.agencies and node.id not in self.names:
            return a == b or TYPES.viewers.get(a, MISSING) == b
        if self.scope == "view" and a is not None and b is not None:
            return self.world.same(a, b)
        return a == b

    def call(self, node):
        name = node.func.id
        if name in {"any", "all", "count", "sum"}:
            return self.loop(name, node.args[0])
        if name == "minutes":
            return 60 * (self.eval(node.args[0]) or 0)
        if name == "now":
            return self.world.now_s()
        if name in {"times", "filed", "fired"}:
            ids = [argument.id if isinstance(argument, ast.Name) else None for argument in node.args]
            ids += [None] * ({"times": 3, "filed": 2, "fired": 1}[name] - len(ids))
            return getattr(self.world, name)(*ids)
        if name == "played":
            thing = self.eval(node.args[0])
            return thing is not None and self.world.played(thing)
        if name in {"knows", "learnt_at"}:
            who, thing = self.eval(node.args[0]), self.eval(node.args[1].value)
            if thing is None:
                return None
            if name == "learnt_at":
                return self.world.learnt_at_s(who, thing, node.args[1].attr)
            rest = [self.eval(argument) for argument in node.args[2:]]
            return (self.world.knows_value if rest else self.world.knows)(who, thing, node.args[1].attr, *rest)
        thing, field = self.eval(node.args[0].value), node.args[0].attr
        rest = [self.eval(argument) for argument in node.args[1:]]
        return None if thing is None else getattr(self.world, "age_s" if name == "age" else name)(thing, field, *rest)

    def loop(self, name, node):
        found = list(self.each(name, node.elt, node.generators))
        if name == "sum":
            return sum(value or 0 for value in found)
        return {"any": any(found), "all": all(found), "count": sum(map(bool, found))}[name]

    def each(self, name, element, generators):
        if not generators:
            value = self.eval(element)
            yield value
            return
        first, *rest = generators
        held = self.names.get(first.iter.id)
        for thing in held if held is not None else self.world.things(first.iter.id.removesuffix("s")):
            self.names[first.target.id] = thing
            if all(self.eval(condition) for condition in first.ifs):
                yield from self.each(name, element, rest)
            del self.names[first.target.id]
