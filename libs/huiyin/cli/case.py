"""`huiyin case list|show`: cases as all services recorded them."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.cli.running import runtime
from huiyin.client.platform import Platform, PlatformError

app = typer.Typer(help="信访事项 Cases.", no_args_is_help=True)


@app.command("list")
def list_cases(
    limit: Annotated[int, typer.Option(help="件数 How many.", min=1, max=200)] = 20,
    state_of: Annotated[str | None, typer.Option("--in", help="状态 Only cases in this state.")] = None,
    holder: Annotated[str | None, typer.Option(help="现在何处 Only cases this unit holds.")] = None,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """办件列表，最近收到的在前。Cases, the newest first."""
    page = ask(state, "/audit/v1/cases", limit=limit, state=state_of, holder=holder)
    if as_json:
        typer.echo(json.dumps(page, ensure_ascii=False, indent=2))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("编号 receipt", no_wrap=True)
    table.add_column("状态 state")
    table.add_column("现在何处 holder", overflow="fold")
    table.add_column("收到 received", no_wrap=True)
    table.add_column("事件 events", justify="right")
    for case in page["cases"]:
        table.add_row(
            case["receipt_number"],
            f"{case['state_zh']} {case['state']}",
            case["holder"] or "",
            _minute(case["received_at"]),
            str(case["events"]),
        )
    Console().print(table)


@app.command("show")
def show_case(
    case: Annotated[str, typer.Argument(help="办件标识或编号 The case's id or receipt number.")],
    as_of: Annotated[str | None, typer.Option(help="截至此刻所记录 As it was recorded by then.")] = None,
    at: Annotated[str | None, typer.Option(help="截至此刻所发生 As it had happened by then.")] = None,
    as_json: Json = False,
    state: State = DEFAULT_STATE,
) -> None:
    """一件到底：时间线与经手单位。One case: its timeline, and who held it when."""
    view = ask(state, f"/audit/v1/cases/{case}", as_of=instant(as_of), at=instant(at))
    if as_json:
        typer.echo(json.dumps(view, ensure_ascii=False, indent=2))
    else:
        show_view(Console(), view)


def ask(where: Any, path: str, /, **params: Any) -> Any:
    """A JSON answer of the running platform, or one clear line."""
    with Platform(runtime(where)["http"]) as platform:
        try:
            return platform.get(path, **params)
        except PlatformError as error:
            raise Failure(str(error)) from error


def instant(text: str | None) -> str | None:
    """An instant as a person writes it, checked; without an offset it is Asia/Shanghai."""
    from chassis.clock import read_instant

    if text is None:
        return None
    try:
        return read_instant(text).isoformat()
    except ValueError as error:
        raise Failure(f"{text!r} is no time: write 2025-10-09 or 2025-10-09T18:00", 2) from error


HIDDEN = frozenset({"CaseQueued", "ClockStarted", "NoticePrepared"})
"""Entries that only repeat what the entry beside them says: the act names its deadline, the notice is delivered."""

LATE = frozenset({"DeadlineMissed", "AcceptanceDeemed", "HandlingUrged"})
"""Entries that say that somebody did not do what was due."""


def show_view(console: Console, view: dict[str, Any]) -> None:
    """The timeline and the custody of one case, in 80 columns or more."""
    console.print(
        f"[bold]{view['receipt_number']}[/bold]  {view['state_zh']} {view['state']}", highlight=False
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("时间 time", no_wrap=True)
    for title in ("事件 event", "单位 unit", "时限 clock"):
        table.add_column(title, overflow="fold")
    hidden = 0
    for entry in view["timeline"]:
        if entry["event"] in HIDDEN:
            hidden += 1
            continue
        style = "red" if entry["event"] in LATE else ""
        table.add_row(_minute(entry["occurred_at"]), _event(entry), entry["unit"], _clock(entry), style=style)
    console.print(table)
    if hidden:
        console.print(
            f"另有 {hidden} 条从略，--json 可见全部 {hidden} more, all with --json",
            style="dim",
            highlight=False,
        )
    _show_custody(console, view)


def _event(entry: dict[str, Any]) -> str:
    return f"{entry['zh']} {entry['event']}"


def _clock(entry: dict[str, Any]) -> str:
    """What the entry says about time: the deadlines it sets, or the clock it is about."""
    deadlines = [
        f"{each['clock']} 至 {each['due_on']}{' 暂定' if each['provisional'] else ''}"
        for each in entry["deadlines"].values()
    ]
    late = f" 迟 {entry['days_late']} 天" if entry["days_late"] else ""
    return "\n".join(deadlines) or f"{entry['clock'] or ''}{late}"


def _show_custody(console: Console, view: dict[str, Any]) -> None:
    held = Table("经手单位 held by", "自 since", "至 until", box=box.SIMPLE_HEAD, pad_edge=False)
    for custody in view["custody"]:
        until = _minute(custody["until"]) if custody["until"] else "至今 now"
        held.add_row(custody["unit"], _minute(custody["since"]), until)
    console.print(held)


def _minute(instant: str) -> str:
    return instant[:16].replace("T", " ")
