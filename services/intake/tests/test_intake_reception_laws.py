"""Laws that hold for every history of reception."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiyin.common.v1.types import Channel
from huiyin.intake.v1.events import UrgentMatterFlagged, UrgentMatterReported
from intake.domain.case import IntakeCommand, case_decider
from intake.tests.intake_example import AT, HOUSING, OFFICE, RECEIVE
from intake.tests.test_intake_laws import play
from intake.tests.test_intake_reception import ATTACH, CONFIRM, FLAG, MATERIAL, REPORT, sealed
from ledger.kit import saying_it_twice_changes_nothing

units = st.sampled_from([OFFICE, HOUSING])
numbers = st.integers(1, 3)
moments = st.integers(-2, 4).map(lambda hours: AT + timedelta(hours=hours))

receiving = st.builds(lambda channel: replace(RECEIVE, channel=channel), st.sampled_from(list(Channel)))
confirming = st.builds(
    lambda unit, corrections: replace(CONFIRM, by_unit_id=unit, corrections=corrections),
    units,
    st.none() | st.builds(lambda n: sealed("corrections", n), numbers),
)
adding = st.builds(lambda n: replace(MATERIAL, material=sealed("material", n)), numbers) | st.builds(
    lambda n, unit: replace(ATTACH, attachment=sealed("attachment", n), by_unit_id=unit),
    numbers,
    st.just("") | units,
)
flagging = st.builds(
    lambda at, unit, aware_at: replace(FLAG, at=at, by_unit_id=unit, aware_at=aware_at),
    moments,
    units,
    st.none() | moments,
)
reporting = st.builds(
    lambda at, unit, to, reported_at: replace(
        REPORT, at=at, by_unit_id=unit, to_unit_ids=tuple(to), reported_at=reported_at
    ),
    moments,
    units,
    st.lists(st.sampled_from(["government", "upper", OFFICE]), max_size=3),
    st.none() | moments,
)
commands = confirming | adding | flagging | reporting
histories = st.builds(lambda first, rest: [first, *rest], receiving, st.lists(commands, max_size=6))


@given(histories, commands)
def test_saying_it_twice_changes_nothing(history: list[IntakeCommand], command: IntakeCommand) -> None:
    saying_it_twice_changes_nothing(case_decider, play(history).past, command)


@given(histories)
def test_an_alarm_starts_once_and_no_report_comes_before_it(history: list[IntakeCommand]) -> None:
    past = play(history).past
    flags = [event for event in past if isinstance(event, UrgentMatterFlagged)]
    reports = [event for event in past if isinstance(event, UrgentMatterReported)]
    assert len(flags) <= 1
    assert all(flags and report.reported_at >= flags[0].aware_at for report in reports)
    told = [unit for report in reports for unit in report.to_unit_ids]
    assert len(told) == len(set(told))
