"""Reading a CSV file row by row, however damaged."""

from collections.abc import Callable
from pathlib import Path

import pytest

from huiyin.importing import rows
from huiyin.importing.rows import BadRow, CsvFile, Row, UnreadableFile

HEADER = b"id,text\n"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], list[Row | BadRow]]:
    def read(content: bytes) -> list[Row | BadRow]:
        path = tmp_path / "rows.csv"
        path.write_bytes(content)
        return list(CsvFile(path, ["id", "text"]).rows())

    return read


Read = Callable[[bytes], list[Row | BadRow]]


def ids(found: list[Row | BadRow]) -> list[str]:
    return [row.values["id"] for row in found if isinstance(row, Row)]


def bad(found: list[Row | BadRow]) -> list[int]:
    return [row.number for row in found if isinstance(row, BadRow)]


def test_quoted_fields_hold_line_breaks_commas_and_quotes(read: Read) -> None:
    (row,) = read(HEADER + '1,"第一行\r\n第二行, ""引文"""\n'.encode())
    assert row == Row(1, {"id": "1", "text": '第一行\r\n第二行, "引文"'})


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_byte_order_mark_and_any_line_end_make_no_difference(read: Read, start: bytes, end: bytes) -> None:
    found = read(start + b"id,text" + end + b"1,a" + end + end + b"2,b" + end)
    assert found == [Row(1, {"id": "1", "text": "a"}), Row(2, {"id": "2", "text": "b"})]


def test_bytes_that_are_no_utf8_cost_their_row_only(read: Read) -> None:
    found = read(HEADER + b"1,\xff\xfe\n2,b\n")
    assert (bad(found), ids(found)) == ([1], ["2"])


def test_a_nul_costs_its_row_only(read: Read) -> None:
    found = read(HEADER + b"1,a\0b\n2,b\n")
    assert (bad(found), ids(found)) == ([1], ["2"])


def test_too_many_or_too_few_columns_cost_their_row_only(read: Read) -> None:
    found = read(HEADER + b"1\n2,b\n3,c,d\n4,e\n")
    assert (bad(found), ids(found)) == ([1, 3], ["2", "4"])
    assert isinstance(found[2], BadRow)
    assert found[2].id == "3"


@pytest.mark.parametrize("rest", [b"2,b\n3,c\n", b'2,"b"\n3,c\n', b'2,"b\nb"\n3,c\n'])
def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_behind_it(read: Read, rest: bytes) -> None:
    found = read(HEADER + b'1,"a\n' + rest)
    assert (bad(found), ids(found)) == ([1], ["2", "3"])


def test_ten_megabytes_of_text_are_read_whole(read: Read) -> None:
    found = read(HEADER + b"1," + b"a" * 10_000_000 + b"\n2,b\n")
    assert ids(found) == ["1", "2"]


@pytest.mark.parametrize("text", [b"a" * 500, b'"' + b"a\n" * 250 + b'"', b'"' + b"a\n" * 250])
def test_a_record_beyond_the_limit_costs_no_memory_and_no_other_row(
    read: Read, monkeypatch: pytest.MonkeyPatch, text: bytes
) -> None:
    monkeypatch.setattr(rows, "MAX_RECORD", 100)
    found = read(HEADER + b"1," + text + b"\n2,b\n")
    assert 1 in bad(found)
    assert ids(found) == ["2"]


@pytest.mark.parametrize("content", [b"", b"id\n1\n", b"id,text,id\n", b"\xff\xfe\0i\0d", b'"id,text\n1,a\n'])
def test_a_file_without_the_columns_is_refused_in_one_line(read: Read, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"rows\.csv"):
        read(content)


def test_a_file_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        CsvFile(tmp_path / "none.csv", ["id"])
    with pytest.raises(UnreadableFile, match="directory"):
        CsvFile(tmp_path, ["id"])
