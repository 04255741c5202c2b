from huiyin.common.v1 import types_pb2 as _types_pb2
from huiyin.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Category(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CATEGORY_UNSPECIFIED: _ClassVar[Category]
    CATEGORY_CLAIM: _ClassVar[Category]
    CATEGORY_SUGGESTION: _ClassVar[Category]
    CATEGORY_ACCUSATION: _ClassVar[Category]
    CATEGORY_UNCLASSIFIED: _ClassVar[Category]
CATEGORY_UNSPECIFIED: Category
CATEGORY_CLAIM: Category
CATEGORY_SUGGESTION: Category
CATEGORY_ACCUSATION: Category
CATEGORY_UNCLASSIFIED: Category

class CaseReceived(_message.Message):
    __slots__ = ("case_id", "receipt_number", "channel", "first_receiver_unit_id", "anonymous", "petitioner", "petition", "transfer_deadline")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    FIRST_RECEIVER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    PETITIONER_FIELD_NUMBER: _ClassVar[int]
    PETITION_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    receipt_number: str
    channel: _types_pb2.Channel
    first_receiver_unit_id: str
    anonymous: bool
    petitioner: _types_pb2.Sealed
    petition: _types_pb2.Sealed
    transfer_deadline: _types_pb2.Deadline
    def __init__(self, case_id: _Optional[str] = ..., receipt_number: _Optional[str] = ..., channel: _Optional[_Union[_types_pb2.Channel, str]] = ..., first_receiver_unit_id: _Optional[str] = ..., anonymous: _Optional[bool] = ..., petitioner: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., petition: _Optional[_Union[_types_pb2.Sealed, _Mapping]] = ..., transfer_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

class CaseRegistered(_message.Message):
    __slots__ = ("case_id", "unit_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    unit_id: str
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ...) -> None: ...

class CaseClassified(_message.Message):
    __slots__ = ("case_id", "unit_id", "category", "subject", "competent_unit_id", "urgent", "receipt_number", "first_receiver_unit_id", "received_on", "transfer_deadline")
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
    def __init__(self, case_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., category: _Optional[_Union[Category, str]] = ..., subject: _Optional[str] = ..., competent_unit_id: _Optional[str] = ..., urgent: _Optional[bool] = ..., receipt_number: _Optional[str] = ..., first_receiver_unit_id: _Optional[str] = ..., received_on: _Optional[str] = ..., transfer_deadline: _Optional[_Union[_types_pb2.Deadline, _Mapping]] = ...) -> None: ...

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

class IntakeCaseEvent(_message.Message):
    __slots__ = ("case_received", "case_registered", "case_classified", "content_disclosed")
    CASE_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    CASE_REGISTERED_FIELD_NUMBER: _ClassVar[int]
    CASE_CLASSIFIED_FIELD_NUMBER: _ClassVar[int]
    CONTENT_DISCLOSED_FIELD_NUMBER: _ClassVar[int]
    case_received: CaseReceived
    case_registered: CaseRegistered
    case_classified: CaseClassified
    content_disclosed: ContentDisclosed
    def __init__(self, case_received: _Optional[_Union[CaseReceived, _Mapping]] = ..., case_registered: _Optional[_Union[CaseRegistered, _Mapping]] = ..., case_classified: _Optional[_Union[CaseClassified, _Mapping]] = ..., content_disclosed: _Optional[_Union[ContentDisclosed, _Mapping]] = ...) -> None: ...
