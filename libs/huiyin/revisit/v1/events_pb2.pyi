from huiyin.common.v1 import types_pb2 as _types_pb2
from huiyin.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Reach(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REACH_UNSPECIFIED: _ClassVar[Reach]
    REACH_REACHED: _ClassVar[Reach]
    REACH_UNREACHED: _ClassVar[Reach]
    REACH_REFUSED: _ClassVar[Reach]

class Answer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_UNSPECIFIED: _ClassVar[Answer]
    ANSWER_YES: _ClassVar[Answer]
    ANSWER_NO: _ClassVar[Answer]
    ANSWER_NOT_GIVEN: _ClassVar[Answer]

class ClosingGround(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLOSING_GROUND_UNSPECIFIED: _ClassVar[ClosingGround]
    CLOSING_GROUND_CONFIRMED: _ClassVar[ClosingGround]
    CLOSING_GROUND_REVIEW_PERIOD_ENDED: _ClassVar[ClosingGround]
REACH_UNSPECIFIED: Reach
REACH_REACHED: Reach
REACH_UNREACHED: Reach
REACH_REFUSED: Reach
ANSWER_UNSPECIFIED: Answer
ANSWER_YES: Answer
ANSWER_NO: Answer
ANSWER_NOT_GIVEN: Answer
CLOSING_GROUND_UNSPECIFIED: ClosingGround
CLOSING_GROUND_CONFIRMED: ClosingGround
CLOSING_GROUND_REVIEW_PERIOD_ENDED: ClosingGround

class RevisitQueued(_message.Message):
    __slots__ = ("case_id", "handler_unit_id", "revisit_deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    HANDLER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISIT_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    handler_unit_id: str
    revisit_deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., handler_unit_id: _Optional[str] = ..., revisit_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class RevisitAssigned(_message.Message):
    __slots__ = ("case_id", "unit_id", "handler_unit_id", "revisit_deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    HANDLER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISIT_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    handler_unit_id: str
    revisit_deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., handler_unit_id: _Optional[str] = ..., revisit_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class CallBackRecorded(_message.Message):
    __slots__ = ("case_id", "unit_id", "reach", "contacted", "reply_received", "promise_kept", "satisfied")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    REACH_FIELD_NUMBER: _ClassVar[int]
    CONTACTED_FIELD_NUMBER: _ClassVar[int]
    REPLY_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    PROMISE_KEPT_FIELD_NUMBER: _ClassVar[int]
    SATISFIED_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    reach: Reach
    contacted: Answer
    reply_received: Answer
    promise_kept: Answer
    satisfied: Answer
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., reach: _Optional[_Union[Reach, str]] = ..., contacted: _Optional[_Union[Answer, str]] = ..., reply_received: _Optional[_Union[Answer, str]] = ..., promise_kept: _Optional[_Union[Answer, str]] = ..., satisfied: _Optional[_Union[Answer, str]] = ...) -> None: ...

class CaseClosed(_message.Message):
    __slots__ = ("case_id", "unit_id", "ground")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    ground: ClosingGround
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., ground: _Optional[_Union[ClosingGround, str]] = ...) -> None: ...

class RevisitCaseEvent(_message.Message):
    __slots__ = ("revisit_assigned", "call_back_recorded", "case_closed", "revisit_queued")
    REVISIT_ASSIGNED_FIELD_NUMBER: _ClassVar[int]
    CALL_BACK_RECORDED_FIELD_NUMBER: _ClassVar[int]
    CASE_CLOSED_FIELD_NUMBER: _ClassVar[int]
    REVISIT_QUEUED_FIELD_NUMBER: _ClassVar[int]
    revisit_assigned: RevisitAssigned
    call_back_recorded: CallBackRecorded
    case_closed: CaseClosed
    revisit_queued: RevisitQueued
    def __init__(self, revisit_assigned: _Optional[_Union[RevisitAssigned, _Mapping]] = ..., call_back_recorded: _Optional[_Union[CallBackRecorded, _Mapping]] = ..., case_closed: _Optional[_Union[CaseClosed, _Mapping]] = ..., revisit_queued: _Optional[_Union[RevisitQueued, _Mapping]] = ...) -> None: ...
