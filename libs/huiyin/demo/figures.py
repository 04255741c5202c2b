"""What a demonstration has led to, asked of the platform: every figure is derived from events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.demo.driver import Client
from huiyin.demo.model import PlannedCase, StepKind
from huiyin.demo.place import NOTICES


@dataclass(frozen=True, slots=True)
class Figures:
    """The end of a demonstration. `units` are ids and names in the directory's order."""

    summary: dict[str, Any]
    cohorts: list[dict[str, Any]]
    units: dict[str, str]
    shown_case: dict[str, Any]
    ledgers: list[dict[str, Any]]
    notices: int
    parked: int

    @property
    def deemed(self) -> int:
        """Cases whose acceptance is deemed because nobody told the petitioner in time."""
        return sum(cohort["deemed"] for cohort in self.cohorts if cohort["clock"] == "K3")

    def report(self, *, seconds: float) -> dict[str, Any]:
        """As JSON; all of it but `seconds` is the same in every run."""
        return {
            **{
                name: self.summary[name] for name in ("cases", "events", "by_state", "clocks", "elapsed_over")
            },
            "deemed": self.deemed,
            "notices": self.notices,
            "parked": self.parked,
            "shown_case": self.shown_case["receipt_number"],
            "ledgers": [{k: each[k] for k in ("service", "lines", "finding")} for each in self.ledgers],
            "compliance": self.cohorts,
            "seconds": round(seconds, 1),
        }


def collect(
    client: Client, state: Path, case_ids: Sequence[str], shown: str, ledgers: list[dict[str, Any]]
) -> Figures:
    """Ask for everything that is shown at the end. `shown` is the receipt number of the case in the focus."""
    return Figures(
        summary=client.post("/audit/v1/summaries", {"case_ids": list(case_ids)}),
        cohorts=client.get("/oversight/v1/compliance")["cohorts"],
        units={unit["unit_id"]: unit["name"] for unit in client.get("/routing/v1/units")},
        shown_case=client.get(f"/audit/v1/cases/{shown}"),
        ledgers=ledgers,
        notices=sum(1 for _ in (state / NOTICES / "new").glob("*")),
        parked=_parked(client),
    )


def _parked(client: Client) -> int:
    return sum(
        consumer["parked"]
        for each in ("intake", "routing", "oversight", "revisit", "notification", "audit")
        for consumer in client.get(f"/{each}/v1/status")["consumers"].values()
    )


def case_in_focus(plan: Sequence[PlannedCase]) -> int:
    """The number of the case that shows most: deemed accepted, answered late, called back, closed."""

    def worth(case: PlannedCase) -> tuple[bool, bool, bool, int, int]:
        kinds = {step.kind for step in case.steps}
        fate = case.circumstance
        return (
            fate.acceptance == "silent",
            fate.opinion in ("days_late", "weeks_late"),
            StepKind.CLOSED in kinds,
            len(case.steps),
            -case.number,
        )

    return max(plan, key=worth).number
