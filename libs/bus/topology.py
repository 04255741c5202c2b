"""The topology of the bus: one declared, versioned, idempotent program. Streams and durables; users are in users.py.

What is declared is compared with what the server has, field by field; `check` shows the drift, `apply` removes it.
Only fields named here are ours; whatever a server adds on top (levels, defaults) is not drift.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nats.aio.client import Client

from bus.jetstream import STREAM_EXISTS, ApiError, Json, call, consumers, delete_consumer, stream_info
from bus.subjects import all_subjects, durable_name, stream_name

VERSION = "1"
"""Raised with every change of what is declared here; stored with each stream and durable."""

VERSION_KEY = "huiyin.topology"
FILL_KEY = "huiyin.fill"
"""Set on a re-created stream: the position up to which it is being refilled. Until then short is not damaged."""

DAY_NS = 86_400_000_000_000
SECOND_NS = 1_000_000_000
EVENT_BYTES = 64 * 1024
HEADER_BYTES = 16 * 1024
"""Our headers take about 600 bytes; a long tracestate or case id has room, a runaway one has not."""

ACK_WAIT_S = 30
"""A batch is one short transaction. Longer only delays the redelivery of what a killed reader held."""

MAX_ACK_PENDING = 1024
"""What one reader asks for at a time, four batches of 256; a second one on the same durable gets what the first has left."""

MAX_WAITING = 64
"""One outstanding pull a reader; pulls of readers that vanished wait here until they expire."""

REDELIVER_FOR_EVER = -1
"""After a limited number of deliveries JetStream leaves an event behind silently; parking is our own."""

PositionOf = Callable[[str, str], Awaitable[int]]
"""The position up to which `service` has applied the events of `source`."""


async def from_the_beginning(_service: str, _source: str) -> int:
    """The positions of an installation that has consumed nothing yet."""
    return 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What differs between an embedded server and a cluster."""

    replicas: int
    max_age_days: int | None
    """None: everything is kept. Older events are read from the feed."""
    max_bytes: int = -1
    """Of one stream; reached, the stream refuses (discard: new) and the relay waits. -1: the server's limit."""


EMBEDDED = Limits(replicas=1, max_age_days=None)
PRODUCTION = Limits(replicas=3, max_age_days=90)


@dataclass(frozen=True, slots=True)
class Difference:
    """One stream or durable that is not as declared, and what is different. As text: one line for a person."""

    kind: str
    name: str
    state: str
    """missing, different or undeclared."""
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.state}" + (
            f" ({'; '.join(self.details)})" if self.details else ""
        )


def stream_config(service: str, limits: Limits) -> dict[str, Any]:
    """The declared configuration of a service's stream, in the server's own terms."""
    return {
        "name": stream_name(service),
        "subjects": [all_subjects(service)],
        "retention": "limits",
        "storage": "file",
        "discard": "new",
        "num_replicas": limits.replicas,
        "max_age": (limits.max_age_days or 0) * DAY_NS,
        "max_bytes": limits.max_bytes,
        "max_msgs": -1,
        "max_msgs_per_subject": -1,
        "max_consumers": -1,
        "max_msg_size": EVENT_BYTES + HEADER_BYTES,
        "deny_delete": True,
        "deny_purge": True,
        "allow_rollup_hdrs": False,
        "allow_atomic": True,
        "allow_direct": True,
        "metadata": {VERSION_KEY: VERSION},
    }


def durable_config(service: str, source: str) -> dict[str, Any]:
    """The declared configuration of a durable, without its start. No subject filter: gaps must be visible."""
    name = durable_name(service, source)
    return {
        "name": name,
        "durable_name": name,
        "ack_policy": "explicit",
        "ack_wait": ACK_WAIT_S * SECOND_NS,
        "max_deliver": REDELIVER_FOR_EVER,
        "max_ack_pending": MAX_ACK_PENDING,
        "max_waiting": MAX_WAITING,
        "deliver_policy": "by_start_sequence",
        "replay_policy": "instant",
        "num_replicas": 0,
        "metadata": {VERSION_KEY: VERSION},
    }


async def create_stream(
    client: Client, service: str, limits: Limits, *, first_position: int = 1, fill_until: int = 0
) -> None:
    """Create it, empty; one that exists stays as it is. Sequences begin at `first_position`."""
    config = stream_config(service, limits)
    if first_position > 1:
        config["first_seq"] = first_position
    if fill_until:
        config["metadata"] = {**config["metadata"], FILL_KEY: str(fill_until)}
    try:
        await call(client, f"STREAM.CREATE.{config['name']}", config)
    except ApiError as error:
        if error.err_code != STREAM_EXISTS:
            raise


async def update_stream(client: Client, service: str, limits: Limits, info: Json) -> None:
    """Bring an existing stream to what is declared; its mark of being refilled goes."""
    config = {**info["config"], **stream_config(service, limits)}
    await call(client, f"STREAM.UPDATE.{config['name']}", config)


async def create_durable(client: Client, service: str, source: str, position: int) -> None:
    """Create it so that the first event delivered is the one after `position`, be it stored yet or not."""
    config = {**durable_config(service, source), "opt_start_seq": position + 1}
    await _put_durable(client, source, config, "create")


async def update_durable(client: Client, service: str, source: str, found: Json) -> None:
    """Bring an existing durable to what is declared; it goes on where it was."""
    config = {**found["config"], **durable_config(service, source)}
    await _put_durable(client, source, config, "update")


async def _put_durable(client: Client, source: str, config: Json, action: str) -> None:
    stream = stream_name(source)
    body = {"stream_name": stream, "config": config, "action": action}
    await call(client, f"CONSUMER.CREATE.{stream}.{config['name']}", body)


def listeners_of(source: str, listens: Mapping[str, Sequence[str]]) -> list[str]:
    """The services that listen to a source, in a fixed order."""
    return sorted(service for service, sources in listens.items() if source in sources)


def compare(declared: Json, found: Json) -> tuple[str, ...]:
    """What is different, as text: `field: declared X, found Y`."""
    return tuple(
        f"{field}: declared {wanted!r}, found {found.get(field)!r}"
        for field, wanted in declared.items()
        if not _same(field, wanted, found.get(field))
    )


def _same(field: str, wanted: Any, found: Any) -> bool:
    if field == "metadata":
        return all((found or {}).get(key) == value for key, value in wanted.items())
    return bool(wanted == found) or (not wanted and not found)


async def check(
    client: Client, services: Sequence[str], listens: Mapping[str, Sequence[str]], limits: Limits = EMBEDDED
) -> list[Difference]:
    """Everything that is not as declared; nothing is changed. Raises Unavailable or ApiError."""
    drift: list[Difference] = []
    for service in services:
        info = await stream_info(client, stream_name(service))
        found = {} if info is None else await consumers(client, stream_name(service))
        drift.extend(_stream_drift(service, limits, info))
        drift.extend(_durable_drift(service, listeners_of(service, listens), found))
    return drift


def _stream_drift(service: str, limits: Limits, info: Json | None) -> Iterator[Difference]:
    if info is None:
        yield Difference("stream", stream_name(service), "missing")
    elif details := compare(stream_config(service, limits), info["config"]):
        yield Difference("stream", stream_name(service), "different", details)


def _durable_drift(source: str, listeners: Sequence[str], found: Mapping[str, Json]) -> Iterator[Difference]:
    declared = {durable_name(service, source): service for service in listeners}
    for name, service in declared.items():
        if name not in found:
            yield Difference("durable", name, "missing")
        elif details := compare(durable_config(service, source), found[name]["config"]):
            yield Difference("durable", name, "different", details)
    for name in sorted(found):
        if name.endswith(f"-on-{source}") and name not in declared:
            yield Difference("durable", name, "undeclared")


async def apply(
    client: Client,
    services: Sequence[str],
    listens: Mapping[str, Sequence[str]],
    limits: Limits = EMBEDDED,
    position_of: PositionOf = from_the_beginning,
) -> list[Difference]:
    """Make it so, and return what was not. A second call returns nothing.

    Durables of services that no longer listen are removed. A stream that exists keeps its content; what a
    server cannot change on an existing stream (its storage, say) raises ApiError.
    """
    mended: list[Difference] = []
    for service in services:
        info = await stream_info(client, stream_name(service))
        mended.extend(_stream_drift(service, limits, info))
        if info is None:
            await create_stream(client, service, limits)
        elif compare(stream_config(service, limits), info["config"]):
            await update_stream(client, service, limits, info)
        listeners = listeners_of(service, listens)
        mended.extend(await _apply_durables(client, service, listeners, position_of, reach_of(info)))
    return mended


def reach_of(info: Json | None) -> int:
    """The last sequence of a stream as the server described it; 0 for one that is new."""
    return int(info["state"]["last_seq"]) if info is not None else 0


async def _apply_durables(
    client: Client, source: str, listeners: Sequence[str], position_of: PositionOf, reach: int
) -> list[Difference]:
    found = await consumers(client, stream_name(source))
    drift = list(_durable_drift(source, listeners, found))
    for difference in drift:
        service = difference.name.removesuffix(f"-on-{source}")
        if difference.state == "undeclared":
            await delete_consumer(client, stream_name(source), difference.name)
        elif difference.state == "missing":
            position = min(reach, await position_of(service, source))
            await create_durable(client, service, source, position)
        else:
            await update_durable(client, service, source, found[difference.name])
    return drift
