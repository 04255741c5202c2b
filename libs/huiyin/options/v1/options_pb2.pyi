from google.protobuf import descriptor_pb2 as _descriptor_pb2
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor
ZH_FIELD_NUMBER: _ClassVar[int]
zh: _descriptor.FieldDescriptor
CASE_STATE_FIELD_NUMBER: _ClassVar[int]
case_state: _descriptor.FieldDescriptor
HOLDER_FIELD_NUMBER: _ClassVar[int]
holder: _descriptor.FieldDescriptor
