"""Enums in JSON: by their names in small letters, never by their numbers."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

UNSPECIFIED = "UNSPECIFIED"


def by_name(kind: type[IntEnum]) -> Any:
    """`kind` as a pydantic type that reads and writes names: "web", "not_given"."""
    names = [member.name.lower() for member in kind if member.name != UNSPECIFIED]

    def read(value: Any) -> IntEnum:
        if isinstance(value, kind):
            return value
        if not isinstance(value, str) or value not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return kind[value.upper()]

    return Annotated[
        kind,
        BeforeValidator(read),
        PlainSerializer(lambda member: member.name.lower(), return_type=str),
        WithJsonSchema({"type": "string", "enum": names, "title": kind.__name__}),
    ]
