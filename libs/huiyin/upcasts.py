"""Old shapes of events, and how each is read as its newer one. Stored bytes are never touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.testing.v1 import events as testing_v1
from huiyin.testing.v2 import events as testing_v2


def split_words(old: testing_v1.NoteTaken) -> testing_v2.NoteTaken:
    """v1 kept one string; v2 keeps the words."""
    return testing_v2.NoteTaken(case_id=old.case_id, words=tuple(old.words.split()))


UPCASTS: Mapping[type, Callable[[Any], Any]] = {
    testing_v1.NoteTaken: split_words,
}
"""Old class -> function to the next newer one; applied until nothing newer is known."""


def upcast(event: Any) -> Any:
    """The newest shape of an event."""
    while (newer := UPCASTS.get(type(event))) is not None:
        event = newer(event)
    return event
