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

class Route(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROUTE_UNSPECIFIED: _ClassVar[Route]
    ROUTE_LITIGATION: _ClassVar[Route]
    ROUTE_ARBITRATION: _ClassVar[Route]
    ROUTE_PARTY_APPEAL: _ClassVar[Route]
    ROUTE_RECONSIDERATION: _ClassVar[Route]
    ROUTE_PERFORMANCE: _ClassVar[Route]
    ROUTE_PETITION: _ClassVar[Route]

class NonAcceptanceGround(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NON_ACCEPTANCE_GROUND_UNSPECIFIED: _ClassVar[NonAcceptanceGround]
    NON_ACCEPTANCE_GROUND_DUPLICATE: _ClassVar[NonAcceptanceGround]
    NON_ACCEPTANCE_GROUND_FINAL_OPINION: _ClassVar[NonAcceptanceGround]

class WithdrawalChannel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WITHDRAWAL_CHANNEL_UNSPECIFIED: _ClassVar[WithdrawalChannel]
    WITHDRAWAL_CHANNEL_PETITIONER: _ClassVar[WithdrawalChannel]
    WITHDRAWAL_CHANNEL_OFFICE_TERMINAL: _ClassVar[WithdrawalChannel]

class SuggestionOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUGGESTION_OUTCOME_UNSPECIFIED: _ClassVar[SuggestionOutcome]
    SUGGESTION_OUTCOME_ADOPTED: _ClassVar[SuggestionOutcome]
    SUGGESTION_OUTCOME_PARTLY_ADOPTED: _ClassVar[SuggestionOutcome]
    SUGGESTION_OUTCOME_NOT_ADOPTED: _ClassVar[SuggestionOutcome]

class Jointness(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    JOINTNESS_UNSPECIFIED: _ClassVar[Jointness]
    JOINTNESS_SINGLE: _ClassVar[Jointness]
    JOINTNESS_JOINT: _ClassVar[Jointness]
    JOINTNESS_COLLECTIVE_VISIT: _ClassVar[Jointness]

class Scan(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCAN_UNSPECIFIED: _ClassVar[Scan]
    SCAN_NOT_SCANNED: _ClassVar[Scan]
    SCAN_CLEAN: _ClassVar[Scan]

class Category(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CATEGORY_UNSPECIFIED: _ClassVar[Category]
    CATEGORY_CLAIM: _ClassVar[Category]
    CATEGORY_SUGGESTION: _ClassVar[Category]
    CATEGORY_ACCUSATION: _ClassVar[Category]
    CATEGORY_UNCLASSIFIED: _ClassVar[Category]
ROUTE_UNSPECIFIED: Route
ROUTE_LITIGATION: Route
ROUTE_ARBITRATION: Route
ROUTE_PARTY_APPEAL: Route
ROUTE_RECONSIDERATION: Route
ROUTE_PERFORMANCE: Route
ROUTE_PETITION: Route
NON_ACCEPTANCE_GROUND_UNSPECIFIED: NonAcceptanceGround
NON_ACCEPTANCE_GROUND_DUPLICATE: NonAcceptanceGround
NON_ACCEPTANCE_GROUND_FINAL_OPINION: NonAcceptanceGround
WITHDRAWAL_CHANNEL_UNSPECIFIED: WithdrawalChannel
WITHDRAWAL_CHANNEL_PETITIONER: WithdrawalChannel
WITHDRAWAL_CHANNEL_OFFICE_TERMINAL: WithdrawalChannel
SUGGESTION_OUTCOME_UNSPECIFIED: SuggestionOutcome
SUGGESTION_OUTCOME_ADOPTED: SuggestionOutcome
SUGGESTION_OUTCOME_PARTLY_ADOPTED: SuggestionOutcome
SUGGESTION_OUTCOME_NOT_ADOPTED: SuggestionOutcome
JOINTNESS_UNSPECIFIED: Jointness
JOINTNESS_SINGLE: Jointness
JOINTNESS_JOINT: Jointness
JOINTNESS_COLLECTIVE_VISIT: Jointness
SCAN_UNSPECIFIED: Scan
SCAN_NOT_SCANNED: Scan
SCAN_CLEAN: Scan
CATEGORY_UNSPECIFIED: Category
CATEGORY_CLAIM: Category
CATEGORY_SUGGESTION: Category
CATEGORY_ACCUSATION: Category
CATEGORY_UNCLASSIFIED: Category

class CaseReceived(_message.Message):
    __slots__ = ("case_id", "receipt_number", "channel", "first_receiver_unit_id", "anonymous", "petitioner", "petition", "transfer_deadline", "key_in_deadline", "filing", "representatives", "parent_case_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    FIRST_RECEIVER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    PETITIONER_FIELD_NUMBER: _ClassVar[int]
    PETITION_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    KEY_IN_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    FILING_FIELD_NUMBER: _ClassVar[int]
    REPRESENTATIVES_FIELD_NUMBER: _ClassVar[int]
    PARENT_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    receipt_number: str
    channel: _types_pb2.Channel
    first_receiver_unit_id: str
    anonymous: bool
    petitioner: _types_pb2.Sealed
    petition: _types_pb2.Sealed
    transfer_deadline: _types_pb2.Deadline
    key_in_deadline: _types_pb2.Deadline
    filing: Filing
    representatives: _types_pb2.Sealed
    parent_case_id: str
    def __init__(self, case_id: _Optional[str] = ..., receipt_number: _Optional[str] = ..., channel: _Optional[_Union[_types_pb2.Channel, str]] = ..., first_receiver_unit_id: _Optional[str] = ..., anonymous: _Optional[bool] = ..., petitioner: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., petition: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., transfer_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., key_in_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., filing: _Optional[_Union[Filing, _Mapping]] = ..., representatives: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., parent_case_id: _Optional[str] = ...) -> None: ...

class Filing(_message.Message):
    __slots__ = ("confidential", "external_number", "jointness", "petitioners", "representatives")
    CONFIDENTIAL_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    JOINTNESS_FIELD_NUMBER: _ClassVar[int]
    PETITIONERS_FIELD_NUMBER: _ClassVar[int]
    REPRESENTATIVES_FIELD_NUMBER: _ClassVar[int]
    confidential: bool
    external_number: str
    jointness: Jointness
    petitioners: int
    representatives: int
    def __init__(self, confidential: _Optional[bool] = ..., external_number: _Optional[str] = ..., jointness: _Optional[_Union[Jointness, str]] = ..., petitioners: _Optional[int] = ..., representatives: _Optional[int] = ...) -> None: ...

class CaseRegistered(_message.Message):
    __slots__ = ("case_id", "unit_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ...) -> None: ...

class CaseClassified(_message.Message):
    __slots__ = ("case_id", "unit_id", "category", "subject", "competent_unit_id", "urgent", "receipt_number", "first_receiver_unit_id", "received_on", "transfer_deadline", "route", "legal_basis", "subject_code", "taxonomy", "secondary_codes", "facets", "campaign_tags", "cause_act_id", "outside_evaluation", "by_ref")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    COMPETENT_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    URGENT_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    FIRST_RECEIVER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_CODE_FIELD_NUMBER: _ClassVar[int]
    TAXONOMY_FIELD_NUMBER: _ClassVar[int]
    SECONDARY_CODES_FIELD_NUMBER: _ClassVar[int]
    FACETS_FIELD_NUMBER: _ClassVar[int]
    CAMPAIGN_TAGS_FIELD_NUMBER: _ClassVar[int]
    CAUSE_ACT_ID_FIELD_NUMBER: _ClassVar[int]
    OUTSIDE_EVALUATION_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    category: Category
    subject: str
    competent_unit_id: str
    urgent: bool
    receipt_number: str
    first_receiver_unit_id: str
    received_on: str
    transfer_deadline: _types_pb2.Deadline
    route: Route
    legal_basis: str
    subject_code: str
    taxonomy: str
    secondary_codes: _containers.RepeatedScalarFieldContainer[str]
    facets: _containers.RepeatedScalarFieldContainer[str]
    campaign_tags: _containers.RepeatedScalarFieldContainer[str]
    cause_act_id: str
    outside_evaluation: bool
    by_ref: str
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., category: _Optional[_Union[Category, str]] = ..., subject: _Optional[str] = ..., competent_unit_id: _Optional[str] = ..., urgent: _Optional[bool] = ..., receipt_number: _Optional[str] = ..., first_receiver_unit_id: _Optional[str] = ..., received_on: _Optional[str] = ..., transfer_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., route: _Optional[_Union[Route, str]] = ..., legal_basis: _Optional[str] = ..., subject_code: _Optional[str] = ..., taxonomy: _Optional[str] = ..., secondary_codes: _Optional[_Iterable[str]] = ..., facets: _Optional[_Iterable[str]] = ..., campaign_tags: _Optional[_Iterable[str]] = ..., cause_act_id: _Optional[str] = ..., outside_evaluation: _Optional[bool] = ..., by_ref: _Optional[str] = ...) -> None: ...

class ContentDisclosed(_message.Message):
    __slots__ = ("case_id", "items", "to_unit_id", "purpose")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    TO_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    items: _containers.RepeatedScalarFieldContainer[str]
    to_unit_id: str
    purpose: str
    def __init__(self, case_id: _Optional[str] = ..., items: _Optional[_Iterable[str]] = ..., to_unit_id: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class CaseRoutedOut(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "route", "organ_name", "legal_basis", "organ_limit", "notice", "outside_evaluation")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    ORGAN_NAME_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    ORGAN_LIMIT_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    OUTSIDE_EVALUATION_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    route: Route
    organ_name: str
    legal_basis: str
    organ_limit: str
    notice: _types_pb2.Sealed
    outside_evaluation: bool
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., route: _Optional[_Union[Route, str]] = ..., organ_name: _Optional[str] = ..., legal_basis: _Optional[str] = ..., organ_limit: _Optional[str] = ..., notice: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., outside_evaluation: _Optional[bool] = ...) -> None: ...

class NonAcceptanceProposed(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "ground", "earlier_case_id", "earlier_unit_id", "earlier_due_on", "notice")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    EARLIER_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    EARLIER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EARLIER_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    ground: NonAcceptanceGround
    earlier_case_id: str
    earlier_unit_id: str
    earlier_due_on: str
    notice: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., ground: _Optional[_Union[NonAcceptanceGround, str]] = ..., earlier_case_id: _Optional[str] = ..., earlier_unit_id: _Optional[str] = ..., earlier_due_on: _Optional[str] = ..., notice: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class NonAcceptanceDeclined(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    reason: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., reason: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class CaseNotAccepted(_message.Message):
    __slots__ = ("case_id", "unit_id", "ground", "legal_basis", "earlier_case_id", "earlier_unit_id", "earlier_due_on", "proposed_by_ref", "confirmed_by_ref", "notice")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    EARLIER_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    EARLIER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EARLIER_DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_BY_REF_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_BY_REF_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    ground: NonAcceptanceGround
    legal_basis: str
    earlier_case_id: str
    earlier_unit_id: str
    earlier_due_on: str
    proposed_by_ref: str
    confirmed_by_ref: str
    notice: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., ground: _Optional[_Union[NonAcceptanceGround, str]] = ..., legal_basis: _Optional[str] = ..., earlier_case_id: _Optional[str] = ..., earlier_unit_id: _Optional[str] = ..., earlier_due_on: _Optional[str] = ..., proposed_by_ref: _Optional[str] = ..., confirmed_by_ref: _Optional[str] = ..., notice: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class CaseSplit(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "part_case_ids")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    PART_CASE_IDS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    part_case_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., part_case_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class AccusationSealed(_message.Message):
    __slots__ = ("case_id", "unit_id", "received_on", "receipt_hash", "passing_deadline", "accused")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_HASH_FIELD_NUMBER: _ClassVar[int]
    PASSING_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    ACCUSED_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    received_on: str
    receipt_hash: bytes
    passing_deadline: _types_pb2.Deadline
    accused: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., received_on: _Optional[str] = ..., receipt_hash: _Optional[bytes] = ..., passing_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., accused: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class WithdrawalRequested(_message.Message):
    __slots__ = ("case_id", "channel", "unit_id", "confirm_from_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_FROM_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    channel: WithdrawalChannel
    unit_id: str
    confirm_from_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., channel: _Optional[_Union[WithdrawalChannel, str]] = ..., unit_id: _Optional[str] = ..., confirm_from_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseWithdrawn(_message.Message):
    __slots__ = ("case_id", "requested_by_channel")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_BY_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    requested_by_channel: WithdrawalChannel
    def __init__(self, case_id: _Optional[str] = ..., requested_by_channel: _Optional[_Union[WithdrawalChannel, str]] = ...) -> None: ...

class SealedReportReceived(_message.Message):
    __slots__ = ("case_id", "report", "to_unit_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REPORT_FIELD_NUMBER: _ClassVar[int]
    TO_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    report: _types_pb2.Sealed
    to_unit_id: str
    def __init__(self, case_id: _Optional[str] = ..., report: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., to_unit_id: _Optional[str] = ...) -> None: ...

class RegistrationCorrected(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "old_channel", "new_channel", "old_received_on", "new_received_on", "transfer_deadline", "reason", "confirmed_by_ref")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    OLD_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    NEW_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    OLD_RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    NEW_RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_BY_REF_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    old_channel: _types_pb2.Channel
    new_channel: _types_pb2.Channel
    old_received_on: str
    new_received_on: str
    transfer_deadline: _types_pb2.Deadline
    reason: _types_pb2.Sealed
    confirmed_by_ref: str
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., old_channel: _Optional[_Union[_types_pb2.Channel, str]] = ..., new_channel: _Optional[_Union[_types_pb2.Channel, str]] = ..., old_received_on: _Optional[str] = ..., new_received_on: _Optional[str] = ..., transfer_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ..., reason: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., confirmed_by_ref: _Optional[str] = ...) -> None: ...

class CorrectionProposed(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "new_channel", "new_received_on", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    NEW_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    NEW_RECEIVED_ON_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    new_channel: _types_pb2.Channel
    new_received_on: str
    reason: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., new_channel: _Optional[_Union[_types_pb2.Channel, str]] = ..., new_received_on: _Optional[str] = ..., reason: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class Classification(_message.Message):
    __slots__ = ("category", "route", "legal_basis", "subject", "subject_code", "taxonomy", "competent_unit_id", "urgent", "outside_evaluation")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_CODE_FIELD_NUMBER: _ClassVar[int]
    TAXONOMY_FIELD_NUMBER: _ClassVar[int]
    COMPETENT_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    URGENT_FIELD_NUMBER: _ClassVar[int]
    OUTSIDE_EVALUATION_FIELD_NUMBER: _ClassVar[int]
    category: Category
    route: Route
    legal_basis: str
    subject: str
    subject_code: str
    taxonomy: str
    competent_unit_id: str
    urgent: bool
    outside_evaluation: bool
    def __init__(self, category: _Optional[_Union[Category, str]] = ..., route: _Optional[_Union[Route, str]] = ..., legal_basis: _Optional[str] = ..., subject: _Optional[str] = ..., subject_code: _Optional[str] = ..., taxonomy: _Optional[str] = ..., competent_unit_id: _Optional[str] = ..., urgent: _Optional[bool] = ..., outside_evaluation: _Optional[bool] = ...) -> None: ...

class ReclassificationProposed(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "new", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    NEW_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    new: Classification
    reason: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., new: _Optional[_Union[Classification, _Mapping]] = ..., reason: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class CaseReclassified(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "confirmed_by_ref", "old", "new", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_BY_REF_FIELD_NUMBER: _ClassVar[int]
    OLD_FIELD_NUMBER: _ClassVar[int]
    NEW_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    confirmed_by_ref: str
    old: Classification
    new: Classification
    reason: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., confirmed_by_ref: _Optional[str] = ..., old: _Optional[_Union[Classification, _Mapping]] = ..., new: _Optional[_Union[Classification, _Mapping]] = ..., reason: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class VoidingProposed(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "kept_case_id", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    KEPT_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    kept_case_id: str
    reason: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., kept_case_id: _Optional[str] = ..., reason: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class RegistrationVoided(_message.Message):
    __slots__ = ("case_id", "unit_id", "by_ref", "confirmed_by_ref", "kept_case_id", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BY_REF_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_BY_REF_FIELD_NUMBER: _ClassVar[int]
    KEPT_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    by_ref: str
    confirmed_by_ref: str
    kept_case_id: str
    reason: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., by_ref: _Optional[str] = ..., confirmed_by_ref: _Optional[str] = ..., kept_case_id: _Optional[str] = ..., reason: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class SuggestionStudied(_message.Message):
    __slots__ = ("case_id", "unit_id", "reply_deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    REPLY_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    reply_deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., reply_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class SuggestionDecided(_message.Message):
    __slots__ = ("case_id", "unit_id", "outcome", "reply")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    outcome: SuggestionOutcome
    reply: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., outcome: _Optional[_Union[SuggestionOutcome, str]] = ..., reply: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class OralRecordConfirmed(_message.Message):
    __slots__ = ("case_id", "unit_id", "record", "corrections")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    CORRECTIONS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    record: _types_pb2.Sealed
    corrections: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., record: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., corrections: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class MaterialAdded(_message.Message):
    __slots__ = ("case_id", "material")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    MATERIAL_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    material: _types_pb2.Sealed
    def __init__(self, case_id: _Optional[str] = ..., material: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ...) -> None: ...

class AttachmentAdded(_message.Message):
    __slots__ = ("case_id", "unit_id", "attachment", "media_type", "size_bytes", "scan")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENT_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SCAN_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    attachment: _types_pb2.Sealed
    media_type: str
    size_bytes: int
    scan: Scan
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., attachment: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., media_type: _Optional[str] = ..., size_bytes: _Optional[int] = ..., scan: _Optional[_Union[Scan, str]] = ...) -> None: ...

class UrgentMatterFlagged(_message.Message):
    __slots__ = ("case_id", "unit_id", "aware_at", "report_deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    AWARE_AT_FIELD_NUMBER: _ClassVar[int]
    REPORT_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    aware_at: _timestamp_pb2.Timestamp
    report_deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., aware_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., report_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class UrgentMatterReported(_message.Message):
    __slots__ = ("case_id", "unit_id", "to_unit_ids", "reported_at", "aware_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    TO_UNIT_IDS_FIELD_NUMBER: _ClassVar[int]
    REPORTED_AT_FIELD_NUMBER: _ClassVar[int]
    AWARE_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    to_unit_ids: _containers.RepeatedScalarFieldContainer[str]
    reported_at: _timestamp_pb2.Timestamp
    aware_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., to_unit_ids: _Optional[_Iterable[str]] = ..., reported_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., aware_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class IntakeCaseEvent(_message.Message):
    __slots__ = ("case_received", "case_registered", "case_classified", "content_disclosed", "oral_record_confirmed", "material_added", "attachment_added", "urgent_matter_flagged", "urgent_matter_reported", "case_routed_out", "non_acceptance_proposed", "non_acceptance_declined", "case_not_accepted", "case_split", "accusation_sealed", "withdrawal_requested", "case_withdrawn", "sealed_report_received", "registration_corrected", "reclassification_proposed", "case_reclassified", "voiding_proposed", "registration_voided", "suggestion_studied", "suggestion_decided", "correction_proposed")
    CASE_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    CASE_REGISTERED_FIELD_NUMBER: _ClassVar[int]
    CASE_CLASSIFIED_FIELD_NUMBER: _ClassVar[int]
    CONTENT_DISCLOSED_FIELD_NUMBER: _ClassVar[int]
    ORAL_RECORD_CONFIRMED_FIELD_NUMBER: _ClassVar[int]
    MATERIAL_ADDED_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENT_ADDED_FIELD_NUMBER: _ClassVar[int]
    URGENT_MATTER_FLAGGED_FIELD_NUMBER: _ClassVar[int]
    URGENT_MATTER_REPORTED_FIELD_NUMBER: _ClassVar[int]
    CASE_ROUTED_OUT_FIELD_NUMBER: _ClassVar[int]
    NON_ACCEPTANCE_PROPOSED_FIELD_NUMBER: _ClassVar[int]
    NON_ACCEPTANCE_DECLINED_FIELD_NUMBER: _ClassVar[int]
    CASE_NOT_ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    CASE_SPLIT_FIELD_NUMBER: _ClassVar[int]
    ACCUSATION_SEALED_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWAL_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    CASE_WITHDRAWN_FIELD_NUMBER: _ClassVar[int]
    SEALED_REPORT_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    REGISTRATION_CORRECTED_FIELD_NUMBER: _ClassVar[int]
    RECLASSIFICATION_PROPOSED_FIELD_NUMBER: _ClassVar[int]
    CASE_RECLASSIFIED_FIELD_NUMBER: _ClassVar[int]
    VOIDING_PROPOSED_FIELD_NUMBER: _ClassVar[int]
    REGISTRATION_VOIDED_FIELD_NUMBER: _ClassVar[int]
    SUGGESTION_STUDIED_FIELD_NUMBER: _ClassVar[int]
    SUGGESTION_DECIDED_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_PROPOSED_FIELD_NUMBER: _ClassVar[int]
    case_received: CaseReceived
    case_registered: CaseRegistered
    case_classified: CaseClassified
    content_disclosed: ContentDisclosed
    oral_record_confirmed: OralRecordConfirmed
    material_added: MaterialAdded
    attachment_added: AttachmentAdded
    urgent_matter_flagged: UrgentMatterFlagged
    urgent_matter_reported: UrgentMatterReported
    case_routed_out: CaseRoutedOut
    non_acceptance_proposed: NonAcceptanceProposed
    non_acceptance_declined: NonAcceptanceDeclined
    case_not_accepted: CaseNotAccepted
    case_split: CaseSplit
    accusation_sealed: AccusationSealed
    withdrawal_requested: WithdrawalRequested
    case_withdrawn: CaseWithdrawn
    sealed_report_received: SealedReportReceived
    registration_corrected: RegistrationCorrected
    reclassification_proposed: ReclassificationProposed
    case_reclassified: CaseReclassified
    voiding_proposed: VoidingProposed
    registration_voided: RegistrationVoided
    suggestion_studied: SuggestionStudied
    suggestion_decided: SuggestionDecided
    correction_proposed: CorrectionProposed
    def __init__(self, case_received: _Optional[_Union[CaseReceived, _Mapping]] = ..., case_registered: _Optional[_Union[CaseRegistered, _Mapping]] = ..., case_classified: _Optional[_Union[CaseClassified, _Mapping]] = ..., content_disclosed: _Optional[_Union[ContentDisclosed, _Mapping]] = ..., oral_record_confirmed: _Optional[_Union[OralRecordConfirmed, _Mapping]] = ..., material_added: _Optional[_Union[MaterialAdded, _Mapping]] = ..., attachment_added: _Optional[_Union[AttachmentAdded, _Mapping]] = ..., urgent_matter_flagged: _Optional[_Union[UrgentMatterFlagged, _Mapping]] = ..., urgent_matter_reported: _Optional[_Union[UrgentMatterReported, _Mapping]] = ..., case_routed_out: _Optional[_Union[CaseRoutedOut, _Mapping]] = ..., non_acceptance_proposed: _Optional[_Union[NonAcceptanceProposed, _Mapping]] = ..., non_acceptance_declined: _Optional[_Union[NonAcceptanceDeclined, _Mapping]] = ..., case_not_accepted: _Optional[_Union[CaseNotAccepted, _Mapping]] = ..., case_split: _Optional[_Union[CaseSplit, _Mapping]] = ..., accusation_sealed: _Optional[_Union[AccusationSealed, _Mapping]] = ..., withdrawal_requested: _Optional[_Union[WithdrawalRequested, _Mapping]] = ..., case_withdrawn: _Optional[_Union[CaseWithdrawn, _Mapping]] = ..., sealed_report_received: _Optional[_Union[SealedReportReceived, _Mapping]] = ..., registration_corrected: _Optional[_Union[RegistrationCorrected, _Mapping]] = ..., reclassification_proposed: _Optional[_Union[ReclassificationProposed, _Mapping]] = ..., case_reclassified: _Optional[_Union[CaseReclassified, _Mapping]] = ..., voiding_proposed: _Optional[_Union[VoidingProposed, _Mapping]] = ..., registration_voided: _Optional[_Union[RegistrationVoided, _Mapping]] = ..., suggestion_studied: _Optional[_Union[SuggestionStudied, _Mapping]] = ..., suggestion_decided: _Optional[_Union[SuggestionDecided, _Mapping]] = ..., correction_proposed: _Optional[_Union[CorrectionProposed, _Mapping]] = ...) -> None: ...
