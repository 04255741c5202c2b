"""JetStream's API as plain requests and answers: a few lines, so that no client library's model stands between.

nats-py's own models drop fields they do not know; the topology must compare exactly what the server stores.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nats.aio.client import Client
from nats.errors import Error as NatsError

from bus.connection import ConnectionLost, while_connected

API_TIMEOUT_S = 5.0
"""Loopback and clusters answer within milliseconds; a leader election takes a few seconds."""

STREAM_NOT_FOUND = 10059
STREAM_EXISTS = 10058
"""With another configuration: somebody else created it a moment ago."""

CONSUMER_NOT_FOUND = 10014
MESSAGE_NOT_FOUND = 10037
WRONG_LAST_SEQUENCE = 10071
BATCH_INCOMPLETE = 10176
TOO_MANY_BATCHES = 10210

Json = Mapping[str, Any]


class Unavailable(Exception):
    """JetStream did not answer: nothing is known, nothing may be concluded. Try again."""


class ApiError(Exception):
    """JetStream answered with an error."""

    def __init__(self, subject: str, code: int, err_code: int, description: str) -> None:
        super().__init__(f"{subject}: {description} ({err_code})")
        self.code = code
        self.err_code = err_code
        self.description = description


async def call(client: Client, subject: str, body: Json | None = None) -> Json:
    """One request to `$JS.API.<subject>`. Raises ApiError or Unavailable."""
    payload = b"" if body is None else json.dumps(body).encode()
    try:
        request = client.request(f"$JS.API.{subject}", payload, timeout=API_TIMEOUT_S)
        answer = await while_connected(client, request)
    except (ConnectionLost, NatsError, OSError, TimeoutError) as error:
        raise Unavailable(f"{subject}: {error}") from error
    result: Json = json.loads(answer.data)
    raise_error(subject, result)
    return result


def raise_error(subject: str, result: Json) -> None:
    """Raise what an answer reports; a server without a leader (503) is Unavailable."""
    error = result.get("error")
    if error is None:
        return
    code, err_code = int(error.get("code", 0)), int(error.get("err_code", 0))
    description = str(error.get("description", ""))
    if code == 503:
        raise Unavailable(f"{subject}: {description} ({err_code})")
    raise ApiError(subject, code, err_code, description)


async def stream_info(client: Client, stream: str) -> Json | None:
    """Configuration, creation time and state; None when the stream does not exist."""
    try:
        return await call(client, f"STREAM.INFO.{stream}")
    except ApiError as error:
        if error.err_code == STREAM_NOT_FOUND:
            return None
        raise


async def consumers(client: Client, stream: str) -> dict[str, Json]:
    """Every consumer of a stream by name; none if there is no stream."""
    found: dict[str, Json] = {}
    total = 1
    while len(found) < total:
        try:
            page = await call(client, f"CONSUMER.LIST.{stream}", {"offset": len(found)})
        except ApiError as error:
            if error.err_code == STREAM_NOT_FOUND:
                break
            raise
        if not page.get("consumers"):
            break
        found.update((consumer["name"], consumer) for consumer in page["consumers"])
        total = int(page["total"])
    return found


async def delete_stream(client: Client, stream: str) -> None:
    """Delete it; that it is gone already is the same."""
    try:
        await call(client, f"STREAM.DELETE.{stream}")
    except ApiError as error:
        if error.err_code != STREAM_NOT_FOUND:
            raise


async def delete_consumer(client: Client, stream: str, durable: str) -> None:
    """Delete it; that it is gone already is the same."""
    try:
        await call(client, f"CONSUMER.DELETE.{stream}.{durable}")
    except ApiError as error:
        if error.err_code not in (CONSUMER_NOT_FOUND, STREAM_NOT_FOUND):
            raise
