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
    """A module with to_wire_<message>, fill_wire_<message> and from_wire_<message> for each record of the file.

    `fill_wire` sets the fields of a message that is there: in the official library a field set costs two thirds of
    one given to the constructor, and a part that is filled in place a third of one that is made and copied in.
    `from_wire` makes dataclasses by `huiyin.quick.maker`: half of decoding was calling their constructors.
    """
    lines = [*_head(file, homes), *_found_once(file)]
    for message in file.records:
        lines += [*_to_wire(message), *_fill_wire(message), *_from_wire(file, message)]
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
                    {f"from_wire_{snake(field.type)}", f"fill_wire_{snake(field.type)}"}
                )
            else:
                foreign.setdefault(home, set()).add(field.type)
    imports = [f"from {home} import {', '.join(sorted(names))}" for home, names in foreign.items()]
    imports.append(f"from {package} import {stem}" + (" as types" if stem != "types" else ""))
    imports.append(f"from {package} import {stem}_pb2 as pb")
    if needs_instant:
        imports.append("from huiyin.instants import fill_wire_instant, from_wire_instant")
    if needs_presence:
        imports.append("from huiyin.malformed import Malformed")
    imports.append("from huiyin.quick import maker")
    yield from sorted(imports)


def _required(field: Field) -> bool:
    return not field.repeated and not field.optional


def _found_once(file: File) -> Iterator[str]:
    """What every conversion needs, found when the module is loaded."""
    fields = [field for message in file.records for field in message.fields]
    yield ""
    if any(field.kind == "date" for field in fields):
        yield "_date = date.fromisoformat"
    for name in sorted({_enum(file, field) for field in fields if field.kind == "enum"}):
        # Number -> value: a third of the cost of calling the enum.
        yield f"{_table(name)} = {{int(each): each for each in {name}}}"
        yield f"{_unknown(name)} = {name}.UNSPECIFIED"
    for message in file.records:
        yield f"_make_{snake(message.name)} = maker(types.{message.name})"


def _enum(file: File, field: Field) -> str:
    local = field.full_type.rsplit(".", 1)[0] == file.package
    return f"types.{field.type}" if local else field.type


def _table(enum: str) -> str:
    return f"_{snake(enum.rpartition('.')[2])}_of"


def _unknown(enum: str) -> str:
    return f"_no_{snake(enum.rpartition('.')[2])}"


def _to_wire(message: Message) -> Iterator[str]:
    name = snake(message.name)
    yield from ("", "", f"def to_wire_{name}(value: types.{message.name}) -> pb.{message.name}:")
    yield f'    """The protobuf message of a {message.name}."""'
    yield f"    message = pb.{message.name}()"
    yield f"    fill_wire_{name}(message, value)"
    yield "    return message"


def _fill_wire(message: Message) -> Iterator[str]:
    yield from (
        "",
        "",
        f"def fill_wire_{snake(message.name)}(message: pb.{message.name}, value: types.{message.name}) -> None:",
    )
    yield f'    """Give an empty protobuf message what a {message.name} says."""'
    if not any(_required(field) and field.kind != "message" for field in message.fields):
        yield "    message.SetInParent()"  # Nothing below may set a field, and an empty part is still a part.
    for field in message.fields:
        yield from _filled(field)


def _filled(field: Field) -> Iterator[str]:
    value, target = f"value.{field.name}", f"message.{field.name}"
    if field.repeated:
        yield from _filled_repeated(field, value, target)
        return
    indent = "    "
    if field.optional:
        yield f"{indent}if {value} is not None:"
        indent += "    "
    if field.kind == "message":
        yield f"{indent}fill_wire_{snake(field.type)}({target}, {value})"
    elif field.kind == "instant":
        yield f"{indent}fill_wire_instant({target}, {value})"
    else:  # The stubs want protobuf's own enum type; a number is as good.
        ignored = "  # type: ignore[assignment]" if field.kind == "enum" else ""
        yield f"{indent}{target} = {_scalar(field, value)}{ignored}"


def _filled_repeated(field: Field, value: str, target: str) -> Iterator[str]:
    if field.kind in ("message", "instant"):
        fill = "instant" if field.kind == "instant" else snake(field.type)
        yield f"    for item in {value}:"
        yield f"        fill_wire_{fill}({target}.add(), item)"
    else:
        item = _scalar(field, "item")
        yield f"    {target}.extend({value if item == 'item' else f'[{item} for item in {value}]'})"


def _scalar(field: Field, value: str) -> str:
    return f"{value}.isoformat()" if field.kind == "date" else value


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
    yield f"    return _make_{snake(message.name)}("
    for field in message.fields:
        yield f"        {field.name}={_incoming(file, field)},"
    yield "    )"


def _incoming(file: File, field: Field) -> str:
    value = f"message.{field.name}"
    if field.repeated:
        item = _converted_in(file, field, "item")
        return f"tuple({value})" if item == "item" else f"tuple([{item} for item in {value}])"
    converted = _converted_in(file, field, value)
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
            return f"_date({value})"
        case "enum":
            name = _enum(file, field)
            return f"{_table(name)}.get({value}, {_unknown(name)})"
        case _:
            return value
