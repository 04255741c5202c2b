"""What the generator needs to know of the .proto files, read once from their descriptors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
)

from huiyin.options.v1 import options_pb2 as options

TIMESTAMP = ".google.protobuf.Timestamp"
_SCALARS = {
    FieldDescriptorProto.TYPE_STRING: "str",
    FieldDescriptorProto.TYPE_BYTES: "bytes",
    FieldDescriptorProto.TYPE_BOOL: "bool",
    FieldDescriptorProto.TYPE_UINT32: "int",
    FieldDescriptorProto.TYPE_UINT64: "int",
    FieldDescriptorProto.TYPE_INT32: "int",
    FieldDescriptorProto.TYPE_INT64: "int",
}
_MESSAGES_IN_FILE, _ENUMS_IN_FILE, _FIELDS_IN_MESSAGE, _VALUES_IN_ENUM = 4, 5, 2, 2


@dataclass(frozen=True)
class Field:
    """One field: `kind` is scalar, date, instant, message or enum; `type` its Python name."""

    name: str
    kind: str
    type: str
    full_type: str
    repeated: bool
    optional: bool
    holder: bool
    doc: str


@dataclass(frozen=True)
class Message:
    """A message; `members` are the types of its one oneof if it is a union of events."""

    name: str
    full_name: str
    doc: str
    zh: str
    case_state: str
    fields: Sequence[Field]
    members: Sequence[str]


@dataclass(frozen=True)
class Enum:
    """An enum with the prefix cut from its value names."""

    name: str
    doc: str
    values: Sequence[tuple[str, int, str]]


@dataclass(frozen=True)
class File:
    """One .proto file."""

    path: str
    package: str
    messages: Sequence[Message]
    enums: Sequence[Enum]

    @property
    def module(self) -> str:
        """The Python module of the dataclasses: huiyin.intake.v1.events."""
        return self.path.removesuffix(".proto").replace("/", ".")

    @property
    def names(self) -> list[str]:
        """The names of all messages and enums of the file."""
        return [message.name for message in self.messages] + [enum.name for enum in self.enums]

    @property
    def unions(self) -> Iterator[Message]:
        """The messages that only list the events of a stream."""
        return (message for message in self.messages if message.members)

    @property
    def records(self) -> Iterator[Message]:
        """The messages that become dataclasses."""
        return (message for message in self.messages if not message.members)


def read(file: FileDescriptorProto) -> File:
    """The model of one file."""
    notes = {
        tuple(place.path): " ".join(place.leading_comments.split())
        for place in file.source_code_info.location
        if place.leading_comments
    }
    return File(
        path=file.name,
        package=file.package,
        messages=[_message(file, m, (_MESSAGES_IN_FILE, i), notes) for i, m in enumerate(file.message_type)],
        enums=[_enum(e, (_ENUMS_IN_FILE, i), notes) for i, e in enumerate(file.enum_type)],
    )


def _message(
    file: FileDescriptorProto,
    message: DescriptorProto,
    path: tuple[int, ...],
    notes: dict[tuple[int, ...], str],
) -> Message:
    is_union = bool(message.oneof_decl) and not any(field.proto3_optional for field in message.field)
    return Message(
        name=message.name,
        full_name=f"{file.package}.{message.name}",
        doc=notes.get(path, message.name),
        zh=message.options.Extensions[options.zh],  # type: ignore[index]
        case_state=message.options.Extensions[options.case_state],  # type: ignore[index]
        fields=[_field(f, (*path, _FIELDS_IN_MESSAGE, i), notes) for i, f in enumerate(message.field)],
        members=[field.type_name.rsplit(".", 1)[-1] for field in message.field] if is_union else [],
    )


def _field(field: FieldDescriptorProto, path: tuple[int, ...], notes: dict[tuple[int, ...], str]) -> Field:
    kind, python = _kind(field)
    return Field(
        name=field.name,
        kind=kind,
        type=python,
        full_type=field.type_name.removeprefix("."),
        repeated=field.label == FieldDescriptorProto.LABEL_REPEATED,
        optional=field.proto3_optional,
        holder=field.options.Extensions[options.holder],  # type: ignore[index]
        doc=notes.get(path, ""),
    )


def _kind(field: FieldDescriptorProto) -> tuple[str, str]:
    if field.type_name == TIMESTAMP:
        return "instant", "datetime"
    short = field.type_name.rsplit(".", 1)[-1]
    if field.type == FieldDescriptorProto.TYPE_MESSAGE:
        return "message", short
    if field.type == FieldDescriptorProto.TYPE_ENUM:
        return "enum", short
    if field.type == FieldDescriptorProto.TYPE_STRING and field.name.endswith("_on"):
        return "date", "date"
    return "scalar", _SCALARS[field.type]


def _enum(enum: EnumDescriptorProto, path: tuple[int, ...], notes: dict[tuple[int, ...], str]) -> Enum:
    prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", enum.name).upper() + "_"
    values = [
        (value.name.removeprefix(prefix), value.number, notes.get((*path, _VALUES_IN_ENUM, i), ""))
        for i, value in enumerate(enum.value)
    ]
    return Enum(name=enum.name, doc=notes.get(path, enum.name), values=values)
