"""Mixed letters and accusations: nothing is counted anew, and no accusation reaches whom it accuses."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import AccusationSealed, CaseReceived, CaseSplit
from intake.domain import refusals
from intake.domain import refusals_corrections as rules
from intake.domain import refusals_sorting as sorting_rules
from intake.domain.splitting import ReceivePart
from intake.tests.intake_example import (
    AT,
    CASE,
    CLASSIFIED,
    CLASSIFY,
    DISCLOSE,
    HOUSING,
    NEW,
    OFFICE,
    RECEIVED,
    REGISTERED,
    WHO,
)
from intake.tests.sorting_example import ACCUSATION, CLAIM, SEAL, SPLIT, sealed

PARENT = RECEIVED.state.received
assert PARENT is not None
TEXT = Sealed(ref=f"{CASE}-1/petition/1", algorithm="sha256-salted-v1", commitment=bytes(32))
PART = ReceivePart(
    at=AT,
    case_id=f"{CASE}-1",
    receipt_number="YL01-2025-000002-X",
    parent=PARENT,
    petitioner=WHO,
    representatives=None,
    petition=TEXT,
)
ACCUSED = REGISTERED.after(ACCUSATION)


def test_scenario_19_a_part_has_its_own_text_and_the_letters_clock_to_the_day() -> None:
    (event,) = NEW.when(PART)
    assert isinstance(event, CaseReceived)
    assert (event.case_id, event.petition, event.parent_case_id) == (f"{CASE}-1", TEXT, CASE)
    assert PARENT is not None
    assert event.transfer_deadline == PARENT.transfer_deadline
    assert event.petition != PARENT.petition
    NEW.after(PART).stays_quiet(PART)


def test_scenario_19_the_letter_names_its_parts_and_goes_no_further_itself() -> None:
    (event,) = REGISTERED.when(SPLIT)
    assert isinstance(event, CaseSplit)
    assert event.part_case_ids == (f"{CASE}-1", f"{CASE}-2")
    divided = REGISTERED.after(SPLIT)
    divided.stays_quiet(SPLIT)
    divided.refuses(replace(SPLIT, part_case_ids=("a", "b")), sorting_rules.AlreadyEnded)
    divided.refuses(CLASSIFY, sorting_rules.AlreadyEnded)
    divided.refuses(replace(DISCLOSE, by_unit_id=HOUSING), rules.AccusationContentSealed)


def test_a_letter_is_split_before_it_is_classified_and_into_two_or_more() -> None:
    CLASSIFIED.refuses(SPLIT, rules.SplitBeforeClassified)
    RECEIVED.refuses(SPLIT, refusals.NotRegistered)
    REGISTERED.refuses(replace(SPLIT, part_case_ids=("a",)), rules.PartsOutOfRange)
    REGISTERED.refuses(replace(SPLIT, part_case_ids=("a", "a")), rules.PartsOutOfRange)


def test_of_a_sealed_accusation_a_pointer_stays_and_its_clock_of_five_working_days() -> None:
    (event,) = ACCUSED.when(SEAL)
    assert isinstance(event, AccusationSealed)
    said = {field.name for field in fields(event)}
    assert said == {"case_id", "unit_id", "received_on", "receipt_hash", "passing_deadline", "accused"}
    assert (event.passing_deadline.clock, event.passing_deadline.due_on) == ("K13", date(2025, 8, 25))
    assert event.accused == sealed("accused")
    ACCUSED.after(SEAL).stays_quiet(SEAL)


def test_scenario_18_what_accuses_the_receiving_organ_goes_to_the_upper_one_in_five_working_days() -> None:
    ACCUSED.refuses(replace(SEAL, against_receiver=True), rules.AgainstTheReceiver)
    (event,) = ACCUSED.when(replace(SEAL, against_receiver=True, upper=True))
    assert isinstance(event, AccusationSealed)
    assert (event.passing_deadline.clock, event.passing_deadline.due_on) == ("K13a", date(2025, 8, 25))


def test_no_accusation_goes_to_whom_it_accuses() -> None:
    refused = ACCUSED.refuses(replace(SEAL, to_accused=True), rules.AccusedMayNotReceive)
    assert refused.rule == "accused-may-not-receive"


def test_only_an_accusation_is_sealed_away() -> None:
    CLAIM.refuses(SEAL, rules.NotAnAccusation)
    REGISTERED.refuses(SEAL, sorting_rules.NotClassified)
    ACCUSED.refuses(replace(SEAL, by_unit_id=HOUSING), refusals.NotFirstReceiver)


def test_nobody_but_the_first_receiver_opens_an_accusation_and_nobody_once_it_is_sealed() -> None:
    ACCUSED.refuses(replace(DISCLOSE, by_unit_id=HOUSING), rules.AccusationContentSealed)
    assert ACCUSED.when(replace(DISCLOSE, by_unit_id=OFFICE))
    ACCUSED.after(SEAL).refuses(DISCLOSE, rules.AccusationContentSealed)
