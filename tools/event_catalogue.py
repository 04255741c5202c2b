"""Writes docs/events.md from the contracts and the services' declarations, or (`--check`) says that it is out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from chassis.installation import SERVICES, service_named
from huiyin.case_state import CASE_STATE_ZH, CaseState
from huiyin.catalogue import EventEntry, FieldEntry
from huiyin.registry import CATALOGUE
from tools.field_words import USUAL, choices

OUT = Path(__file__).resolve().parent.parent / "docs" / "events.md"
FROM_EVERYONE = "platform"
"""Events of this package are recorded by any service about its own running."""

_HEAD = """\
# Events

Every event of the platform: what it means, its fields, who records it and who listens.
Generated from `proto/` and from what the services declare, by `make proto`; edit those.

An event is named by its full type, for example `huiyin.routing.v1.CaseTransferred`. It travels inside the envelope
`huiyin.envelope.v1.RecordedEvent`, which says when, by whom, on which legal basis and in answer to what it was
recorded. `Sealed` content lies in the vault: the event holds a reference and a commitment, never the content.
A `Deadline` explains itself: rule, calendar, every day counted or skipped.

Two kinds of listeners: a *policy* answers an event with a decision of its own; a *read model* is fed with the whole
stream and keeps what it needs to answer questions.
"""


def render() -> str:
    """The whole document."""
    lines = [_HEAD]
    for name in (*SERVICES, FROM_EVERYONE):
        lines += _service(name)
    return "\n".join(lines).rstrip() + "\n"


def _service(name: str) -> Iterator[str]:
    events = [entry for entry in CATALOGUE.values() if entry.service == name]
    if not events:
        return
    yield f"## {name} {service_named(name).zh if name in SERVICES else '运行'}\n"
    if name in SERVICES:
        yield f"Its stream feeds the read models {', '.join(_read_models(name)) or '(none)'}.\n"
    yield "| event | 事件 | meaning |\n|---|---|---|"
    for entry in events:
        yield f"| [{entry.name}](#{entry.name.lower()}) | {entry.zh} | {entry.meaning} |"
    yield ""
    for entry in events:
        yield from _event(entry)


def _event(entry: EventEntry) -> Iterator[str]:
    yield f"### {entry.name}\n"
    yield f"{entry.zh} · `{entry.type}`\n\n{entry.meaning}\n"
    if entry.case_state:
        state = CaseState[entry.case_state]
        yield f"- After it the case is *{state.value}* {CASE_STATE_ZH[state]}."
    if entry.holder_field:
        yield f"- From then on the unit in `{entry.holder_field}` holds the case."
    yield f"- Recorded by: {'any service' if entry.service == FROM_EVERYONE else entry.service}."
    yield f"- Answered by: {', '.join(_policies(entry)) or 'no policy'}.\n"
    yield "| field | type | meaning |\n|---|---|---|"
    for field in entry.fields:
        yield f"| `{field.name}` | {field.type} | {_meaning(entry, field)} |"
    yield ""


def _meaning(entry: EventEntry, field: FieldEntry) -> str:
    words = [field.meaning or USUAL.get(field.name, ""), choices(entry, field)]
    return " ".join(filter(None, words)).replace("|", "\\|")


def _policies(entry: EventEntry) -> Iterator[str]:
    for name in SERVICES:
        for kind, policy in service_named(name).policies.get(entry.service, {}).items():
            if kind.__name__ == entry.name:
                yield f"{name} `{getattr(policy, '__name__', 'policy')}`"


def _read_models(service: str) -> Iterator[str]:
    for name in SERVICES:
        for projection in service_named(name).projections:
            if service in projection.sources:
                yield f"`{name}.{projection.name.rpartition('.')[2]}`"


def main() -> int:
    """Exit code 0 when the document is (now) up to date."""
    text = render()
    if "--check" in sys.argv:
        if OUT.exists() and OUT.read_text() == text:
            return 0
        sys.stderr.write("docs/events.md is out of date: run `make proto`\n")
        return 1
    OUT.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
