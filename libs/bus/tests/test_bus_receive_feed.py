"""The feed: what a page says, and what a client refuses to believe."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bus.feed import (
    MOST_LINES,
    FeedBroken,
    FeedClient,
    FeedUnavailable,
    LedgerFeed,
    bounded,
    feed_page,
    parse_page,
)
from huiyin.chain import genesis, link
from ledger.lines import Append, NewLine
from ledger.memory import MemoryLedger

NOW = datetime(2025, 8, 18, 1, 0, 0, 123456, tzinfo=UTC)


async def intake(count: int) -> MemoryLedger:
    ledger = MemoryLedger("intake", "here")
    for number in range(1, count + 1):
        line = NewLine(f"intake-case-c{number % 2}", (number + 1) // 2, "T", bytes([number]), NOW)
        await ledger.append(Append(lines=[line]))
    return ledger


def client(ledger: MemoryLedger, spoil: Any = None) -> FeedClient:
    """A client over the real client library; the server is ours, and may spoil its answer."""

    async def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/intake/v1/feed"
        query = request.url.params
        body = await feed_page(ledger, int(query["after"]), int(query["limit"]), query.get("case"))
        return spoil(body) if spoil else httpx.Response(200, content=body)

    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return FeedClient("http://intake.test/", "intake", http)


def changed(**fields: Any) -> Any:
    """Spoils the second ledger line of a page."""

    def spoil(body: bytes) -> httpx.Response:
        rows = [json.loads(row) for row in body.splitlines()]
        rows[2].update(fields)
        return httpx.Response(200, content=b"\n".join(json.dumps(row).encode() for row in rows))

    return spoil


async def test_a_client_gets_the_ledgers_lines_as_they_are() -> None:
    ledger = await intake(7)
    feed = client(ledger)
    assert list((await feed.page(0, 3)).lines) == list(await ledger.read(0, 3))
    assert list((await feed.page(3, 100)).lines) == list(await ledger.read(3, 100))
    page = await feed.page(7, 100)
    assert (page.lines, page.head, page.after_hash) == ([], 7, (await ledger.head())[1])


async def test_an_outsider_can_check_a_page_with_the_standard_library() -> None:
    body = await feed_page(await intake(5), 0, 5)
    header, *rows = [json.loads(row) for row in body.splitlines()]
    assert header["after_hash"] == genesis("intake", "here").hex()
    digest = genesis("intake", "here")
    for row in rows:
        digest = link(digest, row["position"], base64.b64decode(row["bytes"]))
        assert row["hash"] == digest.hex()
    assert header["head_hash"] == digest.hex()


async def test_a_page_about_one_case_holds_that_case_alone() -> None:
    ledger = await intake(6)
    lines = await client(ledger).lines(2, 10, case="c1")
    assert [line.position for line in lines] == [3, 5]


async def test_a_page_beyond_the_end_has_no_hash_to_continue() -> None:
    page = await LedgerFeed(await intake(3)).page(9, 10)
    assert (page.after_hash, page.lines, page.head) == (None, (), 3)


async def test_an_empty_ledger_tells_where_its_chain_begins() -> None:
    page = await LedgerFeed(await intake(0)).page(0, 10)
    assert (page.after_hash, page.head) == (genesis("intake", "here"), 0)


@pytest.mark.parametrize(
    "spoil", [changed(bytes="AAAA"), changed(hash="00" * 32), changed(position=3), changed(position=1)]
)
async def test_a_page_that_breaks_the_chain_is_not_believed(spoil: Any) -> None:
    with pytest.raises(FeedBroken):
        await client(await intake(5), spoil).page(0, 5)


async def test_a_page_that_does_not_continue_the_page_before_is_not_believed() -> None:
    feed = client(await intake(4))
    await feed.page(0, 2)
    feed._client = client(await _other())._client
    with pytest.raises(FeedBroken, match="another line 2"):
        await feed.page(2, 2)


async def _other() -> MemoryLedger:
    ledger = MemoryLedger("intake", "elsewhere")
    for line in await (await intake(4)).read(0, 4):
        new = NewLine(line.stream, line.version, line.type, line.bytes, NOW)
        await ledger.append(Append(lines=[new]))
    return ledger


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=b""),
        httpx.Response(200, content=b"{}"),
    ],
)
async def test_anything_else_than_a_page_means_unavailable(answer: httpx.Response) -> None:
    with pytest.raises(FeedUnavailable):
        await client(await intake(3), lambda _body: answer).page(0, 3)


async def test_a_page_cut_short_means_unavailable() -> None:
    body = await feed_page(await intake(3), 0, 3)
    with pytest.raises(FeedUnavailable):
        parse_page(b"\n".join(body.splitlines()[:-1]))


async def test_a_server_that_cannot_be_reached_means_unavailable() -> None:
    def refuse(_body: bytes) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(FeedUnavailable):
        await client(await intake(1), refuse).page(0, 1)


async def test_a_ledger_with_a_line_missing_is_noticed() -> None:
    ledger = await intake(4)
    del ledger._tables.lines[1]
    with pytest.raises(FeedBroken):
        await LedgerFeed(ledger).page(0, 4)


def test_a_page_has_a_size_whatever_is_asked() -> None:
    assert [bounded(None), bounded(0), bounded(5), bounded(10**9)] == [256, 1, 5, MOST_LINES]


async def test_the_program_in_the_documentation_checks_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "feed.md").read_text(encoding="utf-8")
    program = guide.split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    page = await feed_page(await intake(5), 2, 100)
    Path("page.jsonl").write_bytes(page)
    exec(compile(program, "feed.md", "exec"), {})
    assert capsys.readouterr().out.startswith("intake: 3 lines unbroken")
    Path("page.jsonl").write_bytes(page.replace(b'"bytes":"BA=="', b'"bytes":"BQ=="'))
    with pytest.raises(AssertionError, match="line 4 was changed"):
        exec(compile(program, "feed.md", "exec"), {})
