"""What is known of each event: read by the case fold, the bus, the documentation and the console."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field of an event."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event as its .proto describes it.

    `case_state`: the state of a case after it, or None. `holder_field`: the field that names the unit which
    holds the case from then on, or None. `stream_union`: the list of events it belongs to.
    """

    type: str
    service: str
    zh: str
    meaning: str
    case_state: str | None
    holder_field: str | None
    stream_union: str
    fields: tuple[FieldEntry, ...]

    @property
    def name(self) -> str:
        """The event's short name: CaseReceived."""
        return self.type.rpartition(".")[2]
