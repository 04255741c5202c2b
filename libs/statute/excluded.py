"""Days within a period that are not counted, such as those of a hearing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from huiyin.common.v1.types import DayTreatment, Deadline

from .errors import BadData, ExclusionRefused
from .rules import DAY, Rule

Span: TypeAlias = tuple[date, date]
"""First and last day, both included."""


def spans_within(rule: Rule, start_on: date, spans: Iterable[Span]) -> Sequence[Span]:
    """The spans in order, joined where they touch. Raises ExclusionRefused for what no rule or calendar bears out."""
    spans = sorted(spans)
    if spans and not rule.exclusion:
        raise ExclusionRefused(
            f"{rule.clock} ({rule.id}, {rule.article}) counts every day; nothing is left out"
        )
    joined: list[Span] = []
    for first, last in spans:
        if last < first:
            raise ExclusionRefused(
                f"{first}..{last} ends before it begins; give the first day, then the last"
            )
        if first <= start_on:
            raise ExclusionRefused(
                f"{first}..{last} begins before the first day that counts, {start_on + DAY}; give the days from then"
            )
        if joined and first <= joined[-1][1] + DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def excluded_spans(deadline: Deadline) -> Sequence[Span]:
    """The days that a deadline does not count, as its derivation says. Raises BadData if the derivation is gone."""
    joined: list[Span] = []
    for run in deadline.runs:
        if run.treatment is not DayTreatment.EXCLUDED:
            continue
        if joined and joined[-1][1] + DAY == run.from_on:
            joined[-1] = (joined[-1][0], run.to_on)
        else:
            joined.append((run.from_on, run.to_on))
    if sum((last - first).days + 1 for first, last in joined) != deadline.excluded_days:
        raise BadData(
            f"a {deadline.clock} without {deadline.excluded_days} days: its derivation does not say which"
        )
    return joined
