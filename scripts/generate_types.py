"""Writes client_web/src/wire/messages.ts from the server's own structs, so that nobody writes a message by hand twice.

    .venv/bin/python scripts/generate_types.py            write the file
    .venv/bin/python scripts/generate_types.py --check    fail if it is not current (a test does this)

What a client sends may leave out fields that have defaults; what a server sends is always whole. Items carry the
suffix `Item` and commands `Command`, because `Record` and `Ask` would otherwise mean two things.
"""

from __future__ import annotations

import inspect
import sys
import types
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import inspect as shapes

from kerege.engine.commands import bodies
from kerege.wire import items, messages

TARGET = Path(__file__).resolve().parent.parent / "client_web" / "src" / "wire" / "messages.ts"

HEAD = """\
// Written by scripts/generate_types.py from kerege.wire and kerege.engine.commands. Do not edit.

export const PROTOCOL_VERSION = {protocol};

export type Language = {languages};

/** A run of text and, where it speaks of a thing, that thing's handle. */
export type Part = [string, string | null];
"""


def main() -> int:
    text = render()
    if "--check" in sys.argv:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
            return 0
        print(f"{TARGET.name} is not current; run: .venv/bin/python scripts/generate_types.py")
        return 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


def render() -> str:
    """The whole file, as text."""
    families: list[tuple[str, types.UnionType, str]] = [
        ("FromClient", messages.FromClient, ""),
        ("FromServer", messages.FromServer, ""),
        ("AnyItem", items.AnyItem, "Item"),
        ("AnyCommand", bodies.AnyCommand, "Command"),
    ]
    writer = Writer()
    for _, union, suffix in families:
        for struct in get_args(union):
            writer.names[struct] = struct.__name__ + suffix
    for _, union, _ in families:
        for struct in get_args(union):
            writer.struct(struct)
    languages = " | ".join(f'"{code}"' for code in get_args(messages.Language))
    parts = [HEAD.format(protocol=messages.PROTOCOL_VERSION, languages=languages), *writer.blocks]
    for name, union, _ in families:
        members = " | ".join(writer.names[struct] for struct in get_args(union))
        parts.append(f"export type {name} = {members};\n")
    return "\n".join(parts)


class Writer:
    """Turns structs into interfaces, each helper struct once and before its first user."""

    def __init__(self) -> None:
        self.names: dict[type, str] = {}
        self.blocks: list[str] = []
        self.done: set[type] = set()

    def struct(self, struct: type) -> None:
        """Write one interface, unless it stands already."""
        if struct in self.done:
            return
        self.done.add(struct)
        name = self.names.setdefault(struct, struct.__name__)
        shape = shapes.type_info(struct)
        assert isinstance(shape, shapes.StructType)
        from_client = issubclass(struct, messages.ClientMessage | bodies.Command)
        says = " ".join((inspect.getdoc(struct) or "").split())
        lines = [f"/** {says} */", f"export interface {name} {{"]
        if shape.tag_field is not None:
            lines.append(f'  {shape.tag_field}: "{shape.tag}";')
        for field in shape.fields:
            mark = "?" if from_client and not field.required else ""
            lines.append(f"  {field.encode_name}{mark}: {self.type(field.type)};")
        lines.append("}\n")
        self.blocks.append("\n".join(lines))

    def type(self, shape: shapes.Type) -> str:
        """The TypeScript for one shape."""
        match shape:
            case shapes.Metadata():
                return self.type(shape.type)
            case shapes.StrType():
                return "string"
            case shapes.IntType() | shapes.FloatType():
                return "number"
            case shapes.BoolType():
                return "boolean"
            case shapes.NoneType():
                return "null"
            case shapes.LiteralType() if set(shape.values) == set(get_args(messages.Language)):
                return "Language"
            case shapes.LiteralType():
                return " | ".join(f'"{value}"' for value in shape.values)
            case shapes.UnionType():
                if all(isinstance(each, shapes.StructType) and each.cls in self.names for each in shape.types):
                    return "AnyItem"
                return " | ".join(dict.fromkeys(self.type(each) for each in shape.types))
            case shapes.DictType():
                return f"Record<string, {self.type(shape.value_type)}>"
            case shapes.ListType() | shapes.VarTupleType():
                inner = self.type(shape.item_type)
                return f"({inner})[]" if "|" in inner else f"{inner}[]"
            case shapes.TupleType():
                inner = ", ".join(self.type(each) for each in shape.item_types)
                return "Part" if inner == "string, string | null" else f"[{inner}]"
            case shapes.BytesType():
                return "Uint8Array<ArrayBuffer>"
            case shapes.RawType():
                return "AnyCommand"  # the only raw bytes on the wire are a command
            case shapes.CustomType() if shape.cls is msgspec.Raw:
                return "AnyCommand"
            case shapes.StructType():
                self.struct(shape.cls)
                return self.names[shape.cls]
            case _:
                raise TypeError(f"no TypeScript known for {shape!r}")


if __name__ == "__main__":
    sys.exit(main())
