"""The feed: a ledger, read-only, over HTTP. The page as bytes (any server), and a client that checks the chain.

The format is docs/feed.md: JSON Lines, first the page's header, then one line for each ledger line.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import httpx

from bus.backoff import Transient
from huiyin.chain import link
from ledger.lines import Line
from ledger.ports import Ledger

FORMAT = "huiyin-feed-v1"
CONTENT_TYPE = "application/jsonl"
DEFAULT_LIMIT = 256
MOST_LINES = 1_000
"""Of one page: with the largest events some 85 MB would be possible, with usual ones it is 600 kB."""
PAGE_TIMEOUT_S = 10.0
"""A page is one indexed read; a server that needs longer is in trouble, and is asked again later."""


class FeedUnavailable(Transient):
    """The feed did not answer, or not with a page."""


class FeedBroken(Transient):
    """The page does not continue the chain. Not believed; asked again, for a ledger can be mended."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Lines after a position. `after_hash` is the hash at that position: None beyond the ledger's end, and in
    a page about one case, whose lines cannot be chained to one another."""

    service: str
    after: int
    after_hash: bytes | None
    head: int
    head_hash: bytes
    lines: Sequence[Line]


class Feed(Protocol):
    """Where a consumer reads what the bus does not bring."""

    async def page(self, after: int, limit: int) -> FeedPage:
        """Verified lines after a position. Raises FeedUnavailable or FeedBroken."""


def bounded(limit: int | None) -> int:
    """A page's size as it will be: the default if not given, never more than MOST_LINES."""
    return max(1, min(DEFAULT_LIMIT if limit is None else limit, MOST_LINES))


async def read_page(
    ledger: Ledger, after: int, limit: int, case: str | None = None, *, genesis: bytes | None = None
) -> FeedPage:
    """The lines after a position, with the hash that the first of them continues.

    `genesis` is hash(0), told with the first page; a ledger with a method of that name need not be helped.
    """
    limit = bounded(limit)
    after = max(0, after)
    if case is not None:
        lines, before = await ledger.read(after, limit, f"{ledger.service}-case-{case}"), None
    elif after == 0:
        lines, before = await ledger.read(0, limit), genesis or await _genesis(ledger)
    else:
        found = await ledger.read(after - 1, limit + 1)
        known = bool(found) and found[0].position == after
        lines, before = (found[1:], found[0].hash) if known else ((), None)
    head, head_hash = await ledger.head()  # After the lines, so that none lies beyond it.
    return FeedPage(ledger.service, after, before, head, head_hash, lines)


async def _genesis(ledger: Any) -> bytes | None:
    """hash(0), from a ledger that tells it; without it the first line is taken on the feed's word."""
    return await ledger.genesis() if hasattr(ledger, "genesis") else None


async def feed_page(
    ledger: Ledger, after: int, limit: int, case: str | None = None, *, genesis: bytes | None = None
) -> bytes:
    """The body of GET /<service>/v1/feed?after=&limit=[&case=]; serve it as CONTENT_TYPE."""
    page = await read_page(ledger, after, limit, case, genesis=genesis)
    header = {
        "feed": FORMAT,
        "service": page.service,
        "after": page.after,
        "after_hash": page.after_hash.hex() if page.after_hash else None,
        "head": page.head,
        "head_hash": page.head_hash.hex(),
        "lines": len(page.lines),
    }
    if case is not None:
        header["case"] = case
    return b"".join([_json(header), *(_json(_as_json(line)) for line in page.lines)])


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _as_json(line: Line) -> dict[str, Any]:
    return {
        "position": line.position,
        "hash": line.hash.hex(),
        "stream": line.stream,
        "version": line.version,
        "type": line.type,
        "recorded_at": line.recorded_at.isoformat(),
        "bytes": base64.b64encode(line.bytes).decode(),
    }


def parse_page(body: bytes) -> FeedPage:
    """The page in a body. Raises FeedUnavailable for anything that is none, a truncated one included."""
    try:
        header, *rows = [json.loads(row) for row in body.splitlines()]
        if header["feed"] != FORMAT or header["lines"] != len(rows):
            raise FeedUnavailable("not a whole feed page")
        after_hash = header["after_hash"]
        return FeedPage(
            service=header["service"],
            after=header["after"],
            after_hash=bytes.fromhex(after_hash) if after_hash else None,
            head=header["head"],
            head_hash=bytes.fromhex(header["head_hash"]),
            lines=[_line(row) for row in rows],
        )
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise FeedUnavailable("not a feed page") from error


def _line(row: dict[str, Any]) -> Line:
    return Line(
        position=row["position"],
        stream=row["stream"],
        version=row["version"],
        type=row["type"],
        bytes=base64.b64decode(row["bytes"], validate=True),
        hash=bytes.fromhex(row["hash"]),
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
    )


def verify(page: FeedPage, after: int) -> FeedPage:
    """The page itself, if its lines continue the chain without a gap. Raises FeedBroken."""
    if page.after != after:
        raise FeedBroken(f"asked for what follows {after}, got what follows {page.after}")
    previous, position = page.after_hash, after
    for line in page.lines:
        position += 1
        if line.position != position:
            raise FeedBroken(f"line {position} is missing from the feed of {page.service}")
        if previous is not None and link(previous, position, line.bytes) != line.hash:
            raise FeedBroken(f"line {position} of {page.service} does not continue the chain")
        previous = line.hash
    if page.lines and position > page.head:
        raise FeedBroken(f"{page.service} serves line {position} beyond its head {page.head}")
    return page


class LedgerFeed:
    """The feed of a ledger in the same process: for tests, simulation and one-process installations."""

    def __init__(self, ledger: Ledger, genesis: bytes | None = None) -> None:
        self._ledger = ledger
        self._genesis = genesis

    async def page(self, after: int, limit: int) -> FeedPage:
        """Verified like a page that came over the network."""
        return verify(await read_page(self._ledger, after, limit, genesis=self._genesis), after)


class FeedClient:
    """The feed of a service over HTTP. Every page is checked, and must continue the page before it."""

    def __init__(self, base_url: str, service: str, client: httpx.AsyncClient) -> None:
        self._url = f"{base_url.rstrip('/')}/{service}/v1/feed"
        self._client = client
        self._seen: tuple[int, bytes] | None = None

    async def page(self, after: int, limit: int = DEFAULT_LIMIT) -> FeedPage:
        """Verified lines after a position."""
        page = verify(await self._get({"after": after, "limit": bounded(limit)}), after)
        if self._seen and self._seen[0] == after and page.after_hash not in (None, self._seen[1]):
            raise FeedBroken(f"{page.service} has another line {after} than a moment ago")
        if page.lines:
            self._seen = (page.lines[-1].position, page.lines[-1].hash)
        return page

    async def lines(self, after: int, limit: int, case: str | None = None) -> Sequence[Line]:
        """The lines alone. Those of one case are not verified: only whole pages can be."""
        if case is None:
            return (await self.page(after, limit)).lines
        return (await self._get({"after": after, "limit": bounded(limit), "case": case})).lines

    async def _get(self, params: dict[str, Any]) -> FeedPage:
        try:
            answer = await self._client.get(self._url, params=params, timeout=PAGE_TIMEOUT_S)
        except httpx.HTTPError as error:
            raise FeedUnavailable(f"{self._url}: {type(error).__name__}") from error
        if answer.status_code != httpx.codes.OK:
            raise FeedUnavailable(f"{self._url}: {answer.status_code}")
        return parse_page(answer.content)
