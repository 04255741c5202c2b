"""Who calls back, what counts as an answer, and when a case may be closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.revisit.v1.events import (
    Answer,
    CallBackRecorded,
    CaseClosed,
    ClosingGround,
    Reach,
    RevisitAssigned,
    RevisitQueued,
)
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from ledger.refusal import Refusal
from revisit.domain import refusals
from revisit.domain.case import (
    AssignRevisit,
    CloseCase,
    QueueRevisit,
    RecordCallBack,
    RevisitCommand,
    TakeRevisit,
    case_decider,
)
from statute.in_force import shipped_statute

STATUTE = shipped_statute("cn")
SERVED_ON = date(2025, 8, 27)  # A Wednesday.
AT = datetime(2025, 8, 28, 2, tzinfo=UTC)
NEW = Scenario(case_decider)
YES, NO, NOT_GIVEN = Answer.YES, Answer.NO, Answer.NOT_GIVEN


def assign(unit: str = "yunling-petitions") -> AssignRevisit:
    return AssignRevisit(
        at=AT,
        case_id="c1",
        unit_id=unit,
        handler_unit_id="yunling-housing",
        served_on=SERVED_ON,
        statute=STATUTE,
    )


def queue() -> QueueRevisit:
    return QueueRevisit(
        at=AT, case_id="c1", handler_unit_id="yunling-housing", served_on=SERVED_ON, statute=STATUTE
    )


def call(unit: str = "yunling-petitions", **said: Any) -> RecordCallBack:
    answers: dict[str, Any] = {"contacted": YES, "reply_received": YES, "promise_kept": YES, "satisfied": NO}
    return RecordCallBack(at=AT, by_unit_id=unit, reach=Reach.REACHED, **(answers | said))


def no_answer(reach: Reach = Reach.UNREACHED) -> RecordCallBack:
    return RecordCallBack(at=AT, by_unit_id="yunling-petitions", reach=reach)


def close(on: date = SERVED_ON, unit: str = "yunling-petitions") -> CloseCase:
    at = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
    return CloseCase(at=at, by_unit_id=unit, statute=STATUTE)


ASSIGNED = NEW.after(assign())
QUEUED = NEW.after(queue())


def test_the_assignment_carries_the_clock_from_service_of_the_opinion() -> None:
    (event,) = NEW.when(assign())
    assert event == RevisitAssigned(
        case_id="c1",
        unit_id="yunling-petitions",
        handler_unit_id="yunling-housing",
        revisit_deadline=STATUTE.compute("K18", SERVED_ON),
    )
    assert event.revisit_deadline.due_on == date(2025, 9, 3)


def test_assigning_the_same_unit_again_is_quiet() -> None:
    ASSIGNED.stays_quiet(assign())


def test_the_handler_is_never_assigned_its_own_revisit() -> None:
    assert NEW.refuses(assign("yunling-housing"), refusals.HandlerRevisits).rule == "P5"


def test_a_revisit_has_one_unit() -> None:
    ASSIGNED.refuses(assign("wangling-petitions"), refusals.AssignedElsewhere)


def test_without_another_unit_the_revisit_waits_with_its_clock_running() -> None:
    (event,) = NEW.when(queue())
    assert event == RevisitQueued(
        case_id="c1",
        handler_unit_id="yunling-housing",
        revisit_deadline=STATUTE.compute("K18", SERVED_ON),
    )
    QUEUED.stays_quiet(queue())
    ASSIGNED.stays_quiet(queue())


def test_another_unit_takes_a_waiting_revisit_with_the_clock_as_it_runs() -> None:
    take = TakeRevisit(at=AT + timedelta(days=9), by_unit_id="wangling-petitions")
    (event,) = QUEUED.when(take)
    assert isinstance(event, RevisitAssigned)
    assert (event.unit_id, event.handler_unit_id) == ("wangling-petitions", "yunling-housing")
    assert event.revisit_deadline.start_on == SERVED_ON
    QUEUED.after(take).stays_quiet(take)
    QUEUED.after(take).refuses(replace(take, by_unit_id="xingpu-petitions"), refusals.AssignedElsewhere)


def test_the_handler_cannot_take_its_own_revisit() -> None:
    QUEUED.refuses(TakeRevisit(at=AT, by_unit_id="yunling-housing"), refusals.HandlerRevisits)
    NEW.refuses(TakeRevisit(at=AT, by_unit_id="wangling-petitions"), refusals.UnknownCase)


def test_the_assigned_unit_records_what_the_petitioner_said() -> None:
    assert ASSIGNED.when(call()) == [
        CallBackRecorded(
            case_id="c1",
            unit_id="yunling-petitions",
            reach=Reach.REACHED,
            contacted=YES,
            reply_received=YES,
            promise_kept=YES,
            satisfied=NO,
        )
    ]


def test_every_attempt_is_on_record() -> None:
    tried = ASSIGNED.after(no_answer()).after(no_answer()).after(no_answer())
    assert len(tried.past) == 4


@pytest.mark.parametrize("command", [call("yunling-housing"), close(unit="yunling-housing")])
def test_the_handler_runs_no_revisit(command: RevisitCommand) -> None:
    ASSIGNED.refuses(command, refusals.HandlerRevisits)


@pytest.mark.parametrize("command", [call("xingpu-petitions"), close(unit="xingpu-petitions")])
def test_no_other_unit_records_or_closes(command: RevisitCommand) -> None:
    ASSIGNED.refuses(command, refusals.NotTheRevisitUnit)
    QUEUED.refuses(command, refusals.NotAssigned)
    NEW.refuses(command, refusals.UnknownCase)


@pytest.mark.parametrize("reach", [Reach.UNREACHED, Reach.REFUSED])
@pytest.mark.parametrize("question", ["contacted", "reply_received", "promise_kept", "satisfied"])
def test_who_was_not_reached_has_answered_nothing(reach: Reach, question: str) -> None:
    assert ASSIGNED.when(no_answer(reach))
    answered = replace(no_answer(reach), **{question: YES})  # type: ignore[arg-type]
    ASSIGNED.refuses(answered, refusals.AnswersWithoutContact)


def test_blanks_are_refused() -> None:
    ASSIGNED.refuses(no_answer(Reach.UNSPECIFIED), refusals.ReachNotSaid)
    ASSIGNED.refuses(call(satisfied=Answer.UNSPECIFIED), refusals.AnswerNotSaid)


def test_a_confirmed_reply_closes_the_case_even_with_a_petitioner_who_is_not_satisfied() -> None:
    called = ASSIGNED.after(call(satisfied=NO, promise_kept=NOT_GIVEN))
    assert called.when(close()) == [
        CaseClosed(case_id="c1", unit_id="yunling-petitions", ground=ClosingGround.CONFIRMED)
    ]


def test_closing_a_closed_case_is_quiet_and_it_is_not_called_back_again() -> None:
    closed = ASSIGNED.after(call()).after(close())
    closed.stays_quiet(close())
    closed.refuses(call(), refusals.CaseIsClosed)


def test_nothing_is_closed_before_a_call_back() -> None:
    ASSIGNED.refuses(close(date(2026, 3, 2)), refusals.NotCalledBack)


@pytest.mark.parametrize("on", [SERVED_ON, date(2026, 3, 2)])
def test_a_reply_that_did_not_come_or_a_broken_promise_is_reopened_not_closed(on: date) -> None:
    ASSIGNED.after(call(reply_received=NO)).refuses(close(on), refusals.ReplyNotReceived)
    ASSIGNED.after(call(promise_kept=NO)).refuses(close(on), refusals.PromiseNotKept)


def test_an_unanswered_call_takes_nothing_back_of_what_was_said_before() -> None:
    ASSIGNED.after(call(promise_kept=NO)).after(no_answer()).refuses(
        close(date(2026, 3, 2)), refusals.PromiseNotKept
    )
    (closed,) = ASSIGNED.after(call()).after(no_answer()).when(close())
    assert isinstance(closed, CaseClosed)
    assert closed.ground is ClosingGround.CONFIRMED


def test_what_was_mended_since_then_closes_the_case() -> None:
    (closed,) = ASSIGNED.after(call(promise_kept=NO)).after(call()).when(close())
    assert isinstance(closed, CaseClosed)
    assert closed.ground is ClosingGround.CONFIRMED


@pytest.mark.parametrize(
    "command", [no_answer(), no_answer(Reach.REFUSED), call(reply_received=NOT_GIVEN, promise_kept=NOT_GIVEN)]
)
def test_without_confirmation_the_thirty_days_for_a_review_come_first(command: RecordCallBack) -> None:
    called = ASSIGNED.after(command)
    # 2025-08-27 + 30 days is 2025-09-26, a Friday.
    refused = called.refuses(close(date(2025, 9, 26)), refusals.ReviewPeriodRunning)
    assert "2025-09-26" in refused.zh
    (closed,) = called.when(close(date(2025, 9, 27)))
    assert isinstance(closed, CaseClosed)
    assert closed.ground is ClosingGround.REVIEW_PERIOD_ENDED


def test_the_last_day_for_a_review_rolls_over_the_holidays() -> None:
    # 2025-09-01 + 30 days is 2025-10-01; the holidays end on 2025-10-08.
    called = NEW.after(replace(assign(), served_on=date(2025, 9, 1))).after(no_answer())
    called.refuses(close(date(2025, 10, 9)), refusals.ReviewPeriodRunning)
    assert called.when(close(date(2025, 10, 10)))


units = st.sampled_from(["yunling-petitions", "yunling-housing", "xingpu-petitions"])
answers = st.sampled_from(list(Answer))
days = st.dates(SERVED_ON, SERVED_ON + timedelta(days=60))
calls: st.SearchStrategy[RevisitCommand] = st.builds(
    RecordCallBack,
    at=st.just(AT),
    by_unit_id=units,
    reach=st.sampled_from(list(Reach)),
    contacted=answers,
    reply_received=answers,
    promise_kept=answers,
    satisfied=answers,
)
settling: st.SearchStrategy[RevisitCommand] = st.one_of(
    units.map(assign),
    st.just(queue()),
    st.builds(TakeRevisit, at=st.just(AT), by_unit_id=units),
    st.builds(close, days, units),
)


def history(commands: list[RevisitCommand]) -> Scenario[Any, Any, Any]:
    scenario: Scenario[Any, Any, Any] = NEW
    for command in commands:
        try:
            scenario = scenario.after(command)
        except Refusal:
            continue
    return scenario


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(calls, settling), max_size=8), settling)
def test_saying_it_twice_changes_nothing_whatever_happened_before(
    before: list[RevisitCommand], command: RevisitCommand
) -> None:
    saying_it_twice_changes_nothing(case_decider, history(before).past, command)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(calls, settling), max_size=10))
def test_no_history_lets_the_handler_act_or_an_unreached_petitioner_be_satisfied(
    commands: list[RevisitCommand],
) -> None:
    for event in history([assign(), *commands]).past:
        assert getattr(event, "unit_id", "") != "yunling-housing"
        if isinstance(event, CallBackRecorded) and event.reach is not Reach.REACHED:
            assert event.satisfied is NOT_GIVEN
