"""The NATS users: one a service with least privilege, one keeper a stream, the topology, and an observer.

Only what a user is allowed is listed; the server denies everything else, for everybody.

Who may delete a stream: the topology user, all of them (`huiyin topology apply`, run by hand), and each stream's
keeper, that one alone. The reconciler runs beside its service as the keeper: given the topology's own password, one
broken service could delete everyone's streams, and given the service's rights, its relay could hide what it
published. A keeper can neither publish an event nor touch anyone else's stream. (What NATS cannot forbid: whoever
may create a stream may name another stream as its source, and so read it. `topology check` shows such a stream.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bus.subjects import (
    OBSERVER,
    TOPOLOGY,
    all_subjects,
    durable_name,
    inbox_prefix,
    keeper_name,
    stream_name,
)

API = "$JS.API"


@dataclass(frozen=True, slots=True)
class User:
    """A NATS user and the subjects it may publish to and subscribe to."""

    name: str
    publish: Sequence[str]
    subscribe: Sequence[str]


def users(services: Sequence[str], listens: Mapping[str, Sequence[str]]) -> list[User]:
    """Every user of an installation. `listens`: service -> the sources whose streams it reads."""
    return [
        *(_service(name, listens.get(name, ())) for name in services),
        *(_keeper(name, listens) for name in services),
        _topology(services),
        _observer(services),
    ]


def user_names(services: Sequence[str]) -> list[str]:
    """The users that need a password."""
    return [*services, *(keeper_name(name) for name in services), TOPOLOGY, OBSERVER]


def authorization(
    services: Sequence[str], listens: Mapping[str, Sequence[str]], passwords: Mapping[str, str]
) -> dict[str, Any]:
    """The server's `authorization` block. Nobody connects without a name; KeyError where a password is missing."""
    return {
        "users": [
            {
                "user": user.name,
                "password": passwords[user.name],
                "permissions": {
                    "publish": {"allow": list(user.publish)},
                    "subscribe": {"allow": list(user.subscribe)},
                },
            }
            for user in users(services, listens)
        ]
    }


def _service(service: str, sources: Sequence[str]) -> User:
    """Publishes its own events, looks at its own stream, and reads others' through its own durables."""
    stream = stream_name(service)
    own = [
        all_subjects(service),
        f"{API}.STREAM.INFO.{stream}",
        f"{API}.STREAM.MSG.GET.{stream}",
    ]
    for source in sources:
        durable = f"{stream_name(source)}.{durable_name(service, source)}"
        own += [
            f"{API}.CONSUMER.INFO.{durable}",
            f"{API}.CONSUMER.MSG.NEXT.{durable}",
            f"$JS.ACK.{durable}.>",
        ]
    return User(service, own, [f"{inbox_prefix(service)}.>"])


def _keeper(service: str, listens: Mapping[str, Sequence[str]]) -> User:
    """Examines, deletes and re-creates one stream with its durables. Publishes no event."""
    stream = stream_name(service)
    name = keeper_name(service)
    return User(name, _administration(stream), [f"{inbox_prefix(name)}.>"])


def _topology(services: Sequence[str]) -> User:
    every = [subject for service in services for subject in _administration(stream_name(service))]
    return User(TOPOLOGY, every, [f"{inbox_prefix(TOPOLOGY)}.>"])


def _administration(stream: str) -> list[str]:
    """What the declared streams need, and no other stream. No PURGE, no MSG.DELETE: nobody ever needs them."""
    return [
        f"{API}.STREAM.INFO.{stream}",
        f"{API}.STREAM.CREATE.{stream}",
        f"{API}.STREAM.UPDATE.{stream}",
        f"{API}.STREAM.DELETE.{stream}",
        f"{API}.STREAM.MSG.GET.{stream}",
        f"{API}.DIRECT.GET.{stream}",
        f"{API}.CONSUMER.LIST.{stream}",
        f"{API}.CONSUMER.INFO.{stream}.*",
        f"{API}.CONSUMER.CREATE.{stream}.*",
        f"{API}.CONSUMER.DELETE.{stream}.*",
    ]


def _observer(services: Sequence[str]) -> User:
    """Reads every stream by sequence and changes nothing: the URL that `huiyin status` prints.

    Its inboxes are the client's default ones, so that any NATS client works with the URL alone; the inboxes of
    services begin with another token.
    """
    reads = [f"{API}.INFO", f"{API}.STREAM.NAMES", f"{API}.STREAM.LIST"]
    for stream in (stream_name(service) for service in services):
        reads += [
            f"{API}.STREAM.INFO.{stream}",
            f"{API}.STREAM.MSG.GET.{stream}",
            f"{API}.DIRECT.GET.{stream}",
            f"{API}.CONSUMER.LIST.{stream}",
            f"{API}.CONSUMER.NAMES.{stream}",
            f"{API}.CONSUMER.INFO.{stream}.*",
        ]
    return User(OBSERVER, reads, ["_INBOX.>"])
