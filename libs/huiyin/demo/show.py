"""What a demonstration prints. The same on every day and machine, but for lines that begin with MACHINE."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from huiyin.case_state import CASE_STATE_ZH, CaseState
from huiyin.demo.figures import Figures

MACHINE = "本机 this machine:"
"""Begins every line that another run may print otherwise."""

CLOCKS = {"K1": "转送 K1", "K3": "受理 K3", "K5": "答复 K5", "K18": "回访 K18"}

ShowCase = Callable[[Console, dict[str, Any]], None]
ShowLedgers = Callable[[Console, list[dict[str, Any]]], None]


def show(console: Console, figures: Figures, *, show_case: ShowCase, show_ledgers: ShowLedgers) -> None:
    """One case from end to end, the units' compliance, the ledgers, and the figures."""
    _title(
        console, "一件到底：无人受理，依规视为受理，逾期才答复", "One case: deemed accepted, answered late"
    )
    show_case(console, figures.shown_case)
    _title(console, "各单位按期履责情况", "How units kept their clocks")
    _compliance(console, figures)
    _title(console, "台账核验：逐行重算散列链", "Every ledger, its hash chain computed again line by line")
    show_ledgers(console, figures.ledgers)
    _title(console, "汇总（均由事件得出）", "Figures, all derived from events")
    _figures(console, figures)


def where_next(console: Console, command: str, state: str, receipt: str) -> None:
    """Commands to copy."""
    _title(console, "接下来", "Where to look next")
    on = f"--state {state}"
    lines = (
        ("重新启动 start it again", f"{command} up --simulated --detach {on}"),
        ("当时所见 as it stood then", f"{command} case show {receipt} --as-of 2025-10-20 {on}"),
        ("办件列表 list cases", f"{command} case list --in accepted {on}"),
        ("逐日推算期限 a deadline, day by day", f"{command} deadline K3 --start 2025-09-20"),
        ("停止 stop it", f"{command} down {on}"),
    )
    for what, line in lines:
        console.print(f"  [dim]# {what}[/dim]", highlight=False)
        console.print(f"  {line}", highlight=False, soft_wrap=True)


def _title(console: Console, zh: str, en: str) -> None:
    console.print()
    console.print(f"[bold]{zh}[/bold]  {en}", highlight=False)


def _compliance(console: Console, figures: Figures) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("单位 unit", overflow="fold")
    for title in CLOCKS.values():
        table.add_column(title, justify="right")
    of: dict[str, dict[str, dict[str, Any]]] = {}
    for cohort in figures.cohorts:
        of.setdefault(cohort["unit_id"], {})[cohort["clock"]] = cohort
    late = [unit for unit in figures.units if any(each["missed"] for each in of.get(unit, {}).values())]
    rest = [unit for unit in figures.units if unit in of and unit not in late]
    for unit in late:
        table.add_row(figures.units[unit], *_cells([of[unit]]))
    if rest:
        table.add_row(f"其余 {len(rest)} 个单位 others", *_cells([of[unit] for unit in rest]))
    table.add_section()
    table.add_row("合计 all", *_cells(list(of.values())))
    console.print(table)
    console.print(
        "按期／已定（逾期）。K1 转送，K3 受理告知，K5 答复，K18 回访；不足 30 件不排名。\n"
        "In time / decided (missed): transfer, acceptance, opinion, call-back. No rank below 30 duties.",
        style="dim",
        highlight=False,
    )


def _cells(units: Sequence[dict[str, dict[str, Any]]]) -> list[str]:
    cells = []
    for clock in CLOCKS:
        cohorts = [unit[clock] for unit in units if clock in unit]
        met, missed = (sum(cohort[name] for cohort in cohorts) for name in ("met", "missed"))
        text = f"{met}/{met + missed}" if met + missed else "–"
        cells.append(f"{text} [red]({missed})[/red]" if missed else text)
    return cells


def _figures(console: Console, figures: Figures) -> None:
    summary = figures.summary
    states = [
        f"{CASE_STATE_ZH[state]} {state} {summary['by_state'][state]}"
        for state in CaseState
        if state in summary["by_state"]
    ]
    missed = {clock: counts["missed"] for clock, counts in summary["clocks"].items()}
    lines = (
        f"办件 cases {summary['cases']}，事件 events {summary['events']}",
        "状态 by state: " + "，".join(states),
        f"视为受理 deemed accepted {figures.deemed}；逾期 missed: "
        + "，".join(f"{clock} {count}" for clock, count in missed.items()),
        f"通知书 notices written {figures.notices}",
    )
    for line in lines:
        console.print(f"  {line}", highlight=False)
