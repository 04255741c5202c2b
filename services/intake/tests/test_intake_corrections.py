"""Corrections show both values, take two persons where a clock or organ changes, and move no clock later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from huiyin.common.v1.types import Channel
from huiyin.intake.v1.events import (
    CaseReclassified,
    Category,
    CorrectionProposed,
    ReclassificationProposed,
    RegistrationCorrected,
    RegistrationVoided,
    Route,
    SuggestionDecided,
    SuggestionOutcome,
    SuggestionStudied,
    VoidingProposed,
)
from intake.domain import refusals
from intake.domain import refusals_corrections as rules
from intake.domain import refusals_sorting as sorting_rules
from intake.tests.intake_example import CASE, CLASSIFY, HOUSING, OFFICE, REGISTERED
from intake.tests.sorting_example import (
    ADOPT,
    CLAIM,
    CORRECT,
    EARLIER,
    ONE,
    OTHER,
    RECLASSIFY,
    STUDY,
    SUGGESTED,
    VOID,
)

SUGGESTION = REGISTERED.after(SUGGESTED)


def test_an_earlier_date_of_receipt_takes_effect_when_two_persons_say_so() -> None:
    (proposed,) = CLAIM.when(CORRECT)
    assert isinstance(proposed, CorrectionProposed)
    waiting = CLAIM.after(CORRECT)
    waiting.stays_quiet(CORRECT)
    (event,) = waiting.when(replace(CORRECT, by_ref=OTHER))
    assert isinstance(event, RegistrationCorrected)
    assert (event.old_received_on, event.new_received_on) == (date(2025, 8, 18), date(2025, 8, 15))
    assert (event.old_channel, event.new_channel) == (Channel.WEB, Channel.LETTER)
    assert (event.by_ref, event.confirmed_by_ref) == (ONE, OTHER)
    assert event.transfer_deadline.due_on == date(2025, 9, 1)
    corrected = waiting.after(replace(CORRECT, by_ref=OTHER))
    corrected.stays_quiet(CORRECT)
    assert corrected.state.classified is not None
    assert corrected.state.classified.received_on == date(2025, 8, 15)


def test_no_correction_moves_a_clock_later() -> None:
    CLAIM.refuses(replace(CORRECT, received_on=date(2025, 8, 19)), rules.ClockMovedLater)
    CLAIM.refuses(replace(VOID, kept_received_on=date(2025, 8, 19)), rules.ClockMovedLater)


def test_a_wrong_channel_is_put_right_by_one_person() -> None:
    only_channel = replace(CORRECT, received_on=date(2025, 8, 18))
    (event,) = CLAIM.when(only_channel)
    assert isinstance(event, RegistrationCorrected)
    assert event.confirmed_by_ref == ""
    CLAIM.after(only_channel).stays_quiet(only_channel)


def test_another_organ_or_clock_takes_a_second_person() -> None:
    (proposed,) = CLAIM.when(RECLASSIFY)
    assert isinstance(proposed, ReclassificationProposed)
    waiting = CLAIM.after(RECLASSIFY)
    waiting.stays_quiet(RECLASSIFY)
    (event,) = waiting.when(replace(RECLASSIFY, by_ref=OTHER))
    assert isinstance(event, CaseReclassified)
    assert (event.old.category, event.new.category) == (Category.CLAIM, Category.SUGGESTION)
    assert (event.old.legal_basis, event.new.legal_basis) == ("R2022.31.6", "R2022.29")
    assert (event.by_ref, event.confirmed_by_ref) == (ONE, OTHER)
    done = waiting.after(replace(RECLASSIFY, by_ref=OTHER))
    done.stays_quiet(RECLASSIFY)
    assert done.state.classified is not None
    assert done.state.classified.transfer_deadline == CLAIM.state.classified.transfer_deadline  # type: ignore[union-attr]
    assert done.when(STUDY)


def test_another_subject_is_put_right_by_one_person() -> None:
    other = replace(RECLASSIFY, category=Category.CLAIM, subject="S05")
    (event,) = CLAIM.when(other)
    assert isinstance(event, CaseReclassified)
    assert (event.old.subject_code, event.new.subject_code) == ("S03", "S05")
    CLAIM.after(other).stays_quiet(other)


def test_a_correction_keeps_to_the_rules_of_classification() -> None:
    REGISTERED.refuses(RECLASSIFY, rules.NothingToCorrect)
    elsewhere = replace(RECLASSIFY, category=Category.CLAIM, route=Route.LITIGATION)
    CLAIM.refuses(elsewhere, sorting_rules.LegalBasisMissing)
    CLAIM.refuses(replace(RECLASSIFY, by_unit_id=HOUSING), refusals.NotFirstReceiver)


def test_of_two_registrations_of_one_paper_one_is_voided_by_two_persons() -> None:
    (proposed,) = CLAIM.when(VOID)
    assert isinstance(proposed, VoidingProposed)
    waiting = CLAIM.after(VOID)
    waiting.stays_quiet(VOID)
    (event,) = waiting.when(replace(VOID, by_ref=OTHER))
    assert isinstance(event, RegistrationVoided)
    assert (event.kept_case_id, event.by_ref, event.confirmed_by_ref) == (EARLIER, ONE, OTHER)
    waiting.after(replace(VOID, by_ref=OTHER)).stays_quiet(VOID)


def test_what_would_stay_must_be_there() -> None:
    CLAIM.refuses(replace(VOID, kept_open=False), rules.KeptIsGone)
    CLAIM.refuses(replace(VOID, kept_case_id=CASE), sorting_rules.ItselfNotEarlier)


def test_a_suggestion_is_studied_within_sixty_days_of_receipt_and_decided_about() -> None:
    (event,) = SUGGESTION.when(STUDY)
    assert isinstance(event, SuggestionStudied)
    assert (event.reply_deadline.clock, event.reply_deadline.start_on) == (
        "K5:suggestion",
        date(2025, 8, 18),
    )
    assert event.reply_deadline.nominal_on == date(2025, 10, 17)
    studied = SUGGESTION.after(STUDY)
    studied.stays_quiet(STUDY)
    (decided,) = studied.when(ADOPT)
    assert isinstance(decided, SuggestionDecided)
    assert decided.outcome is SuggestionOutcome.ADOPTED
    studied.after(ADOPT).stays_quiet(ADOPT)
    other = replace(ADOPT, outcome=SuggestionOutcome.NOT_ADOPTED)
    studied.after(ADOPT).refuses(other, sorting_rules.AlreadyEnded)


def test_only_the_competent_unit_studies_and_only_suggestions_are_studied() -> None:
    SUGGESTION.refuses(replace(STUDY, by_unit_id=OFFICE), rules.NotTheStudyingUnit)
    SUGGESTION.refuses(ADOPT, rules.NotStudied)
    CLAIM.refuses(STUDY, rules.NotASuggestion)
    REGISTERED.refuses(replace(STUDY, by_unit_id=CLASSIFY.competent_unit_id), sorting_rules.NotClassified)
