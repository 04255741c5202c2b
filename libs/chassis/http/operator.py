"""What an operator may ask of any service: parked events, reconciliation, rebuilding read models."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict

from bus.desk import NotFirst, NotParked, ReasonMissing
from chassis.host import Host
from chassis.http.caller import Caller, officer
from chassis.http.problems import Problem


class RetryBody(BaseModel):
    """Which key to try again."""

    model_config = ConfigDict(extra="forbid")
    key: str


class SkipBody(BaseModel):
    """Which event to give up, and why."""

    model_config = ConfigDict(extra="forbid")
    key: str
    source: str
    position: int
    reason: str


def operator_routes(host: Host) -> APIRouter:
    """The routes of one service."""
    router = APIRouter()
    name = host.service.name
    _add_parking(router, host)

    @router.post("/reconciliations", operation_id=f"{name}_reconcile")
    async def reconcile() -> dict[str, Any]:
        """立即比对 Compare the stream with the ledger now, and mend what is damaged."""
        await host.reconciler.round()
        return await host.status()

    @router.get("/projections", operation_id=f"{name}_projections")
    async def projections() -> list[str]:
        """读模型 The read models of this service."""
        return [projection.name.rpartition(".")[2] for projection in host.service.projections]

    @router.post("/projections/{projection}/rebuilds", operation_id=f"{name}_rebuild")
    async def rebuild(projection: str) -> dict[str, Any]:
        """重建 Fold a read model again from the ledgers; nothing is sent."""
        for each in host.service.projections:
            if each.name.rpartition(".")[2] == projection:
                return {"events": await host.rebuild(each)}
        raise Problem(404, "unknown-projection", "没有此读模型。", f"{name} has no projection {projection}.")

    return router


def _add_parking(router: APIRouter, host: Host) -> None:
    name = host.service.name

    @router.get("/parked", operation_id=f"{name}_parked")
    async def parked() -> list[dict[str, Any]]:
        """搁置的事件 Parked events, in the order of their arrival."""
        return [
            {"source": e.source, "position": e.position, "key": e.key, "poison": e.poison, "reason": e.reason}
            for e in await host.parked()
        ]

    @router.post("/parked/retries", operation_id=f"{name}_retry")
    async def retry(body: RetryBody, _: Annotated[Caller, Depends(officer)]) -> dict[str, Any]:
        """重试 Apply the parked events of a key, in order."""
        outcome = await host.desk.retry(body.key)
        host.resume()
        return {"key": outcome.key, "applied": outcome.applied, "failure": outcome.failure}

    @router.post("/parked/skips", operation_id=f"{name}_skip")
    async def skip(body: SkipBody, _: Annotated[Caller, Depends(officer)]) -> dict[str, Any]:
        """放弃 Give the first parked event of a key up; the reason is recorded."""
        try:
            await host.desk.skip(body.key, body.source, body.position, body.reason)
        except NotParked as error:
            raise Problem(404, "not-parked", "没有此搁置事件。", str(error)) from error
        except (NotFirst, ReasonMissing) as error:
            raise Problem(422, "skip-refused", "不能跳过。", str(error)) from error
        host.resume()
        return {"skipped": body.position}
