"""`huiyin unit import FILE`: a directory of units, taken whole or refused with every fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.cli.running import runtime
from huiyin.client.platform import Platform

app = typer.Typer(help="单位目录 The directory of units.", no_args_is_help=True)

ROLE = "administrator"
OFFICE = "po1"
"""Who imports where none is named: the petition office that the first start founds."""


@app.callback()
def units() -> None:
    """单位目录 The directory of units."""


@app.command("import")
def import_units(
    file: Annotated[
        Path, typer.Argument(help="CSV 文件 The file.", exists=True, dir_okay=False, readable=True)
    ],
    by: Annotated[str, typer.Option(help="经办人 Who imports it (a pseudonym).")] = "importer",
    unit: Annotated[str, typer.Option(help="单位 The unit of that person.")] = OFFICE,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """导入单位目录：先整份核对，有误则整份退回；重复导入不会多出任何单位。Import a directory; again changes nothing."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Failure(f"{file.name} is no UTF-8 text; save it as UTF-8", 2) from None
    with Platform(runtime(state)["http"]) as platform:
        done = platform.post("/routing/v1/directory-imports", {"text": text}, actor=f"{unit};{ROLE};{by}")
    if as_json:
        typer.echo(json.dumps(done, ensure_ascii=False))
        return
    typer.echo(f"新设 {done['founded']} 个单位，已有 {done['known']} 个。 {done['founded']} founded.")
