"""What a service decides in answer to events of others: many commands, one look at the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.upcasts import upcast
from ledger.context import Clock, Context
from ledger.decider import Decider
from ledger.envelopes import envelopes_for, instant_after, line_for
from ledger.folding import Loaded, fold_rows
from ledger.lines import Append
from ledger.ports import Session


@dataclass(frozen=True, slots=True)
class Reaction:
    """A command for a stream of one's own, or a function of the time that makes it, and what it answers."""

    decider: Decider[Any, Any, Any]
    stream: str
    command: Any | Callable[[datetime], Any]
    context: Context


async def decide_many(session: Session, reactions: Sequence[Reaction], clock: Clock) -> list[Append]:
    """The appends that follow from these commands, decided in order, for `session.append`.

    All streams are loaded in one round trip; a later command sees what an earlier one led to. Commands whose
    effect already holds give no append. A Refusal comes through with a note that says which stream refused.
    """
    rows = await session.load_many(list(dict.fromkeys(each.stream for each in reactions)))
    stands: dict[str, Loaded[Any]] = {}
    appends: list[Append] = []
    for each in reactions:
        loaded = stands.get(each.stream) or fold_rows(each.decider, rows[each.stream])
        append, stands[each.stream] = _decide(each, loaded, clock.now())
        if append is not None:
            appends.append(append)
    return appends


def _decide(each: Reaction, loaded: Loaded[Any], now: datetime) -> tuple[Append | None, Loaded[Any]]:
    at = instant_after(now, loaded.last_recorded_at, each.context.after)
    command = each.command(at) if callable(each.command) else each.command
    try:
        events = each.decider.decide(loaded.state, command)
    except Exception as error:
        error.add_note(f"stream {each.stream}")
        raise
    if not events:
        return None, loaded
    envelopes = envelopes_for(events, each.stream, loaded.version, at, each.context)
    state = each.decider.fold((upcast(event) for event in events), loaded.state)
    intents = each.context.intents(events) if each.context.intents is not None else ()
    append = Append(
        lines=[line_for(envelope) for envelope in envelopes],
        idempotency=each.context.idempotency,
        intents=intents,
    )
    return append, Loaded(state, envelopes[-1].version, envelopes[-1].recorded_at)
