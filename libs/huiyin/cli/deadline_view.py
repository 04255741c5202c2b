"""What `huiyin deadline` prints: a derivation, or the table of all clocks."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from huiyin.common.v1.types import DayKind, DayTreatment, Deadline
from statute.calendar import Calendar
from statute.deadlines import ends_at
from statute.derivation import days
from statute.instants import SHANGHAI
from statute.periods import in_words
from statute.rule_data import rule_data
from statute.rule_files import shipped
from statute.rules import Rule
from statute.rungs import urge_dates, warn_dates, warn_instants

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
    DayTreatment.EXCLUDED: "扣除 left out",
}
DIMMED = frozenset({DayTreatment.SKIPPED, DayTreatment.EXCLUDED})
WEEKDAYS = "一二三四五六日"


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
        "missed_from": ends_at(result).astimezone(SHANGHAI).isoformat(),
        "provisional": result.provisional,
        "extension_days": result.extension_days,
        "excluded_days": result.excluded_days,
        "days": _days(result, calendar),
        "warnings": _warnings(result),
        "urges": [{"rung": rung, "on": str(on)} for rung, on in urge_dates(result, calendar=calendar)],
    } | ({} if result.start_at is None else {"start_at": result.start_at.astimezone(SHANGHAI).isoformat()})


def clocks_as_dicts() -> list[dict[str, Any]]:
    """The newest version of every clock, as the rule files say it."""
    return [rule_data(rule) for rule in _newest()]


def clock_table() -> None:
    """Print the newest version of every clock."""
    table = Table(show_lines=True)
    table.add_column("时限 Clock", no_wrap=True)
    for heading in ("事项、起算 What, from when", "期限 Period", "责任 Who must", "依据 Basis"):
        table.add_column(heading, overflow="fold")
    for rule in _newest():
        what = f"{rule.name_zh} {rule.name_en}\n{rule.starts}"
        basis = f"{rule.law} {rule.article} {rule.verified_by}"
        table.add_row(rule.clock, what, in_words(rule.counting) + _more(rule), rule.who_must, Text(basis))
    Console().print(table, highlight=False)


def show(result: Deadline, shown: dict[str, Any]) -> None:
    """Print a derivation."""
    console = Console()
    for line in _lines(result, shown):
        console.print(line, markup=False, highlight=False, soft_wrap=isinstance(line, str))


def _newest() -> list[Rule]:
    return [shipped().versions(clock)[-1] for clock in shipped().clocks]


def _more(rule: Rule) -> str:
    extension = f"\n可延长 extension ≤ {rule.max_extension_days}" if rule.max_extension_days else ""
    return extension + (f"\n扣除 left out: {rule.exclusion}" if rule.exclusion else "")


def _lines(result: Deadline, shown: dict[str, Any]) -> list[str | Table]:
    rule = shipped().get(result.rule)
    basis = " · ".join(filter(None, (f"{rule.law} {rule.article}", rule.verified_by, result.calendar)))
    lines: list[str | Table] = [
        f"{rule.clock} {rule.name_zh} {rule.name_en}",
        f"{in_words(rule.counting)} · {result.rule} · {basis}",
    ]
    if result.start_at is None:
        lines += [_table(result, shown), f"期满日 nominal {result.nominal_on} · 到期日 due {result.due_on}"]
    else:
        lines.append(f"起算 start {shown['start_at']}")
    if result.extension_days or result.excluded_days:
        lines.append(
            f"延长 extended by {result.extension_days} 日 days · 扣除 left out {result.excluded_days} 日 days"
        )
    lines.append(f"逾期自 missed from {shown['missed_from']}")
    if rule.note:
        lines.append(rule.note)
    if result.provisional:
        lines.append("暂定：有年份的节假日安排尚未公布，该年只计周末。")
        lines.append("Provisional: a year's calendar is not published yet; there only weekends are known.")
    return lines


def _table(result: Deadline, shown: dict[str, Any]) -> Table:
    table = Table("日期 Date", "星期", "日别 Kind", "节日", "计法 Treatment", "累计")
    for (on, treatment, kind, count), day in zip(days(result), shown["days"], strict=True):
        number = str(count) if treatment is DayTreatment.COUNTED else ""
        style = "bold" if on == result.due_on else "dim" if treatment in DIMMED else None
        cells = (str(on), WEEKDAYS[on.weekday()], KINDS[kind], day["name"], TREATMENTS[treatment], number)
        table.add_row(*cells, style=style)
    return table


def _days(result: Deadline, calendar: Calendar) -> list[dict[str, Any]]:
    return [
        {
            "on": str(on),
            "weekday": on.isoweekday(),
            "kind": kind.name.lower(),
            "name": calendar.day_name(on),
            "treatment": treatment.name.lower(),
            "count": count,
        }
        for on, treatment, kind, count in days(result)
    ]


def _warnings(result: Deadline) -> list[dict[str, str]]:
    if result.start_at is None:
        return [{"rung": rung, "on": str(on)} for rung, on in warn_dates(result)]
    instants = warn_instants(result)
    return [{"rung": rung, "at": at.astimezone(SHANGHAI).isoformat()} for rung, at in instants]
