"""`huiyin deadline CLOCK --start DATE`: a due date and how it came about, day by day; `--list`: all clocks."""

import json
import re
from datetime import date, datetime
from typing import Annotated

import typer

from huiyin.cli.deadline_view import as_dict, clock_table, clocks_as_dicts, show
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.common.v1.types import Deadline
from statute.calendar import Calendar, load
from statute.deadlines import compute, compute_exact
from statute.errors import StatuteError
from statute.excluded import Span
from statute.instants import SHANGHAI
from statute.periods import Exact
from statute.rule_files import shipped

JURISDICTION = "cn"

BAD_INPUT = 2
"""Exit code for what cannot be computed."""


def deadline(
    clock: Annotated[
        str, typer.Argument(help="时限代号 The clock, such as K3 or K20:danger; all: --list.")
    ] = "",
    start: Annotated[
        str,
        typer.Option(
            help="起算日 Date of the event that starts it, YYYY-MM-DD; an exact period: with THH:MM."
        ),
    ] = "",
    extension: Annotated[int, typer.Option(help="延长天数 Days of a granted extension.")] = 0,
    excluded: Annotated[
        list[str] | None,
        typer.Option(help="不计入 Days not counted, such as a hearing: FROM..TO; may be repeated."),
    ] = None,
    due: Annotated[str, typer.Option(help="指定到期日 The date set by the assigner (K5x, K6).")] = "",
    list_clocks: Annotated[bool, typer.Option("--list", help="列出全部时限 Show all clocks.")] = False,
    as_json: Json = False,
    _state: State = DEFAULT_STATE,
) -> None:
    """计算期限并逐日列出依据。Compute a deadline and show its derivation day by day."""
    try:
        if list_clocks:
            _print_clocks(as_json)
        else:
            _print_deadline(
                clock, start, extension, [read_span(each) for each in excluded or ()], due, as_json
            )
    except StatuteError as problem:
        typer.echo(f"无法计算期限 cannot compute: {problem}", err=True)
        raise typer.Exit(BAD_INPUT) from None


def read_date(text: str) -> date:
    """A date written YYYY-MM-DD, nothing else. Raises StatuteError."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise StatuteError(f"{text!r} is no date; write it as YYYY-MM-DD, for example 2025-09-20") from None


def read_instant(text: str) -> datetime:
    """Date and time, Asia/Shanghai unless an offset stands with it. Raises StatuteError."""
    try:
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", text):
            instant = datetime.fromisoformat(text)
            return instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)
    except ValueError:
        pass
    raise StatuteError(f"{text!r} is no date with a time; write it as YYYY-MM-DDTHH:MM") from None


def read_span(text: str) -> Span:
    """Two dates, FROM..TO. Raises StatuteError."""
    first, dots, last = text.partition("..")
    if not dots:
        raise StatuteError(f"{text!r} is no span of days; write it as 2025-04-01..2025-04-12")
    return read_date(first), read_date(last)


def _print_deadline(
    clock: str, start: str, extension: int, excluded: list[Span], due: str, as_json: bool
) -> None:
    calendar = load(JURISDICTION)
    result = _compute(clock, start, extension, excluded, due, calendar)
    shown = as_dict(result, calendar)
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        show(result, shown)


def _compute(
    clock: str, start: str, extension: int, excluded: list[Span], due: str, calendar: Calendar
) -> Deadline:
    newest = shipped().versions(clock)[-1]
    if not start:
        raise StatuteError(f"{clock} needs its start: --start and the date of: {newest.starts}")
    if not isinstance(newest.counting, Exact):
        due_on = read_date(due) if due else None
        return compute(
            clock,
            read_date(start),
            calendar=calendar,
            extension_days=extension,
            excluded=excluded,
            due_on=due_on,
        )
    if extension or excluded or due:
        raise StatuteError(
            f"{clock} runs from one instant to another; nothing is extended, left out or given"
        )
    return compute_exact(clock, read_instant(start))


def _print_clocks(as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(clocks_as_dicts(), ensure_ascii=False, indent=2))
    else:
        clock_table()
