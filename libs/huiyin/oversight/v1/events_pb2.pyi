import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from huiyin.common.v1 import types_pb2 as _types_pb2
from huiyin.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Publication(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PUBLICATION_UNSPECIFIED: _ClassVar[Publication]
    PUBLICATION_CALENDAR: _ClassVar[Publication]
    PUBLICATION_RULE: _ClassVar[Publication]

class RungKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RUNG_KIND_UNSPECIFIED: _ClassVar[RungKind]
    RUNG_KIND_WARNING: _ClassVar[RungKind]
    RUNG_KIND_MISSED: _ClassVar[RungKind]
    RUNG_KIND_URGE: _ClassVar[RungKind]
PUBLICATION_UNSPECIFIED: Publication
PUBLICATION_CALENDAR: Publication
PUBLICATION_RULE: Publication
RUNG_KIND_UNSPECIFIED: RungKind
RUNG_KIND_WARNING: RungKind
RUNG_KIND_MISSED: RungKind
RUNG_KIND_URGE: RungKind

class PublicationProposed(_message.Message):
    __slots__ = ("version", "kind", "definition", "maker")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DEFINITION_FIELD_NUMBER: _ClassVar[int]
    MAKER_FIELD_NUMBER: _ClassVar[int]
    version: str
    kind: Publication
    definition: str
    maker: str
    def __init__(self, version: _Optional[str] = ..., kind: _Optional[_Union[Publication, str]] = ..., definition: _Optional[str] = ..., maker: _Optional[str] = ...) -> None: ...

class PublicationRejected(_message.Message):
    __slots__ = ("version", "reason", "checker")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHECKER_FIELD_NUMBER: _ClassVar[int]
    version: str
    reason: str
    checker: str
    def __init__(self, version: _Optional[str] = ..., reason: _Optional[str] = ..., checker: _Optional[str] = ...) -> None: ...

class CalendarPublished(_message.Message):
    __slots__ = ("jurisdiction", "year", "version", "holidays_on", "makeup_workdays_on", "verified_by", "definition", "maker", "checker")
    JURISDICTION_FIELD_NUMBER: _ClassVar[int]
    YEAR_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    HOLIDAYS_ON_FIELD_NUMBER: _ClassVar[int]
    MAKEUP_WORKDAYS_ON_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_BY_FIELD_NUMBER: _ClassVar[int]
    DEFINITION_FIELD_NUMBER: _ClassVar[int]
    MAKER_FIELD_NUMBER: _ClassVar[int]
    CHECKER_FIELD_NUMBER: _ClassVar[int]
    jurisdiction: str
    year: int
    version: str
    holidays_on: _containers.RepeatedScalarFieldContainer[str]
    makeup_workdays_on: _containers.RepeatedScalarFieldContainer[str]
    verified_by: str
    definition: str
    maker: str
    checker: str
    def __init__(self, jurisdiction: _Optional[str] = ..., year: _Optional[int] = ..., version: _Optional[str] = ..., holidays_on: _Optional[_Iterable[str]] = ..., makeup_workdays_on: _Optional[_Iterable[str]] = ..., verified_by: _Optional[str] = ..., definition: _Optional[str] = ..., maker: _Optional[str] = ..., checker: _Optional[str] = ...) -> None: ...

class RulePublished(_message.Message):
    __slots__ = ("rule", "clock", "law", "article", "effective_from_on", "days", "working_days", "roll_last_day", "verified_by", "definition", "maker", "checker")
    RULE_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    LAW_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_ON_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    ROLL_LAST_DAY_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_BY_FIELD_NUMBER: _ClassVar[int]
    DEFINITION_FIELD_NUMBER: _ClassVar[int]
    MAKER_FIELD_NUMBER: _ClassVar[int]
    CHECKER_FIELD_NUMBER: _ClassVar[int]
    rule: str
    clock: str
    law: str
    article: str
    effective_from_on: str
    days: int
    working_days: bool
    roll_last_day: bool
    verified_by: str
    definition: str
    maker: str
    checker: str
    def __init__(self, rule: _Optional[str] = ..., clock: _Optional[str] = ..., law: _Optional[str] = ..., article: _Optional[str] = ..., effective_from_on: _Optional[str] = ..., days: _Optional[int] = ..., working_days: _Optional[bool] = ..., roll_last_day: _Optional[bool] = ..., verified_by: _Optional[str] = ..., definition: _Optional[str] = ..., maker: _Optional[str] = ..., checker: _Optional[str] = ...) -> None: ...

class CalendarEvent(_message.Message):
    __slots__ = ("calendar_published", "rule_published", "publication_proposed", "publication_rejected")
    CALENDAR_PUBLISHED_FIELD_NUMBER: _ClassVar[int]
    RULE_PUBLISHED_FIELD_NUMBER: _ClassVar[int]
    PUBLICATION_PROPOSED_FIELD_NUMBER: _ClassVar[int]
    PUBLICATION_REJECTED_FIELD_NUMBER: _ClassVar[int]
    calendar_published: CalendarPublished
    rule_published: RulePublished
    publication_proposed: PublicationProposed
    publication_rejected: PublicationRejected
    def __init__(self, calendar_published: _Optional[_Union[CalendarPublished, _Mapping]] = ..., rule_published: _Optional[_Union[RulePublished, _Mapping]] = ..., publication_proposed: _Optional[_Union[PublicationProposed, _Mapping]] = ..., publication_rejected: _Optional[_Union[PublicationRejected, _Mapping]] = ...) -> None: ...

class ClockStarted(_message.Message):
    __slots__ = ("case_id", "clock", "rule", "unit_id", "start_on", "due_on", "provisional", "rungs", "deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    START_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    RUNGS_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    rule: str
    unit_id: str
    start_on: str
    due_on: str
    provisional: bool
    rungs: _containers.RepeatedCompositeFieldContainer[Rung]
    deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., rule: _Optional[str] = ..., unit_id: _Optional[str] = ..., start_on: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ..., rungs: _Optional[_Iterable[_Union[Rung, _Mapping]]] = ..., deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class DeadlineRecomputed(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "rule", "old_calendar", "old_due_on", "old_provisional", "deadline", "rungs")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    OLD_CALENDAR_FIELD_NUMBER: _ClassVar[int]
    OLD_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    OLD_PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    RUNGS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    rule: str
    old_calendar: str
    old_due_on: str
    old_provisional: bool
    deadline: _types_pb2.Deadline
    rungs: _containers.RepeatedCompositeFieldContainer[Rung]
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., rule: _Optional[str] = ..., old_calendar: _Optional[str] = ..., old_due_on: _Optional[str] = ..., old_provisional: _Optional[bool] = ..., deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., rungs: _Optional[_Iterable[_Union[Rung, _Mapping]]] = ...) -> None: ...

class Rung(_message.Message):
    __slots__ = ("name", "kind", "falls_on", "falls_at")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FALLS_ON_FIELD_NUMBER: _ClassVar[int]
    FALLS_AT_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: RungKind
    falls_on: str
    falls_at: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[RungKind, str]] = ..., falls_on: _Optional[str] = ..., falls_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ClockExtended(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "rule", "old", "deadline", "rungs")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    OLD_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    RUNGS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    rule: str
    old: _types_pb2.Deadline
    deadline: _types_pb2.Deadline
    rungs: _containers.RepeatedCompositeFieldContainer[Rung]
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., rule: _Optional[str] = ..., old: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., rungs: _Optional[_Iterable[_Union[Rung, _Mapping]]] = ...) -> None: ...

class ClockPaused(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "rule", "paused_on", "due_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    PAUSED_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    rule: str
    paused_on: str
    due_on: str
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., rule: _Optional[str] = ..., paused_on: _Optional[str] = ..., due_on: _Optional[str] = ...) -> None: ...

class ClockResumed(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "rule", "paused_on", "resumed_on", "old", "deadline", "rungs")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    PAUSED_ON_FIELD_NUMBER: _ClassVar[int]
    RESUMED_ON_FIELD_NUMBER: _ClassVar[int]
    OLD_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    RUNGS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    rule: str
    paused_on: str
    resumed_on: str
    old: _types_pb2.Deadline
    deadline: _types_pb2.Deadline
    rungs: _containers.RepeatedCompositeFieldContainer[Rung]
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., rule: _Optional[str] = ..., paused_on: _Optional[str] = ..., resumed_on: _Optional[str] = ..., old: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., rungs: _Optional[_Iterable[_Union[Rung, _Mapping]]] = ...) -> None: ...

class ClockConverted(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "rule", "to_clock", "converted_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    TO_CLOCK_FIELD_NUMBER: _ClassVar[int]
    CONVERTED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    rule: str
    to_clock: str
    converted_on: str
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., rule: _Optional[str] = ..., to_clock: _Optional[str] = ..., converted_on: _Optional[str] = ...) -> None: ...

class ClockStopped(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "stopped_on", "days_late", "deemed", "rule", "stopped_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    STOPPED_ON_FIELD_NUMBER: _ClassVar[int]
    DAYS_LATE_FIELD_NUMBER: _ClassVar[int]
    DEEMED_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    STOPPED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    stopped_on: str
    days_late: int
    deemed: bool
    rule: str
    stopped_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., stopped_on: _Optional[str] = ..., days_late: _Optional[int] = ..., deemed: _Optional[bool] = ..., rule: _Optional[str] = ..., stopped_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DeadlineWarned(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "rung", "due_on", "falls_on", "rule", "falls_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RUNG_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    FALLS_ON_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    FALLS_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    rung: str
    due_on: str
    falls_on: str
    rule: str
    falls_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., rung: _Optional[str] = ..., due_on: _Optional[str] = ..., falls_on: _Optional[str] = ..., rule: _Optional[str] = ..., falls_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DeadlineMissed(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "due_on", "rule", "due_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    due_on: str
    rule: str
    due_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., due_on: _Optional[str] = ..., rule: _Optional[str] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HandlingUrged(_message.Message):
    __slots__ = ("case_id", "clock", "unit_id", "rung", "due_on", "falls_on", "rule", "falls_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RUNG_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    FALLS_ON_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    FALLS_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    clock: str
    unit_id: str
    rung: str
    due_on: str
    falls_on: str
    rule: str
    falls_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., clock: _Optional[str] = ..., unit_id: _Optional[str] = ..., rung: _Optional[str] = ..., due_on: _Optional[str] = ..., falls_on: _Optional[str] = ..., rule: _Optional[str] = ..., falls_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseAdopted(_message.Message):
    __slots__ = ("case_id", "adopted_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ADOPTED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    adopted_on: str
    def __init__(self, case_id: _Optional[str] = ..., adopted_on: _Optional[str] = ...) -> None: ...

class OversightCaseEvent(_message.Message):
    __slots__ = ("clock_started", "clock_stopped", "deadline_warned", "deadline_missed", "handling_urged", "case_adopted", "deadline_recomputed", "clock_extended", "clock_paused", "clock_resumed", "clock_converted")
    CLOCK_STARTED_FIELD_NUMBER: _ClassVar[int]
    CLOCK_STOPPED_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_WARNED_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_MISSED_FIELD_NUMBER: _ClassVar[int]
    HANDLING_URGED_FIELD_NUMBER: _ClassVar[int]
    CASE_ADOPTED_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_RECOMPUTED_FIELD_NUMBER: _ClassVar[int]
    CLOCK_EXTENDED_FIELD_NUMBER: _ClassVar[int]
    CLOCK_PAUSED_FIELD_NUMBER: _ClassVar[int]
    CLOCK_RESUMED_FIELD_NUMBER: _ClassVar[int]
    CLOCK_CONVERTED_FIELD_NUMBER: _ClassVar[int]
    clock_started: ClockStarted
    clock_stopped: ClockStopped
    deadline_warned: DeadlineWarned
    deadline_missed: DeadlineMissed
    handling_urged: HandlingUrged
    case_adopted: CaseAdopted
    deadline_recomputed: DeadlineRecomputed
    clock_extended: ClockExtended
    clock_paused: ClockPaused
    clock_resumed: ClockResumed
    clock_converted: ClockConverted
    def __init__(self, clock_started: _Optional[_Union[ClockStarted, _Mapping]] = ..., clock_stopped: _Optional[_Union[ClockStopped, _Mapping]] = ..., deadline_warned: _Optional[_Union[DeadlineWarned, _Mapping]] = ..., deadline_missed: _Optional[_Union[DeadlineMissed, _Mapping]] = ..., handling_urged: _Optional[_Union[HandlingUrged, _Mapping]] = ..., case_adopted: _Optional[_Union[CaseAdopted, _Mapping]] = ..., deadline_recomputed: _Optional[_Union[DeadlineRecomputed, _Mapping]] = ..., clock_extended: _Optional[_Union[ClockExtended, _Mapping]] = ..., clock_paused: _Optional[_Union[ClockPaused, _Mapping]] = ..., clock_resumed: _Optional[_Union[ClockResumed, _Mapping]] = ..., clock_converted: _Optional[_Union[ClockConverted, _Mapping]] = ...) -> None: ...
