"""Plays a plan against a running platform: sets the simulated clock, and does through HTTP what people would do.

Determinism: steps are sent one at a time in the order of their instants, so numbers are given in that order; and
the platform is quiet whenever a day ends, so that no reaction is recorded on a later day than its cause. Where the
order within a day is shown too, for the case in the `focus`, it is quiet after each step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from huiyin.demo.model import Demo, PlannedCase, PlannedStep, StepKind
from huiyin.demo.office_time import SHANGHAI
from huiyin.demo.requests import Request, acting, founding, receiving

_DAY = timedelta(days=1)
TASKS_A_PAGE = 500
SERVICES = ("intake", "routing", "oversight", "revisit", "notification", "audit")
SWEPT_BY = ("oversight",)
"""Who has something to do when nothing but time has passed."""


class PlanRefused(Exception):
    """The platform refused a planned step: the plan or the platform is wrong. The message says which step."""


class Client(Protocol):
    """What is needed of a platform's client. Errors of any kind mean that a request was not granted."""

    def get(self, path: str, **params: Any) -> Any:
        """A JSON answer."""

    def post(
        self,
        path: str,
        body: Any,
        *,
        actor: str | None = None,
        key: str | None = None,
        after: str | None = None,
    ) -> Any:
        """A JSON answer to a command."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a plan is played. `quiet` waits until the platform has nothing left to do; it is told who is likely to be
    busy.
    """

    client: Client
    set_clock: Callable[[datetime], None]
    quiet: Callable[[Sequence[str]], None]


@dataclass(slots=True)
class Course:
    """How far it has come."""

    today: date
    done: int = 0
    planned: int = 0
    by_kind: dict[StepKind, int] = field(default_factory=lambda: dict.fromkeys(StepKind, 0))


@dataclass(slots=True)
class _Live:
    """A planned case that has begun."""

    case_id: str
    receipt_number: str
    position: str


class Driver:
    """Plays one plan once. `tell` hears of the course after each step and each day."""

    def __init__(
        self,
        demo: Demo,
        plan: Sequence[PlannedCase],
        stage: Stage,
        *,
        focus: int,
        tell: Callable[[Course], None],
    ) -> None:
        self._demo = demo
        self._petitions = {petition.id: petition for petition in demo.petitions}
        self._steps = sorted(
            (
                (step.at, case.number, order, case, step)
                for case in plan
                for order, step in enumerate(case.steps)
            ),
            key=lambda entry: entry[:3],
        )
        self._stage = stage
        self._focus = focus
        self._tell = tell
        self._live: dict[int, _Live] = {}
        self._callers: dict[str, str] = {}

    def play(self, starts_on: date, ends_at: datetime) -> None:
        """From the founding of the units to the end of the period. Raises PlanRefused."""
        course = Course(starts_on, planned=len(self._steps))
        self._found_units()
        for at, _, _, case, step in self._steps:
            self._live_until(at.date(), course)
            self._stage.set_clock(at)
            self._do(case, step)
            course.done += 1
            course.by_kind[step.kind] += 1
            if case.number == self._focus:
                self._stage.quiet(SERVICES)
            self._tell(course)
        self._live_until(ends_at.date(), course)

    def case_ids(self) -> list[str]:
        """The platform's ids of the plan's cases, in the plan's order."""
        return [self._live[number].case_id for number in sorted(self._live)]

    def receipt_number(self, number: int) -> str:
        """The number on the receipt of the plan's n-th case."""
        return self._live[number].receipt_number

    def _found_units(self) -> None:
        self._stage.quiet(SERVICES)
        founder = self._demo.units[0].key
        for unit in self._demo.units:
            self._post(founding(unit, founder), key=f"unit-{unit.key}", what=f"founding {unit.key}")
        self._stage.quiet(SERVICES)

    def _live_until(self, day: date, course: Course) -> None:
        """Let each midnight come, and whatever it makes due be recorded, up to the beginning of that day."""
        if course.today < day:
            self._stage.quiet(SERVICES)
        while course.today < day:
            course.today += _DAY
            self._stage.set_clock(datetime.combine(course.today, time(0), SHANGHAI))
            self._stage.quiet(SWEPT_BY)
            self._tell(course)

    def _do(self, case: PlannedCase, step: PlannedStep) -> None:
        petition = self._petitions[case.petition_id]
        what = f"{step.at:%Y-%m-%d %H:%M} case {case.number} ({case.petition_id}) {step.kind.value}"
        key = f"case-{case.number}-{case.steps.index(step)}"
        if step.kind is StepKind.RECEIVED:
            receipt = self._post(receiving(case, petition), key=key, what=what)
            self._live[case.number] = _Live(
                receipt["case_id"], receipt["receipt_number"], receipt["position"]
            )
            return
        live = self._live[case.number]
        caller = self._caller(live, what) if step.kind in (StepKind.CALLED_BACK, StepKind.CLOSED) else ""
        request = acting(case, petition, step, live.case_id, caller)
        answer = self._post(request, key=key, after=live.position, what=what)
        if not answer["events"]:
            raise PlanRefused(f"{what}: nothing was recorded")
        live.position = answer["position"]

    def _post(self, request: Request, *, key: str, what: str, after: str | None = None) -> Any:
        try:
            return self._stage.client.post(
                request.path, request.body, actor=request.actor, key=key, after=after
            )
        except Exception as error:
            raise PlanRefused(f"{what}: {error}") from error

    def _caller(self, live: _Live, what: str) -> str:
        """The unit that the platform chose to call back."""
        if live.case_id not in self._callers:
            cursor: str | None = ""
            while cursor is not None:
                page = self._stage.client.get("/revisit/v1/tasks", cursor=cursor, limit=TASKS_A_PAGE)
                self._callers |= {
                    task["case_id"]: task["unit_id"] for task in page["tasks"] if task["unit_id"]
                }
                cursor = page["next_cursor"]
        if live.case_id not in self._callers:
            raise PlanRefused(f"{what}: no unit was assigned to call back")
        return self._callers[live.case_id]
