"""Every event of the platform. Generated from proto/ by `make proto`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.audit.v1 import events as audit_v1
from huiyin.audit.v1 import events_pb2 as audit_v1_pb2
from huiyin.audit.v1 import events_wire as audit_v1_wire
from huiyin.catalogue import EventEntry, FieldEntry
from huiyin.intake.v1 import events as intake_v1
from huiyin.intake.v1 import events_pb2 as intake_v1_pb2
from huiyin.intake.v1 import events_wire as intake_v1_wire
from huiyin.notification.v1 import events as notification_v1
from huiyin.notification.v1 import events_pb2 as notification_v1_pb2
from huiyin.notification.v1 import events_wire as notification_v1_wire
from huiyin.oversight.v1 import events as oversight_v1
from huiyin.oversight.v1 import events_pb2 as oversight_v1_pb2
from huiyin.oversight.v1 import events_wire as oversight_v1_wire
from huiyin.platform.v1 import events as platform_v1
from huiyin.platform.v1 import events_pb2 as platform_v1_pb2
from huiyin.platform.v1 import events_wire as platform_v1_wire
from huiyin.revisit.v1 import events as revisit_v1
from huiyin.revisit.v1 import events_pb2 as revisit_v1_pb2
from huiyin.revisit.v1 import events_wire as revisit_v1_wire
from huiyin.routing.v1 import events as routing_v1
from huiyin.routing.v1 import events_pb2 as routing_v1_pb2
from huiyin.routing.v1 import events_wire as routing_v1_wire
from huiyin.testing.v1 import events as testing_v1
from huiyin.testing.v1 import events_pb2 as testing_v1_pb2
from huiyin.testing.v1 import events_wire as testing_v1_wire

ENCODERS: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    audit_v1.ChainBroken: ("huiyin.audit.v1.ChainBroken", audit_v1_wire.to_wire_chain_broken),
    intake_v1.CaseReceived: ("huiyin.intake.v1.CaseReceived", intake_v1_wire.to_wire_case_received),
    intake_v1.CaseRegistered: ("huiyin.intake.v1.CaseRegistered", intake_v1_wire.to_wire_case_registered),
    intake_v1.CaseClassified: ("huiyin.intake.v1.CaseClassified", intake_v1_wire.to_wire_case_classified),
    intake_v1.ContentDisclosed: (
        "huiyin.intake.v1.ContentDisclosed",
        intake_v1_wire.to_wire_content_disclosed,
    ),
    notification_v1.NoticePrepared: (
        "huiyin.notification.v1.NoticePrepared",
        notification_v1_wire.to_wire_notice_prepared,
    ),
    notification_v1.NoticeDelivered: (
        "huiyin.notification.v1.NoticeDelivered",
        notification_v1_wire.to_wire_notice_delivered,
    ),
    notification_v1.NoticeUndeliverable: (
        "huiyin.notification.v1.NoticeUndeliverable",
        notification_v1_wire.to_wire_notice_undeliverable,
    ),
    oversight_v1.PublicationProposed: (
        "huiyin.oversight.v1.PublicationProposed",
        oversight_v1_wire.to_wire_publication_proposed,
    ),
    oversight_v1.PublicationRejected: (
        "huiyin.oversight.v1.PublicationRejected",
        oversight_v1_wire.to_wire_publication_rejected,
    ),
    oversight_v1.CalendarPublished: (
        "huiyin.oversight.v1.CalendarPublished",
        oversight_v1_wire.to_wire_calendar_published,
    ),
    oversight_v1.RulePublished: (
        "huiyin.oversight.v1.RulePublished",
        oversight_v1_wire.to_wire_rule_published,
    ),
    oversight_v1.ClockStarted: ("huiyin.oversight.v1.ClockStarted", oversight_v1_wire.to_wire_clock_started),
    oversight_v1.DeadlineRecomputed: (
        "huiyin.oversight.v1.DeadlineRecomputed",
        oversight_v1_wire.to_wire_deadline_recomputed,
    ),
    oversight_v1.ClockStopped: ("huiyin.oversight.v1.ClockStopped", oversight_v1_wire.to_wire_clock_stopped),
    oversight_v1.DeadlineWarned: (
        "huiyin.oversight.v1.DeadlineWarned",
        oversight_v1_wire.to_wire_deadline_warned,
    ),
    oversight_v1.DeadlineMissed: (
        "huiyin.oversight.v1.DeadlineMissed",
        oversight_v1_wire.to_wire_deadline_missed,
    ),
    oversight_v1.HandlingUrged: (
        "huiyin.oversight.v1.HandlingUrged",
        oversight_v1_wire.to_wire_handling_urged,
    ),
    oversight_v1.CaseAdopted: ("huiyin.oversight.v1.CaseAdopted", oversight_v1_wire.to_wire_case_adopted),
    platform_v1.StreamRebuilt: ("huiyin.platform.v1.StreamRebuilt", platform_v1_wire.to_wire_stream_rebuilt),
    platform_v1.EventParked: ("huiyin.platform.v1.EventParked", platform_v1_wire.to_wire_event_parked),
    platform_v1.ParkedEventsRetried: (
        "huiyin.platform.v1.ParkedEventsRetried",
        platform_v1_wire.to_wire_parked_events_retried,
    ),
    platform_v1.ParkedEventSkipped: (
        "huiyin.platform.v1.ParkedEventSkipped",
        platform_v1_wire.to_wire_parked_event_skipped,
    ),
    revisit_v1.RevisitQueued: ("huiyin.revisit.v1.RevisitQueued", revisit_v1_wire.to_wire_revisit_queued),
    revisit_v1.RevisitAssigned: (
        "huiyin.revisit.v1.RevisitAssigned",
        revisit_v1_wire.to_wire_revisit_assigned,
    ),
    revisit_v1.CallBackRecorded: (
        "huiyin.revisit.v1.CallBackRecorded",
        revisit_v1_wire.to_wire_call_back_recorded,
    ),
    revisit_v1.CaseClosed: ("huiyin.revisit.v1.CaseClosed", revisit_v1_wire.to_wire_case_closed),
    routing_v1.UnitFounded: ("huiyin.routing.v1.UnitFounded", routing_v1_wire.to_wire_unit_founded),
    routing_v1.CaseQueued: ("huiyin.routing.v1.CaseQueued", routing_v1_wire.to_wire_case_queued),
    routing_v1.CaseTransferred: (
        "huiyin.routing.v1.CaseTransferred",
        routing_v1_wire.to_wire_case_transferred,
    ),
    routing_v1.CaseAccepted: ("huiyin.routing.v1.CaseAccepted", routing_v1_wire.to_wire_case_accepted),
    routing_v1.AcceptanceDeemed: (
        "huiyin.routing.v1.AcceptanceDeemed",
        routing_v1_wire.to_wire_acceptance_deemed,
    ),
    routing_v1.OpinionSigned: ("huiyin.routing.v1.OpinionSigned", routing_v1_wire.to_wire_opinion_signed),
    routing_v1.OpinionServed: ("huiyin.routing.v1.OpinionServed", routing_v1_wire.to_wire_opinion_served),
    testing_v1.NoteTaken: ("huiyin.testing.v1.NoteTaken", testing_v1_wire.to_wire_note_taken),
}
"""Event class -> (full name, conversion to the protobuf message)."""

DECODERS: Mapping[str, tuple[Callable[[bytes], Any], Callable[[Any], Any]]] = {
    "huiyin.audit.v1.ChainBroken": (
        audit_v1_pb2.ChainBroken.FromString,
        audit_v1_wire.from_wire_chain_broken,
    ),
    "huiyin.intake.v1.CaseReceived": (
        intake_v1_pb2.CaseReceived.FromString,
        intake_v1_wire.from_wire_case_received,
    ),
    "huiyin.intake.v1.CaseRegistered": (
        intake_v1_pb2.CaseRegistered.FromString,
        intake_v1_wire.from_wire_case_registered,
    ),
    "huiyin.intake.v1.CaseClassified": (
        intake_v1_pb2.CaseClassified.FromString,
        intake_v1_wire.from_wire_case_classified,
    ),
    "huiyin.intake.v1.ContentDisclosed": (
        intake_v1_pb2.ContentDisclosed.FromString,
        intake_v1_wire.from_wire_content_disclosed,
    ),
    "huiyin.notification.v1.NoticePrepared": (
        notification_v1_pb2.NoticePrepared.FromString,
        notification_v1_wire.from_wire_notice_prepared,
    ),
    "huiyin.notification.v1.NoticeDelivered": (
        notification_v1_pb2.NoticeDelivered.FromString,
        notification_v1_wire.from_wire_notice_delivered,
    ),
    "huiyin.notification.v1.NoticeUndeliverable": (
        notification_v1_pb2.NoticeUndeliverable.FromString,
        notification_v1_wire.from_wire_notice_undeliverable,
    ),
    "huiyin.oversight.v1.PublicationProposed": (
        oversight_v1_pb2.PublicationProposed.FromString,
        oversight_v1_wire.from_wire_publication_proposed,
    ),
    "huiyin.oversight.v1.PublicationRejected": (
        oversight_v1_pb2.PublicationRejected.FromString,
        oversight_v1_wire.from_wire_publication_rejected,
    ),
    "huiyin.oversight.v1.CalendarPublished": (
        oversight_v1_pb2.CalendarPublished.FromString,
        oversight_v1_wire.from_wire_calendar_published,
    ),
    "huiyin.oversight.v1.RulePublished": (
        oversight_v1_pb2.RulePublished.FromString,
        oversight_v1_wire.from_wire_rule_published,
    ),
    "huiyin.oversight.v1.ClockStarted": (
        oversight_v1_pb2.ClockStarted.FromString,
        oversight_v1_wire.from_wire_clock_started,
    ),
    "huiyin.oversight.v1.DeadlineRecomputed": (
        oversight_v1_pb2.DeadlineRecomputed.FromString,
        oversight_v1_wire.from_wire_deadline_recomputed,
    ),
    "huiyin.oversight.v1.ClockStopped": (
        oversight_v1_pb2.ClockStopped.FromString,
        oversight_v1_wire.from_wire_clock_stopped,
    ),
    "huiyin.oversight.v1.DeadlineWarned": (
        oversight_v1_pb2.DeadlineWarned.FromString,
        oversight_v1_wire.from_wire_deadline_warned,
    ),
    "huiyin.oversight.v1.DeadlineMissed": (
        oversight_v1_pb2.DeadlineMissed.FromString,
        oversight_v1_wire.from_wire_deadline_missed,
    ),
    "huiyin.oversight.v1.HandlingUrged": (
        oversight_v1_pb2.HandlingUrged.FromString,
        oversight_v1_wire.from_wire_handling_urged,
    ),
    "huiyin.oversight.v1.CaseAdopted": (
        oversight_v1_pb2.CaseAdopted.FromString,
        oversight_v1_wire.from_wire_case_adopted,
    ),
    "huiyin.platform.v1.StreamRebuilt": (
        platform_v1_pb2.StreamRebuilt.FromString,
        platform_v1_wire.from_wire_stream_rebuilt,
    ),
    "huiyin.platform.v1.EventParked": (
        platform_v1_pb2.EventParked.FromString,
        platform_v1_wire.from_wire_event_parked,
    ),
    "huiyin.platform.v1.ParkedEventsRetried": (
        platform_v1_pb2.ParkedEventsRetried.FromString,
        platform_v1_wire.from_wire_parked_events_retried,
    ),
    "huiyin.platform.v1.ParkedEventSkipped": (
        platform_v1_pb2.ParkedEventSkipped.FromString,
        platform_v1_wire.from_wire_parked_event_skipped,
    ),
    "huiyin.revisit.v1.RevisitQueued": (
        revisit_v1_pb2.RevisitQueued.FromString,
        revisit_v1_wire.from_wire_revisit_queued,
    ),
    "huiyin.revisit.v1.RevisitAssigned": (
        revisit_v1_pb2.RevisitAssigned.FromString,
        revisit_v1_wire.from_wire_revisit_assigned,
    ),
    "huiyin.revisit.v1.CallBackRecorded": (
        revisit_v1_pb2.CallBackRecorded.FromString,
        revisit_v1_wire.from_wire_call_back_recorded,
    ),
    "huiyin.revisit.v1.CaseClosed": (
        revisit_v1_pb2.CaseClosed.FromString,
        revisit_v1_wire.from_wire_case_closed,
    ),
    "huiyin.routing.v1.UnitFounded": (
        routing_v1_pb2.UnitFounded.FromString,
        routing_v1_wire.from_wire_unit_founded,
    ),
    "huiyin.routing.v1.CaseQueued": (
        routing_v1_pb2.CaseQueued.FromString,
        routing_v1_wire.from_wire_case_queued,
    ),
    "huiyin.routing.v1.CaseTransferred": (
        routing_v1_pb2.CaseTransferred.FromString,
        routing_v1_wire.from_wire_case_transferred,
    ),
    "huiyin.routing.v1.CaseAccepted": (
        routing_v1_pb2.CaseAccepted.FromString,
        routing_v1_wire.from_wire_case_accepted,
    ),
    "huiyin.routing.v1.AcceptanceDeemed": (
        routing_v1_pb2.AcceptanceDeemed.FromString,
        routing_v1_wire.from_wire_acceptance_deemed,
    ),
    "huiyin.routing.v1.OpinionSigned": (
        routing_v1_pb2.OpinionSigned.FromString,
        routing_v1_wire.from_wire_opinion_signed,
    ),
    "huiyin.routing.v1.OpinionServed": (
        routing_v1_pb2.OpinionServed.FromString,
        routing_v1_wire.from_wire_opinion_served,
    ),
    "huiyin.testing.v1.NoteTaken": (
        testing_v1_pb2.NoteTaken.FromString,
        testing_v1_wire.from_wire_note_taken,
    ),
}
"""Full name -> (parser, conversion to the dataclass)."""

CATALOGUE: Mapping[str, EventEntry] = {
    "huiyin.audit.v1.ChainBroken": EventEntry(
        type="huiyin.audit.v1.ChainBroken",
        service="audit",
        zh="链条断裂",
        meaning="Audit found a line that does not fit its chain.",
        case_state=None,
        holder_field=None,
        stream_union="AuditEvent",
        fields=(
            FieldEntry("service", "str", ""),
            FieldEntry("position", "int", ""),
            FieldEntry("finding", "str", ""),
        ),
    ),
    "huiyin.intake.v1.CaseReceived": EventEntry(
        type="huiyin.intake.v1.CaseReceived",
        service="intake",
        zh="收到",
        meaning="A petition came in and has its receipt. Recorded before any officer acts.",
        case_state="RECEIVED",
        holder_field="first_receiver_unit_id",
        stream_union="IntakeCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry(
                "receipt_number",
                "str",
                "Organ code, year, serial without gaps for that organ and year, check digit.",
            ),
            FieldEntry("channel", "Channel", ""),
            FieldEntry(
                "first_receiver_unit_id",
                "str",
                "The unit that received it first and answers for it until a competent unit has taken over (首接首办).",
            ),
            FieldEntry("anonymous", "bool", ""),
            FieldEntry("petitioner", "Sealed, optional", "Name, contact and address, as far as given."),
            FieldEntry("petition", "Sealed", "Title and text."),
            FieldEntry(
                "transfer_deadline",
                "Deadline",
                "K1: until when it must be registered, sorted and transferred.",
            ),
        ),
    ),
    "huiyin.intake.v1.CaseRegistered": EventEntry(
        type="huiyin.intake.v1.CaseRegistered",
        service="intake",
        zh="登记",
        meaning="The first receiver entered the petition in the register.",
        case_state="REGISTERED",
        holder_field=None,
        stream_union="IntakeCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
        ),
    ),
    "huiyin.intake.v1.CaseClassified": EventEntry(
        type="huiyin.intake.v1.CaseClassified",
        service="intake",
        zh="甄别",
        meaning="The petition was screened: its nature, its subject, and who is competent.",
        case_state="CLASSIFIED",
        holder_field=None,
        stream_union="IntakeCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("category", "Category", ""),
            FieldEntry(
                "subject", "str", 'A subject of the taxonomy; "unclassified" where nobody has looked.'
            ),
            FieldEntry("competent_unit_id", "str", ""),
            FieldEntry("urgent", "bool", ""),
            FieldEntry(
                "receipt_number", "str", "Carried on, so that the transferring service knows the whole clock."
            ),
            FieldEntry("first_receiver_unit_id", "str", ""),
            FieldEntry("received_on", "date", ""),
            FieldEntry("transfer_deadline", "Deadline", ""),
        ),
    ),
    "huiyin.intake.v1.ContentDisclosed": EventEntry(
        type="huiyin.intake.v1.ContentDisclosed",
        service="intake",
        zh="查阅",
        meaning="Someone was shown the petition or who wrote it. Recorded before it is shown.",
        case_state=None,
        holder_field=None,
        stream_union="IntakeCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("items", "list of str", ""),
            FieldEntry("to_unit_id", "str", ""),
            FieldEntry("purpose", "str", ""),
        ),
    ),
    "huiyin.notification.v1.NoticePrepared": EventEntry(
        type="huiyin.notification.v1.NoticePrepared",
        service="notification",
        zh="拟发通知",
        meaning="A notice is owed to the petitioner. Recorded once for each cause, before anything is opened or sent; it is also the record that the name and contact are disclosed to the sender.",
        case_state=None,
        holder_field=None,
        stream_union="NotificationCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry(
                "notice_key",
                "str",
                "<kind>-<cause service>-<cause position>: one notice, whatever is replayed.",
            ),
            FieldEntry("kind", "NoticeKind", ""),
            FieldEntry("template", "str", "Template and version: receipt@1."),
            FieldEntry(
                "disclosed_refs",
                "list of str",
                "What the sender opens for it: who the petitioner is, then the text of the opinion if there is one.",
            ),
            FieldEntry("receipt_number", "str", ""),
            FieldEntry("unit_id", "str", "The unit whose act is told: received, accepted, answered, closed."),
            FieldEntry(
                "happened_on",
                "date",
                "The date of that act: received, accepted, deemed accepted, served, closed.",
            ),
            FieldEntry(
                "clock",
                "str, optional",
                "The clock that the act started (K1, K5) and the last day of its period, as the causing event has them.",
            ),
            FieldEntry("due_on", "date, optional", ""),
            FieldEntry("provisional", "bool", ""),
            FieldEntry(
                "finding",
                "str",
                "What came of it, in the word of the causing event: SUPPORTED, CONFIRMED ...; empty where nothing is decided.",
            ),
        ),
    ),
    "huiyin.notification.v1.NoticeDelivered": EventEntry(
        type="huiyin.notification.v1.NoticeDelivered",
        service="notification",
        zh="通知送达",
        meaning="The notice was handed over, with the proof of it.",
        case_state=None,
        holder_field=None,
        stream_union="NotificationCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("notice_key", "str", ""),
            FieldEntry("means", "str", "How: maildir, mail, paper ..."),
            FieldEntry("document_sha256", "bytes", "SHA-256 of what was handed over."),
        ),
    ),
    "huiyin.notification.v1.NoticeUndeliverable": EventEntry(
        type="huiyin.notification.v1.NoticeUndeliverable",
        service="notification",
        zh="无法送达",
        meaning="There is nobody to send it to: the petition came without name or address, or what was kept of it is erased.",
        case_state=None,
        holder_field=None,
        stream_union="NotificationCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("notice_key", "str", ""),
            FieldEntry("kind", "NoticeKind", ""),
            FieldEntry("reason", "str", "anonymous, petitioner-not-on-record, content-erased."),
        ),
    ),
    "huiyin.oversight.v1.PublicationProposed": EventEntry(
        type="huiyin.oversight.v1.PublicationProposed",
        service="oversight",
        zh="提请发布",
        meaning="Someone laid a calendar year or a version of a rule before a second person. Nothing is in force by this.",
        case_state=None,
        holder_field=None,
        stream_union="CalendarEvent",
        fields=(
            FieldEntry("version", "str", "What would come into force: cn@2027.1, or K5@3."),
            FieldEntry("kind", "Publication", ""),
            FieldEntry(
                "definition",
                "str",
                "What was laid before, to the letter: whoever approves approves this text.",
            ),
            FieldEntry("maker", "str", "The pseudonym of who proposed it."),
        ),
    ),
    "huiyin.oversight.v1.PublicationRejected": EventEntry(
        type="huiyin.oversight.v1.PublicationRejected",
        service="oversight",
        zh="退回提请",
        meaning="The second person refused.",
        case_state=None,
        holder_field=None,
        stream_union="CalendarEvent",
        fields=(
            FieldEntry("version", "str", "What was proposed: cn@2027.1, or K5@3."),
            FieldEntry("reason", "str", ""),
            FieldEntry("checker", "str", "The pseudonym of who refused."),
        ),
    ),
    "huiyin.oversight.v1.CalendarPublished": EventEntry(
        type="huiyin.oversight.v1.CalendarPublished",
        service="oversight",
        zh="发布日历",
        meaning="The calendar of one year came into force for a jurisdiction.",
        case_state=None,
        holder_field=None,
        stream_union="CalendarEvent",
        fields=(
            FieldEntry("jurisdiction", "str", ""),
            FieldEntry("year", "int", ""),
            FieldEntry("version", "str", "The calendar's version, for example cn@2026.1."),
            FieldEntry("holidays_on", "list of date", ""),
            FieldEntry("makeup_workdays_on", "list of date", ""),
            FieldEntry("verified_by", "str", ""),
            FieldEntry("definition", "str", "What was published, to the letter."),
            FieldEntry(
                "maker", "str", 'The pseudonym of who proposed it; "release" for what came with the program.'
            ),
            FieldEntry(
                "checker",
                "str",
                "The pseudonym of who approved it, another person; empty for what came with the program.",
            ),
        ),
    ),
    "huiyin.oversight.v1.RulePublished": EventEntry(
        type="huiyin.oversight.v1.RulePublished",
        service="oversight",
        zh="发布规则",
        meaning="A rule for a clock came into force.",
        case_state=None,
        holder_field=None,
        stream_union="CalendarEvent",
        fields=(
            FieldEntry("rule", "str", ""),
            FieldEntry("clock", "str", ""),
            FieldEntry("law", "str", ""),
            FieldEntry("article", "str", ""),
            FieldEntry("effective_from_on", "date", ""),
            FieldEntry("days", "int", ""),
            FieldEntry("working_days", "bool", ""),
            FieldEntry("roll_last_day", "bool", ""),
            FieldEntry("verified_by", "str", ""),
            FieldEntry(
                "definition",
                "str",
                "The whole version as data, to the letter: extension, warnings, consequence and the rest.",
            ),
            FieldEntry(
                "maker", "str", 'The pseudonym of who proposed it; "release" for what came with the program.'
            ),
            FieldEntry(
                "checker",
                "str",
                "The pseudonym of who approved it, another person; empty for what came with the program.",
            ),
        ),
    ),
    "huiyin.oversight.v1.ClockStarted": EventEntry(
        type="huiyin.oversight.v1.ClockStarted",
        service="oversight",
        zh="起算",
        meaning="A clock began to run against a unit.",
        case_state=None,
        holder_field=None,
        stream_union="OversightCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("clock", "str", ""),
            FieldEntry("rule", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("start_on", "date", ""),
            FieldEntry("due_on", "date", ""),
            FieldEntry(
                "provisional",
                "bool",
                "The period reaches into a year whose calendar is not published: it can be warned of, never missed.",
            ),
            FieldEntry(
                "rungs",
                "list of Rung",
                "All that follows by itself while the clock runs, in order of time; fixed when the clock starts.",
            ),
            FieldEntry(
                "deadline",
                "Deadline",
                "The period as the event that began it says, with its whole derivation.",
            ),
        ),
    ),
    "huiyin.oversight.v1.DeadlineRecomputed": EventEntry(
        type="huiyin.oversight.v1.DeadlineRecomputed",
        service="oversight",
        zh="重算期限",
        meaning="A calendar was published or corrected while the clock ran; the same period was counted again.",
        case_state=None,
        holder_field=None,
        stream_union="OversightCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("clock", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("rule", "str", ""),
            FieldEntry("old_calendar", "str", "The calendar that the old due date rested on."),
            FieldEntry("old_due_on", "date", "The last day as it was before."),
            FieldEntry("old_provisional", "bool", "Whether that day might still move."),
            FieldEntry("deadline", "Deadline", "The period as it is now, with its whole derivation."),
            FieldEntry(
                "rungs",
                "list of Rung",
                "All that follows by itself from now on, in order of time; what was reached before stays on record.",
            ),
        ),
    ),
    "huiyin.oversight.v1.ClockStopped": EventEntry(
        type="huiyin.oversight.v1.ClockStopped",
        service="oversight",
        zh="停算",
        meaning="The unit did what the clock asks, in time or late.",
        case_state=None,
        holder_field=None,
        stream_union="OversightCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("clock", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("stopped_on", "date", ""),
            FieldEntry(
                "days_late",
                "int",
                "Calendar days after the due date; 0 means in time, or that the due date was provisional or passed by law.",
            ),
            FieldEntry(
                "deemed",
                "bool",
                "The duty ended by law because the due date had passed, not by an act of the unit.",
            ),
            FieldEntry("rule", "str", ""),
        ),
    ),
    "huiyin.oversight.v1.DeadlineWarned": EventEntry(
        type="huiyin.oversight.v1.DeadlineWarned",
        service="oversight",
        zh="预警",
        meaning="The due date comes near.",
        case_state=None,
        holder_field=None,
        stream_union="OversightCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("clock", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("rung", "str", ""),
            FieldEntry("due_on", "date", ""),
            FieldEntry("falls_on", "date", "The day of the rung."),
            FieldEntry("rule", "str", ""),
        ),
    ),
    "huiyin.oversight.v1.DeadlineMissed": EventEntry(
        type="huiyin.oversight.v1.DeadlineMissed",
        service="oversight",
        zh="逾期",
        meaning="The due date passed. A fact that nothing takes back.",
        case_state=None,
        holder_field=None,
        stream_union="OversightCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("clock", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("due_on", "date", ""),
            FieldEntry("rule", "str", ""),
        ),
    ),
    "huiyin.oversight.v1.HandlingUrged": EventEntry(
        type="huiyin.oversight.v1.HandlingUrged",
        service="oversight",
        zh="催办",
        meaning="The unit was urged to act.",
        case_state=None,
        holder_field=None,
        stream_union="OversightCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("clock", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("rung", "str", ""),
            FieldEntry("due_on", "date", ""),
            FieldEntry("falls_on", "date", "The day of the rung."),
            FieldEntry("rule", "str", ""),
        ),
    ),
    "huiyin.oversight.v1.CaseAdopted": EventEntry(
        type="huiyin.oversight.v1.CaseAdopted",
        service="oversight",
        zh="接管",
        meaning="An imported case that is still open was taken over: from now on its clocks are swept like any others.",
        case_state=None,
        holder_field=None,
        stream_union="OversightCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("adopted_on", "date", "The day from which oversight sweeps it."),
        ),
    ),
    "huiyin.platform.v1.StreamRebuilt": EventEntry(
        type="huiyin.platform.v1.StreamRebuilt",
        service="platform",
        zh="事件流重建",
        meaning="The stream of a service on the bus was found damaged and was built anew from the ledger.",
        case_state=None,
        holder_field=None,
        stream_union="OperationEvent",
        fields=(
            FieldEntry("service", "str", ""),
            FieldEntry("damage", "str", "What was found, in words an operator understands."),
            FieldEntry("head", "int", "The head of the ledger when the rebuilding began."),
        ),
    ),
    "huiyin.platform.v1.EventParked": EventEntry(
        type="huiyin.platform.v1.EventParked",
        service="platform",
        zh="事件搁置",
        meaning="An event could not be applied; it and all later events of its stream wait.",
        case_state=None,
        holder_field=None,
        stream_union="OperationEvent",
        fields=(
            FieldEntry("source", "str", ""),
            FieldEntry("position", "int", ""),
            FieldEntry("stream", "str", ""),
            FieldEntry("reason", "str", ""),
        ),
    ),
    "huiyin.platform.v1.ParkedEventsRetried": EventEntry(
        type="huiyin.platform.v1.ParkedEventsRetried",
        service="platform",
        zh="搁置事件重试",
        meaning="An operator had the parked events of a stream applied, in order.",
        case_state=None,
        holder_field=None,
        stream_union="OperationEvent",
        fields=(
            FieldEntry("source", "str", ""),
            FieldEntry("stream", "str", ""),
            FieldEntry("count", "int", ""),
        ),
    ),
    "huiyin.platform.v1.ParkedEventSkipped": EventEntry(
        type="huiyin.platform.v1.ParkedEventSkipped",
        service="platform",
        zh="搁置事件跳过",
        meaning="An operator gave a parked event up.",
        case_state=None,
        holder_field=None,
        stream_union="OperationEvent",
        fields=(
            FieldEntry("source", "str", ""),
            FieldEntry("position", "int", ""),
            FieldEntry("stream", "str", ""),
            FieldEntry("reason", "str", ""),
        ),
    ),
    "huiyin.revisit.v1.RevisitQueued": EventEntry(
        type="huiyin.revisit.v1.RevisitQueued",
        service="revisit",
        zh="待交办回访",
        meaning="An opinion was served, but the unit that sent the case on also handled it: another unit has to take the revisit.",
        case_state=None,
        holder_field=None,
        stream_union="RevisitCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("handler_unit_id", "str", ""),
            FieldEntry(
                "revisit_deadline",
                "Deadline",
                "K18, counted from the service of the opinion, however long it waits here.",
            ),
        ),
    ),
    "huiyin.revisit.v1.RevisitAssigned": EventEntry(
        type="huiyin.revisit.v1.RevisitAssigned",
        service="revisit",
        zh="交办回访",
        meaning="A unit other than the handler was asked to call the petitioner back.",
        case_state=None,
        holder_field=None,
        stream_union="RevisitCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("handler_unit_id", "str", ""),
            FieldEntry("revisit_deadline", "Deadline", "K18."),
        ),
    ),
    "huiyin.revisit.v1.CallBackRecorded": EventEntry(
        type="huiyin.revisit.v1.CallBackRecorded",
        service="revisit",
        zh="回访",
        meaning='The petitioner was called. Unreached and refused are answers of their own, never "satisfied".',
        case_state="REVISITED",
        holder_field="unit_id",
        stream_union="RevisitCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("reach", "Reach", ""),
            FieldEntry("contacted", "Answer", ""),
            FieldEntry("reply_received", "Answer", ""),
            FieldEntry("promise_kept", "Answer", ""),
            FieldEntry("satisfied", "Answer", ""),
        ),
    ),
    "huiyin.revisit.v1.CaseClosed": EventEntry(
        type="huiyin.revisit.v1.CaseClosed",
        service="revisit",
        zh="办结",
        meaning="The case is closed. It can be reopened; what is on record stays.",
        case_state="CLOSED",
        holder_field=None,
        stream_union="RevisitCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("ground", "ClosingGround", ""),
        ),
    ),
    "huiyin.routing.v1.UnitFounded": EventEntry(
        type="huiyin.routing.v1.UnitFounded",
        service="routing",
        zh="设立单位",
        meaning="A unit entered the directory.",
        case_state=None,
        holder_field=None,
        stream_union="UnitEvent",
        fields=(
            FieldEntry("unit_id", "str", ""),
            FieldEntry("name", "str", ""),
            FieldEntry("kind", "UnitKind", ""),
            FieldEntry("level", "UnitLevel", ""),
            FieldEntry("division", "str", "Six digits, as in the statistics code; 000000 where unknown."),
            FieldEntry("parent_unit_id", "str, optional", ""),
            FieldEntry("organ_code", "str", "Short code of the organ in receipt numbers."),
        ),
    ),
    "huiyin.routing.v1.CaseQueued": EventEntry(
        type="huiyin.routing.v1.CaseQueued",
        service="routing",
        zh="待转送",
        meaning="A classified case arrived at routing and waits to be transferred.",
        case_state=None,
        holder_field=None,
        stream_union="RoutingCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("first_receiver_unit_id", "str", ""),
            FieldEntry("competent_unit_id", "str", ""),
            FieldEntry("receipt_number", "str", ""),
            FieldEntry("received_on", "date", ""),
        ),
    ),
    "huiyin.routing.v1.CaseTransferred": EventEntry(
        type="huiyin.routing.v1.CaseTransferred",
        service="routing",
        zh="转送",
        meaning="The case was sent to the unit with power to handle it. The sender's act starts the receiver's clocks.",
        case_state="TRANSFERRED",
        holder_field="to_unit_id",
        stream_union="RoutingCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("from_unit_id", "str", ""),
            FieldEntry("to_unit_id", "str", ""),
            FieldEntry(
                "acceptance_deadline",
                "Deadline",
                "K3: until when the receiver must tell the petitioner how it will be handled.",
            ),
            FieldEntry(
                "objection_deadline",
                "Deadline, optional",
                "K4: until when the receiver may object, with reasons; absent where no rule gave that right yet.",
            ),
        ),
    ),
    "huiyin.routing.v1.CaseAccepted": EventEntry(
        type="huiyin.routing.v1.CaseAccepted",
        service="routing",
        zh="受理",
        meaning="The unit accepted the case and told the petitioner so.",
        case_state="ACCEPTED",
        holder_field=None,
        stream_union="RoutingCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("handling_deadline", "Deadline", "K5: until when the opinion must be served."),
        ),
    ),
    "huiyin.routing.v1.AcceptanceDeemed": EventEntry(
        type="huiyin.routing.v1.AcceptanceDeemed",
        service="routing",
        zh="视为受理",
        meaning="The unit let K3 pass in silence; the case counts as accepted from K3's due date.",
        case_state="ACCEPTED",
        holder_field=None,
        stream_union="RoutingCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("deemed_on", "date", ""),
            FieldEntry("handling_deadline", "Deadline", ""),
        ),
    ),
    "huiyin.routing.v1.OpinionSigned": EventEntry(
        type="huiyin.routing.v1.OpinionSigned",
        service="routing",
        zh="签发处理意见",
        meaning="The head of the unit signed the opinion.",
        case_state=None,
        holder_field=None,
        stream_union="RoutingCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("signed_on", "date", ""),
        ),
    ),
    "huiyin.routing.v1.OpinionServed": EventEntry(
        type="huiyin.routing.v1.OpinionServed",
        service="routing",
        zh="送达处理意见书",
        meaning="The opinion reached the petitioner.",
        case_state="REPLIED",
        holder_field=None,
        stream_union="RoutingCaseEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("unit_id", "str", ""),
            FieldEntry("outcome", "Outcome", ""),
            FieldEntry("opinion", "Sealed", ""),
            FieldEntry("from_unit_id", "str", "The unit that transferred the case, for whom calls back."),
        ),
    ),
    "huiyin.testing.v1.NoteTaken": EventEntry(
        type="huiyin.testing.v1.NoteTaken",
        service="testing",
        zh="",
        meaning="Only for tests: the first shape of an event that was given a better one later.",
        case_state=None,
        holder_field=None,
        stream_union="TestingEvent",
        fields=(
            FieldEntry("case_id", "str", ""),
            FieldEntry("words", "str", ""),
        ),
    ),
}
"""Full name -> what is known of the event."""
