"""`huiyin statute whatif --rules FILE`: which cases of the ledger would have been late or in time under other rules."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.codec import decode, decode_envelope
from huiyin.oversight.v1.events import (
    CalendarPublished,
    ClockConverted,
    ClockExtended,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineRecomputed,
    RulePublished,
)
from statute.definitions import read_calendar_definition, read_rule_definition
from statute.errors import StatuteError
from statute.in_force import Statute, shipped_statute
from statute.instants import civil_date
from statute.new_versions import read_rules_strict
from statute.whatif import Outcome, Period, counterfactual

app = typer.Typer(help="期限规则 The rules of periods.", no_args_is_help=True)

JURISDICTION = "cn"
PAGE = 5_000
"""Lines read at a time: some 3 MB."""

SHOWN = 20
"""Lines of a table that a person still reads; --json has all."""

BAD_INPUT = 2


@app.callback()
def group() -> None:
    """Keeps `whatif` a command of its own."""


@app.command("whatif")
def whatif(
    rules: Annotated[
        Path,
        typer.Option(
            help="规则文件 A rule file (TOML), as for `huiyin rule import`.", exists=True, dir_okay=False
        ),
    ],
    today: Annotated[str | None, typer.Option(help="截至日期 As of this date; none: now.")] = None,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """假设适用另一规则，哪些件会逾期、哪些不会。What would have been late, or in time, under other rules. Records nothing."""
    from huiyin.cli.installation import installation

    try:
        text = rules.read_text(encoding="utf-8")
        until = date.fromisoformat(today) if today else civil_date(installation(state).clock.now())
        told = asyncio.run(replay(state))
        other = told.statute
        for rule in read_rules_strict(text, told.statute.rules):
            other = other.with_rule(rule)
    except (StatuteError, ValueError) as problem:
        raise Failure(str(problem), BAD_INPUT) from None
    outcomes = [each for each in counterfactual(told.periods.values(), other, until) if each.differs]
    if as_json:
        typer.echo(json.dumps([_as_dict(each) for each in outcomes], ensure_ascii=False, indent=2))
    else:
        _show(outcomes)


@dataclass
class Replay:
    """What oversight's ledger tells: every clock in the order in which they started, and what was published.

    A clock of exact duration is left out: the question is asked of periods that count days.
    """

    periods: dict[tuple[str, str], Period] = field(default_factory=dict)
    statute: Statute = field(default_factory=lambda: shipped_statute(JURISDICTION))

    def take(self, event: Any) -> None:
        """One event more."""
        match event:
            case CalendarPublished() if event.jurisdiction == JURISDICTION:
                self.statute = self.statute.with_year(read_calendar_definition(event.definition))
            case RulePublished():
                self.statute = self.statute.with_rule(read_rule_definition(event.definition))
            case ClockStarted() if event.deadline.start_at is None:
                self.periods[event.case_id, event.clock] = _started(event)
            case DeadlineRecomputed() | ClockExtended() | ClockResumed():
                new = event.deadline
                extension = new.extension_days
                self._replace(event, due_on=new.due_on, provisional=new.provisional, extension_days=extension)
            case ClockConverted():
                self._replace(event, ended_on=event.converted_on)
            case ClockStopped():
                self._replace(event, ended_on=event.stopped_on, deemed=event.deemed)
            case _:
                pass

    def _replace(self, event: Any, **now: Any) -> None:
        key = event.case_id, event.clock
        if key in self.periods:
            self.periods[key] = replace(self.periods[key], **now)


def _started(event: ClockStarted) -> Period:
    return Period(
        case_id=event.case_id,
        clock=event.clock,
        unit_id=event.unit_id,
        rule=event.rule,
        start_on=event.start_on,
        due_on=event.due_on,
        provisional=event.provisional,
        ended_on=None,
        extension_days=event.deadline.extension_days,
    )


async def replay(state: Path) -> Replay:
    """Read oversight's ledger from its first line, as an auditor would."""
    from huiyin.cli.installation import installation
    from ledger.pool import open_pool
    from ledger.postgres import PostgresLedger

    told = Replay()
    pool = await open_pool(installation(state).auditor_dsn, size=1, application="huiyin whatif")
    try:
        ledger, position = PostgresLedger(pool, "oversight"), 0
        while lines := await ledger.read(position, PAGE):
            for line in lines:
                recorded = decode_envelope(line.bytes)
                told.take(decode(recorded.type, recorded.payload))
            position = lines[-1].position
    finally:
        await pool.close()
    return told


def _as_dict(outcome: Outcome) -> dict[str, Any]:
    period = outcome.period
    return {
        "case_id": period.case_id,
        "clock": period.clock,
        "unit_id": period.unit_id,
        "start_on": period.start_on.isoformat(),
        "ended_on": period.ended_on.isoformat() if period.ended_on else None,
        "rule": period.rule,
        "due_on": period.due_on.isoformat(),
        "late": outcome.was_late,
        "other_rule": outcome.rule,
        "other_due_on": outcome.due_on.isoformat(),
        "other_late": outcome.would_be_late,
    }


def _show(outcomes: list[Outcome]) -> None:
    console = Console()
    counts = Counter((each.was_late, each.would_be_late) for each in outcomes)
    console.print(
        f"{len(outcomes)} 项期限 periods；逾期 late {sum(each.was_late for each in outcomes)}"
        f" → {sum(each.would_be_late for each in outcomes)}"
        f"（新增逾期 newly late {counts[False, True]}，不再逾期 no longer late {counts[True, False]}）"
    )
    changed = [each for each in outcomes if each.changed]
    if not changed:
        return
    table = Table()
    for heading in (
        "件 case",
        "时限 clock",
        "单位 unit",
        "办结 ended",
        "届满 due",
        "假设届满 would be due",
        "结果 verdict",
    ):
        table.add_column(heading)
    for each in changed[:SHOWN]:
        period = each.period
        table.add_row(
            period.case_id,
            period.clock,
            period.unit_id,
            str(period.ended_on or "未结 open"),
            str(period.due_on),
            str(each.due_on),
            "逾期 late" if each.would_be_late else "不逾期 in time",
        )
    if len(changed) > SHOWN:
        table.add_row("…", "", "", "", "", "", f"{len(changed) - SHOWN} more; --json has all")
    console.print(table)
