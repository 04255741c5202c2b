"""The client protocol of NATS, as far as clients send it: PUB and HPUB commands in a run of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Command(NamedTuple):
    """One message on its way to the server."""

    subject: str
    reply: str
    headers: dict[str, str]
    data: bytes


def commands(run: bytes) -> Iterator[Command]:
    """The messages in a run of whole commands."""
    at = 0
    while at < len(run):
        end = run.index(b"\r\n", at)
        verb, subject, *rest = run[at:end].decode().split(" ")
        begin = end + 2
        if verb == "PUB":
            reply, header_size, size = rest[0] if len(rest) == 2 else "", 0, int(rest[-1])
        elif verb == "HPUB":
            reply, header_size, size = rest[0] if len(rest) == 3 else "", int(rest[-2]), int(rest[-1])
        else:
            raise NotImplementedError(verb)
        headers = dict(_headers(run[begin : begin + header_size]))
        yield Command(subject, reply, headers, run[begin + header_size : begin + size])
        at = begin + size + 2


def _headers(block: bytes) -> Iterator[tuple[str, str]]:
    for row in block.decode().split("\r\n")[1:]:
        name, colon, value = row.partition(":")
        if colon:
            yield name, value.strip()
