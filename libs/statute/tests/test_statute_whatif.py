"""The same acts under other rules: who would have been late, and who would not."""

from dataclasses import replace
from datetime import date

from statute.in_force import Statute, shipped_statute
from statute.periods import CalendarDays
from statute.whatif import Outcome, Period, counterfactual

CN = shipped_statute("cn")
TODAY = date(2025, 12, 1)


def other(clock: str, days: int, begins: date = date(2022, 5, 2)) -> Statute:
    """The statute in which a clock has another length from a day on."""
    rule = CN.rules.in_force(clock, TODAY)
    return CN.with_rule(
        replace(rule, version=9, counting=CalendarDays(days), effective_from=begins, warnings=("due",))
    )


def period(
    clock: str, start_on: date, ended_on: date | None, *, case_id: str = "c1", deemed: bool = False
) -> Period:
    deadline = CN.compute(clock, start_on)
    return Period(
        case_id=case_id,
        clock=clock,
        unit_id="b1",
        rule=deadline.rule,
        start_on=start_on,
        due_on=deadline.due_on,
        provisional=deadline.provisional,
        ended_on=ended_on,
        deemed=deemed,
    )


def played(statute: Statute, *periods: Period) -> list[Outcome]:
    return list(counterfactual(periods, statute, TODAY))


def test_an_opinion_after_45_days_is_in_time_in_60_and_late_in_30() -> None:
    served = period("K5", date(2025, 8, 4), date(2025, 9, 18))
    (outcome,) = played(other("K5", 30), served)
    assert (outcome.was_late, outcome.would_be_late, outcome.changed) == (False, True, True)
    assert (outcome.rule, outcome.due_on) == ("K5@9", date(2025, 9, 3))


def test_a_late_transfer_is_in_time_under_a_longer_period() -> None:
    (outcome,) = played(other("K1", 30), period("K1", date(2025, 8, 4), date(2025, 8, 25)))
    assert (outcome.was_late, outcome.would_be_late) == (True, False)


def test_a_running_period_is_late_from_the_day_after_its_due_date() -> None:
    opened = period("K5", date(2025, 10, 2), None)
    assert opened.due_on == TODAY
    (same,) = played(CN, opened)
    assert not same.was_late
    (shorter,) = played(other("K5", 59), opened)
    assert shorter.due_on == date(2025, 12, 1)
    (much_shorter,) = played(other("K5", 30), opened)
    assert much_shorter.would_be_late


def test_what_follows_a_deemed_acceptance_begins_when_that_would_have_ended() -> None:
    silent = period("K3", date(2025, 9, 20), date(2025, 10, 9), deemed=True)
    answered = period("K5", date(2025, 10, 9), date(2025, 11, 30))
    acceptance, opinion = played(other("K3", 5), silent, answered)
    assert acceptance.due_on == date(2025, 9, 25)
    assert acceptance.was_late
    assert acceptance.would_be_late
    assert opinion.due_on == CN.compute("K5", date(2025, 9, 25)).due_on
    assert (opinion.was_late, opinion.would_be_late) == (False, True)


def test_of_another_case_nothing_moves() -> None:
    silent = period("K3", date(2025, 9, 20), date(2025, 10, 9), deemed=True)
    answered = period("K5", date(2025, 10, 9), date(2025, 11, 30), case_id="c2")
    _, opinion = played(other("K3", 5), silent, answered)
    assert not opinion.differs


def test_the_same_rules_change_nothing() -> None:
    periods = [period("K5", date(2025, 3, day), date(2025, 5, day)) for day in range(1, 28)]
    assert not any(outcome.differs or outcome.changed for outcome in played(CN, *periods))


def test_what_began_before_the_other_rule_is_left_as_it_was() -> None:
    (outcome,) = played(other("K5", 30, begins=date(2025, 9, 1)), period("K5", date(2025, 8, 4), None))
    assert not outcome.differs
