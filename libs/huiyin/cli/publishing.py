"""`huiyin calendar | rule import FILE`: what is counted by, proposed by one person and approved by another."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from huiyin.cli.errors import Failure
from huiyin.cli.idle import until_idle
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.cli.running import runtime
from huiyin.client.platform import Platform

calendars = typer.Typer(help="日历 Working calendars.", no_args_is_help=True)
rules = typer.Typer(help="时限规则 Rules for periods.", no_args_is_help=True)

ROLE = "rule_keeper"
OFFICE = "po1"
"""The unit of both persons where none is named: the petition office that the first start founds."""

RECOMPUTE_LIMIT_S = 600.0
"""Some 500 open clocks are counted again in a second; a platform with more of them goes on by itself."""

PAGE = 500
SHOWN = 12
"""Lines of a table that a person still reads; --json has all."""

File = Annotated[Path, typer.Argument(help="TOML 文件 The file.", exists=True, dir_okay=False, readable=True)]
Unit = Annotated[str, typer.Option(help="单位 The unit of both persons.")]
Maker = Annotated[str, typer.Option(help="提请人 Who proposes (a pseudonym).")]
Checker = Annotated[
    str | None, typer.Option(help="复核人 Who approves, another person; none: it waits for approval.")
]


@calendars.command("import")
def import_calendar(
    file: File,
    maker: Maker,
    checker: Checker = None,
    unit: Unit = OFFICE,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """发布一年的日历，未结期限随即重算。Publish a year's calendar; open periods that reach into it are recomputed."""
    _import("calendars", file, maker, checker, unit, as_json, state)


@rules.command("import")
def import_rules(
    file: File,
    maker: Maker,
    checker: Checker = None,
    unit: Unit = OFFICE,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """发布规则的新版本，只及于今后。Publish new versions of a rule; they work forward only."""
    _import("rules", file, maker, checker, unit, as_json, state)


@calendars.command("approve")
@rules.command("approve")
def approve(
    version: Annotated[str, typer.Argument(help="版本 The version: cn@2027.1, K5@3.")],
    checker: Annotated[str, typer.Option(help="复核人 Who approves, not who proposed.")],
    unit: Unit = OFFICE,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """复核他人提请的日历或规则。Approve what another person proposed."""
    with Platform(runtime(state)["http"]) as platform:
        before, begin = _last(platform), time.monotonic()
        _approve(platform, version, checker, unit)
        _report(platform, [version], before, begin, as_json)


def _import(
    what: str, file: Path, maker: str, checker: str | None, unit: str, as_json: bool, state: Path
) -> None:
    if maker == checker:
        raise Failure("the person who approves is not the one who proposes: name two", 2)
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Failure(f"{file.name} is no UTF-8 text; save it as UTF-8", 2) from None
    with Platform(runtime(state)["http"]) as platform:
        begin, before = time.monotonic(), _last(platform)
        given = platform.post(f"/oversight/v1/{what}", {"text": text}, actor=f"{unit};{ROLE};{maker}")
        versions: list[str] = given["proposed"]
        if checker is None:
            _say_waiting(what, versions, as_json)
            return
        for version in versions:
            _approve(platform, version, checker, unit)
        _report(platform, versions, before, begin, as_json)


def _approve(platform: Platform, version: str, checker: str, unit: str) -> None:
    platform.post(f"/oversight/v1/publications/{version}/approve", {}, actor=f"{unit};{ROLE};{checker}")


def _say_waiting(what: str, versions: Sequence[str], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"proposed": list(versions), "published": []}))
        return
    for version in versions:
        command = f"huiyin {what.rstrip('s')} approve {version} --checker …"
        typer.echo(f"{version} 待复核 waits for a second person: {command}")
    if not versions:
        typer.echo("已经生效，无可提请。 All of it is in force already.")


def _report(platform: Platform, versions: Sequence[str], before: int, begin: float, as_json: bool) -> None:
    idle = until_idle(platform, RECOMPUTE_LIMIT_S)
    took_s = round(time.monotonic() - begin, 1)
    if not idle:
        raise Failure("published; open periods are still being recomputed: see `huiyin status`")
    rows = _recomputed(platform, before)
    if as_json:
        said = {"published": list(versions), "took_s": took_s, "recomputed": rows}
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    console = Console()
    what = "、".join(versions) or "-"
    console.print(f"{what} 已发布 published; {len(rows)} 项期限已重算 periods recomputed; {took_s} s")
    if rows:
        console.print(_table(rows))


def _table(rows: Sequence[dict[str, Any]]) -> Table:
    moved = [row for row in rows if row["old_due_on"] != row["due_on"]]
    counts = Counter(row["clock"] for row in rows)
    said = "，".join(f"{clock} {count}" for clock, count in sorted(counts.items()))
    table = Table(title=f"{said}；其中改期 moved {len(moved)}")
    for heading in ("件 case", "时限 clock", "单位 unit", "原届满 old", "现届满 new"):
        table.add_column(heading)
    shown = moved or rows
    for row in shown[:SHOWN]:
        table.add_row(
            row["case_id"],
            row["clock"],
            row["unit_id"],
            row["old_due_on"] + ("（暂定）" if row["old_provisional"] else ""),
            row["due_on"] + ("（暂定）" if row["provisional"] else ""),
        )
    if len(shown) > SHOWN:
        table.add_row("…", "", "", "", f"{len(shown) - SHOWN} more; --json has all")
    return table


def _last(platform: Platform) -> int:
    """Oversight's head before: what is recomputed comes after it."""
    (status,) = platform.status(("oversight",))
    return int(status["head"])


def _recomputed(platform: Platform, after: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while page := platform.get("/oversight/v1/recomputations", after=after, limit=PAGE):
        found += page
        after = page[-1]["position"]
    return found
