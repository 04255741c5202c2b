"""Who calls, under which trace, with which key: what a request's headers say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from fastapi import Request

from chassis.http.headers import header
from chassis.http.problems import Problem
from huiyin.envelope.v1.envelope import Actor
from ledger.lines import IdempotencyKey

ACTOR = b"huiyin-actor"
AFTER = b"huiyin-after"
CORRELATION = b"huiyin-correlation"
IDEMPOTENCY_KEY = b"idempotency-key"
MAX_KEY_CHARACTERS = 200
"""Enough for any UUID or URL a client may use as a key."""

_ACTOR = re.compile(
    r"(?P<unit>[A-Za-z0-9._-]{1,64});(?P<role>[a-z_]{1,32});(?P<pseudonym>[A-Za-z0-9._-]{1,64})"
)
_PETITIONER = Actor(unit_id="", role="petitioner", pseudonym="")


@dataclass(frozen=True, slots=True)
class Caller:
    """One request. `after`: positions that the caller acts upon and this service has applied (see http.edge)."""

    actor: Actor
    correlation_id: str
    traceparent: str
    idempotency: IdempotencyKey | None
    after: tuple[tuple[str, int], ...] = ()

    @property
    def caused_by(self) -> tuple[str, int] | None:
        """The last position the caller says it acts upon."""
        return self.after[-1] if self.after else None


async def officer(request: Request) -> Caller:
    """The caller, who must be of some unit. Raises a 401 problem."""
    caller = await anyone(request)
    if not caller.actor.unit_id:
        raise Problem(
            401,
            "actor-missing",
            "缺少经办单位：请在请求头 Huiyin-Actor 中写明 单位;角色;化名。",
            "Say who acts in the header Huiyin-Actor: unit;role;pseudonym.",
        )
    return caller


async def anyone(request: Request) -> Caller:
    """The caller; a petitioner where no unit is named."""
    actor = _actor(header(request.scope, ACTOR))
    return Caller(
        actor=actor,
        correlation_id=header(request.scope, CORRELATION)[:64],
        traceparent=request.state.traceparent,
        idempotency=await _idempotency(request, actor),
        after=getattr(request.state, "seen", ()),
    )


def _actor(said: str) -> Actor:
    if not said:
        return _PETITIONER
    found = _ACTOR.fullmatch(said)
    if not found:
        raise Problem(
            400, "actor-malformed", "Huiyin-Actor 格式有误。", "Huiyin-Actor is unit;role;pseudonym."
        )
    return Actor(unit_id=found["unit"], role=found["role"], pseudonym=found["pseudonym"])


async def _idempotency(request: Request, actor: Actor) -> IdempotencyKey | None:
    key = header(request.scope, IDEMPOTENCY_KEY)
    if not key:
        return None
    if len(key) > MAX_KEY_CHARACTERS:
        raise Problem(
            400,
            "key-too-long",
            "幂等键过长。",
            f"An idempotency key has at most {MAX_KEY_CHARACTERS} characters.",
        )
    return IdempotencyKey(
        principal=f"{actor.unit_id}/{actor.pseudonym}",
        operation=f"{request.method} {request.scope['path']}",
        key=key,
        body_sha256=sha256(await request.body()).digest(),
    )
