"""Requests passed on over kept-alive connections, and what happens when the service hangs up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from chassis.http.upstream import Upstream, UpstreamError

ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nX-Said: yes\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"
OF_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"


class Service:
    """Says the same to every request; counts who called."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.connections = 0
        self.requests: list[bytes] = []
        self.hangs_up = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while not reader.at_eof():
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                break
            length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
            self.requests.append(head + await reader.readexactly(length))
            if self.hangs_up:
                break
            writer.write(self.answer)
        writer.close()


@asynccontextmanager
async def service(answer: bytes = ANSWER) -> AsyncIterator[tuple[Service, Upstream]]:
    found = Service(answer)
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    upstream = Upstream(f"http://127.0.0.1:{port}", 5.0)
    try:
        yield found, upstream
    finally:
        upstream.close()
        server.close()


async def test_one_after_another_they_share_a_connection() -> None:
    async with service() as (found, upstream):
        for n in range(3):
            answer = await upstream.request(b"POST", b"/a?b=%d" % n, [(b"x-key", b"1")], b"body")
            assert (answer.status, answer.body) == (201, b"ok")
            assert (b"x-said", b"yes") in answer.headers
        assert found.connections == 1
        assert found.requests[2].startswith(b"POST /a?b=2 HTTP/1.1\r\n")
        assert found.requests[2].endswith(b"x-key: 1\r\ncontent-length: 4\r\n\r\nbody")


async def test_side_by_side_each_has_its_own() -> None:
    async with service() as (found, upstream):
        await asyncio.gather(*(upstream.request(b"GET", b"/", [], b"") for _ in range(4)))
        assert found.connections == 4
        await upstream.request(b"GET", b"/", [], b"")
        assert found.connections == 4


async def test_an_answer_in_chunks_is_put_together() -> None:
    async with service(CHUNKED) as (_, upstream):
        assert (await upstream.request(b"GET", b"/", [], b"")).body == b"abcde"


async def test_the_answer_to_head_has_a_length_and_no_body() -> None:
    async with service(OF_HEAD) as (found, upstream):
        for _ in range(2):
            assert (await upstream.request(b"HEAD", b"/", [], b"")).status == 200
        assert found.connections == 1


async def test_a_service_that_hangs_up_is_an_error_and_is_called_again_next_time() -> None:
    async with service() as (found, upstream):
        found.hangs_up = True
        with pytest.raises(UpstreamError):
            await upstream.request(b"POST", b"/", [], b"")
        found.hangs_up = False
        assert (await upstream.request(b"POST", b"/", [], b"")).status == 201
        assert len(found.requests) == 2  # Nothing was sent twice of itself.


async def test_nobody_there_is_an_error() -> None:
    async with service() as (_, upstream):
        port = upstream._port
    with pytest.raises(UpstreamError):
        await Upstream(f"http://127.0.0.1:{port}", 1.0).request(b"GET", b"/", [], b"")
