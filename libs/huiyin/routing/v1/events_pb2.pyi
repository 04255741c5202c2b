from huiyin.common.v1 import types_pb2 as _types_pb2
from huiyin.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UnitKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNIT_KIND_UNSPECIFIED: _ClassVar[UnitKind]
    UNIT_KIND_PETITION_OFFICE: _ClassVar[UnitKind]
    UNIT_KIND_COMPETENT: _ClassVar[UnitKind]
    UNIT_KIND_GOVERNMENT: _ClassVar[UnitKind]

class UnitLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNIT_LEVEL_UNSPECIFIED: _ClassVar[UnitLevel]
    UNIT_LEVEL_NATION: _ClassVar[UnitLevel]
    UNIT_LEVEL_PROVINCE: _ClassVar[UnitLevel]
    UNIT_LEVEL_CITY: _ClassVar[UnitLevel]
    UNIT_LEVEL_COUNTY: _ClassVar[UnitLevel]
    UNIT_LEVEL_TOWNSHIP: _ClassVar[UnitLevel]

class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OUTCOME_UNSPECIFIED: _ClassVar[Outcome]
    OUTCOME_SUPPORTED: _ClassVar[Outcome]
    OUTCOME_EXPLAINED: _ClassVar[Outcome]
    OUTCOME_NOT_SUPPORTED: _ClassVar[Outcome]
    OUTCOME_PARTLY_SUPPORTED: _ClassVar[Outcome]
    OUTCOME_NOT_CODED: _ClassVar[Outcome]
UNIT_KIND_UNSPECIFIED: UnitKind
UNIT_KIND_PETITION_OFFICE: UnitKind
UNIT_KIND_COMPETENT: UnitKind
UNIT_KIND_GOVERNMENT: UnitKind
UNIT_LEVEL_UNSPECIFIED: UnitLevel
UNIT_LEVEL_NATION: UnitLevel
UNIT_LEVEL_PROVINCE: UnitLevel
UNIT_LEVEL_CITY: UnitLevel
UNIT_LEVEL_COUNTY: UnitLevel
UNIT_LEVEL_TOWNSHIP: UnitLevel
OUTCOME_UNSPECIFIED: Outcome
OUTCOME_SUPPORTED: Outcome
OUTCOME_EXPLAINED: Outcome
OUTCOME_NOT_SUPPORTED: Outcome
OUTCOME_PARTLY_SUPPORTED: Outcome
OUTCOME_NOT_CODED: Outcome

class UnitFounded(_message.Message):
    __slots__ = ("unit_id", "name", "kind", "level", "division", "parent_unit_id", "organ_code", "system_parent_unit_id", "capabilities", "revision")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    DIVISION_FIELD_NUMBER: _ClassVar[int]
    PARENT_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    ORGAN_CODE_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_PARENT_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    name: str
    kind: UnitKind
    level: UnitLevel
    division: str
    parent_unit_id: str
    organ_code: str
    system_parent_unit_id: str
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    revision: int
    def __init__(self, unit_id: _Optional[str] = ..., name: _Optional[str] = ..., kind: _Optional[_Union[UnitKind, str]] = ..., level: _Optional[_Union[UnitLevel, str]] = ..., division: _Optional[str] = ..., parent_unit_id: _Optional[str] = ..., organ_code: _Optional[str] = ..., system_parent_unit_id: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ..., revision: _Optional[int] = ...) -> None: ...

class HeadAppointed(_message.Message):
    __slots__ = ("unit_id", "head", "from_on")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    HEAD_FIELD_NUMBER: _ClassVar[int]
    FROM_ON_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    head: str
    from_on: str
    def __init__(self, unit_id: _Optional[str] = ..., head: _Optional[str] = ..., from_on: _Optional[str] = ...) -> None: ...

class UnitRenamed(_message.Message):
    __slots__ = ("unit_id", "name", "effective_on")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_ON_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    name: str
    effective_on: str
    def __init__(self, unit_id: _Optional[str] = ..., name: _Optional[str] = ..., effective_on: _Optional[str] = ...) -> None: ...

class UnitMoved(_message.Message):
    __slots__ = ("unit_id", "parent_unit_id", "system_parent_unit_id", "effective_on", "revision")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    PARENT_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_PARENT_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_ON_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    parent_unit_id: str
    system_parent_unit_id: str
    effective_on: str
    revision: int
    def __init__(self, unit_id: _Optional[str] = ..., parent_unit_id: _Optional[str] = ..., system_parent_unit_id: _Optional[str] = ..., effective_on: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class UnitSplit(_message.Message):
    __slots__ = ("unit_id", "into_unit_ids", "successor_unit_id", "effective_on", "revision")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    INTO_UNIT_IDS_FIELD_NUMBER: _ClassVar[int]
    SUCCESSOR_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_ON_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    into_unit_ids: _containers.RepeatedScalarFieldContainer[str]
    successor_unit_id: str
    effective_on: str
    revision: int
    def __init__(self, unit_id: _Optional[str] = ..., into_unit_ids: _Optional[_Iterable[str]] = ..., successor_unit_id: _Optional[str] = ..., effective_on: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class UnitMerged(_message.Message):
    __slots__ = ("unit_id", "successor_unit_id", "effective_on", "revision")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    SUCCESSOR_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_ON_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    successor_unit_id: str
    effective_on: str
    revision: int
    def __init__(self, unit_id: _Optional[str] = ..., successor_unit_id: _Optional[str] = ..., effective_on: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class UnitAbolished(_message.Message):
    __slots__ = ("unit_id", "successor_unit_id", "effective_on", "revision")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    SUCCESSOR_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_ON_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    successor_unit_id: str
    effective_on: str
    revision: int
    def __init__(self, unit_id: _Optional[str] = ..., successor_unit_id: _Optional[str] = ..., effective_on: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class SuccessorDesignated(_message.Message):
    __slots__ = ("unit_id", "successor_unit_id", "effective_on", "revision")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    SUCCESSOR_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_ON_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    successor_unit_id: str
    effective_on: str
    revision: int
    def __init__(self, unit_id: _Optional[str] = ..., successor_unit_id: _Optional[str] = ..., effective_on: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class UnitEvent(_message.Message):
    __slots__ = ("unit_founded", "head_appointed", "unit_renamed", "unit_moved", "unit_split", "unit_merged", "unit_abolished", "successor_designated")
    UNIT_FOUNDED_FIELD_NUMBER: _ClassVar[int]
    HEAD_APPOINTED_FIELD_NUMBER: _ClassVar[int]
    UNIT_RENAMED_FIELD_NUMBER: _ClassVar[int]
    UNIT_MOVED_FIELD_NUMBER: _ClassVar[int]
    UNIT_SPLIT_FIELD_NUMBER: _ClassVar[int]
    UNIT_MERGED_FIELD_NUMBER: _ClassVar[int]
    UNIT_ABOLISHED_FIELD_NUMBER: _ClassVar[int]
    SUCCESSOR_DESIGNATED_FIELD_NUMBER: _ClassVar[int]
    unit_founded: UnitFounded
    head_appointed: HeadAppointed
    unit_renamed: UnitRenamed
    unit_moved: UnitMoved
    unit_split: UnitSplit
    unit_merged: UnitMerged
    unit_abolished: UnitAbolished
    successor_designated: SuccessorDesignated
    def __init__(self, unit_founded: _Optional[_Union[UnitFounded, _Mapping]] = ..., head_appointed: _Optional[_Union[HeadAppointed, _Mapping]] = ..., unit_renamed: _Optional[_Union[UnitRenamed, _Mapping]] = ..., unit_moved: _Optional[_Union[UnitMoved, _Mapping]] = ..., unit_split: _Optional[_Union[UnitSplit, _Mapping]] = ..., unit_merged: _Optional[_Union[UnitMerged, _Mapping]] = ..., unit_abolished: _Optional[_Union[UnitAbolished, _Mapping]] = ..., successor_designated: _Optional[_Union[SuccessorDesignated, _Mapping]] = ...) -> None: ...

class DutyAssigned(_message.Message):
    __slots__ = ("unit_id", "subject", "division", "sender_unit_id", "version", "rank", "concludes", "from_on", "until_on", "basis")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    DIVISION_FIELD_NUMBER: _ClassVar[int]
    SENDER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    CONCLUDES_FIELD_NUMBER: _ClassVar[int]
    FROM_ON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_ON_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    subject: str
    division: str
    sender_unit_id: str
    version: int
    rank: int
    concludes: bool
    from_on: str
    until_on: str
    basis: str
    def __init__(self, unit_id: _Optional[str] = ..., subject: _Optional[str] = ..., division: _Optional[str] = ..., sender_unit_id: _Optional[str] = ..., version: _Optional[int] = ..., rank: _Optional[int] = ..., concludes: _Optional[bool] = ..., from_on: _Optional[str] = ..., until_on: _Optional[str] = ..., basis: _Optional[str] = ...) -> None: ...

class DutyEnded(_message.Message):
    __slots__ = ("unit_id", "subject", "division", "sender_unit_id", "version", "until_on")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    DIVISION_FIELD_NUMBER: _ClassVar[int]
    SENDER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    UNTIL_ON_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    subject: str
    division: str
    sender_unit_id: str
    version: int
    until_on: str
    def __init__(self, unit_id: _Optional[str] = ..., subject: _Optional[str] = ..., division: _Optional[str] = ..., sender_unit_id: _Optional[str] = ..., version: _Optional[int] = ..., until_on: _Optional[str] = ...) -> None: ...

class DutyEvent(_message.Message):
    __slots__ = ("duty_assigned", "duty_ended")
    DUTY_ASSIGNED_FIELD_NUMBER: _ClassVar[int]
    DUTY_ENDED_FIELD_NUMBER: _ClassVar[int]
    duty_assigned: DutyAssigned
    duty_ended: DutyEnded
    def __init__(self, duty_assigned: _Optional[_Union[DutyAssigned, _Mapping]] = ..., duty_ended: _Optional[_Union[DutyEnded, _Mapping]] = ...) -> None: ...

class CaseQueued(_message.Message):
    __slots__ = ("case_id", "first_receiver_unit_id", "competent_unit_id", "receipt_number", "received_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    FIRST_RECEIVER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    COMPETENT_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    first_receiver_unit_id: str
    competent_unit_id: str
    receipt_number: str
    received_on: str
    def __init__(self, case_id: _Optional[str] = ..., first_receiver_unit_id: _Optional[str] = ..., competent_unit_id: _Optional[str] = ..., receipt_number: _Optional[str] = ..., received_on: _Optional[str] = ...) -> None: ...

class CaseDequeued(_message.Message):
    __slots__ = ("case_id", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    reason: str
    def __init__(self, case_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CaseTransferred(_message.Message):
    __slots__ = ("case_id", "from_unit_id", "to_unit_id", "acceptance_deadline", "objection_deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    TO_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    OBJECTION_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    from_unit_id: str
    to_unit_id: str
    acceptance_deadline: _types_pb2.Deadline
    objection_deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., from_unit_id: _Optional[str] = ..., to_unit_id: _Optional[str] = ..., acceptance_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., objection_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class CaseAccepted(_message.Message):
    __slots__ = ("case_id", "unit_id", "handling_deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    HANDLING_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    handling_deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., handling_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class AcceptanceDeemed(_message.Message):
    __slots__ = ("case_id", "unit_id", "deemed_on", "handling_deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    DEEMED_ON_FIELD_NUMBER: _ClassVar[int]
    HANDLING_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    deemed_on: str
    handling_deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., deemed_on: _Optional[str] = ..., handling_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class OpinionSigned(_message.Message):
    __slots__ = ("case_id", "unit_id", "signed_on")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    SIGNED_ON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    signed_on: str
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., signed_on: _Optional[str] = ...) -> None: ...

class OpinionServed(_message.Message):
    __slots__ = ("case_id", "unit_id", "outcome", "opinion", "from_unit_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    OPINION_FIELD_NUMBER: _ClassVar[int]
    FROM_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    outcome: Outcome
    opinion: _types_pb2.Sealed
    from_unit_id: str
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., outcome: _Optional[_Union[Outcome, str]] = ..., opinion: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., from_unit_id: _Optional[str] = ...) -> None: ...

class RoutingCaseEvent(_message.Message):
    __slots__ = ("case_queued", "case_transferred", "case_accepted", "acceptance_deemed", "opinion_signed", "opinion_served", "case_dequeued")
    CASE_QUEUED_FIELD_NUMBER: _ClassVar[int]
    CASE_TRANSFERRED_FIELD_NUMBER: _ClassVar[int]
    CASE_ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_DEEMED_FIELD_NUMBER: _ClassVar[int]
    OPINION_SIGNED_FIELD_NUMBER: _ClassVar[int]
    OPINION_SERVED_FIELD_NUMBER: _ClassVar[int]
    CASE_DEQUEUED_FIELD_NUMBER: _ClassVar[int]
    case_queued: CaseQueued
    case_transferred: CaseTransferred
    case_accepted: CaseAccepted
    acceptance_deemed: AcceptanceDeemed
    opinion_signed: OpinionSigned
    opinion_served: OpinionServed
    case_dequeued: CaseDequeued
    def __init__(self, case_queued: _Optional[_Union[CaseQueued, _Mapping]] = ..., case_transferred: _Optional[_Union[CaseTransferred, _Mapping]] = ..., case_accepted: _Optional[_Union[CaseAccepted, _Mapping]] = ..., acceptance_deemed: _Optional[_Union[AcceptanceDeemed, _Mapping]] = ..., opinion_signed: _Optional[_Union[OpinionSigned, _Mapping]] = ..., opinion_served: _Optional[_Union[OpinionServed, _Mapping]] = ..., case_dequeued: _Optional[_Union[CaseDequeued, _Mapping]] = ...) -> None: ...
