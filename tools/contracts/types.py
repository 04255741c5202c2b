"""Renders the dataclasses of one .proto file: what the domain sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tools.contracts.model import Enum, Field, File, Message

HEADER = '"""{doc} Generated from {path} by `make proto`; edit that file."""'


def render(file: File, homes: Mapping[str, str]) -> str:
    """A module of frozen dataclasses and enums. `homes`: full type name -> module that defines it."""
    body = [*_enums(file), *_records(file), *_unions(file)]
    return "\n".join([*_head(file, homes), *body]) + "\n"


def _head(file: File, homes: Mapping[str, str]) -> Iterator[str]:
    fields = [field for message in file.records for field in message.fields]
    kinds = {field.kind for field in fields}
    yield HEADER.format(doc=f"The contract {file.package}.", path=file.path)
    yield ""
    yield "from __future__ import annotations"
    yield ""
    yield "from dataclasses import dataclass"
    if kinds & {"date", "instant"}:
        names = [name for name, kind in (("date", "date"), ("datetime", "instant")) if kind in kinds]
        yield f"from datetime import {', '.join(names)}"
    if file.enums:
        yield "from enum import IntEnum"
    if any(file.unions):
        yield "from typing import TypeAlias"
    foreign: dict[str, set[str]] = {}
    for field in fields:
        home = homes.get(field.full_type)
        if home and home != file.module:
            foreign.setdefault(home, set()).add(field.type)
    foreign["huiyin.quick"] = {"quick"}
    yield ""
    for home in sorted(foreign):
        yield f"from {home} import {', '.join(sorted(foreign[home]))}"
    yield ""
    yield f"__all__ = [{', '.join(repr(name) for name in sorted(file.names))}]"


def _enums(file: File) -> Iterator[str]:
    for enum in file.enums:
        yield from ("", "", f"class {enum.name}(IntEnum):", f'    """{enum.doc}"""', "")
        yield from _values(enum)
        yield from (
            "",
            "    @classmethod",
            f"    def _missing_(cls, value: object) -> {enum.name}:",
            "        return cls.UNSPECIFIED  # A newer service may know values that this one does not.",
        )


def _values(enum: Enum) -> Iterator[str]:
    for name, number, doc in enum.values:
        if doc:
            yield f"    # {doc}"
        yield f"    {name} = {number}"


def _records(file: File) -> Iterator[str]:
    for message in file.records:
        yield from ("", "", "@quick", "@dataclass(frozen=True, slots=True, kw_only=True)")
        yield f"class {message.name}:"
        yield f'    """{message.doc}"""'
        yield ""
        for field in message.fields:
            if field.doc:
                yield f"    # {field.doc}"
            yield f"    {field.name}: {_hint(field)}"


def _hint(field: Field) -> str:
    if field.repeated:
        return f"tuple[{field.type}, ...] = ()"
    return f"{field.type} | None = None" if field.optional else field.type


def _unions(file: File) -> Iterator[str]:
    for union in file.unions:
        yield from ("", "", f"{union.name}: TypeAlias = {_sum(union)}", f'"""{union.doc}"""')


def _sum(union: Message) -> str:
    return " | ".join(union.members)
