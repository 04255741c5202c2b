"""How offices kept their duties: cohorts by due date, each figure with the ones that guard it (domain.md §6).

A duty counts in the period in which it fell due, whenever it was done: a late one stays in its cohort, and what
was not done is a miss and not a smaller denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import sqrt
from typing import Any

from pydantic import BaseModel, Field

RANKABLE = 30
"""Below so many decided duties no unit is ranked (domain.md §6, publication rule)."""

Z_95 = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""

_COHORTS = """
SELECT unit_id, clock, count(*) AS due,
       count(*) FILTER (WHERE provisional) AS provisional,
       count(*) FILTER (WHERE NOT provisional AND missed) AS missed,
       count(*) FILTER (WHERE NOT provisional AND NOT missed AND stopped_on IS NOT NULL AND NOT converted) AS met,
       count(*) FILTER (WHERE NOT provisional AND NOT missed AND stopped_on IS NULL) AS open,
       count(*) FILTER (WHERE NOT provisional AND NOT missed AND converted) AS converted,
       count(*) FILTER (WHERE deemed) AS deemed,
       count(*) FILTER (WHERE NOT provisional AND missed AND stopped_on IS NULL) AS missed_and_open,
       count(*) FILTER (WHERE NOT provisional AND NOT missed AND stopped_on = due_on
                              AND NOT converted AND due_at IS NULL) AS met_on_last_day,
       count(*) FILTER (WHERE origin_import) AS imported,
       max(days_late) FILTER (WHERE missed) AS days_late_max,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY stopped_on - start_on)
           FILTER (WHERE NOT converted) AS days_taken_median,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY stopped_on - start_on)
           FILTER (WHERE NOT converted) AS days_taken_p90
FROM deadlines
WHERE ($1::date IS NULL OR due_on >= $1) AND ($2::date IS NULL OR due_on <= $2)
  AND ($3::text IS NULL OR unit_id = $3) AND ($4::text IS NULL OR clock = $4)
GROUP BY unit_id, clock ORDER BY unit_id, clock
"""


class Cohort(BaseModel):
    """一单位一时限的履行情况 How a unit kept one clock. due = met + missed + open + provisional + converted."""

    unit_id: str = Field(description="责任单位。The unit that owes.")
    clock: str = Field(description="时限编号。")
    due: int = Field(description="届满日在期内者。Duties whose due date lies in the period.")
    met: int = Field(description="按期。Done in time.")
    missed: int = Field(description="逾期，含其后补办者。Missed, also if done later.")
    open: int = Field(description="未届满而未办者。Not done, and not on record as missed.")
    provisional: int = Field(
        description="届满日暂定者，不计按期、不计逾期。Due date provisional: counts as neither."
    )
    converted: int = Field(
        description="期内转为其他程序者，不计按期、不计逾期。Given up in time for another procedure: counts as neither."
    )
    met_share: float | None = Field(description="按期率 met ÷ (met + missed)。")
    met_share_low: float | None = Field(description="95% 置信下限（Wilson）。Lower end of the 95 % interval.")
    met_share_high: float | None = Field(
        description="95% 置信上限（Wilson）。Upper end of the 95 % interval."
    )
    rankable: bool = Field(description="样本达 30 件方可排名。At least 30 decided duties; else no rank.")
    deemed: int = Field(
        description="视为履行：单位未告知，依规视为受理。Ended by law; guards the share of met."
    )
    missed_and_open: int = Field(description="逾期且至今未办。Missed and still not done.")
    met_on_last_day: int = Field(description="届满当日办结者。Done on the very last day: haste shows here.")
    imported: int = Field(description="导入的历史件。Brought in from elsewhere.")
    days_late_max: int | None = Field(description="最长逾期日数（已办者）。Longest delay of those done.")
    days_taken_median: float | None = Field(description="用时中位数（日）。Median days from start to stop.")
    days_taken_p90: float | None = Field(description="用时第九十百分位（日）。90th percentile of the same.")


class Compliance(BaseModel):
    """各单位履行时限情况 Per unit and clock. Not a ranking of units by how much is petitioned."""

    due_from: date | None
    due_to: date | None
    cohorts: list[Cohort]


async def compliance(
    pool: Any,
    *,
    due_from: date | None = None,
    due_to: date | None = None,
    unit: str | None = None,
    clock: str | None = None,
) -> Compliance:
    """The cohorts whose due dates lie in the period, both days included; without bounds, all."""
    rows = await pool.fetch(_COHORTS, due_from, due_to, unit, clock)
    return Compliance(due_from=due_from, due_to=due_to, cohorts=_cohorts(rows))


def _cohorts(rows: Sequence[Any]) -> list[Cohort]:
    return [_cohort(dict(row)) for row in rows]


def _cohort(row: dict[str, Any]) -> Cohort:
    decided = row["met"] + row["missed"]
    low, high = wilson(row["met"], decided)
    return Cohort(
        **row,
        met_share=row["met"] / decided if decided else None,
        met_share_low=low,
        met_share_high=high,
        rankable=decided >= RANKABLE,
    )


def wilson(successes: int, trials: int) -> tuple[float | None, float | None]:
    """The 95 % score interval of a share (E. B. Wilson, 1927); (None, None) without trials."""
    if trials == 0:
        return None, None
    share, z2 = successes / trials, Z_95**2
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = Z_95 * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    return max(0.0, middle - half), min(1.0, middle + half)
