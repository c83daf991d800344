"""Source text to syntax tree. Everything that could hurt the parser or speak past it is refused before it runs.

The source is parsed inside brackets, so that it may run over several lines; `place` takes them off again.
"""

from __future__ import annotations

import ast
import re

from kerege.engine.conditions.bounds import NESTING_MAX, NODES_MAX, SOURCE_CHARS_MAX
from kerege.engine.conditions.problem import ConditionError, ConditionProblems

_TOKEN = re.compile(
    r"""(?P<space>[ \t\n]+)|(?P<string>'[^'\n]*'|"[^"\n]*")|(?P<name>[A-Za-z_]\w*)|(?P<number>[0-9][\w.]*)"""
    r"""|(?P<operator>===?|!==?|<=|>=|:=|&&|\|\||[-+*/%<>.,()\[\]{}=!?|&^~@:;])""",
    re.ASCII,
)
_INSTEAD = {
    "=": "compare with ==",
    "===": "compare with ==",
    "!==": "compare with !=",
    "!": "write not",
    "&&": "write and",
    "||": "write or",
    ";": "one expression is enough",
    "?": "only and, or, not decide",
    "@": "only + - * reckon",
}
_PREFIXES = {"not", "-", "+", "~", "lambda", "await"}


def parse(source: str) -> ast.expr:
    """Return the tree of `source`, at most NODES_MAX nodes and NESTING_MAX levels.

    Raises:
        ConditionProblems: It is too long, too deep, or no expression.
    """
    if len(source) > SOURCE_CHARS_MAX:
        raise _problem(f"a condition has at most {SOURCE_CHARS_MAX} characters, this one has {len(source)}", 0, source)
    if not source.strip():
        raise _problem("nothing is written here", 0, source)
    _scan(source)
    try:
        tree = ast.parse(f"({source}\n)", mode="eval").body
    except SyntaxError as error:
        raise _problem(f"this cannot be read: {error.msg}", _index(error, source), source) from None
    except (ValueError, RecursionError, MemoryError):
        raise _problem("this cannot be read", 0, source) from None
    _measure(tree, source)
    return tree


def place(node: ast.AST) -> tuple[int, int]:
    """Return the line and the column of a node in the source, both from 0."""
    line: int = getattr(node, "lineno", 1) - 1
    column: int = getattr(node, "col_offset", 1)
    return line, max(column - 1, 0) if line == 0 else column


def _scan(source: str) -> None:
    """Refuse foreign characters, unbalanced brackets and deep nesting, all of which the parser would meet too late."""
    at, depth, prefixes = 0, 0, 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None:
            raise _problem(_foreign(source[at]), at, source)
        text = token.group()
        if text in _INSTEAD:
            raise _problem(f"'{text}' means nothing here", at, source, _INSTEAD[text])
        if token.lastgroup == "number" and not text.isdecimal():
            raise _problem(f"'{text}' is not an integer", at, source, "only integers are known here")
        if token.lastgroup != "space":
            prefixes = prefixes + 1 if text in _PREFIXES else 0
            depth += (text in "([{") - (text in ")]}")
        if "\\" in text:
            raise _problem("a backslash means nothing here", at + text.index("\\"), source)
        if depth < 0:
            raise _problem(f"this '{text}' closes nothing", at, source)
        if depth + prefixes > NESTING_MAX:
            raise _problem(f"this is nested more than {NESTING_MAX} deep", at, source)
        if not text.isascii():
            raise _problem("ids and choices are plain letters", at, source, "words for people stand in texts/")
        at = token.end()


def _foreign(character: str) -> str:
    if character == "\\":
        return "a backslash means nothing here"
    if character in "'\"":
        return "this quotation mark is never closed"
    return f"{character!r} means nothing here"


def _measure(tree: ast.expr, source: str) -> None:
    """Refuse a tree that is too big for the checker, which recurses."""
    level: list[ast.AST] = [tree]
    nodes = depth = 0
    while level:
        nodes, depth = nodes + len(level), depth + 1
        if nodes > NODES_MAX:
            raise _problem(f"this has more than {NODES_MAX} parts", 0, source, "split it, or count in a field")
        if depth > NESTING_MAX:
            raise _problem(f"this is nested more than {NESTING_MAX} deep", 0, source)
        level = [child for node in level for child in ast.iter_child_nodes(node) if _counts(child)]


def _counts(node: ast.AST) -> bool:
    return not isinstance(node, ast.expr_context | ast.operator | ast.unaryop | ast.cmpop | ast.boolop)


def _index(error: SyntaxError, source: str) -> int:
    """Return where in the source the parser stumbled, at most at its last character."""
    line, column = (error.lineno or 1) - 1, (error.offset or 1) - 1
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    index = starts[line] + column - (line == 0) if 0 <= line < len(starts) else len(source)
    return max(min(index, len(source.rstrip()) - 1), 0)


def _problem(message: str, index: int, source: str, hint: str | None = None) -> ConditionProblems:
    before = source[:index]
    column = index - (before.rfind("\n") + 1)
    return ConditionProblems([ConditionError(message, column, hint, before.count("\n"))])
