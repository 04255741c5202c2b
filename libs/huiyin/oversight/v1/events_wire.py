"""Conversions for huiyin.oversight.v1. Generated from huiyin/oversight/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from datetime import date

from huiyin.common.v1.types_wire import fill_wire_deadline, from_wire_deadline
from huiyin.instants import fill_wire_instant, from_wire_instant
from huiyin.malformed import Malformed
from huiyin.oversight.v1 import events as types
from huiyin.oversight.v1 import events_pb2 as pb
from huiyin.quick import maker

_date = date.fromisoformat
_publication_of = {int(each): each for each in types.Publication}
_no_publication = types.Publication.UNSPECIFIED
_rung_kind_of = {int(each): each for each in types.RungKind}
_no_rung_kind = types.RungKind.UNSPECIFIED
_make_publication_proposed = maker(types.PublicationProposed)
_make_publication_rejected = maker(types.PublicationRejected)
_make_calendar_published = maker(types.CalendarPublished)
_make_rule_published = maker(types.RulePublished)
_make_clock_started = maker(types.ClockStarted)
_make_deadline_recomputed = maker(types.DeadlineRecomputed)
_make_rung = maker(types.Rung)
_make_clock_extended = maker(types.ClockExtended)
_make_clock_paused = maker(types.ClockPaused)
_make_clock_resumed = maker(types.ClockResumed)
_make_clock_converted = maker(types.ClockConverted)
_make_clock_stopped = maker(types.ClockStopped)
_make_deadline_warned = maker(types.DeadlineWarned)
_make_deadline_missed = maker(types.DeadlineMissed)
_make_handling_urged = maker(types.HandlingUrged)
_make_case_adopted = maker(types.CaseAdopted)


def to_wire_publication_proposed(value: types.PublicationProposed) -> pb.PublicationProposed:
    """The protobuf message of a PublicationProposed."""
    message = pb.PublicationProposed()
    fill_wire_publication_proposed(message, value)
    return message


def fill_wire_publication_proposed(message: pb.PublicationProposed, value: types.PublicationProposed) -> None:
    """Give an empty protobuf message what a PublicationProposed says."""
    message.version = value.version
    message.kind = value.kind  # type: ignore[assignment]
    message.definition = value.definition
    message.maker = value.maker


def from_wire_publication_proposed(message: pb.PublicationProposed) -> types.PublicationProposed:
    """The PublicationProposed that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_publication_proposed(
        version=message.version,
        kind=_publication_of.get(message.kind, _no_publication),
        definition=message.definition,
        maker=message.maker,
    )


def to_wire_publication_rejected(value: types.PublicationRejected) -> pb.PublicationRejected:
    """The protobuf message of a PublicationRejected."""
    message = pb.PublicationRejected()
    fill_wire_publication_rejected(message, value)
    return message


def fill_wire_publication_rejected(message: pb.PublicationRejected, value: types.PublicationRejected) -> None:
    """Give an empty protobuf message what a PublicationRejected says."""
    message.version = value.version
    message.reason = value.reason
    message.checker = value.checker


def from_wire_publication_rejected(message: pb.PublicationRejected) -> types.PublicationRejected:
    """The PublicationRejected that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_publication_rejected(
        version=message.version,
        reason=message.reason,
        checker=message.checker,
    )


def to_wire_calendar_published(value: types.CalendarPublished) -> pb.CalendarPublished:
    """The protobuf message of a CalendarPublished."""
    message = pb.CalendarPublished()
    fill_wire_calendar_published(message, value)
    return message


def fill_wire_calendar_published(message: pb.CalendarPublished, value: types.CalendarPublished) -> None:
    """Give an empty protobuf message what a CalendarPublished says."""
    message.jurisdiction = value.jurisdiction
    message.year = value.year
    message.version = value.version
    message.holidays_on.extend([item.isoformat() for item in value.holidays_on])
    message.makeup_workdays_on.extend([item.isoformat() for item in value.makeup_workdays_on])
    message.verified_by = value.verified_by
    message.definition = value.definition
    message.maker = value.maker
    message.checker = value.checker


def from_wire_calendar_published(message: pb.CalendarPublished) -> types.CalendarPublished:
    """The CalendarPublished that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_calendar_published(
        jurisdiction=message.jurisdiction,
        year=message.year,
        version=message.version,
        holidays_on=tuple([_date(item) for item in message.holidays_on]),
        makeup_workdays_on=tuple([_date(item) for item in message.makeup_workdays_on]),
        verified_by=message.verified_by,
        definition=message.definition,
        maker=message.maker,
        checker=message.checker,
    )


def to_wire_rule_published(value: types.RulePublished) -> pb.RulePublished:
    """The protobuf message of a RulePublished."""
    message = pb.RulePublished()
    fill_wire_rule_published(message, value)
    return message


def fill_wire_rule_published(message: pb.RulePublished, value: types.RulePublished) -> None:
    """Give an empty protobuf message what a RulePublished says."""
    message.rule = value.rule
    message.clock = value.clock
    message.law = value.law
    message.article = value.article
    message.effective_from_on = value.effective_from_on.isoformat()
    message.days = value.days
    message.working_days = value.working_days
    message.roll_last_day = value.roll_last_day
    message.verified_by = value.verified_by
    message.definition = value.definition
    message.maker = value.maker
    message.checker = value.checker


def from_wire_rule_published(message: pb.RulePublished) -> types.RulePublished:
    """The RulePublished that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_rule_published(
        rule=message.rule,
        clock=message.clock,
        law=message.law,
        article=message.article,
        effective_from_on=_date(message.effective_from_on),
        days=message.days,
        working_days=message.working_days,
        roll_last_day=message.roll_last_day,
        verified_by=message.verified_by,
        definition=message.definition,
        maker=message.maker,
        checker=message.checker,
    )


def to_wire_clock_started(value: types.ClockStarted) -> pb.ClockStarted:
    """The protobuf message of a ClockStarted."""
    message = pb.ClockStarted()
    fill_wire_clock_started(message, value)
    return message


def fill_wire_clock_started(message: pb.ClockStarted, value: types.ClockStarted) -> None:
    """Give an empty protobuf message what a ClockStarted says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.rule = value.rule
    message.unit_id = value.unit_id
    message.start_on = value.start_on.isoformat()
    message.due_on = value.due_on.isoformat()
    message.provisional = value.provisional
    for item in value.rungs:
        fill_wire_rung(message.rungs.add(), item)
    fill_wire_deadline(message.deadline, value.deadline)


def from_wire_clock_started(message: pb.ClockStarted) -> types.ClockStarted:
    """The ClockStarted that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("deadline"):
        raise Malformed("huiyin.oversight.v1.ClockStarted.deadline is missing")
    return _make_clock_started(
        case_id=message.case_id,
        clock=message.clock,
        rule=message.rule,
        unit_id=message.unit_id,
        start_on=_date(message.start_on),
        due_on=_date(message.due_on),
        provisional=message.provisional,
        rungs=tuple([from_wire_rung(item) for item in message.rungs]),
        deadline=from_wire_deadline(message.deadline),
    )


def to_wire_deadline_recomputed(value: types.DeadlineRecomputed) -> pb.DeadlineRecomputed:
    """The protobuf message of a DeadlineRecomputed."""
    message = pb.DeadlineRecomputed()
    fill_wire_deadline_recomputed(message, value)
    return message


def fill_wire_deadline_recomputed(message: pb.DeadlineRecomputed, value: types.DeadlineRecomputed) -> None:
    """Give an empty protobuf message what a DeadlineRecomputed says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.rule = value.rule
    message.old_calendar = value.old_calendar
    message.old_due_on = value.old_due_on.isoformat()
    message.old_provisional = value.old_provisional
    fill_wire_deadline(message.deadline, value.deadline)
    for item in value.rungs:
        fill_wire_rung(message.rungs.add(), item)


def from_wire_deadline_recomputed(message: pb.DeadlineRecomputed) -> types.DeadlineRecomputed:
    """The DeadlineRecomputed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("deadline"):
        raise Malformed("huiyin.oversight.v1.DeadlineRecomputed.deadline is missing")
    return _make_deadline_recomputed(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        rule=message.rule,
        old_calendar=message.old_calendar,
        old_due_on=_date(message.old_due_on),
        old_provisional=message.old_provisional,
        deadline=from_wire_deadline(message.deadline),
        rungs=tuple([from_wire_rung(item) for item in message.rungs]),
    )


def to_wire_rung(value: types.Rung) -> pb.Rung:
    """The protobuf message of a Rung."""
    message = pb.Rung()
    fill_wire_rung(message, value)
    return message


def fill_wire_rung(message: pb.Rung, value: types.Rung) -> None:
    """Give an empty protobuf message what a Rung says."""
    message.name = value.name
    message.kind = value.kind  # type: ignore[assignment]
    message.falls_on = value.falls_on.isoformat()
    if value.falls_at is not None:
        fill_wire_instant(message.falls_at, value.falls_at)


def from_wire_rung(message: pb.Rung) -> types.Rung:
    """The Rung that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_rung(
        name=message.name,
        kind=_rung_kind_of.get(message.kind, _no_rung_kind),
        falls_on=_date(message.falls_on),
        falls_at=from_wire_instant(message.falls_at) if message.HasField("falls_at") else None,
    )


def to_wire_clock_extended(value: types.ClockExtended) -> pb.ClockExtended:
    """The protobuf message of a ClockExtended."""
    message = pb.ClockExtended()
    fill_wire_clock_extended(message, value)
    return message


def fill_wire_clock_extended(message: pb.ClockExtended, value: types.ClockExtended) -> None:
    """Give an empty protobuf message what a ClockExtended says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.rule = value.rule
    fill_wire_deadline(message.old, value.old)
    fill_wire_deadline(message.deadline, value.deadline)
    for item in value.rungs:
        fill_wire_rung(message.rungs.add(), item)


def from_wire_clock_extended(message: pb.ClockExtended) -> types.ClockExtended:
    """The ClockExtended that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("old"):
        raise Malformed("huiyin.oversight.v1.ClockExtended.old is missing")
    if not message.HasField("deadline"):
        raise Malformed("huiyin.oversight.v1.ClockExtended.deadline is missing")
    return _make_clock_extended(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        rule=message.rule,
        old=from_wire_deadline(message.old),
        deadline=from_wire_deadline(message.deadline),
        rungs=tuple([from_wire_rung(item) for item in message.rungs]),
    )


def to_wire_clock_paused(value: types.ClockPaused) -> pb.ClockPaused:
    """The protobuf message of a ClockPaused."""
    message = pb.ClockPaused()
    fill_wire_clock_paused(message, value)
    return message


def fill_wire_clock_paused(message: pb.ClockPaused, value: types.ClockPaused) -> None:
    """Give an empty protobuf message what a ClockPaused says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.rule = value.rule
    message.paused_on = value.paused_on.isoformat()
    message.due_on = value.due_on.isoformat()


def from_wire_clock_paused(message: pb.ClockPaused) -> types.ClockPaused:
    """The ClockPaused that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_clock_paused(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        rule=message.rule,
        paused_on=_date(message.paused_on),
        due_on=_date(message.due_on),
    )


def to_wire_clock_resumed(value: types.ClockResumed) -> pb.ClockResumed:
    """The protobuf message of a ClockResumed."""
    message = pb.ClockResumed()
    fill_wire_clock_resumed(message, value)
    return message


def fill_wire_clock_resumed(message: pb.ClockResumed, value: types.ClockResumed) -> None:
    """Give an empty protobuf message what a ClockResumed says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.rule = value.rule
    message.paused_on = value.paused_on.isoformat()
    message.resumed_on = value.resumed_on.isoformat()
    fill_wire_deadline(message.old, value.old)
    fill_wire_deadline(message.deadline, value.deadline)
    for item in value.rungs:
        fill_wire_rung(message.rungs.add(), item)


def from_wire_clock_resumed(message: pb.ClockResumed) -> types.ClockResumed:
    """The ClockResumed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("old"):
        raise Malformed("huiyin.oversight.v1.ClockResumed.old is missing")
    if not message.HasField("deadline"):
        raise Malformed("huiyin.oversight.v1.ClockResumed.deadline is missing")
    return _make_clock_resumed(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        rule=message.rule,
        paused_on=_date(message.paused_on),
        resumed_on=_date(message.resumed_on),
        old=from_wire_deadline(message.old),
        deadline=from_wire_deadline(message.deadline),
        rungs=tuple([from_wire_rung(item) for item in message.rungs]),
    )


def to_wire_clock_converted(value: types.ClockConverted) -> pb.ClockConverted:
    """The protobuf message of a ClockConverted."""
    message = pb.ClockConverted()
    fill_wire_clock_converted(message, value)
    return message


def fill_wire_clock_converted(message: pb.ClockConverted, value: types.ClockConverted) -> None:
    """Give an empty protobuf message what a ClockConverted says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.rule = value.rule
    message.to_clock = value.to_clock
    message.converted_on = value.converted_on.isoformat()


def from_wire_clock_converted(message: pb.ClockConverted) -> types.ClockConverted:
    """The ClockConverted that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_clock_converted(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        rule=message.rule,
        to_clock=message.to_clock,
        converted_on=_date(message.converted_on),
    )


def to_wire_clock_stopped(value: types.ClockStopped) -> pb.ClockStopped:
    """The protobuf message of a ClockStopped."""
    message = pb.ClockStopped()
    fill_wire_clock_stopped(message, value)
    return message


def fill_wire_clock_stopped(message: pb.ClockStopped, value: types.ClockStopped) -> None:
    """Give an empty protobuf message what a ClockStopped says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.stopped_on = value.stopped_on.isoformat()
    message.days_late = value.days_late
    message.deemed = value.deemed
    message.rule = value.rule
    if value.stopped_at is not None:
        fill_wire_instant(message.stopped_at, value.stopped_at)


def from_wire_clock_stopped(message: pb.ClockStopped) -> types.ClockStopped:
    """The ClockStopped that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_clock_stopped(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        stopped_on=_date(message.stopped_on),
        days_late=message.days_late,
        deemed=message.deemed,
        rule=message.rule,
        stopped_at=from_wire_instant(message.stopped_at) if message.HasField("stopped_at") else None,
    )


def to_wire_deadline_warned(value: types.DeadlineWarned) -> pb.DeadlineWarned:
    """The protobuf message of a DeadlineWarned."""
    message = pb.DeadlineWarned()
    fill_wire_deadline_warned(message, value)
    return message


def fill_wire_deadline_warned(message: pb.DeadlineWarned, value: types.DeadlineWarned) -> None:
    """Give an empty protobuf message what a DeadlineWarned says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.rung = value.rung
    message.due_on = value.due_on.isoformat()
    message.falls_on = value.falls_on.isoformat()
    message.rule = value.rule
    if value.falls_at is not None:
        fill_wire_instant(message.falls_at, value.falls_at)


def from_wire_deadline_warned(message: pb.DeadlineWarned) -> types.DeadlineWarned:
    """The DeadlineWarned that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_deadline_warned(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        rung=message.rung,
        due_on=_date(message.due_on),
        falls_on=_date(message.falls_on),
        rule=message.rule,
        falls_at=from_wire_instant(message.falls_at) if message.HasField("falls_at") else None,
    )


def to_wire_deadline_missed(value: types.DeadlineMissed) -> pb.DeadlineMissed:
    """The protobuf message of a DeadlineMissed."""
    message = pb.DeadlineMissed()
    fill_wire_deadline_missed(message, value)
    return message


def fill_wire_deadline_missed(message: pb.DeadlineMissed, value: types.DeadlineMissed) -> None:
    """Give an empty protobuf message what a DeadlineMissed says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.due_on = value.due_on.isoformat()
    message.rule = value.rule
    if value.due_at is not None:
        fill_wire_instant(message.due_at, value.due_at)


def from_wire_deadline_missed(message: pb.DeadlineMissed) -> types.DeadlineMissed:
    """The DeadlineMissed that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_deadline_missed(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        due_on=_date(message.due_on),
        rule=message.rule,
        due_at=from_wire_instant(message.due_at) if message.HasField("due_at") else None,
    )


def to_wire_handling_urged(value: types.HandlingUrged) -> pb.HandlingUrged:
    """The protobuf message of a HandlingUrged."""
    message = pb.HandlingUrged()
    fill_wire_handling_urged(message, value)
    return message


def fill_wire_handling_urged(message: pb.HandlingUrged, value: types.HandlingUrged) -> None:
    """Give an empty protobuf message what a HandlingUrged says."""
    message.case_id = value.case_id
    message.clock = value.clock
    message.unit_id = value.unit_id
    message.rung = value.rung
    message.due_on = value.due_on.isoformat()
    message.falls_on = value.falls_on.isoformat()
    message.rule = value.rule
    if value.falls_at is not None:
        fill_wire_instant(message.falls_at, value.falls_at)


def from_wire_handling_urged(message: pb.HandlingUrged) -> types.HandlingUrged:
    """The HandlingUrged that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_handling_urged(
        case_id=message.case_id,
        clock=message.clock,
        unit_id=message.unit_id,
        rung=message.rung,
        due_on=_date(message.due_on),
        falls_on=_date(message.falls_on),
        rule=message.rule,
        falls_at=from_wire_instant(message.falls_at) if message.HasField("falls_at") else None,
    )


def to_wire_case_adopted(value: types.CaseAdopted) -> pb.CaseAdopted:
    """The protobuf message of a CaseAdopted."""
    message = pb.CaseAdopted()
    fill_wire_case_adopted(message, value)
    return message


def fill_wire_case_adopted(message: pb.CaseAdopted, value: types.CaseAdopted) -> None:
    """Give an empty protobuf message what a CaseAdopted says."""
    message.case_id = value.case_id
    message.adopted_on = value.adopted_on.isoformat()


def from_wire_case_adopted(message: pb.CaseAdopted) -> types.CaseAdopted:
    """The CaseAdopted that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_case_adopted(
        case_id=message.case_id,
        adopted_on=_date(message.adopted_on),
    )
