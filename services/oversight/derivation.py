"""How a period was counted, for whoever wants to check it: Chinese first. The petitioner's status page shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel, Field

from huiyin.common.v1.types import DayKind, DayTreatment, Deadline, DerivationRun
from statute.deadlines import ends_at
from statute.instants import SHANGHAI
from statute.periods import in_words
from statute.rules import Rule

TREATMENTS: Mapping[DayTreatment, str] = {
    DayTreatment.START: "起算日，不计入 day of the event, not counted",
    DayTreatment.COUNTED: "计入 counted",
    DayTreatment.SKIPPED: "非工作日，不计 not a working day, not counted",
    DayTreatment.ROLLED: "末日顺延 rolled over",
    DayTreatment.EXCLUDED: "扣除 left out",
    DayTreatment.UNSPECIFIED: "未载明 not stated",
}
"""What the count made of a day, as a petitioner reads it."""

KINDS: Mapping[DayKind, str] = {
    DayKind.WORKDAY: "工作日 working day",
    DayKind.MAKEUP_WORKDAY: "调休上班日 make-up working day",
    DayKind.WEEKEND: "周末 weekend",
    DayKind.HOLIDAY: "节假日 holiday",
    DayKind.UNKNOWN: "日历未公布 calendar not published",
    DayKind.UNSPECIFIED: "未载明 not stated",
}
"""What the calendar says about a day."""


class RunView(BaseModel):
    """一段日期 Consecutive days of one kind that were treated alike."""

    from_on: date = Field(description="自（含）。First day.")
    to_on: date = Field(description="至（含）。Last day.")
    days: int = Field(description="日数。How many.")
    treatment: str = Field(description="处理。START, COUNTED, SKIPPED, ROLLED, EXCLUDED.")
    treatment_words: str = Field(description="处理，文字。The same in words.", examples=["计入 counted"])
    kind: str = Field(description="日别。WORKDAY, MAKEUP_WORKDAY, WEEKEND, HOLIDAY, UNKNOWN.")
    kind_words: str = Field(description="日别，文字。The same in words.", examples=["工作日 working day"])


class DerivationView(BaseModel):
    """计算依据 Everything that a due date rests on, as recorded when it was counted."""

    name: str = Field(description="时限名称。What the clock is for.", examples=["受理告知 acceptance notice"])
    law: str = Field(description="法规。The law.")
    article: str = Field(description="条款。The article.")
    rule: str = Field(description="规则及版本。Rule and version.", examples=["K3@2"])
    verified_by: str = Field(description="核对依据。How far article and length were checked.")
    calendar: str = Field(
        description="日历及版本；按时刻计者为空。Calendar and version; empty for a duration."
    )
    counting: str = Field(description="计法。How it counts.", examples=["15 日 calendar days"])
    start_on: date = Field(description="起算日（不计入）。Day of the event that starts it, not counted.")
    nominal_on: date = Field(description="期满日：顺延之前。Last day by counting alone.")
    due_on: date = Field(description="届满日：顺延之后。Last day after rolling over days off.")
    start_at: datetime | None = Field(description="起算时刻（按时刻计者）。Where an exact duration starts.")
    ends_at: datetime = Field(description="期限终了的时刻（北京时间）。The instant at which the period ends.")
    extension_days: int = Field(description="已含延长日数。Days of extension within it.")
    excluded_days: int = Field(description="已扣除日数，如听证。Days left out, such as those of a hearing.")
    provisional: bool = Field(description="暂定：所涉年度日历未公布。A year's calendar is not published yet.")
    runs: list[RunView] = Field(description="自起算日至届满日逐段列明。Every day from start to due.")


def derivation(deadline: Deadline, rule: Rule) -> DerivationView:
    """A deadline as computed, beside the version of the rule that it was computed under."""
    return DerivationView(
        name=f"{rule.name_zh} {rule.name_en}",
        law=rule.law,
        article=rule.article,
        rule=deadline.rule,
        verified_by=rule.verified_by,
        calendar=deadline.calendar,
        counting=in_words(rule.counting),
        start_on=deadline.start_on,
        nominal_on=deadline.nominal_on,
        due_on=deadline.due_on,
        start_at=deadline.start_at and deadline.start_at.astimezone(SHANGHAI),
        ends_at=ends_at(deadline).astimezone(SHANGHAI),
        extension_days=deadline.extension_days,
        excluded_days=deadline.excluded_days,
        provisional=deadline.provisional,
        runs=[_run(run) for run in deadline.runs],
    )


def _run(run: DerivationRun) -> RunView:
    return RunView(
        from_on=run.from_on,
        to_on=run.to_on,
        days=run.days,
        treatment=run.treatment.name,
        treatment_words=TREATMENTS[run.treatment],
        kind=run.kind.name,
        kind_words=KINDS[run.kind],
    )
