import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DayTreatment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DAY_TREATMENT_UNSPECIFIED: _ClassVar[DayTreatment]
    DAY_TREATMENT_START: _ClassVar[DayTreatment]
    DAY_TREATMENT_COUNTED: _ClassVar[DayTreatment]
    DAY_TREATMENT_SKIPPED: _ClassVar[DayTreatment]
    DAY_TREATMENT_ROLLED: _ClassVar[DayTreatment]
    DAY_TREATMENT_EXCLUDED: _ClassVar[DayTreatment]

class DayKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DAY_KIND_UNSPECIFIED: _ClassVar[DayKind]
    DAY_KIND_WORKDAY: _ClassVar[DayKind]
    DAY_KIND_MAKEUP_WORKDAY: _ClassVar[DayKind]
    DAY_KIND_WEEKEND: _ClassVar[DayKind]
    DAY_KIND_HOLIDAY: _ClassVar[DayKind]
    DAY_KIND_UNKNOWN: _ClassVar[DayKind]

class Channel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANNEL_UNSPECIFIED: _ClassVar[Channel]
    CHANNEL_WEB: _ClassVar[Channel]
    CHANNEL_LETTER: _ClassVar[Channel]
    CHANNEL_VISIT: _ClassVar[Channel]
    CHANNEL_PHONE: _ClassVar[Channel]
    CHANNEL_HOTLINE: _ClassVar[Channel]
    CHANNEL_MAILBOX: _ClassVar[Channel]
    CHANNEL_FAX: _ClassVar[Channel]
    CHANNEL_VIDEO: _ClassVar[Channel]
DAY_TREATMENT_UNSPECIFIED: DayTreatment
DAY_TREATMENT_START: DayTreatment
DAY_TREATMENT_COUNTED: DayTreatment
DAY_TREATMENT_SKIPPED: DayTreatment
DAY_TREATMENT_ROLLED: DayTreatment
DAY_TREATMENT_EXCLUDED: DayTreatment
DAY_KIND_UNSPECIFIED: DayKind
DAY_KIND_WORKDAY: DayKind
DAY_KIND_MAKEUP_WORKDAY: DayKind
DAY_KIND_WEEKEND: DayKind
DAY_KIND_HOLIDAY: DayKind
DAY_KIND_UNKNOWN: DayKind
CHANNEL_UNSPECIFIED: Channel
CHANNEL_WEB: Channel
CHANNEL_LETTER: Channel
CHANNEL_VISIT: Channel
CHANNEL_PHONE: Channel
CHANNEL_HOTLINE: Channel
CHANNEL_MAILBOX: Channel
CHANNEL_FAX: Channel
CHANNEL_VIDEO: Channel

class Sealed(_message.Message):
    __slots__ = ("ref", "algorithm", "commitment")
    REF_FIELD_NUMBER: _ClassVar[int]
    ALGORITHM_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_FIELD_NUMBER: _ClassVar[int]
    ref: str
    algorithm: str
    commitment: bytes
    def __init__(self, ref: _Optional[str] = ..., algorithm: _Optional[str] = ..., commitment: _Optional[bytes] = ...) -> None: ...

class Deadline(_message.Message):
    __slots__ = ("clock", "rule", "calendar", "start_on", "nominal_on", "due_on", "provisional", "runs", "extension_days", "excluded_days", "start_at", "due_at")
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    START_ON_FIELD_NUMBER: _ClassVar[int]
    NOMINAL_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    RUNS_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_DAYS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_DAYS_FIELD_NUMBER: _ClassVar[int]
    START_AT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    clock: str
    rule: str
    calendar: str
    start_on: str
    nominal_on: str
    due_on: str
    provisional: bool
    runs: _containers.RepeatedCompositeFieldContainer[DerivationRun]
    extension_days: int
    excluded_days: int
    start_at: _timestamp_pb2.Timestamp
    due_at: _timestamp_pb2.Timestamp
    def __init__(self, clock: _Optional[str] = ..., rule: _Optional[str] = ..., calendar: _Optional[str] = ..., start_on: _Optional[str] = ..., nominal_on: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ..., runs: _Optional[_Iterable[_Union[DerivationRun, _Mapping]]] = ..., extension_days: _Optional[int] = ..., excluded_days: _Optional[int] = ..., start_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DerivationRun(_message.Message):
    __slots__ = ("from_on", "to_on", "days", "treatment", "kind")
    FROM_ON_FIELD_NUMBER: _ClassVar[int]
    TO_ON_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    TREATMENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    from_on: str
    to_on: str
    days: int
    treatment: DayTreatment
    kind: DayKind
    def __init__(self, from_on: _Optional[str] = ..., to_on: _Optional[str] = ..., days: _Optional[int] = ..., treatment: _Optional[_Union[DayTreatment, str]] = ..., kind: _Optional[_Union[DayKind, str]] = ...) -> None: ...
