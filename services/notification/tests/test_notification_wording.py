"""What petitioners read, word for word; and that nothing a person wrote can bend the message."""

from __future__ import annotations

import email
import email.policy
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from huiyin.notification.v1.events import NoticeKind
from notification.message import _words
from notification.petitioner import NAMELESS, read_petitioner
from notification.query_code import query_code
from notification.tests import notification_example as example

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"


async def sent(path: Path, kind: NoticeKind) -> bytes:
    office = example.Office(path)
    await office.prepare(NoticeKind.RECEIPT, *([] if kind is NoticeKind.RECEIPT else [kind]))
    while await office.sender().run():
        pass
    (found,) = (data for name, data in office.files().items() if name.startswith(f"{kind.name.lower()}-"))
    return found


def parsed(document: bytes) -> EmailMessage:
    message = email.message_from_bytes(document, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("kind", list(NoticeKind)[1:], ids=lambda kind: kind.name.lower())
async def test_the_notice_reads_as_agreed(kind: NoticeKind, tmp_path: Path) -> None:
    document = await sent(tmp_path, kind)
    golden = GOLDEN / f"{kind.name.lower()}.eml"
    assert document.decode() == golden.read_bytes().decode()


@pytest.mark.parametrize("kind", list(NoticeKind)[1:], ids=lambda kind: kind.name.lower())
async def test_a_second_writing_gives_the_same_bytes(kind: NoticeKind, tmp_path: Path) -> None:
    assert await sent(tmp_path / "one", kind) == await sent(tmp_path / "two", kind)


async def test_the_headers_tell_the_cause_the_disclosure_and_the_trace(tmp_path: Path) -> None:
    message = parsed(await sent(tmp_path, NoticeKind.RECEIPT))
    assert message["X-Huiyin-Notice"] == "receipt-intake-7"
    assert message["X-Huiyin-Cause"] == "intake:7"
    assert message["X-Huiyin-Disclosure"] == "notification:1"
    assert message["X-Huiyin-Trace"] == example.TRACE
    assert message["Date"] == "Mon, 18 Aug 2025 09:30:00 +0800"
    assert message["Message-ID"] == "<receipt-intake-7@notification.huiyin.invalid>"


async def test_a_long_paragraph_arrives_whole(tmp_path: Path) -> None:
    office = example.Office(tmp_path)
    text = "说明" * 2000
    example.OPINION_TEXT, before = text, example.OPINION_TEXT
    try:
        await office.prepare(NoticeKind.RECEIPT, NoticeKind.OPINION)
    finally:
        example.OPINION_TEXT = before
    await office.sender().run()
    document = office.files()["opinion-routing-7.huiyin"]
    assert max(map(len, document.split(b"\r\n"))) <= 998
    assert text in parsed(document).get_content()


@pytest.mark.parametrize(
    ("content", "name", "contact"),
    [
        ('{"name": "李某某", "contact": "14000000102"}'.encode(), "李某某", "14000000102"),
        ("王某".encode(), "王某", ""),
        (b"{}", NAMELESS, ""),
        (b"", NAMELESS, ""),
        ("赵某\r\nBcc: someone@example.org".encode(), "赵某 Bcc: someone@example.org", ""),
        ('{"name": "钱\\u0000某"}'.encode(), "钱 某", ""),
        (b"\xff\xfe", "\ufffd\ufffd", ""),
        (b"[1, 2]", "[1, 2]", ""),
        (b'{"name": null, "phone": 14000000103}', NAMELESS, "14000000103"),
    ],
)
def test_whatever_stands_in_the_field_the_name_is_one_line(content: bytes, name: str, contact: str) -> None:
    petitioner = read_petitioner(content)
    assert (petitioner.name, petitioner.contact) == (name, contact)


def test_neither_name_nor_contact_is_shown_by_repr() -> None:
    assert "张某" not in repr(read_petitioner('{"name": "张某", "phone": "张某"}'.encode()))


def test_the_query_code_is_the_one_that_intake_gives_out() -> None:
    from intake.domain.receipt import query_code as of_intake

    assert query_code(example.KEY, example.CASE) == of_intake(example.KEY, example.CASE)


def test_no_notice_presses_or_promises() -> None:
    for path in (HERE.parent / "templates").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for word in ("好评", "满意", "奖", "务必评价", "五星", "谢绝", "否则"):
            assert word not in text, f"{path.name}: {word}"


@pytest.mark.parametrize(
    "contact",
    [
        "x" * 55 + " 字" * 40,
        "字" * 100,
        " ".join(["word"] * 12) + " 云岭区柳荫街道",
        "a.b@c.example, =?x?=",
        "someone@an.example，" + "x" * 90,
    ],
)
def test_a_contact_of_any_length_is_read_back_as_it_was(contact: str) -> None:
    name, value = _words("X-Huiyin-Contact", contact)
    mail = message_from_bytes(f"{name}: {value}\r\n\r\n".encode(), policy=SMTP)
    assert mail["X-Huiyin-Contact"] == contact
    assert value == contact or not contact.isascii() or "=?" in contact
    assert all(len(line) <= 78 for line in f"{name}: {value}".split("\r\n"))
