from huiyin.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NoticeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_KIND_UNSPECIFIED: _ClassVar[NoticeKind]
    NOTICE_KIND_RECEIPT: _ClassVar[NoticeKind]
    NOTICE_KIND_ACCEPTANCE: _ClassVar[NoticeKind]
    NOTICE_KIND_DEEMED_ACCEPTANCE: _ClassVar[NoticeKind]
    NOTICE_KIND_OPINION: _ClassVar[NoticeKind]
    NOTICE_KIND_CLOSING: _ClassVar[NoticeKind]
NOTICE_KIND_UNSPECIFIED: NoticeKind
NOTICE_KIND_RECEIPT: NoticeKind
NOTICE_KIND_ACCEPTANCE: NoticeKind
NOTICE_KIND_DEEMED_ACCEPTANCE: NoticeKind
NOTICE_KIND_OPINION: NoticeKind
NOTICE_KIND_CLOSING: NoticeKind

class NoticePrepared(_message.Message):
    __slots__ = ("case_id", "notice_key", "kind", "template", "disclosed_refs", "receipt_number", "unit_id", "happened_on", "clock", "due_on", "provisional", "finding")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    NOTICE_KEY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    DISCLOSED_REFS_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_ON_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    notice_key: str
    kind: NoticeKind
    template: str
    disclosed_refs: _containers.RepeatedScalarFieldContainer[str]
    receipt_number: str
    unit_id: str
    happened_on: str
    clock: str
    due_on: str
    provisional: bool
    finding: str
    def __init__(self, case_id: _Optional[str] = ..., notice_key: _Optional[str] = ..., kind: _Optional[_Union[NoticeKind, str]] = ..., template: _Optional[str] = ..., disclosed_refs: _Optional[_Iterable[str]] = ..., receipt_number: _Optional[str] = ..., unit_id: _Optional[str] = ..., happened_on: _Optional[str] = ..., clock: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ..., finding: _Optional[str] = ...) -> None: ...

class NoticeDelivered(_message.Message):
    __slots__ = ("case_id", "notice_key", "means", "document_sha256")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    NOTICE_KEY_FIELD_NUMBER: _ClassVar[int]
    MEANS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_SHA256_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    notice_key: str
    means: str
    document_sha256: bytes
    def __init__(self, case_id: _Optional[str] = ..., notice_key: _Optional[str] = ..., means: _Optional[str] = ..., document_sha256: _Optional[bytes] = ...) -> None: ...

class NoticeUndeliverable(_message.Message):
    __slots__ = ("case_id", "notice_key", "kind", "reason")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    NOTICE_KEY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    notice_key: str
    kind: NoticeKind
    reason: str
    def __init__(self, case_id: _Optional[str] = ..., notice_key: _Optional[str] = ..., kind: _Optional[_Union[NoticeKind, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class NotificationCaseEvent(_message.Message):
    __slots__ = ("notice_prepared", "notice_delivered", "notice_undeliverable")
    NOTICE_PREPARED_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DELIVERED_FIELD_NUMBER: _ClassVar[int]
    NOTICE_UNDELIVERABLE_FIELD_NUMBER: _ClassVar[int]
    notice_prepared: NoticePrepared
    notice_delivered: NoticeDelivered
    notice_undeliverable: NoticeUndeliverable
    def __init__(self, notice_prepared: _Optional[_Union[NoticePrepared, _Mapping]] = ..., notice_delivered: _Optional[_Union[NoticeDelivered, _Mapping]] = ..., notice_undeliverable: _Optional[_Union[NoticeUndeliverable, _Mapping]] = ...) -> None: ...
