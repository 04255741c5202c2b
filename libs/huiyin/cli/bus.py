"""`huiyin bus status|reconcile`: whether the bus carries what the ledgers hold."""

from __future__ import annotations

import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from huiyin.cli.case import ask
from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.cli.running import runtime
from huiyin.client.platform import SERVICES, Platform, PlatformError

app = typer.Typer(help="总线 The bus.", no_args_is_help=True)


@app.command("status")
def status(as_json: Json = False, state: State = DEFAULT_STATE) -> None:
    """各流与台账是否一致。Where each stream stands, and what its reconciler found."""
    found = [_of(ask(state, f"/{name}/v1/status")) for name in SERVICES]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table(
        "流 stream", "台账 head", "已发布 relayed", "状态 phase", "重建 rebuilds", "最近损坏 last damage"
    )
    for each in found:
        table.add_row(
            each["service"],
            str(each["head"]),
            str(each["relayed"]),
            each["phase"],
            str(each["rebuilds"]),
            each["halted"] or each["last_damage"] or "",
        )
    Console().print(table)


def _of(service: dict[str, Any]) -> dict[str, Any]:
    relay, reconciler = service["relay"], service["reconciler"]
    return {
        "service": service["service"],
        "head": service["head"],
        "relayed": relay["relayed"],
        "relay": relay["phase"],
        **{key: reconciler[key] for key in ("phase", "rebuilds", "last_damage", "halted", "scan_period_s")},
        "last_error": reconciler["last_error"] or relay["last_error"],
        "events_missing": sum(each["events_missing"] for each in service["consumers"].values()),
    }


@app.command("reconcile")
def reconcile(as_json: Json = False, state: State = DEFAULT_STATE) -> None:
    """立即比对并修复。Compare every stream with its ledger now, and mend what is damaged."""
    with Platform(runtime(state)["http"]) as platform:
        try:
            found = [_of(platform.post(f"/{name}/v1/reconciliations", {})) for name in SERVICES]
        except PlatformError as error:
            raise Failure(str(error)) from error
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in found:
        typer.echo(
            f"{each['service']}: {each['phase']}, {each['rebuilds']} rebuilt, {each['last_damage'] or 'no damage'}"
        )
