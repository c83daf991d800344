"""Source text to syntax tree. Everything that could hurt the parser or speak past it is refused before it runs.

The source is parsed inside brackets, so that it may run over several lines; `place` takes them off again. It is plain
ASCII by then, so columns are characters.
"""

from __future__ import annotations

import ast
import re

from kerege.engine.conditions.bounds import NESTING_MAX, NODES_MAX, PROBLEMS_MAX, SOURCE_CHARS_MAX
from kerege.engine.conditions.problem import ConditionError, ConditionProblems

_TOKEN = re.compile(
    r"""(?P<space>[ \t\n]+)|(?P<string>'[^'\n]*'|"[^"\n]*")|(?P<name>[A-Za-z_]\w*)|(?P<number>[0-9][\w.]*|\.[0-9]\w*)"""
    r"""|(?P<pair>===|!==|:=|&&|\|\||\*\*|//|<<|>>|=>)|(?P<operator>==|!=|<=|>=|[-+*<>.,()])|(?P<foreign>.)""",
    re.ASCII,
)
_RECKON, _LIST = "only + - * reckon", "a list after in is written (a, b)"
_INSTEAD = {
    **dict.fromkeys(("/", "//", "%", "**", "^", "<<", ">>", "@"), _RECKON),
    **dict.fromkeys("[]{}", _LIST),
    **dict.fromkeys(("=", "===", ":="), "compare with =="),
    **dict.fromkeys(("&", "&&"), "write and"),
    **dict.fromkeys(("|", "||"), "write or"),
    **dict.fromkeys(("!", "~"), "write not"),
    **dict.fromkeys("'\"", "this quotation mark is never closed"),
    "=>": "write >=",
    "!==": "compare with !=",
}
_PREFIXES = {"not", "-", "+", "await", "lambda"}


def parse(source: str) -> ast.expr:
    """Return the tree of `source`, at most NODES_MAX nodes and NESTING_MAX levels.

    Raises:
        ConditionProblems: It is too long, too deep, or no expression.
    """
    if len(source) > SOURCE_CHARS_MAX:
        raise _raised(source, 0, f"a condition has at most {SOURCE_CHARS_MAX} characters, this one has {len(source)}")
    if not source.strip():
        raise _raised(source, 0, "nothing is written here")
    _scan(source)
    try:
        tree = ast.parse(f"({source}\n)", mode="eval").body
    except SyntaxError as error:
        raise _raised(source, _index(error, source), f"this cannot be read: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError):
        raise _raised(source, 0, "this cannot be read") from None
    _measure(tree, source)
    return tree


def place(node: ast.AST) -> tuple[int, int]:
    """Return the line and the column of a node in the source, both from 0."""
    line: int = getattr(node, "lineno", 1) - 1
    column: int = getattr(node, "col_offset", 1)
    return line, max(column - 1, 0) if line == 0 else column


def _scan(source: str) -> None:
    """Refuse what the grammar does not have, and what is nested too deep for the parser, at its exact place."""
    problems: list[ConditionError] = []
    at = depth = prefixes = 0
    before = ""
    while at < len(source) and len(problems) < PROBLEMS_MAX:
        token = _TOKEN.match(source, at)
        sort, text = (token.lastgroup or "", token.group()) if token else ("foreign", source[at])
        if sort != "space":
            prefixes = prefixes + 1 if text in _PREFIXES else 0
            depth += (text == "(") - (text == ")")
            told = _told(sort, text, before)
            if told is not None:
                problems.append(_problem(source, at, *told))
            before = (
                sort if sort != "name" or source[at + len(text) : at + len(text) + 1] not in {"'", '"'} else "prefix"
            )
        if depth < 0:
            problems.append(_problem(source, at, "this ')' closes nothing"))
            depth = 0
        if depth + prefixes > NESTING_MAX:
            raise _raised(source, at, f"this is nested more than {NESTING_MAX} deep")
        at += len(text)
    if problems:
        raise ConditionProblems(problems)


def _told(sort: str, text: str, before: str) -> tuple[str, str | None] | None:
    """Return message and hint for a token that is no part of the language; nothing for one that is."""
    match sort:
        case "foreign" | "pair":
            return f"'{text}' means nothing here", _INSTEAD.get(text)
        case "number" if not text.isdecimal():
            return f"'{text}' is not an integer", "only integers are known here"
        case "string" if not text.isascii() or "\\" in text or not text.isprintable():
            return "ids and choices are plain letters", "words for people stand in texts/"
        case "string" if before == "string":
            return "two words stand beside each other", "a comma is missing"
        case "string" if before == "prefix":
            return "a letter before a quotation mark means nothing here", None
    return None


def _measure(tree: ast.expr, source: str) -> None:
    """Refuse a tree that is too big for the checker, which recurses."""
    level: list[ast.AST] = [tree]
    nodes = depth = 0
    while level:
        nodes, depth = nodes + len(level), depth + 1
        if nodes > NODES_MAX:
            raise _raised(source, 0, f"this has more than {NODES_MAX} parts", "split it, or count in a field")
        if depth > NESTING_MAX:
            raise _raised(source, 0, f"this is nested more than {NESTING_MAX} deep")
        level = [child for node in level for child in ast.iter_child_nodes(node) if _counts(child)]


def _counts(node: ast.AST) -> bool:
    return not isinstance(node, ast.expr_context | ast.operator | ast.unaryop | ast.cmpop | ast.boolop)


def _index(error: SyntaxError, source: str) -> int:
    """Return where in the source the parser stumbled, at most at its last character."""
    line, column = (error.lineno or 1) - 1, (error.offset or 1) - 1
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    index = starts[line] + column - (line == 0) if 0 <= line < len(starts) else len(source)
    return max(min(index, len(source.rstrip()) - 1), 0)


def _problem(source: str, index: int, message: str, hint: str | None = None) -> ConditionError:
    before = source[:index]
    return ConditionError(message, index - (before.rfind("\n") + 1), hint, before.count("\n"))


def _raised(source: str, index: int, message: str, hint: str | None = None) -> ConditionProblems:
    return ConditionProblems([_problem(source, index, message, hint)])
