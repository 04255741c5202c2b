"""Routing out, non-acceptance by two persons, withdrawal by the petitioner alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.intake.v1.events import (
    CaseNotAccepted,
    CaseRoutedOut,
    CaseWithdrawn,
    Category,
    NonAcceptanceDeclined,
    NonAcceptanceGround,
    NonAcceptanceProposed,
    SealedReportReceived,
    WithdrawalChannel,
    WithdrawalRequested,
)
from intake.domain import refusals, refusals_withdrawal
from intake.domain import refusals_sorting as rules
from intake.tests.intake_example import AT, CASE, CLASSIFY, HOUSING, NEW, OFFICE, RECEIVED, REGISTERED
from intake.tests.sorting_example import (
    AT_HOME,
    AT_TERMINAL,
    CLAIM,
    CONFIRM,
    COUNTY,
    DECLINE,
    EARLIER,
    EVERY,
    FINAL,
    LABOUR,
    NEXT_DAY,
    ONE,
    OTHER,
    PRESSED,
    PROPOSE,
    ROUTE_OUT,
    WITHDRAW,
    sealed,
)

ARBITRABLE = REGISTERED.after(LABOUR)
ROUTED = ARBITRABLE.after(ROUTE_OUT)
PROPOSED = CLAIM.after(PROPOSE)


def test_scenario_31_a_labour_matter_is_routed_out_with_organ_basis_and_limit() -> None:
    (event,) = ARBITRABLE.when(ROUTE_OUT)
    assert isinstance(event, CaseRoutedOut)
    assert (event.organ_name, event.legal_basis) == (ROUTE_OUT.organ_name, "R2022.31.2")
    assert (event.organ_limit, event.notice) == (ROUTE_OUT.organ_limit, sealed("notice"))
    assert event.outside_evaluation
    ROUTED.stays_quiet(ROUTE_OUT)


def test_what_is_within_the_petition_procedure_is_not_sent_away() -> None:
    refused = CLAIM.refuses(ROUTE_OUT, rules.WithinPetitionProcedure)
    assert refused.rule == "within-petition-procedure"
    REGISTERED.refuses(ROUTE_OUT, rules.NotClassified)


def test_nobody_routes_out_what_it_classified_itself() -> None:
    ARBITRABLE.refuses(replace(ROUTE_OUT, by_ref=ONE), rules.SamePerson)


def test_a_routing_out_names_organ_limit_and_the_basis_of_its_branch() -> None:
    ARBITRABLE.refuses(replace(ROUTE_OUT, organ_name=" "), rules.OrganMissing)
    ARBITRABLE.refuses(replace(ROUTE_OUT, organ_limit=""), rules.OrganMissing)
    ARBITRABLE.refuses(replace(ROUTE_OUT, legal_basis="R2022.31.1"), rules.BasisOfAnotherBranch)


def test_what_was_routed_out_is_not_routed_out_otherwise() -> None:
    ROUTED.refuses(replace(ROUTE_OUT, organ_name="法院"), rules.AlreadyEnded)
    ROUTED.refuses(PROPOSE, rules.AlreadyEnded)
    ROUTED.refuses(AT_HOME, rules.AlreadyEnded)


def test_scenario_25_what_is_open_below_in_time_is_declined_by_two_persons_with_a_pointer_to_it() -> None:
    (proposed,) = CLAIM.when(PROPOSE)
    assert isinstance(proposed, NonAcceptanceProposed)
    PROPOSED.stays_quiet(PROPOSE)
    (event,) = PROPOSED.when(CONFIRM)
    assert isinstance(event, CaseNotAccepted)
    assert (event.earlier_case_id, event.earlier_unit_id, event.earlier_due_on) == (
        EARLIER,
        COUNTY,
        date(2025, 9, 1),
    )
    assert (event.proposed_by_ref, event.confirmed_by_ref, event.legal_basis) == (ONE, OTHER, "R2022.19")
    PROPOSED.after(CONFIRM).stays_quiet(CONFIRM)


def test_nobody_confirms_or_declines_what_it_proposed_itself() -> None:
    PROPOSED.refuses(replace(CONFIRM, by_ref=ONE), rules.SamePerson)
    PROPOSED.refuses(replace(DECLINE, by_ref=ONE), rules.SamePerson)
    CLAIM.refuses(CONFIRM, rules.NothingProposed)
    CLAIM.refuses(DECLINE, rules.NothingProposed)


def test_scenario_26_what_is_overdue_below_is_no_ground_on_the_day_of_either_person() -> None:
    CLAIM.refuses(replace(PROPOSE, earlier_due_on=date(2025, 8, 17)), rules.OverdueElsewhere)
    late = replace(CONFIRM, at=AT + timedelta(days=15))
    assert PROPOSED.refuses(late, rules.OverdueElsewhere).rule == "overdue-elsewhere"
    on_the_last_day = replace(CONFIRM, at=AT + timedelta(days=14))
    assert PROPOSED.when(on_the_last_day)


def test_only_an_organ_above_points_to_what_is_open_below() -> None:
    CLAIM.refuses(replace(PROPOSE, below=False), rules.OnlyAnUpperOrgan)
    CLAIM.refuses(replace(PROPOSE, earlier_due_on=None), rules.TimeLimitMissing)
    CLAIM.refuses(replace(PROPOSE, earlier_case_id=CASE), rules.ItselfNotEarlier)


def test_scenario_27_after_a_final_opinion_the_same_facts_are_no_longer_accepted_if_two_persons_find_so() -> (
    None
):
    (event,) = CLAIM.after(FINAL).when(CONFIRM)
    assert isinstance(event, CaseNotAccepted)
    assert (event.ground, event.legal_basis) == (NonAcceptanceGround.FINAL_OPINION, "R2022.36")


def test_scenario_27_new_facts_are_a_new_matter_whichever_person_finds_them() -> None:
    CLAIM.refuses(replace(FINAL, facts_same=False), rules.FactsNotTheSame)
    CLAIM.after(FINAL).refuses(replace(CONFIRM, facts_same=False), rules.FactsNotTheSame)


def test_a_second_person_who_differs_sends_the_case_its_ordinary_way() -> None:
    (event,) = PROPOSED.when(DECLINE)
    assert isinstance(event, NonAcceptanceDeclined)
    declined = PROPOSED.after(DECLINE)
    declined.stays_quiet(DECLINE)
    declined.refuses(CONFIRM, rules.NothingProposed)
    assert declined.state.sorting.ended is None


def test_one_proposal_waits_at_a_time() -> None:
    PROPOSED.refuses(FINAL, rules.OtherwiseProposed)


def test_scenario_39_a_withdrawal_at_an_offices_terminal_waits_for_the_petitioner() -> None:
    (event,) = CLAIM.when(AT_TERMINAL)
    assert event == WithdrawalRequested(
        case_id=CASE,
        channel=WithdrawalChannel.OFFICE_TERMINAL,
        unit_id=HOUSING,
        confirm_from_at=NEXT_DAY,
    )
    asked = CLAIM.after(AT_TERMINAL)
    assert asked.state.sorting.ended is None
    asked.stays_quiet(AT_TERMINAL)
    asked.refuses(
        replace(WITHDRAW, at=NEXT_DAY - timedelta(microseconds=1)), refusals_withdrawal.WithdrawalTooSoon
    )
    assert asked.when(WITHDRAW) == [
        CaseWithdrawn(case_id=CASE, requested_by_channel=WithdrawalChannel.OFFICE_TERMINAL)
    ]
    asked.after(WITHDRAW).stays_quiet(WITHDRAW)
    asked.after(WITHDRAW).stays_quiet(AT_HOME)


def test_a_second_request_does_not_move_the_day_of_reflection() -> None:
    CLAIM.after(AT_TERMINAL).stays_quiet(replace(AT_HOME, at=AT + timedelta(hours=20)))


def test_nobody_confirms_what_was_not_asked_for() -> None:
    CLAIM.refuses(WITHDRAW, refusals_withdrawal.WithdrawalNotAskedFor)


def test_scenario_39_who_was_pressed_tells_the_organ_above_and_the_withdrawal_lapses() -> None:
    asked = CLAIM.after(AT_TERMINAL)
    assert asked.when(PRESSED) == [
        SealedReportReceived(case_id=CASE, report=sealed("report"), to_unit_id=COUNTY)
    ]
    pressed = asked.after(PRESSED)
    pressed.stays_quiet(PRESSED)
    pressed.refuses(WITHDRAW, refusals_withdrawal.WithdrawalNotAskedFor)
    assert pressed.when(replace(PRESSED, report=sealed("report", 2)))


def test_pressure_can_be_reported_whatever_became_of_the_case() -> None:
    assert ROUTED.when(PRESSED)
    assert RECEIVED.when(PRESSED)


@pytest.mark.parametrize("command", EVERY, ids=lambda command: type(command).__name__)
def test_nothing_is_sorted_that_was_not_received(command: object) -> None:
    NEW.refuses(command, refusals.UnknownCase)  # type: ignore[arg-type]


@pytest.mark.parametrize("command", [ROUTE_OUT, PROPOSE, CONFIRM, DECLINE])
def test_nobody_sorts_for_the_first_receiver(command: Any) -> None:
    other = replace(command, by_unit_id=HOUSING)
    for scenario in (ARBITRABLE, PROPOSED):
        scenario.refuses(other, refusals.NotFirstReceiver)


def test_a_suggestion_is_not_routed_out() -> None:
    suggested = REGISTERED.after(replace(CLASSIFY, category=Category.SUGGESTION))
    suggested.refuses(replace(ROUTE_OUT, by_unit_id=OFFICE), rules.WithinPetitionProcedure)
