"""`huiyin ledger verify`: every line of every ledger, against nothing but itself; and `recover`, of recover.py."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.cli.recover import recover

app = typer.Typer(help="台账 The ledgers.", no_args_is_help=True)


app.command("recover")(recover)


@app.command("verify")
def verify(
    service: Annotated[str | None, typer.Option(help="只核验此服务 Only this service.")] = None,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """逐行核验全部台账。Check the chain of every ledger; exit code 1 if one cannot be believed."""
    results = asyncio.run(verify_ledgers(state, service))
    broken = [each for each in results if each["finding"]]
    if as_json:
        typer.echo(json.dumps(results, ensure_ascii=False, indent=2))
    else:
        show(Console(), results)
    if broken:
        raise Failure(
            f"{len(broken)} ledger(s) cannot be believed: {broken[0]['service']} {broken[0]['finding']}"
        )


async def verify_ledgers(state: Any, service: str | None = None) -> list[dict[str, Any]]:
    """One entry a ledger: lines, head, and the first position that does not fit, if any."""
    from chassis.installation import SERVICES
    from huiyin.cli.installation import installation
    from ledger.audit import check
    from ledger.pool import open_pool
    from ledger.postgres import PostgresLedger

    if service is not None and service not in SERVICES:
        raise Failure(f"there is no service {service!r}; there are {', '.join(SERVICES)}", 2)
    results = []
    pool = await open_pool(installation(state).auditor_dsn, size=1, application="huiyin verify")
    try:
        for name in [service] if service else SERVICES:
            ledger = PostgresLedger(pool, name)
            _, digest = await ledger.head()
            finding, checked = await check(ledger)
            results.append(
                {
                    "service": name,
                    "lines": checked,
                    "head": digest.hex(),
                    "finding": str(finding) if finding else None,
                    "position": finding.position if finding else None,
                }
            )
    finally:
        await pool.close()
    return results


def show(console: Console, results: list[dict[str, Any]], *, heads: bool = True) -> None:
    """The result of a verification as a table; without `heads`, nothing in it differs between installations."""
    table = Table("台账 ledger", "行数 lines", *(["末行散列 head"] if heads else []), "结果 result")
    for each in results:
        verdict = f"[red]{each['finding']}[/red]" if each["finding"] else "[green]完整 intact[/green]"
        head = [each["head"][:16]] if heads else []
        table.add_row(each["service"], str(each["lines"]), *head, verdict)
    console.print(table)
