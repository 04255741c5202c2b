"""What oversight shows: clocks, deadlines, calendars. Never anything about a petitioner."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from huiyin.oversight.v1.events import CalendarPublished, RulePublished
from oversight.derivation import DerivationView, derivation
from oversight.domain.published import Published
from oversight.domain.rungs import falls_at
from oversight.domain.running import Case, Running
from statute.deadlines import ends_at
from statute.in_force import Statute
from statute.instants import SHANGHAI, end_instant


class RungView(BaseModel):
    """一级 A rung: what follows by itself at an instant if the clock still runs."""

    name: str = Field(description="名称：d10、min15、missed、urge 等。Name: d10, min15, missed, urge …")
    kind: str = Field(description="类别：WARNING 预警、MISSED 逾期、URGE 催办。")
    falls_on: date = Field(description="日期（北京时间）。Its day in Asia/Shanghai.")
    falls_at: datetime = Field(
        description="时刻（北京时间）；以日计者为该日零时。Its instant; 00:00 of its day where days are counted."
    )
    on_record: bool = Field(description="已记录在案。It is on record.")


class ClockView(BaseModel):
    """时限 A clock of a case, as recorded."""

    clock: str = Field(description="时限编号：K1、K3、K5、K12、K18 等。")
    rule: str = Field(description="所依规则及版本。Rule and version.", examples=["K3@2"])
    unit_id: str = Field(description="责任单位。The unit that owes.")
    start_on: date = Field(description="起算日（不计入）。Day of the event that starts it, not counted.")
    due_on: date = Field(description="届满日。The period ends at its 24:00.")
    provisional: bool = Field(
        description="所涉年度日历尚未公布，暂定。A year's calendar is not published yet."
    )
    first_received_on: date = Field(
        description="首次收到之日：转送、退回、延长、重算、转换程序均不改变。Day of first receipt; nothing resets it."
    )
    elapsed_days: int = Field(
        description="自首次收到起已历日数，至停算日或今日。Days since first receipt, until it stopped or today."
    )
    due_at: datetime = Field(description="期限终了的时刻（北京时间）。The instant at which the period ends.")
    stopped_on: date | None = Field(description="停算日。Day on which the duty was done or ended.")
    stopped_at: datetime | None = Field(
        description="停算时刻，按时刻计者。Instant of the act, for an exact duration."
    )
    paused_on: date | None = Field(
        description="暂停计算，自该日（含）起扣除。Stands still; days from this one on are left out."
    )
    converted_to: str | None = Field(
        description="已转为该时限，自原起算日起算。Given up for this clock, which runs from the same start."
    )
    days_late: int | None = Field(description="逾期日数（自然日）。Calendar days after the due date.")
    missed: bool = Field(description="逾期：永久事实。Missed; nothing takes it back.")
    deemed: bool = Field(description="依规视为已履行，非单位所为。Ended by law, not by an act of the unit.")
    rungs: list[RungView] = Field(description="预警、逾期、催办的全部节点。All that follows by itself.")
    derivation: DerivationView = Field(description="计算依据。How the due date was counted.")


class ClocksPage(BaseModel):
    """一件信访事项的全部时限 All clocks of a case, in the order in which they started."""

    case_id: str
    first_received_on: date = Field(description="首次收到之日。Day of first receipt.")
    elapsed_days: int = Field(description="自首次收到起至今日数。Days since first receipt.")
    clocks: list[ClockView]


class DeadlineView(BaseModel):
    """待办时限 A clock that is still running."""

    case_id: str
    clock: str
    unit_id: str = Field(description="责任单位。The unit that owes.")
    rule: str
    start_on: date
    due_on: date
    provisional: bool
    imported: bool = Field(description="由历史数据导入。Brought in from elsewhere.")
    missed: bool
    paused: bool = Field(description="暂停计算。Stands still: a hearing is held.")
    due_at: datetime = Field(description="期限终了的时刻（北京时间）。The instant at which the period ends.")
    next_at: datetime | None = Field(description="下一节点时刻（北京时间）。Instant of the next rung.")
    next_on: date | None = Field(description="下一节点日期。Day of the next rung.")
    first_received_on: date = Field(description="首次收到之日。Day of first receipt; nothing resets it.")
    elapsed_days: int = Field(description="自首次收到起至今日数。Days since first receipt.")


class DeadlinesPage(BaseModel):
    """按届满日排列 Running clocks, the first due first."""

    deadlines: list[DeadlineView]
    next_cursor: str | None = Field(description="下一页标记；为空即末页。Pass it on for the next page.")


class CalendarView(BaseModel):
    """一年的日历 The calendar of one year."""

    year: int
    version: str = Field(examples=["cn@2025.1"])
    holidays: list[date] = Field(description="放假日。Days off, beyond weekends.")
    makeup_workdays: list[date] = Field(description="调休上班日。Weekend days that are worked.")
    verified_by: str = Field(description="核对依据。How it was checked.")


class RuleView(BaseModel):
    """一条时限规则 One version of a rule."""

    rule: str
    clock: str
    law: str
    article: str
    effective_from: date
    days: int
    working_days: bool = Field(description="以工作日计。Counted in working days.")
    roll_last_day: bool = Field(description="末日顺延。The last day rolls to the next working day.")
    verified_by: str


class CalendarsPage(BaseModel):
    """已发布的日历与规则 What is in force in a jurisdiction, as published events say."""

    jurisdiction: str
    calendars: list[CalendarView]
    rules: list[RuleView]


def clocks_page(case_id: str, case: Case, statute: Statute, today: date) -> ClocksPage:
    """All clocks of a case. Raises ValueError if it has none."""
    first = case.first_received_on
    return ClocksPage(
        case_id=case_id,
        first_received_on=first,
        elapsed_days=(today - first).days,
        clocks=[_clock(running, statute, first, today) for running in case.clocks.values()],
    )


def _clock(running: Running, statute: Statute, first: date, today: date) -> ClockView:
    started, stopped, converted = running.started, running.stopped, running.converted
    ended_on = stopped.stopped_on if stopped else converted.converted_on if converted else None
    return ClockView(
        clock=started.clock,
        rule=started.rule,
        unit_id=started.unit_id,
        start_on=started.start_on,
        due_on=started.due_on,
        due_at=ends_at(running.deadline).astimezone(SHANGHAI),
        provisional=started.provisional,
        first_received_on=first,
        elapsed_days=((ended_on or today) - first).days,
        stopped_on=ended_on,
        stopped_at=_shown(stopped.stopped_at if stopped else None),
        paused_on=running.paused.paused_on if running.paused else None,
        converted_to=converted.to_clock if converted else None,
        days_late=stopped.days_late if stopped else None,
        missed=running.missed,
        deemed=stopped.deemed if stopped else False,
        rungs=_rungs(running),
        derivation=derivation(running.deadline, statute.rules.get(started.rule)),
    )


def _rungs(running: Running) -> list[RungView]:
    return [
        RungView(
            name=rung.name,
            kind=rung.kind.name,
            falls_on=rung.falls_on,
            falls_at=falls_at(rung).astimezone(SHANGHAI),
            on_record=rung.name in running.reached,
        )
        for rung in running.started.rungs
    ]


def deadline_view(row: Any, today: date) -> DeadlineView:
    """A row of the read model, with the day of first receipt of its case."""
    found = dict(row)
    next_at = _shown(found.pop("next_at"))
    due_at = found.pop("due_at") or end_instant(found["due_on"])
    return DeadlineView(
        **found,
        due_at=due_at.astimezone(SHANGHAI),
        next_at=next_at,
        next_on=next_at.date() if next_at else None,
        elapsed_days=(today - found["first_received_on"]).days,
    )


def _shown(instant: datetime | None) -> datetime | None:
    return instant.astimezone(SHANGHAI) if instant else None


def calendars_page(jurisdiction: str, published: Published) -> CalendarsPage:
    """What is in force, by year and by rule."""
    return CalendarsPage(
        jurisdiction=jurisdiction,
        calendars=[_calendar(year) for _, year in sorted(published.years.items())],
        rules=[_rule(rule) for _, rule in sorted(published.rules.items())],
    )


def _calendar(event: CalendarPublished) -> CalendarView:
    return CalendarView(
        year=event.year,
        version=event.version,
        holidays=list(event.holidays_on),
        makeup_workdays=list(event.makeup_workdays_on),
        verified_by=event.verified_by,
    )


def _rule(event: RulePublished) -> RuleView:
    return RuleView(
        rule=event.rule,
        clock=event.clock,
        law=event.law,
        article=event.article,
        effective_from=event.effective_from_on,
        days=event.days,
        working_days=event.working_days,
        roll_last_day=event.roll_last_day,
        verified_by=event.verified_by,
    )
