"""Every name on the bus, in one place: subjects, streams, durables, inboxes, users.

A subject is `huiyin.<service>.<version>.<Event>.<pp>.<cc>.<dd>`: bounded in number by design. A case id is a
header and never a token, because the server keeps memory for each unique subject.
"""

from __future__ import annotations

import re
from functools import lru_cache

ROOT = "huiyin"
NOWHERE = "000000"
"""The division of an event that concerns no place."""

OBSERVER = "observer"
TOPOLOGY = "topology"

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
_DIVISION = re.compile(r"[0-9]{6}\Z")
_NOT_A_TOKEN = re.compile(r"[^A-Za-z0-9_-]+")
_REMEMBERED = 16_384
"""Subjects kept ready: about 150 event types x the divisions that one installation serves."""


def checked(service: str) -> str:
    """The name itself, if it can be a token, a stream, a durable and a user; ValueError otherwise."""
    if not _NAME.match(service):
        raise ValueError(f"{service!r} is no service name: small letters, digits and single underscores")
    return service


def stream_name(service: str) -> str:
    """The JetStream stream that carries a service's ledger: HUIYIN_INTAKE."""
    return f"HUIYIN_{checked(service).upper()}"


def all_subjects(service: str) -> str:
    """Everything a service may publish under, and nothing of anyone else's."""
    return f"{ROOT}.{checked(service)}.>"


def durable_name(service: str, source: str) -> str:
    """The durable with which a service reads a source's stream: oversight-on-routing."""
    return f"{checked(service)}-on-{checked(source)}"


def inbox_prefix(user: str) -> str:
    """The first token of a user's inboxes. No two users share one, so none can read another's answers."""
    return f"_INBOX_{user}"


def keeper_name(service: str) -> str:
    """The NATS user that may delete and re-create this service's stream, and no other."""
    return f"{TOPOLOGY}-{checked(service)}"


@lru_cache(maxsize=_REMEMBERED)
def subject(service: str, type_name: str, division: str) -> str:
    """The subject of an event, from the envelope's type and division.

    Defined for every input: a type or division that is malformed must not stop the relay for ever,
    so whatever cannot be a token becomes an underscore and whatever is no division becomes 00.00.00.
    """
    package, _, name = type_name.rpartition(".")
    version = package.rpartition(".")[2] or "v1"
    place = division if _DIVISION.match(division) else NOWHERE
    tokens = (ROOT, checked(service), _token(version), _token(name), place[:2], place[2:4], place[4:])
    return ".".join(tokens)


def _token(text: str) -> str:
    return _NOT_A_TOKEN.sub("_", text) or "_"
