"""An example domain, for tests: a notebook in which words are noted, at most five, none twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from huiyin.envelope.v1.envelope import Actor
from huiyin.testing.v1.events import NoteTaken
from huiyin.testing.v2.events import NoteTaken as NoteTakenV2
from ledger.context import Context
from ledger.decider import Decider
from ledger.refusal import Refusal

NOON = datetime(2025, 8, 18, 4, 0, tzinfo=UTC)
STREAM = "testing-case-1"
CONTEXT = Context(actor=Actor(unit_id="110101", role="clerk", pseudonym="c1"), correlation_id="corr")


@dataclass(frozen=True, slots=True)
class TakeNote:
    """Note these words."""

    words: str
    at: datetime = NOON


@dataclass(frozen=True, slots=True)
class Notebook:
    """What was noted."""

    words: tuple[str, ...] = ()


class NotebookFull(Refusal):
    """At most five words."""


def take_note(notebook: Notebook, command: TakeNote) -> list[NoteTaken]:
    """One event for what is new; events are recorded in the old shape, so that reading shows the upcast."""
    new = [word for word in command.words.split() if word not in notebook.words]
    if len(notebook.words) + len(new) > 5:
        raise NotebookFull("note-five@1", "本子已满。", "The notebook is full.")
    return [NoteTaken(case_id="1", words=" ".join(new))] if new else []


def noted(notebook: Notebook, event: NoteTakenV2) -> Notebook:
    """Only the newest shape is known here."""
    assert isinstance(event, NoteTakenV2)
    return Notebook((*notebook.words, *event.words))


NOTES: Decider[Notebook, TakeNote, NoteTaken] = Decider(Notebook(), take_note, noted)  # type: ignore[arg-type]


class SetClock:
    """A clock that stands until it is set."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **time: float) -> datetime:
        self.at += timedelta(**time)
        return self.at
