"""`huiyin deadline CLOCK --start DATE`: a due date and how it came about, day by day."""

import json
import re
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.common.v1.types import DayKind, DayTreatment, Deadline
from statute.calendar import Calendar, load
from statute.deadlines import compute
from statute.derivation import days
from statute.errors import StatuteError
from statute.instants import SHANGHAI, end_instant
from statute.rule_files import shipped
from statute.rungs import urge_dates, warn_dates

JURISDICTION = "cn"

BAD_INPUT = 2
"""Exit code for a clock, date or extension that cannot be computed."""

KINDS = {
    DayKind.WORKDAY: "工作日 working day",
    DayKind.MAKEUP_WORKDAY: "调休上班 make-up day",
    DayKind.WEEKEND: "周末 weekend",
    DayKind.HOLIDAY: "节假日 holiday",
    DayKind.UNKNOWN: "未公布 unpublished",
}
TREATMENTS = {
    DayTreatment.START: "起算日 start",
    DayTreatment.COUNTED: "计入 counted",
    DayTreatment.SKIPPED: "不计 skipped",
    DayTreatment.ROLLED: "顺延 rolled",
}
WEEKDAYS = "一二三四五六日"


def deadline(
    clock: Annotated[str, typer.Argument(help="时限代号 The clock: K1, K3, K4, K5, K18.")],
    start: Annotated[str, typer.Option(help="起算日 Date of the event that starts it, YYYY-MM-DD.")],
    extension: Annotated[int, typer.Option(help="延长天数 Days of a granted extension.")] = 0,
    as_json: Json = False,
    _state: State = DEFAULT_STATE,
) -> None:
    """计算期限并逐日列出依据。Compute a deadline and show its derivation day by day."""
    try:
        calendar = load(JURISDICTION)
        result = compute(clock, read_date(start), calendar=calendar, extension_days=extension)
        shown = as_dict(result, calendar)
    except StatuteError as problem:
        typer.echo(f"无法计算期限 cannot compute: {problem}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _show(result, shown)


def read_date(text: str) -> date:
    """A date written YYYY-MM-DD, nothing else. Raises StatuteError."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise StatuteError(f"{text!r} is no date; write it as YYYY-MM-DD, for example 2025-09-20") from None


def as_dict(result: Deadline, calendar: Calendar) -> dict[str, Any]:
    """Everything about a deadline as JSON values; dates as YYYY-MM-DD, instants in Asia/Shanghai."""
    rule = shipped().get(result.rule)
    return {
        "clock": result.clock,
        "rule": result.rule,
        "law": rule.law,
        "article": rule.article,
        "verified_by": rule.verified_by,
        "calendar": result.calendar,
        "start_on": str(result.start_on),
        "nominal_on": str(result.nominal_on),
        "due_on": str(result.due_on),
        "missed_from": end_instant(result.due_on).astimezone(SHANGHAI).isoformat(),
        "provisional": result.provisional,
        "days": [
            {
                "on": str(on),
                "weekday": on.isoweekday(),
                "kind": kind.name.lower(),
                "name": calendar.day_name(on),
                "treatment": treatment.name.lower(),
                "count": count,
            }
            for on, treatment, kind, count in days(result)
        ],
        "warnings": [{"rung": rung, "on": str(on)} for rung, on in warn_dates(result)],
        "urges": [{"rung": rung, "on": str(on)} for rung, on in urge_dates(result, calendar=calendar)],
    }


def _show(result: Deadline, shown: dict[str, Any]) -> None:
    rule = shipped().get(result.rule)
    unit = "个工作日 working days" if rule.working_days else "日 days"
    basis = f"{rule.law} {rule.article} {rule.verified_by}"
    lines = [
        f"{rule.clock} {rule.name_zh} {rule.name_en}",
        f"{rule.value} {unit} · {result.rule} · {basis} · {result.calendar}",
        _table(result, shown),
        f"期满日 nominal {result.nominal_on} · 到期日 due {result.due_on}",
        f"逾期自 missed from {shown['missed_from']}",
    ]
    if result.provisional:
        lines.append("暂定：有年份的节假日安排尚未公布，该年只计周末。")
        lines.append("Provisional: a year's calendar is not published yet; there only weekends are known.")
    console = Console()
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=isinstance(line, str))


def _table(result: Deadline, shown: dict[str, Any]) -> Table:
    table = Table("日期 Date", "星期", "日别 Kind", "节日", "计法 Treatment", "累计")
    for (on, treatment, kind, count), day in zip(days(result), shown["days"], strict=True):
        number = str(count) if treatment is DayTreatment.COUNTED else ""
        style = "bold" if on == result.due_on else "dim" if treatment is DayTreatment.SKIPPED else None
        cells = (str(on), WEEKDAYS[on.weekday()], KINDS[kind], day["name"], TREATMENTS[treatment], number)
        table.add_row(*cells, style=style)
    return table
