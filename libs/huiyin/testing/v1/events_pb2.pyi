from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NoteTaken(_message.Message):
    __slots__ = ("case_id", "words")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    words: str
    def __init__(self, case_id: _Optional[str] = ..., words: _Optional[str] = ...) -> None: ...

class TestingEvent(_message.Message):
    __slots__ = ("note_taken",)
    NOTE_TAKEN_FIELD_NUMBER: _ClassVar[int]
    note_taken: NoteTaken
    def __init__(self, note_taken: _Optional[_Union[NoteTaken, _Mapping]] = ...) -> None: ...
