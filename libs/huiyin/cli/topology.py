"""`huiyin topology apply`: the bus made as declared."""

from __future__ import annotations

import asyncio

import typer

from huiyin.cli.options import DEFAULT_STATE, State

app = typer.Typer(help="总线 The topology of the bus.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `apply` a command of its own."""


@app.command("apply")
def apply_topology(state: State = DEFAULT_STATE) -> None:
    """按声明建立流与消费者，可重复执行。Make streams and durables as declared; safe to repeat."""
    from chassis.topology import apply_topology as apply
    from huiyin.cli.installation import installation

    changed = asyncio.run(apply(installation(state)))
    for difference in changed:
        typer.echo(str(difference))
    typer.echo(f"完成 done: {len(changed)} changed")
