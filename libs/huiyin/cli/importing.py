"""`huiyin import FILE --mapping NAME`: historical cases of another system, brought in once for ever."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from huiyin.cli.errors import Failure
from huiyin.cli.stacks import own_stack, read_runtime, settled_runtime
from huiyin.client.platform import Platform, PlatformError
from huiyin.importing.facts import Facts, FileMapping, Rejected
from huiyin.importing.reasons import DUPLICATE
from huiyin.importing.rows import BadRow, CsvFile, UnreadableFile
from huiyin.importing.teddy import MAPPINGS

DEFAULT_STATE = Path(".huiyin/import")
IDLE_LIMIT_S = 600.0
"""A large file may keep oversight busy for minutes after its last row; progress shows that it goes on."""

SUMMARY_CASES = 20_000
"""As many as audit sums up in one request."""

SHOWN_REJECTIONS = 10

ADOPTED_AT_ONCE = 100
"""Cases in one request of adoption."""


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV 文件 The file.")],
    mapping: Annotated[str, typer.Option(help=f"映射规则 How its rows are read: {', '.join(MAPPINGS)}.")],
    report: Annotated[Path | None, typer.Option(help="报告写入此文件 Write the report here (JSON).")] = None,
    adopt: Annotated[bool, typer.Option("--adopt", help="接管未结事项 Make open cases live.")] = False,
    state: Annotated[
        Path, typer.Option("--state", help="状态目录 The state directory.", show_default=".huiyin/import")
    ] = DEFAULT_STATE,
) -> None:
    """导入历史事项；同一文件再导一次不会多出任何东西。Bring in historical cases; the same file again creates nothing."""
    found = run_import(file, mapping, state, report, adopt)
    show_report(found, Console())


def run_import(
    file: Path, mapping: str, state: Path, report: Path | None = None, adopt: bool = False
) -> dict[str, Any]:
    """Import a file and return the report, which is also written to `report`. Raises Failure.

    A platform that runs in the state directory is used; otherwise one is started, and ended at the end.
    """
    rule = MAPPINGS.get(mapping)
    if rule is None:
        raise Failure(f"no mapping {mapping!r}: there is {', '.join(MAPPINGS)}", 2)
    began = time.monotonic()
    try:
        source = CsvFile(file, rule.columns)
        _writable(report)
        with _platform(state) as runtime:
            found = _import(source, rule, state, runtime["http"], began, adopt)
    except UnreadableFile as error:
        raise Failure(str(error)) from error
    except PlatformError as error:
        raise Failure(f"{error}; the same command again continues the import") from error
    if report is not None:
        report.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return found


def _writable(report: Path | None) -> None:
    """An import of minutes must not fail at its last step."""
    if report is None:
        return
    existing = report if report.exists() else report.absolute().parent
    if report.is_dir() or not os.access(existing, os.W_OK):
        raise Failure(f"{report}: 不能写入报告 the report cannot be written there")


@contextlib.contextmanager
def _platform(state: Path) -> Iterator[dict[str, Any]]:
    running = settled_runtime(state)
    if not running:
        with own_stack(state, allow_import=True) as started:
            yield started
    elif running.get("allow_import"):
        yield running
    else:
        raise Failure(f"the platform in {state} takes no imports: start it with --allow-import")


def _import(
    source: CsvFile, rule: FileMapping, state: Path, http: str, began: float, adopt: bool
) -> dict[str, Any]:
    from huiyin.cli.import_sending import Sender
    from huiyin.cli.memory import peak_of

    with Platform(http) as platform, peak_of(state) as peak, _progress() as progress:
        task = progress.add_task("导入 importing", total=source.size)
        sender = Sender(platform, rule)
        sender.send(_tracked(read(source, rule), source, progress, task))
        progress.update(task, completed=source.size)
        _settle(platform, state, progress)
        figures = summary(platform, sender.sent.case_ids)
        if adopt:  # After the figures: those are of the file alone.
            _adopt(platform, sender)
            _settle(platform, state, progress)
    if figures["cases"] != len(sender.sent.case_ids):
        raise Failure(f"{len(sender.sent.case_ids)} cases were sent, audit knows {figures['cases']}")
    seconds = time.monotonic() - began
    return {
        "cases": figures["cases"],
        "rejected": [
            {"row": each.number, "id": each.id, "reason": each.reason} for each in sender.sent.rejected
        ],
        "notes": dict(sorted(sender.sent.notes.items())),
        "events": figures["events"],
        "by_state": figures["by_state"],
        "clocks": figures["clocks"],
        "elapsed_over": figures["elapsed_over"],
        "seconds": round(seconds, 1),
        "events_per_s": round(figures["events"] / seconds, 1),
        "peak_pss_mb": peak.mebibytes,
    }


def read(source: CsvFile, rule: FileMapping) -> Iterator[Facts | Rejected]:
    """What every row says; the second of two rows with the same id is not taken."""
    from chassis.clock import WallClock

    now = WallClock().now()
    seen: set[str] = set()
    for row in source.rows():
        if isinstance(row, BadRow):
            yield Rejected(row.number, row.id, str(row.reason))
            continue
        facts = rule.facts(row.number, row.values, now)
        if isinstance(facts, Facts) and facts.case_id in seen:
            yield Rejected(row.number, facts.id, str(DUPLICATE))
            continue
        if isinstance(facts, Facts):
            seen.add(facts.case_id)
        yield facts


def _adopt(platform: Platform, sender: Any) -> None:
    """Have oversight take over what is still open; taken over already: nothing more."""
    open_cases = sender.sent.open_case_ids
    for start in range(0, len(open_cases), ADOPTED_AT_ONCE):
        chunk = open_cases[start : start + ADOPTED_AT_ONCE]
        platform.post("/oversight/v1/adoptions", {"case_ids": chunk}, actor=sender.actor)


def _tracked(
    rows: Iterator[Facts | Rejected], source: CsvFile, progress: Progress, task: Any
) -> Iterator[Facts | Rejected]:
    for row in rows:
        yield row
        progress.update(task, completed=source.read_bytes)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _settle(platform: Platform, state: Path, progress: Progress) -> None:
    """Until relays are at their heads, consumers at their sources' heads, and nothing is pending."""
    from huiyin.cli.idle import until_idle

    def still_there(_busy: str) -> None:
        if not read_runtime(state):
            raise PlatformError("the platform has ended")

    task = progress.add_task("各服务处理 settling", total=None)
    if not until_idle(platform, IDLE_LIMIT_S, still_there):
        raise Failure(f"not idle within {IDLE_LIMIT_S:.0f} s: {platform.busy()}")
    progress.update(task, total=1, completed=1)


def summary(platform: Platform, case_ids: list[str]) -> dict[str, Any]:
    """Audit's figures over the cases, as it derived them from their events."""
    parts = [
        platform.post("/audit/v1/summaries", {"case_ids": case_ids[start : start + SUMMARY_CASES]})
        for start in range(0, max(1, len(case_ids)), SUMMARY_CASES)
    ]
    clocks = {name: dict(_added(part["clocks"][name] for part in parts)) for name in parts[0]["clocks"]}
    return {
        "cases": sum(part["cases"] for part in parts),
        "events": sum(part["events"] for part in parts),
        "by_state": dict(sorted(_added(part["by_state"] for part in parts).items())),
        "clocks": clocks,
        "elapsed_over": dict(_added(part["elapsed_over"] for part in parts)),
    }


def _added(counts: Any) -> Counter[str]:
    """Sums by name; names with a sum of 0 stay."""
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total


def show_report(report: dict[str, Any], console: Console) -> None:
    """The report as a person reads it."""
    table = Table("导入 imported", "", show_header=False)
    table.add_row("事项 cases", str(report["cases"]))
    table.add_row("事件 events", f"{report['events']} ({report['events_per_s']}/s)")
    table.add_row("状态 by state", _counted(report["by_state"]))
    for clock, figures in report["clocks"].items():
        table.add_row(f"时限 {clock}", _counted(figures))
    table.add_row("办理天数超过 elapsed over, days", _counted(report["elapsed_over"]))
    table.add_row("略去的步骤 steps left out", _counted(report["notes"]) or "0")
    table.add_row("未导入的行 rejected rows", str(len(report["rejected"])))
    table.add_row("用时 seconds", str(report["seconds"]))
    table.add_row("内存峰值 peak PSS, MiB", str(report["peak_pss_mb"]))
    console.print(table)
    for each in report["rejected"][:SHOWN_REJECTIONS]:
        console.print(f"第 {each['row']} 行 row {each['row']} {each['id']}: {each['reason']}", markup=False)
    if len(report["rejected"]) > SHOWN_REJECTIONS:
        console.print(
            f"…… {len(report['rejected']) - SHOWN_REJECTIONS} 行见报告 more in the report (--report)"
        )


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


__all__ = ("import_file", "read", "run_import", "show_report", "summary")
