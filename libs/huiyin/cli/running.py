"""`huiyin up | down | status | serve`: running the platform on this machine."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.cli.stacks import (
    STEP_S,
    STOP_LIMIT_S,
    own_stack,
    read_runtime,
    runtime,
    settled_runtime,
    start_detached,
)

DEFAULT_PORT = 0

__all__ = (
    "down",
    "own_stack",
    "read_runtime",
    "runtime",
    "serve",
    "settled_runtime",
    "start_detached",
    "status",
    "up",
)

Port = Annotated[
    int, typer.Option(help="端口 HTTP port on 127.0.0.1; 0: last time's, or any.", min=0, max=65535)
]
AllowImport = Annotated[
    bool, typer.Option("--allow-import", help="允许导入历史数据 Accept historical facts.")
]
Simulated = Annotated[
    bool, typer.Option("--simulated", help="模拟时钟 Follow the settable clock.", hidden=True)
]


def up(
    port: Port = DEFAULT_PORT,
    detach: Annotated[bool, typer.Option("--detach", help="后台运行 Run in the background.")] = False,
    processes: Annotated[
        bool, typer.Option("--processes", help="每项服务一个进程 One process per service.")
    ] = False,
    allow_import: AllowImport = False,
    simulated: Simulated = False,
    state: State = DEFAULT_STATE,
) -> None:
    """启动平台。Start the platform: servers, database, bus, all services."""
    if detach:
        start_detached(state, port=port, processes=processes, allow_import=allow_import, simulated=simulated)
        typer.echo(f"回音已启动 running: {runtime(state)['http']}")
        return
    _run(_up(state, port, processes, allow_import, simulated))


def _run(work: Coroutine[Any, Any, None]) -> None:
    """On the faster event loop."""
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


async def _up(state: Path, port: int, processes: bool, allow_import: bool, simulated: bool) -> None:
    from chassis.embedded.errors import EmbeddedError
    from chassis.stack import running_stack
    from ledger.migrations import MigrationError

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with running_stack(
            state,
            mode="simulated" if simulated else "wall",
            port=port,
            processes=processes,
            allow_import=allow_import,
        ) as running:
            typer.echo(f"回音已启动 running: {running.http}  (Ctrl-C 停止 to stop)")
            await stop.wait()
    except (EmbeddedError, MigrationError) as error:
        raise Failure(str(error).splitlines()[0]) from error


def down(state: State = DEFAULT_STATE) -> None:
    """停止平台。Stop the platform in good order."""
    from chassis.embedded.processes import alive, started_at
    from chassis.embedded.state import StateDirectory

    owner = StateDirectory(state).owner() if state.exists() else None
    if owner is None:
        typer.echo("没有运行 nothing is running")
        return
    started = started_at(owner)
    os.kill(owner, signal.SIGTERM)
    limit = time.monotonic() + STOP_LIMIT_S
    while started is not None and alive(owner, started):
        if time.monotonic() > limit:
            raise Failure(f"process {owner} did not stop within {STOP_LIMIT_S:.0f} s")
        time.sleep(STEP_S)
    typer.echo("已停止 stopped")


def status(
    as_json: Json = False,
    wait_idle: Annotated[
        float | None,
        typer.Option("--wait-idle", help="等到空闲，秒 Wait until idle, at most so many seconds."),
    ] = None,
    state: State = DEFAULT_STATE,
) -> None:
    """运行状况。What runs, where it answers, and how far everything has come."""
    from huiyin.cli.idle import until_idle
    from huiyin.client.platform import Platform

    found = runtime(state)
    with Platform(found["http"]) as platform:
        if wait_idle is not None and not until_idle(platform, wait_idle):
            raise Failure(f"not idle within {wait_idle:g} s: {platform.busy()}")
        services = platform.status()
    shown = {key: found.get(key) for key in ("http", "nats", "postgres", "pids")}
    shown |= {"state": str(state.resolve()), "mode": found.get("mode"), "services": services}
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2, default=str))
        return
    _show(shown)


def _show(shown: dict[str, Any]) -> None:
    console = Console()
    for key in ("http", "state", "mode"):
        console.print(f"[bold]{key}[/bold] {shown[key]}")
    table = Table(
        "服务 service", "台账 head", "已发布 relayed", "已消费 consumed", "待办 pending", "异常 trouble"
    )
    for service in shown["services"]:
        consumed = ", ".join(f"{k} {v['position']}" for k, v in service["consumers"].items())
        pending = ", ".join(f"{k} {v}" for k, v in service["pending"].items() if v)
        trouble = "; ".join(service["trouble"].values())
        table.add_row(
            service["service"],
            str(service["head"]),
            str(service["relay"]["relayed"]),
            consumed,
            pending,
            trouble,
        )
    console.print(table)


def serve(
    service: Annotated[str, typer.Argument(help="服务名 The service: intake, routing …")],
    port: Port = DEFAULT_PORT,
    state: State = DEFAULT_STATE,
) -> None:
    """单独运行一项服务。Run one service, with its relay and reconciler, against a running installation."""
    _run(_serve(service, port, state))


async def _serve(name: str, port: int, state: Path) -> None:
    from chassis.installation import service_named
    from chassis.processes import FEEDS_VARIABLE
    from chassis.serving import listening_socket, serving
    from chassis.stack import running_installation

    try:
        service_named(name)
        feeds = json.loads(os.environ.get(FEEDS_VARIABLE, "null"))
        installation = running_installation(state, feeds)
        listener = listening_socket(port)
    except (KeyError, LookupError) as error:
        raise Failure(str(error).strip("'\"")) from error
    except OSError as error:
        raise Failure(f"port {port}: {error.strerror}") from error
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with serving([name], installation, listener):
        await stop.wait()
