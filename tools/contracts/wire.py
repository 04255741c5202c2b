"""Renders the conversions between dataclasses and official protobuf messages: nothing is looked up at run time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tools.contracts.model import Field, File, Message
from tools.contracts.types import HEADER


def snake(name: str) -> str:
    """CaseReceived -> case_received."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def render(file: File, homes: Mapping[str, str]) -> str:
    """A module with to_wire_<message> and from_wire_<message> for each record of the file."""
    lines = list(_head(file, homes))
    for message in file.records:
        lines += [*_to_wire(file, message), *_from_wire(file, message)]
    return "\n".join(lines) + "\n"


def _head(file: File, homes: Mapping[str, str]) -> Iterator[str]:
    fields = [field for message in file.records for field in message.fields]
    needs_date = any(field.kind == "date" for field in fields)
    needs_instant = any(field.kind == "instant" for field in fields)
    needs_presence = any(field.kind in ("message", "instant") and _required(field) for field in fields)
    yield HEADER.format(doc=f"Conversions for {file.package}.", path=file.path)
    yield ""
    yield "from __future__ import annotations"
    yield ""
    if needs_date:
        yield "from datetime import date"
        yield ""
    package, _, stem = file.module.rpartition(".")
    foreign: dict[str, set[str]] = {}
    for field in fields:
        home = homes.get(field.full_type)
        if home and home != file.module:
            if field.kind == "message":
                foreign.setdefault(f"{home}_wire", set()).update(
                    {f"from_wire_{snake(field.type)}", f"to_wire_{snake(field.type)}"}
                )
            else:
                foreign.setdefault(home, set()).add(field.type)
    imports = [f"from {home} import {', '.join(sorted(names))}" for home, names in foreign.items()]
    imports.append(f"from {package} import {stem}" + (" as types" if stem != "types" else ""))
    imports.append(f"from {package} import {stem}_pb2 as pb")
    if needs_instant:
        imports.append("from huiyin.instants import from_wire_instant, to_wire_instant")
    if needs_presence:
        imports.append("from huiyin.malformed import Malformed")
    yield from sorted(imports)


def _required(field: Field) -> bool:
    return not field.repeated and not field.optional


def _to_wire(file: File, message: Message) -> Iterator[str]:
    yield from (
        "",
        "",
        f"def to_wire_{snake(message.name)}(value: types.{message.name}) -> pb.{message.name}:",
    )
    yield f'    """The protobuf message of a {message.name}."""'
    yield f"    return pb.{message.name}("
    for field in message.fields:
        yield f"        {field.name}={_outgoing(field)},"
    yield "    )"


def _outgoing(field: Field) -> str:
    if field.repeated:
        return _each(field, f"value.{field.name}", _converted_out)
    plain = f"value.{field.name}"
    converted = _converted_out(field, plain)
    if field.optional and converted != plain:
        return f"None if {plain} is None else {converted}"
    return converted


def _each(field: Field, items: str, convert: object) -> str:
    assert callable(convert)
    item = convert(field, "item")
    return items if item == "item" else f"[{item} for item in {items}]"


def _converted_out(field: Field, value: str) -> str:
    match field.kind:
        case "message":
            return f"to_wire_{snake(field.type)}({value})"
        case "instant":
            return f"to_wire_instant({value})"
        case "date":
            return f"{value}.isoformat()"
        case "enum":
            return f"{value}.value"
        case _:
            return value


def _from_wire(file: File, message: Message) -> Iterator[str]:
    yield from (
        "",
        "",
        f"def from_wire_{snake(message.name)}(message: pb.{message.name}) -> types.{message.name}:",
    )
    yield f'    """The {message.name} that a protobuf message holds; raises Malformed if a part is missing."""'
    for field in message.fields:
        if _required(field) and field.kind in ("message", "instant"):
            yield f'    if not message.HasField("{field.name}"):'
            yield f'        raise Malformed("{message.full_name}.{field.name} is missing")'
    yield f"    return types.{message.name}("
    for field in message.fields:
        yield f"        {field.name}={_incoming(file, field)},"
    yield "    )"


def _incoming(file: File, field: Field) -> str:
    def convert(field: Field, value: str) -> str:
        return _converted_in(file, field, value)

    if field.repeated:
        return f"tuple({_each(field, f'message.{field.name}', convert)})"
    converted = convert(field, f"message.{field.name}")
    if field.optional:
        return f'{converted} if message.HasField("{field.name}") else None'
    return converted


def _converted_in(file: File, field: Field, value: str) -> str:
    match field.kind:
        case "message":
            return f"from_wire_{snake(field.type)}({value})"
        case "instant":
            return f"from_wire_instant({value})"
        case "date":
            return f"date.fromisoformat({value})"
        case "enum":
            local = field.full_type.rsplit(".", 1)[0] == file.package
            return f"types.{field.type}({value})" if local else f"{field.type}({value})"
        case _:
            return value
