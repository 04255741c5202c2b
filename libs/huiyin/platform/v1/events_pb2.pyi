from huiyin.options.v1 import options_pb2 as _options_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StreamRebuilt(_message.Message):
    __slots__ = ("service", "damage", "head")
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    DAMAGE_FIELD_NUMBER: _ClassVar[int]
    HEAD_FIELD_NUMBER: _ClassVar[int]
    service: str
    damage: str
    head: int
    def __init__(self, service: _Optional[str] = ..., damage: _Optional[str] = ..., head: _Optional[int] = ...) -> None: ...

class EventParked(_message.Message):
    __slots__ = ("source", "position", "stream", "reason")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    source: str
    position: int
    stream: str
    reason: str
    def __init__(self, source: _Optional[str] = ..., position: _Optional[int] = ..., stream: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ParkedEventsRetried(_message.Message):
    __slots__ = ("source", "stream", "count")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    source: str
    stream: str
    count: int
    def __init__(self, source: _Optional[str] = ..., stream: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...

class ParkedEventSkipped(_message.Message):
    __slots__ = ("source", "position", "stream", "reason")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    source: str
    position: int
    stream: str
    reason: str
    def __init__(self, source: _Optional[str] = ..., position: _Optional[int] = ..., stream: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class OperationEvent(_message.Message):
    __slots__ = ("stream_rebuilt", "event_parked", "parked_events_retried", "parked_event_skipped")
    STREAM_REBUILT_FIELD_NUMBER: _ClassVar[int]
    EVENT_PARKED_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENTS_RETRIED_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENT_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    stream_rebuilt: StreamRebuilt
    event_parked: EventParked
    parked_events_retried: ParkedEventsRetried
    parked_event_skipped: ParkedEventSkipped
    def __init__(self, stream_rebuilt: _Optional[_Union[StreamRebuilt, _Mapping]] = ..., event_parked: _Optional[_Union[EventParked, _Mapping]] = ..., parked_events_retried: _Optional[_Union[ParkedEventsRetried, _Mapping]] = ..., parked_event_skipped: _Optional[_Union[ParkedEventSkipped, _Mapping]] = ...) -> None: ...
