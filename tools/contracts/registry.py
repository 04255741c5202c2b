"""Renders the registry: every event's codec and its entry in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.contracts.model import File, Message
from tools.contracts.wire import snake


def render(files: Sequence[File]) -> str:
    """The module huiyin.registry: encoders by class, decoders by type name, what is known of each event."""
    events = [(file, message) for file in files for message in _events(file)]
    return "\n".join([*_head(events), *_codecs(events), *_catalogue(events)]) + "\n"


def _events(file: File) -> Iterator[Message]:
    members = {name for union in file.unions for name in union.members}
    return (message for message in file.records if message.name in members)


def _alias(file: File) -> str:
    return file.package.removeprefix("huiyin.").replace(".", "_")


def _head(events: list[tuple[File, Message]]) -> Iterator[str]:
    yield '"""Every event of the platform. Generated from proto/ by `make proto`."""'
    yield ""
    yield "from __future__ import annotations"
    yield ""
    yield "from collections.abc import Callable, Mapping"
    yield "from typing import Any"
    yield ""
    yield "from huiyin.catalogue import EventEntry, FieldEntry"
    for file in {file.path: file for file, _ in events}.values():
        package, _, stem = file.module.rpartition(".")
        yield f"from {package} import {stem} as {_alias(file)}"
        yield f"from {package} import {stem}_pb2 as {_alias(file)}_pb2"
        yield f"from {package} import {stem}_wire as {_alias(file)}_wire"


def _codecs(events: list[tuple[File, Message]]) -> Iterator[str]:
    yield ""
    yield "ENCODERS: Mapping[type, tuple[str, Callable[[Any], Any]]] = {"
    for file, message in events:
        alias = _alias(file)
        yield f'    {alias}.{message.name}: ("{message.full_name}", {alias}_wire.to_wire_{snake(message.name)}),'
    yield "}"
    yield '"""Event class -> (full name, conversion to the protobuf message)."""'
    yield ""
    yield "DECODERS: Mapping[str, tuple[Callable[[bytes], Any], Callable[[Any], Any]]] = {"
    for file, message in events:
        alias = _alias(file)
        yield f'    "{message.full_name}": ('
        yield f"        {alias}_pb2.{message.name}.FromString,"
        yield f"        {alias}_wire.from_wire_{snake(message.name)},"
        yield "    ),"
    yield "}"
    yield '"""Full name -> (parser, conversion to the dataclass)."""'


def _catalogue(events: list[tuple[File, Message]]) -> Iterator[str]:
    yield ""
    yield "CATALOGUE: Mapping[str, EventEntry] = {"
    for file, message in events:
        holder = next((field.name for field in message.fields if field.holder), None)
        yield f'    "{message.full_name}": EventEntry('
        yield f"        type={message.full_name!r},"
        yield f"        service={file.package.split('.')[1]!r},"
        yield f"        zh={message.zh!r},"
        yield f"        meaning={message.doc!r},"
        yield f"        case_state={message.case_state or None!r},"
        yield f"        holder_field={holder!r},"
        yield f"        stream_union={_union_of(file, message)!r},"
        yield "        fields=("
        for field in message.fields:
            hint = f"list of {field.type}" if field.repeated else field.type
            hint += ", optional" if field.optional else ""
            yield f"            FieldEntry({field.name!r}, {hint!r}, {field.doc!r}),"
        yield "        ),"
        yield "    ),"
    yield "}"
    yield '"""Full name -> what is known of the event."""'


def _union_of(file: File, message: Message) -> str:
    return next(union.name for union in file.unions if message.name in union.members)
