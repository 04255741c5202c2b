"""After the receipt: records read back, supplements, files, alarms. Does it, refuses it, stays quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from huiyin.common.v1.types import Channel, Sealed
from huiyin.intake.v1.events import (
    AttachmentAdded,
    MaterialAdded,
    OralRecordConfirmed,
    Scan,
    UrgentMatterFlagged,
    UrgentMatterReported,
)
from intake.domain import refusals
from intake.domain import refusals_reception as own
from intake.domain.oral_record import ORAL, ConfirmOralRecord, standing
from intake.domain.supplements import (
    ALLOWED_TYPES,
    MAX_ATTACHMENT_BYTES,
    MAX_ATTACHMENTS,
    MAX_MATERIALS,
    AddAttachment,
    AddMaterial,
    check_file,
)
from intake.domain.urgent import FlagUrgentMatter, ReportUrgentMatter
from intake.tests.intake_example import (
    AT,
    CASE,
    CN,
    HOUSING,
    NEW,
    OFFICE,
    RECEIVED,
    REGISTER,
    SEALED,
    receive,
)

LATER = AT + timedelta(minutes=20)
VISITED = NEW.after(receive(channel=Channel.VISIT))


def sealed(item: str, n: int = 1) -> Sealed:
    return replace(SEALED, ref=f"{CASE}/{item}/{n}")


CONFIRM = ConfirmOralRecord(at=AT, by_unit_id=OFFICE)
MATERIAL = AddMaterial(at=AT, material=sealed("material"))
ATTACH = AddAttachment(
    at=AT,
    by_unit_id="",
    attachment=sealed("attachment"),
    media_type="image/png",
    size_bytes=4096,
    scan=Scan.NOT_SCANNED,
)
FLAG = FlagUrgentMatter(at=LATER, by_unit_id=HOUSING, aware_at=None, statute=CN)
REPORT = ReportUrgentMatter(
    at=LATER + timedelta(minutes=30), by_unit_id=HOUSING, to_unit_ids=("government", OFFICE), reported_at=None
)
FLAGGED = RECEIVED.after(FLAG)


@pytest.mark.parametrize("command", [CONFIRM, MATERIAL, ATTACH, FLAG, REPORT])
def test_nothing_is_added_to_a_case_that_is_not_there(command: Any) -> None:
    NEW.refuses(command, refusals.UnknownCase)


@pytest.mark.parametrize("channel", sorted(ORAL))
def test_the_record_of_what_was_said_is_confirmed(channel: Channel) -> None:
    assert NEW.after(receive(channel=channel)).when(CONFIRM) == [
        OralRecordConfirmed(case_id=CASE, unit_id=OFFICE, record=SEALED)
    ]


def test_what_the_petitioner_put_right_is_part_of_the_record() -> None:
    (event,) = VISITED.when(replace(CONFIRM, corrections=sealed("corrections")))
    assert isinstance(event, OralRecordConfirmed)
    assert event.corrections == sealed("corrections")


def test_a_record_is_confirmed_once() -> None:
    VISITED.after(CONFIRM).stays_quiet(replace(CONFIRM, at=LATER))
    other = replace(CONFIRM, corrections=sealed("corrections"))
    assert VISITED.after(CONFIRM).refuses(other, own.OralRecordSettled).rule == "oral-record"


def test_nobody_reads_a_record_back_for_the_first_receiver() -> None:
    VISITED.refuses(replace(CONFIRM, by_unit_id=HOUSING), refusals.NotFirstReceiver)


@pytest.mark.parametrize("channel", sorted(set(Channel) - ORAL - {Channel.UNSPECIFIED}))
def test_what_was_written_has_no_record_to_read_back(channel: Channel) -> None:
    NEW.after(receive(channel=channel)).refuses(CONFIRM, own.NotOral)


def test_an_unconfirmed_case_is_registered_all_the_same_and_shown_as_unconfirmed() -> None:
    registered = VISITED.after(REGISTER)
    received = registered.state.received
    assert received is not None
    assert registered.state.registered
    assert standing(received, registered.state.reception.confirmed) == "unconfirmed"
    confirmed = registered.after(CONFIRM).state.reception.confirmed
    assert standing(received, confirmed) == "confirmed"


def test_the_petitioner_adds_material_again_and_again() -> None:
    assert RECEIVED.when(MATERIAL) == [MaterialAdded(case_id=CASE, material=sealed("material"))]
    assert RECEIVED.after(MATERIAL).when(replace(MATERIAL, material=sealed("material", 2)))


def test_the_same_material_again_changes_nothing() -> None:
    RECEIVED.after(MATERIAL).stays_quiet(replace(MATERIAL, at=LATER))


def test_material_has_an_end() -> None:
    full = RECEIVED.given(
        *(MaterialAdded(case_id=CASE, material=sealed("material", n)) for n in range(1, MAX_MATERIALS + 1))
    )
    full.refuses(replace(MATERIAL, material=sealed("material", 999)), own.TooMuchMaterial)
    full.stays_quiet(MATERIAL)


def test_a_file_is_added_with_what_is_known_about_it() -> None:
    assert RECEIVED.when(ATTACH) == [
        AttachmentAdded(
            case_id=CASE,
            unit_id="",
            attachment=sealed("attachment"),
            media_type="image/png",
            size_bytes=4096,
            scan=Scan.NOT_SCANNED,
        )
    ]
    assert RECEIVED.when(replace(ATTACH, by_unit_id=OFFICE))


def test_the_same_file_again_changes_nothing() -> None:
    RECEIVED.after(ATTACH).stays_quiet(replace(ATTACH, at=LATER))


def test_another_unit_adds_no_file() -> None:
    RECEIVED.refuses(replace(ATTACH, by_unit_id=HOUSING), refusals.NotFirstReceiver)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"media_type": "application/x-msdownload"}, own.AttachmentTypeUnknown),
        ({"media_type": ""}, own.AttachmentTypeUnknown),
        ({"size_bytes": 0}, own.AttachmentEmpty),
        ({"size_bytes": MAX_ATTACHMENT_BYTES + 1}, own.AttachmentTooLarge),
    ],
)
def test_a_file_of_another_kind_or_size_is_refused(said: dict[str, Any], refusal: type[Any]) -> None:
    RECEIVED.refuses(replace(ATTACH, **said), refusal)
    assert RECEIVED.when(replace(ATTACH, size_bytes=MAX_ATTACHMENT_BYTES))


def test_files_have_an_end() -> None:
    added = [replace(ATTACH, attachment=sealed("attachment", n)) for n in range(1, MAX_ATTACHMENTS + 1)]
    full = RECEIVED.given(*(event for command in added for event in RECEIVED.when(command)))
    full.refuses(replace(ATTACH, attachment=sealed("attachment", 999)), own.TooManyAttachments)


def test_a_file_is_what_it_says_it_is() -> None:
    check_file("image/png", b"\x89PNG\r\n\x1a\n...")
    check_file("text/plain", "材料".encode())
    for media_type in set(ALLOWED_TYPES) - {"text/plain"}:
        with pytest.raises(own.AttachmentMismatch):
            check_file(media_type, b"MZ")
    with pytest.raises(own.AttachmentEmpty):
        check_file("image/png", b"")
    with pytest.raises(own.AttachmentTypeUnknown):
        check_file("text/html", b"<p>")


def test_an_urgent_matter_starts_the_hour_from_awareness() -> None:
    (event,) = RECEIVED.when(FLAG)
    assert isinstance(event, UrgentMatterFlagged)
    assert (event.unit_id, event.aware_at) == (HOUSING, LATER)
    deadline = event.report_deadline
    assert (deadline.clock, deadline.start_at, deadline.due_at) == ("K12", LATER, LATER + timedelta(hours=1))


def test_who_knew_earlier_says_so() -> None:
    (event,) = RECEIVED.when(replace(FLAG, aware_at=AT))
    assert isinstance(event, UrgentMatterFlagged)
    assert event.report_deadline.due_at == AT + timedelta(hours=1)


@pytest.mark.parametrize("aware_at", [AT - timedelta(days=2), LATER + timedelta(seconds=1)])
def test_nobody_knew_before_the_receipt_nor_in_the_future(aware_at: datetime) -> None:
    assert RECEIVED.refuses(replace(FLAG, aware_at=aware_at), own.AwarenessUntrue).rule == "P12"


def test_an_urgent_matter_is_flagged_once_and_its_hour_never_starts_again() -> None:
    FLAGGED.stays_quiet(replace(FLAG, at=LATER + timedelta(hours=3), by_unit_id=OFFICE))
    FLAGGED.stays_quiet(replace(FLAG, aware_at=LATER))
    FLAGGED.refuses(replace(FLAG, aware_at=AT), own.UrgencySettled)


def test_the_report_says_to_whom_and_when() -> None:
    assert FLAGGED.when(REPORT) == [
        UrgentMatterReported(
            case_id=CASE,
            unit_id=HOUSING,
            to_unit_ids=("government", OFFICE),
            reported_at=REPORT.at,
            aware_at=LATER,
        )
    ]


def test_a_report_by_telephone_is_recorded_later_with_its_time() -> None:
    (event,) = FLAGGED.when(replace(REPORT, reported_at=LATER + timedelta(minutes=5)))
    assert isinstance(event, UrgentMatterReported)
    assert event.reported_at == LATER + timedelta(minutes=5)


def test_a_unit_is_told_once() -> None:
    reported = FLAGGED.after(REPORT)
    reported.stays_quiet(replace(REPORT, at=REPORT.at + timedelta(hours=1)))
    (event,) = reported.when(replace(REPORT, to_unit_ids=("government", "upper")))
    assert isinstance(event, UrgentMatterReported)
    assert event.to_unit_ids == ("upper",)


def test_a_report_without_a_flag_is_refused() -> None:
    assert RECEIVED.refuses(REPORT, own.NotUrgent).rule == "P12"


@pytest.mark.parametrize("to", [(), (HOUSING,)])
def test_a_report_to_nobody_or_to_oneself_is_none(to: tuple[str, ...]) -> None:
    FLAGGED.refuses(replace(REPORT, to_unit_ids=to), own.ReportNowhere)


@pytest.mark.parametrize("reported_at", [LATER - timedelta(seconds=1), REPORT.at + timedelta(seconds=1)])
def test_a_report_lies_between_awareness_and_now(reported_at: datetime) -> None:
    FLAGGED.refuses(replace(REPORT, reported_at=reported_at), own.ReportTimeUntrue)
