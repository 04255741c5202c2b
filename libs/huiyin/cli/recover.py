"""`huiyin ledger recover --from-bus SERVICE`: what a restored database lost, put back from its stream."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from huiyin.cli.errors import Failure
from huiyin.cli.installation import installation
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.client.platform import SERVICES, Platform, PlatformError

ALL = "all"
SHOWN = 40
"""Lines in the table; --json lists every one."""


def recover(
    from_bus: Annotated[
        str,
        typer.Option("--from-bus", metavar="SERVICE", help="服务名，或 all Which service; all: every one."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 Do it without asking.")] = False,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """数据库恢复旧备份后，从总线补回缺失的台账行。Put back what a restored database lost; each ledger whole or not at all."""
    if from_bus not in (ALL, *SERVICES):
        raise Failure(f"there is no service {from_bus!r}; there are {', '.join(SERVICES)}, and {ALL}", 2)
    wanted = SERVICES if from_bus == ALL else (from_bus,)
    plans = asyncio.run(_plans(state, wanted))
    if not as_json:
        _show(Console(), plans)
    if not plans:
        if as_json:
            typer.echo("[]")
        else:
            typer.echo(
                "台账与总线一致，没有缺失 Nothing is missing: no stream holds lines that its ledger lacks."
            )
        return
    if not yes and (as_json or not sys.stdin.isatty()):
        if as_json:
            typer.echo(json.dumps([_told(each) for each in plans], ensure_ascii=False, indent=2))
        raise Failure("nothing was changed yet: read the list, then repeat the command with --yes", 3)
    if not yes:
        typer.confirm("补回以上各行？Put these lines back?", abort=True)
    asyncio.run(_carry_out(state, plans))
    _look_again(state, [each.service for each in plans])
    if as_json:
        typer.echo(json.dumps([_told(each) for each in plans], ensure_ascii=False, indent=2))
    else:
        for each in plans:
            last = each.after + len(each.lines)
            typer.echo(
                f"{each.service}: 已补回 put back {each.after + 1}–{last}; 各行散列相符 every hash agrees"
            )


async def _plans(state: Path, services: Sequence[str]) -> list[Any]:
    """All plans before anything is done: one that cannot be carried out stops them all."""
    from chassis.recovering import NotRecoverable, plan_of

    there = installation(state)
    plans = []
    for service in services:
        try:
            plan = await plan_of(there, service)
        except NotRecoverable as error:
            raise Failure(
                f"{service} cannot be recovered from the bus, nothing was changed: {error}"
            ) from error
        if plan is not None:
            plans.append(plan)
    return plans


async def _carry_out(state: Path, plans: Sequence[Any]) -> None:
    from chassis.recovering import RecoveryRefused, carry_out

    there = installation(state)
    for plan in plans:
        try:
            await carry_out(there, plan, there.clock.now())
        except RecoveryRefused as error:
            raise Failure(
                f"{plan.service}: {error}. Nothing of it was put back. Something wrote into this ledger meanwhile, or "
                "the stream is not what it claims: see docs/runbooks/stream-ahead-of-ledger.md"
            ) from error


def _look_again(state: Path, services: Sequence[str]) -> None:
    """So that relay and consumers go on at once; left alone they do so within seconds."""
    from huiyin.cli.running import read_runtime

    with Platform(read_runtime(state)["http"]) as platform:
        for service in services:
            try:
                platform.post(f"/{service}/v1/reconciliations", {})
            except PlatformError:
                return


def _told(plan: Any) -> dict[str, Any]:
    return {
        "service": plan.service,
        "after": plan.after,
        "lines": [
            {
                "position": line.position,
                "type": line.type,
                "stream": line.stream,
                "version": line.version,
                "recorded_at": line.recorded_at.isoformat(),
                "hash": line.hash.hex(),
            }
            for line in plan.lines
        ],
        "keys": len(plan.books.keys),
        "serials": dict(plan.books.serials),
        "notices_due": sorted(set(plan.books.due) - set(plan.books.done)),
        "inbox": dict(plan.books.inbox),
        "parked": plan.parked,
        "witnessed_by_audit": plan.witnessed,
        "without_content": list(plan.without_content),
    }


def _show(console: Console, plans: Sequence[Any]) -> None:
    for plan in plans:
        last = plan.after + len(plan.lines)
        table = Table("位置 position", "事件 event", "流 stream", "记录于 recorded at")
        for line in plan.lines[:SHOWN]:
            table.add_row(
                str(line.position), line.type, f"{line.stream} {line.version}", line.recorded_at.isoformat()
            )
        console.print(
            f"[bold]{plan.service}[/bold] 台账止于 ledger ends at {plan.after}; 总线至 stream at {last}"
        )
        console.print(table)
        if len(plan.lines) > SHOWN:
            console.print(f"… 另有 and {len(plan.lines) - SHOWN} more (--json)")
        _warn(console, plan)


def _warn(console: Console, plan: Any) -> None:
    console.print(
        f"审计服务留有其中 {plan.witnessed} 行的相同副本 audit has seen {plan.witnessed} of {len(plan.lines)} of them"
    )
    if plan.without_content:
        console.print(
            f"[yellow]保密库中缺少 {len(plan.without_content)} 项内容（事件仍然有效）[/yellow] "
            "The vault was restored, too, and lacks the content of:"
        )
        for ref in plan.without_content:
            console.print(f"  {ref}", highlight=False)
    if plan.parked:
        console.print(
            f"[yellow]{plan.parked} 件事件搁置中[/yellow] Events are parked here, so positions stay as restored: "
            "what followed is decided again."
        )
