"""The simulated nats-server: core subjects, the JetStream API in its own JSON, pulls, acknowledgements.

Only what the product asks for. A request about something else ends the simulation: nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from bus.jetstream import CONSUMER_NOT_FOUND, STREAM_EXISTS, STREAM_NOT_FOUND
from tests.simulation.loop import OUTSIDE, SimulatedLoop
from tests.simulation.network import Network
from tests.simulation.reading import direct, one
from tests.simulation.stream import SECOND_NS, Durable, Pull, Refusal, Stream

TICK_S = 0.5
"""Heartbeats, expired pulls and unacknowledged messages are looked after so often."""

_EPOCH = datetime.fromisoformat("2025-08-18T00:00:00+00:00")
_API = "$JS.API."
_ACK = "$JS.ACK."
CONSUMER_EXISTS = 10148

Json = Mapping[str, Any]


class Listener(Protocol):
    """A connection, as the server knows it."""

    def wants(self, subject: str) -> bool:
        """Whether it subscribed to this subject."""

    def deliver(
        self, to: str, subject: str, reply: str, headers: Mapping[str, str] | None, data: bytes
    ) -> None:
        """Send a message on its way."""


class Server:
    """One JetStream server, file storage, one replica."""

    def __init__(self, loop: SimulatedLoop, network: Network) -> None:
        self.streams: dict[str, Stream] = {}
        self.listeners: list[Listener] = []
        self.on_ack: Callable[[Stream, Durable, int], None] = lambda *_: None
        self._loop = loop
        self._network = network
        self._created = 0
        self._api: Mapping[str, Callable[[list[str], Any], Json | None]] = {
            "STREAM.INFO": lambda at, _: self._described(self._stream(at[0])),
            "STREAM.CREATE": lambda at, body: self._create_stream(at[0], body),
            "STREAM.UPDATE": lambda at, body: self._update_stream(at[0], body),
            "STREAM.DELETE": lambda at, _: self.delete_stream(at[0]),
            "STREAM.MSG.GET": lambda at, body: one(self._stream(at[0]), int(body["seq"])),
            "CONSUMER.LIST": lambda at, body: self._list(self._stream(at[0]), int(body.get("offset", 0))),
            "CONSUMER.INFO": lambda at, _: self._told(*self._durable(at)),
            "CONSUMER.CREATE": lambda at, body: self._put_durable(self._stream(at[0]), at[1], body),
            "CONSUMER.DELETE": lambda at, _: self.delete_durable(at[0], at[1]),
        }
        loop.call_later(TICK_S, self._tick, context=OUTSIDE)

    def receive(self, subject: str, reply: str, headers: Mapping[str, str], data: bytes) -> None:
        """One message that arrived from a client."""
        if subject.startswith(_ACK):
            self._acknowledged(subject, data)
        elif subject.startswith(f"{_API}CONSUMER.MSG.NEXT."):
            self._pull(subject.split(".")[5:], reply, json.loads(data))
        elif subject.startswith(f"{_API}DIRECT.GET."):
            self._direct(subject.rpartition(".")[2], reply, json.loads(data))
        elif subject.startswith(_API):
            self._answer(reply, self._called(subject.removeprefix(_API), data))
        else:
            self._published(subject, reply, headers, data)

    def _called(self, name: str, data: bytes) -> Json:
        for prefix, function in self._api.items():
            if name.startswith(f"{prefix}."):
                try:
                    return function(
                        name.removeprefix(f"{prefix}.").split("."), json.loads(data or b"{}")
                    ) or {"success": True}
                except Refusal as refusal:
                    return _refused(refusal)
        raise NotImplementedError(name)

    def _published(self, subject: str, reply: str, headers: Mapping[str, str], data: bytes) -> None:
        stream = self._stream_of(subject)
        if stream is None:
            if reply:
                self.send(reply, reply, "", {"Status": "503"}, b"")
            return
        try:
            if "Nats-Batch-Id" in headers:
                result = stream.stage(subject, headers, data, self._loop.time())
            else:
                result = {"stream": stream.name, "seq": stream.store(subject, headers, data)}
        except Refusal as refusal:
            result = _refused(refusal)
        if result is None:
            return
        for durable in stream.durables.values():
            self._serve(stream, durable)
        if reply:
            self._answer(reply, result)

    def _stream_of(self, subject: str) -> Stream | None:
        for stream in self.streams.values():
            if any(subject.startswith(each.removesuffix(">")) for each in stream.config["subjects"]):
                return stream
        return None

    def _answer(self, reply: str, result: Json) -> None:
        if reply and not self._network.loses_answer("bus"):
            self.send(reply, reply, "", None, json.dumps(result).encode())

    def send(self, to: str, subject: str, reply: str, headers: Mapping[str, str] | None, data: bytes) -> bool:
        """To whoever listens there; False if nobody does."""
        for listener in self.listeners:
            if listener.wants(to):
                listener.deliver(to, subject, reply, headers, data)
                return True
        return False

    # Streams

    def _stream(self, name: str) -> Stream:
        if name not in self.streams:
            raise Refusal(404, STREAM_NOT_FOUND, "stream not found")
        return self.streams[name]

    def _create_stream(self, name: str, config: dict[str, Any]) -> Json:
        existing = self.streams.get(name)
        if existing is not None:
            if existing.config != config:
                raise Refusal(400, STREAM_EXISTS, "stream name already in use with a different configuration")
            return self._described(existing)
        self._created += 1
        created = (_EPOCH + timedelta(seconds=self._created)).isoformat()
        first = int(config.get("first_seq") or 1)
        self.streams[name] = Stream(name, config, created, first=first, last=first - 1)
        return self._described(self.streams[name])

    def _update_stream(self, name: str, config: dict[str, Any]) -> Json:
        stream = self._stream(name)
        stream.config = config
        return self._described(stream)

    def _described(self, stream: Stream) -> Json:
        return {"config": stream.config, "created": stream.created, "state": stream.state()}

    def delete_stream(self, name: str) -> None:
        """With its durables; whoever waits is told."""
        stream = self._stream(name)
        for durable in list(stream.durables):
            self.delete_durable(name, durable)
        del self.streams[name]

    def _direct(self, name: str, inbox: str, question: Json) -> None:
        stream = self.streams.get(name)
        for headers, data in [({"Status": "503"}, b"")] if stream is None else direct(stream, question):
            self.send(inbox, inbox, "", headers, data)

    # Durables

    def _durable(self, at: list[str]) -> tuple[Stream, Durable]:
        stream = self._stream(at[0])
        if at[1] not in stream.durables:
            raise Refusal(404, CONSUMER_NOT_FOUND, "consumer not found")
        return stream, stream.durables[at[1]]

    def _put_durable(self, stream: Stream, name: str, body: Json) -> Json:
        existing, config = stream.durables.get(name), body["config"]
        if existing is None:
            start = max(int(config.get("opt_start_seq", 1)), stream.first)
            existing = stream.durables[name] = Durable(name, config, start, delivered=start - 1)
        elif body.get("action") == "create" and existing.config != config:
            raise Refusal(400, CONSUMER_EXISTS, "consumer already exists")
        return self._told(stream, existing)

    def _told(self, stream: Stream, durable: Durable) -> Json:
        pending = sum(1 for sequence in stream.messages if sequence >= durable.upcoming)
        return {
            "stream_name": stream.name,
            "name": durable.name,
            "config": durable.config,
            "delivered": {"stream_seq": durable.delivered},
            "ack_floor": {"stream_seq": min(durable.pending, default=durable.upcoming) - 1},
            "num_ack_pending": len(durable.pending),
            "num_pending": pending,
        }

    def _list(self, stream: Stream, offset: int) -> Json:
        everything = [self._told(stream, durable) for durable in stream.durables.values()]
        return {"total": len(everything), "offset": offset, "consumers": everything[offset:]}

    def delete_durable(self, stream_name: str, name: str) -> None:
        """Whoever waits is told."""
        stream, durable = self._durable([stream_name, name])
        del stream.durables[name]
        for pull in durable.pulls:
            self._status(pull, "409", "Consumer Deleted")

    def _pull(self, at: list[str], inbox: str, body: Json) -> None:
        try:
            stream, durable = self._durable(at)
        except Refusal:
            self.send(inbox, inbox, "", {"Status": "503"}, b"")
            return
        now = self._loop.time()
        heartbeat_s = body.get("idle_heartbeat", 0) / SECOND_NS
        until = now + body.get("expires", 0) / SECOND_NS
        durable.pulls.append(Pull(inbox, int(body["batch"]), until, heartbeat_s, now))
        self._serve(stream, durable)

    def _serve(self, stream: Stream, durable: Durable) -> None:
        """Messages to those who wait, in the order in which they asked."""
        while durable.pulls:
            pull = durable.pulls[0]
            if not any(listener.wants(pull.inbox) for listener in self.listeners):
                durable.pulls.pop(0)
                continue
            upcoming = durable.next_for_delivery(stream)
            if upcoming is None:
                return
            self._bring(stream, durable, pull, *upcoming)
            pull.left -= 1
            if pull.left <= 0:
                durable.pulls.pop(0)

    def _bring(self, stream: Stream, durable: Durable, pull: Pull, sequence: int, times: int) -> None:
        now = self._loop.time()
        kept = stream.messages[sequence]
        durable.pending[sequence] = (now + durable.ack_wait_s, times)
        durable.delivered = max(durable.delivered, sequence)
        pull.heard_at = now
        reply = f"{_ACK}{stream.name}.{durable.name}.{times}.{sequence}.{sequence}.{int(now)}.0"
        self.send(pull.inbox, kept.subject, reply, dict(kept.headers), kept.data)

    def _acknowledged(self, subject: str, data: bytes) -> None:
        tokens = subject.split(".")
        stream = self.streams.get(tokens[2])
        durable = stream.durables.get(tokens[3]) if stream else None
        if stream is None or durable is None:
            return
        sequence = int(tokens[5])
        if data == b"-NAK":
            durable.hand_back(sequence)
        else:
            self.on_ack(stream, durable, sequence)
            durable.acknowledge(sequence)
        self._serve(stream, durable)

    # Time

    def _tick(self) -> None:
        now = self._loop.time()
        for stream in self.streams.values():
            for durable in stream.durables.values():
                durable.expire(now)
                self._serve(stream, durable)
                for pull in durable.pulls[:]:
                    if pull.expires_at <= now:
                        durable.pulls.remove(pull)
                        self._status(pull, "408", "Request Timeout")
                    elif pull.heartbeat_s and pull.heard_at + pull.heartbeat_s <= now:
                        pull.heard_at = now
                        self._status(pull, "100", "Idle Heartbeat")
        self._loop.call_later(TICK_S, self._tick, context=OUTSIDE)

    def _status(self, pull: Pull, status: str, description: str) -> None:
        self.send(pull.inbox, pull.inbox, "", {"Status": status, "Description": description}, b"")


def _refused(refusal: Refusal) -> Json:
    return {
        "error": {"code": refusal.code, "err_code": refusal.err_code, "description": str(refusal)},
    }
