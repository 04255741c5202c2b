"""The demonstration's plan is deterministic, in order, and contains every circumstance it promises."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

import chinese_calendar
import pytest

from huiyin.demo.model import PlannedCase, PlannedStep, StepKind
from huiyin.demo.office_time import OPENS, SHANGHAI, SHUTS, is_open, next_open
from huiyin.demo.scenario import START, ends_at, generate, load

DEMO = load()
UNITS = {unit.key: unit for unit in DEMO.units}
PETITIONS = {petition.id: petition for petition in DEMO.petitions}
PLAN = generate()

CHANNELS = {"web", "letter", "visit", "phone", "hotline", "mailbox"}
K1 = K3 = timedelta(days=15)
K5 = timedelta(days=60)


def step(case: PlannedCase, kind: StepKind) -> PlannedStep | None:
    return next((step for step in case.steps if step.kind is kind), None)


def day_of(case: PlannedCase, kind: StepKind) -> date | None:
    found = step(case, kind)
    return found.at.date() if found else None


def transferred_late(case: PlannedCase) -> bool:
    sent_on = day_of(case, StepKind.TRANSFERRED)
    return sent_on is not None and sent_on > next_open(case.received_at.date() + K1)


def silent(case: PlannedCase) -> bool:
    """Nobody accepted it, and the period lasted beyond K3."""
    sent_on = day_of(case, StepKind.TRANSFERRED)
    if sent_on is None or step(case, StepKind.ACCEPTED):
        return False
    return next_open(sent_on + K3) < ends_at().date() - timedelta(days=1)


def answer_due_on(case: PlannedCase) -> date | None:
    begun_on = day_of(case, StepKind.ACCEPTED)
    if silent(case):
        sent_on = day_of(case, StepKind.TRANSFERRED)
        assert sent_on is not None
        begun_on = next_open(sent_on + K3)
    return next_open(begun_on + K5) if begun_on else None


def answered_late(case: PlannedCase) -> bool:
    due_on, served_on = answer_due_on(case), day_of(case, StepKind.OPINION_SERVED)
    return due_on is not None and served_on is not None and served_on > due_on


def overdue_at_the_end(case: PlannedCase) -> bool:
    due_on = answer_due_on(case)
    return due_on is not None and due_on < ends_at().date() and not step(case, StepKind.OPINION_SERVED)


@pytest.mark.parametrize("cases", [1, 2, 7, 200, 1000])
def test_any_number_of_cases_can_be_planned(cases: int) -> None:
    plan = generate(cases)
    assert [case.number for case in plan] == list(range(1, cases + 1))


def test_no_case_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        generate(0)


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    assert generate() == PLAN
    assert generate(seed=7) == generate(seed=7)
    assert generate(seed=7) != PLAN


def test_the_plan_is_the_same_on_every_python() -> None:
    first, last = PLAN[0], PLAN[-1]
    assert (first.petition_id, first.received_at.isoformat()) == ("p075", "2025-08-18T09:17:59+08:00")
    assert (last.petition_id, last.received_at.isoformat()) == ("p076", "2025-10-30T22:52:00+08:00")


def test_another_start_moves_the_whole_plan() -> None:
    start = date(2025, 11, 3)
    plan = generate(50, start=start)
    assert all(start <= case.received_at.date() for case in plan)
    assert all(step.at < ends_at(start) for case in plan for step in case.steps)


def test_every_text_is_used_before_one_is_used_again_and_then_by_somebody_else() -> None:
    uses = Counter(case.petition_id for case in PLAN)
    assert set(uses) == set(PETITIONS)
    assert max(uses.values()) - min(uses.values()) <= 1
    people = Counter(
        (case.petition_id, case.petitioner.name, case.petitioner.phone) for case in PLAN if case.petitioner
    )
    assert max(people.values()) == 1


def test_steps_follow_the_road_in_order_after_receipt_and_before_the_end() -> None:
    road = list(StepKind)
    for case in PLAN:
        assert case.received_at.date() >= START
        assert case.steps[0].kind is StepKind.RECEIVED
        assert case.steps[0].at >= case.received_at
        assert case.steps[-1].at < ends_at()
        for earlier, later in pairwise(case.steps):
            assert earlier.at < later.at, case.number
            assert road.index(earlier.kind) <= road.index(later.kind), case.number
        once = Counter(step.kind for step in case.steps if step.kind is not StepKind.CALLED_BACK)
        assert set(once.values()) == {1}, case.number


def test_every_instant_is_told_in_shanghai_time() -> None:
    assert all(case.received_at.tzinfo is SHANGHAI for case in PLAN)
    assert all(step.at.tzinfo is SHANGHAI for case in PLAN for step in case.steps)


def test_offices_act_in_office_hours_on_working_days() -> None:
    for case in PLAN:
        for act in case.steps[1:]:
            assert is_open(act.at.date()), (case.number, act)
            assert OPENS <= act.at.time() <= SHUTS, (case.number, act)
        if case.channel in ("letter", "visit", "phone"):
            assert is_open(case.received_at.date()), case.number
            assert OPENS <= case.received_at.time() <= SHUTS, case.number


def test_the_offices_days_are_those_of_the_published_calendar() -> None:
    day = START
    while day < date(2026, 1, 5):
        assert is_open(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_nothing_is_keyed_in_late_but_letters() -> None:
    waits = {channel: timedelta(0) for channel in CHANNELS}
    for case in PLAN:
        waits[case.channel] = max(waits[case.channel], case.steps[0].at - case.received_at)
    assert waits["web"] == waits["hotline"] == waits["mailbox"] == timedelta(0)
    assert timedelta(0) < waits["visit"] <= timedelta(minutes=30)
    assert timedelta(0) < waits["phone"] <= timedelta(minutes=30)
    assert waits["letter"] >= timedelta(days=1)


def test_petitioners_of_the_plan_are_invented_too() -> None:
    people = [case.petitioner for case in PLAN if case.petitioner]
    assert all(re.fullmatch(r"[\u4e00-\u9fff]某某?", person.name) for person in people)
    assert all(re.fullmatch(r"1400000\d{4}", person.phone) for person in people)


def test_a_case_goes_from_a_petition_office_to_the_unit_its_text_names() -> None:
    for case in PLAN:
        assert UNITS[case.first_receiver].kind == "petition_office"
        assert case.competent_unit == PETITIONS[case.petition_id].answer.unit
        assert case.channel == PETITIONS[case.petition_id].channel


CIRCUMSTANCES: dict[str, Callable[[PlannedCase], bool]] = {
    "sent two minutes before midnight": lambda case: (
        (case.received_at.hour, case.received_at.minute) == (23, 58)
    ),
    "received on a day off": lambda case: not is_open(case.received_at.date()),
    "received in the National Day holiday": lambda case: (
        date(2025, 10, 1) <= case.received_at.date() <= date(2025, 10, 8)
    ),
    "received first above its region": lambda case: (
        UNITS[case.first_receiver].parent != PETITIONS[case.petition_id].region
    ),
    "transferred late": transferred_late,
    "never accepted": silent,
    "accepted on the last day": lambda case: (
        case.circumstance.acceptance == "last_day"
        and day_of(case, StepKind.ACCEPTED) == next_open((day_of(case, StepKind.TRANSFERRED) or START) + K3)
    ),
    "answered after a deemed acceptance": lambda case: (
        silent(case) and step(case, StepKind.OPINION_SERVED) is not None and not answered_late(case)
    ),
    "answered late after a deemed acceptance": lambda case: silent(case) and answered_late(case),
    "answered late": lambda case: not silent(case) and answered_late(case),
    "overdue and unanswered at the end": overdue_at_the_end,
    "open and on time at the end": lambda case: (
        not step(case, StepKind.OPINION_SERVED) and not overdue_at_the_end(case)
    ),
    "in hand over the National Day holiday": lambda case: (
        case.received_at < datetime(2025, 10, 1, tzinfo=SHANGHAI)
        and case.steps[-1].at > datetime(2025, 10, 9, tzinfo=SHANGHAI)
    ),
    "not reached, then reached": lambda case: (
        [act.call.reach for act in case.steps if act.call] == ["unreached", "reached"]
    ),
    "never reached": lambda case: (
        case.petitioner is not None
        and [act.call.reach for act in case.steps if act.call] == ["unreached", "unreached"]
    ),
    "refused to answer": lambda case: any(act.call and act.call.reach == "refused" for act in case.steps),
    "never contacted by the handler": lambda case: any(
        act.call and act.call.contacted == "no" for act in case.steps
    ),
    "no reply received": lambda case: any(act.call and act.call.reply_received == "no" for act in case.steps),
    "promise not kept": lambda case: any(act.call and act.call.promise_kept == "no" for act in case.steps),
    "not satisfied": lambda case: any(act.call and act.call.satisfied == "no" for act in case.steps),
    "closed as confirmed": lambda case: case.steps[-1].ground == "confirmed",
    "closed when the review period ended": lambda case: case.steps[-1].ground == "review_period_ended",
    "answered but not closed": lambda case: (
        step(case, StepKind.OPINION_SERVED) is not None and not step(case, StepKind.CLOSED)
    ),
}


@pytest.mark.parametrize("circumstance", list(CIRCUMSTANCES))
def test_the_mix_contains_cases(circumstance: str) -> None:
    holds = CIRCUMSTANCES[circumstance]
    assert any(holds(case) for case in PLAN)


def test_the_shares_are_those_the_deck_promises() -> None:
    assert len(PLAN) == 200
    assert sum(transferred_late(case) for case in PLAN) == 200 * 3 // 40
    assert sum(silent(case) for case in PLAN) == 200 * 5 // 40
    late = sum(answered_late(case) or overdue_at_the_end(case) for case in PLAN)
    assert late == 200 * 6 // 40


def test_the_default_plan_ends_as_the_documentation_says() -> None:
    assert sum(step(case, StepKind.OPINION_SERVED) is not None for case in PLAN) == 186
    assert sum(answered_late(case) for case in PLAN) == 20
    assert sum(overdue_at_the_end(case) for case in PLAN) == 10
    assert sum(step(case, StepKind.CLOSED) is not None for case in PLAN) == 161


def test_who_was_not_reached_has_answered_nothing() -> None:
    for case in PLAN:
        for act in case.steps:
            assert (act.call is not None) == (act.kind is StepKind.CALLED_BACK)
            if act.call and act.call.reach != "reached":
                answers = (act.call.contacted, act.call.reply_received, act.call.promise_kept)
                assert {*answers, act.call.satisfied} == {"not_given"}


def test_nobody_is_asked_about_a_promise_that_was_not_made() -> None:
    for case in PLAN:
        if not PETITIONS[case.petition_id].answer.promise:
            assert {act.call.promise_kept for act in case.steps if act.call} <= {"not_given"}


def test_a_case_is_closed_only_on_a_ground_that_holds() -> None:
    for case in PLAN:
        closing = step(case, StepKind.CLOSED)
        if closing is None:
            continue
        call, served_on = case.steps[-2].call, day_of(case, StepKind.OPINION_SERVED)
        assert call is not None
        assert served_on is not None
        if closing.ground == "confirmed":
            assert (call.reach, call.reply_received) == ("reached", "yes")
            assert call.promise_kept != "no"
        else:
            assert closing.at.date() > next_open(served_on + timedelta(days=30))
