from huiyin.options.v1 import options_pb2 as _options_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChainBroken(_message.Message):
    __slots__ = ("service", "position", "finding")
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    service: str
    position: int
    finding: str
    def __init__(self, service: _Optional[str] = ..., position: _Optional[int] = ..., finding: _Optional[str] = ...) -> None: ...

class AuditEvent(_message.Message):
    __slots__ = ("chain_broken",)
    CHAIN_BROKEN_FIELD_NUMBER: _ClassVar[int]
    chain_broken: ChainBroken
    def __init__(self, chain_broken: _Optional[_Union[ChainBroken, _Mapping]] = ...) -> None: ...
