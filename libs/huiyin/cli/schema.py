"""`huiyin schema apply`: the database brought up to date."""

from __future__ import annotations

import asyncio

import typer

from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, State

app = typer.Typer(help="数据库 The schema of the database.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `apply` a command of its own."""


@app.command("apply")
def apply_schema(state: State = DEFAULT_STATE) -> None:
    """执行尚未执行的迁移，可重复执行。Apply what was not applied yet; safe to repeat."""
    from chassis.database import apply_schema as apply
    from huiyin.cli.installation import installation
    from ledger.migrations import MigrationError

    try:
        applied = asyncio.run(apply(installation(state)))
    except MigrationError as error:
        raise Failure(str(error)) from error
    for each in applied:
        typer.echo(f"{each.set} {each.file}")
    typer.echo(f"完成 done: {len(applied)} applied")
