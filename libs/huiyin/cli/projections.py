"""`huiyin projections rebuild [NAME]`: read models made anew from the ledgers. Nothing is sent, ever."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.cli.running import runtime
from huiyin.client.platform import SERVICES, Platform, PlatformError

app = typer.Typer(help="读模型 Read models.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `rebuild` a command of its own."""


@app.command("rebuild")
def rebuild(
    name: Annotated[str | None, typer.Argument(help="名称 For example audit.timeline; none: all.")] = None,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """从台账重建读模型，不会发出任何通知。Rebuild read models from the ledgers; nothing is sent."""
    with Platform(runtime(state)["http"]) as platform:
        try:
            known = [f"{s}.{p}" for s in SERVICES for p in platform.get(f"/{s}/v1/projections")]
            wanted = [each for each in known if name in (None, each, each.partition(".")[0])]
            if not wanted:
                raise Failure(f"there is no projection {name!r}; there are {', '.join(known)}", 2)
            done = []
            for each in wanted:
                service, _, projection = each.partition(".")
                done.append(
                    {"name": each, **platform.post(f"/{service}/v1/projections/{projection}/rebuilds", {})}
                )
                if not as_json:
                    typer.echo(f"{each}: {done[-1]['events']} events")
        except PlatformError as error:
            raise Failure(str(error)) from error
    if as_json:
        typer.echo(json.dumps(done, ensure_ascii=False, indent=2))
