"""`huiyin demo`: months of petitions in a minute, or real input, on a platform of its own."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from huiyin.cli.errors import Failure

DEMO_STATE = Path(".huiyin/demo")
IMPORT_STATE = Path(".huiyin/import")
"""Demonstration and import use directories of their own, never the one of a platform in use."""

MAPPING = "teddy-replies"
MOST_CASES = 5_000
"""So many are handled in a few minutes, and their figures still fit one request."""

QUIET_LIMIT_S = 60.0
"""A day's work takes a moment; a platform still busy after that is stuck."""

QUIET_STEP_S = 0.02
"""Hundreds of waits follow one another, each over after a few hundredths of a second."""

WIDTH = 100
"""What is printed must not depend on who looks at it, unless somebody does."""


def demo(
    cases: Annotated[int, typer.Option(help="件数 How many cases.", min=1, max=MOST_CASES)] = 200,
    data: Annotated[Path | None, typer.Option(help="真实数据 Import this file instead.")] = None,
    report: Annotated[Path | None, typer.Option(help="汇总写入此文件 Write the figures as JSON.")] = None,
    state: Annotated[
        Path | None,
        typer.Option(
            help="状态目录 State directory.", show_default=".huiyin/demo, with --data .huiyin/import"
        ),
    ] = None,
) -> None:
    """演示：数月信访事项，一分钟办完。The main job: petitions handled over simulated months, by the real services."""
    if data is not None:
        from huiyin.cli.importing import run_import, show_report

        show_report(run_import(data, MAPPING, state or IMPORT_STATE, report), Console())
        return
    _check_report(report)
    run_demo(cases, state or DEMO_STATE, report)


def run_demo(cases: int, state: Path, report: Path | None) -> dict[str, Any]:
    """Play the plan in a state directory of its own, show what came of it, stop. Raises Failure."""
    from huiyin.cli.case import show_view
    from huiyin.cli.ledger import show as show_ledgers
    from huiyin.demo import show

    began = time.monotonic()
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    figures = _play(cases, state)
    show.show(
        console,
        figures,
        show_case=show_view,
        show_ledgers=lambda where, results: show_ledgers(where, results, heads=False),
    )
    show.where_next(console, _command(), str(state), figures.shown_case["receipt_number"])
    broken = [each for each in figures.ledgers if each["finding"]]
    if broken or figures.parked:
        raise Failure(f"{len(broken)} ledger(s) cannot be believed, {figures.parked} event(s) are parked")
    content: dict[str, Any] = figures.report(seconds=time.monotonic() - began)
    if report is not None:
        report.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    from huiyin.demo.place import NOTICES

    console.print()
    for line in (
        f"用时 took {content['seconds']} s",
        f"通知书在 notices are in {state.resolve() / NOTICES / 'new'}",
    ):
        console.print(f"{show.MACHINE} {line}", style="dim", highlight=False, soft_wrap=True)
    return content


def _play(cases: int, state: Path) -> Any:
    from huiyin.cli.ledger import verify_ledgers
    from huiyin.cli.stacks import own_stack, settled_runtime
    from huiyin.client.platform import Platform
    from huiyin.demo import figures, place, scenario
    from huiyin.demo.driver import Driver, PlanRefused, Stage
    from huiyin.demo.office_time import SHANGHAI

    plan = scenario.generate(cases)
    focus = figures.case_in_focus(plan)
    if state.is_dir() and settled_runtime(state):
        raise Failure(f"a platform runs in {state}: end it first (huiyin down --state {state})")
    try:
        clock = place.prepare(state, _midnight(scenario.START, SHANGHAI), cases=cases)
        with (
            _progress(scenario.START, cases) as tell,
            own_stack(state, simulated=True) as runtime,
            Platform(runtime["http"]) as client,
        ):
            stage = Stage(client, clock.set, _quiet(client))
            driver = Driver(scenario.load(), plan, stage, focus=focus, tell=tell)
            driver.play(scenario.START, scenario.ends_at())
            ledgers = asyncio.run(verify_ledgers(state))
            return figures.collect(client, state, driver.case_ids(), driver.receipt_number(focus), ledgers)
    except (place.NotOurs, PlanRefused) as error:
        raise Failure(str(error)) from error


def _midnight(day: date, zone: Any) -> datetime:
    return datetime.combine(day, clock_time(0), zone)


def _quiet(client: Any) -> Callable[[Sequence[str]], None]:
    from huiyin.cli.idle import Watch

    watch = Watch(client, longest_step_s=QUIET_STEP_S)

    def quiet(likely_busy: Sequence[str]) -> None:
        if not watch.until_idle(QUIET_LIMIT_S, first=likely_busy):
            raise Failure(f"not idle within {QUIET_LIMIT_S:.0f} s: {client.busy()}")

    return quiet


@contextmanager
def _progress(starts_on: date, cases: int) -> Iterator[Any]:
    """On standard error, so that what is printed stays the same in every run."""
    from huiyin.demo.driver import Course
    from huiyin.demo.model import StepKind

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("收到 received {task.fields[received]}/{task.fields[cases]}"),
        TextColumn("办结 closed {task.fields[closed]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("启动 starting", total=None, received=0, closed=0, cases=cases)

        def tell(course: Course) -> None:
            progress.update(
                task,
                description=f"{course.today:%Y-%m-%d}",
                total=course.planned,
                completed=course.done,
                received=course.by_kind[StepKind.RECEIVED],
                closed=course.by_kind[StepKind.CLOSED],
            )

        yield tell


def _check_report(report: Path | None) -> None:
    """Rather now than after a minute's work. Raises Failure."""
    if report is not None and (report.is_dir() or not report.absolute().parent.is_dir()):
        raise Failure(f"{report} cannot be written: name a file in a folder that exists", 2)


def _command() -> str:
    """How this command was called, so that what is printed can be copied."""
    called = Path(sys.argv[0])
    if called.name != "huiyin" or shutil.which("huiyin") == str(called):
        return "huiyin"
    try:
        return str(called.relative_to(Path.cwd()))
    except ValueError:
        return str(called)
