import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Origin(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ORIGIN_UNSPECIFIED: _ClassVar[Origin]
    ORIGIN_LIVE: _ClassVar[Origin]
    ORIGIN_IMPORT: _ClassVar[Origin]
ORIGIN_UNSPECIFIED: Origin
ORIGIN_LIVE: Origin
ORIGIN_IMPORT: Origin

class RecordedEvent(_message.Message):
    __slots__ = ("event_id", "stream", "version", "type", "payload", "occurred_at", "recorded_at", "case_id", "actor", "legal_basis", "caused_by", "correlation_id", "idempotency_key", "origin", "traceparent", "division")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    CAUSED_BY_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_ID_FIELD_NUMBER: _ClassVar[int]
    IDEMPOTENCY_KEY_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    DIVISION_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    stream: str
    version: int
    type: str
    payload: bytes
    occurred_at: _timestamp_pb2.Timestamp
    recorded_at: _timestamp_pb2.Timestamp
    case_id: str
    actor: Actor
    legal_basis: str
    caused_by: CausedBy
    correlation_id: str
    idempotency_key: str
    origin: Origin
    traceparent: str
    division: str
    def __init__(self, event_id: _Optional[str] = ..., stream: _Optional[str] = ..., version: _Optional[int] = ..., type: _Optional[str] = ..., payload: _Optional[bytes] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., case_id: _Optional[str] = ..., actor: _Optional[_Union[Actor, _Mapping]] = ..., legal_basis: _Optional[str] = ..., caused_by: _Optional[_Union[CausedBy, _Mapping]] = ..., correlation_id: _Optional[str] = ..., idempotency_key: _Optional[str] = ..., origin: _Optional[_Union[Origin, str]] = ..., traceparent: _Optional[str] = ..., division: _Optional[str] = ...) -> None: ...

class Actor(_message.Message):
    __slots__ = ("unit_id", "role", "pseudonym")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    PSEUDONYM_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    role: str
    pseudonym: str
    def __init__(self, unit_id: _Optional[str] = ..., role: _Optional[str] = ..., pseudonym: _Optional[str] = ...) -> None: ...

class CausedBy(_message.Message):
    __slots__ = ("service", "position")
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    service: str
    position: int
    def __init__(self, service: _Optional[str] = ..., position: _Optional[int] = ...) -> None: ...
