"""`make reproduce-limits`: equal due dates pass, and any other second, limit or late closure is found.

The rows are made up; the real file stays where it is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.reproduce_baltimore import BAD_INPUT, main

HEAD = "id,type,created,due,closed,allowed_days,overdue"
ROWS = (
    "1,路灯,2018-03-10 08:00:00,2018-03-12 08:00:00,2018-03-12 08:00:00,2.0,0",  # Closed in the last second.
    "2,路灯,2018-07-01 08:00:00,2018-07-03 08:00:00,2018-07-03 08:00:01,2.0,1",
    '3,"井盖, 急",2018-07-01 08:00:00,2018-07-01 08:00:00,,0.0,0',
    "4,绿化,2018-07-01 08:00:00,,2018-09-01 08:00:00,,0",
)


def run(tmp_path: Path, *rows: str, head: str = HEAD) -> int:
    file = tmp_path / "requests.csv"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return main([str(file)])


def changed(number: int, old: str, new: str) -> list[str]:
    assert old in ROWS[number]
    return [row.replace(old, new, 1) if n == number else row for n, row in enumerate(ROWS)]


def test_due_dates_and_late_closures_that_follow_the_limits_are_reproduced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, *ROWS) == 0
    said = capsys.readouterr().out
    assert "3 requests of 2 types; 1 rows without a due date left out" in said
    assert "1 due dates predicted" in said
    assert (
        "1 due dates would be an hour off" in said
    )  # The clock is put forward between the two dates of row 1.
    assert "1 late closures" in said
    assert "no differences" in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (changed(1, "2018-07-03 08:00:00", "2018-07-03 08:00:01"), "2 (路灯): due 2018-07-03 08:00:01"),
        (changed(1, "2018-07-03 08:00:00", "2018-07-03 09:00:00"), "computed 2018-07-03 08:00:00"),
        (changed(0, "2.0", "3.0"), "computed 2018-07-04 08:00:00"),
        (changed(1, "2.0,1", "2.0,0"), "2 (路灯): not late in the file only"),
        (changed(0, "2.0,0", "2.0,1"), "1 (路灯): late in the file only"),
    ],
)
def test_any_difference_is_named_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[str], said: str
) -> None:
    assert run(tmp_path, *rows) == 1
    assert said in capsys.readouterr().out


def test_a_file_without_due_dates_proves_nothing_and_fails(tmp_path: Path) -> None:
    assert run(tmp_path, ROWS[3]) == 1


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        ("id,type,created", [], "has no column due, closed, allowed_days, overdue"),
        (HEAD, changed(1, "2018-07-01 08:00:00", "01/07/2018"), "line 3: time data"),
        (HEAD, changed(1, "2.0", "two"), "line 3: could not convert"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: str, rows: list[str], said: str
) -> None:
    assert run(tmp_path, *rows, head=head) == BAD_INPUT
    assert said in capsys.readouterr().err


def test_without_a_file_nothing_is_reproduced(tmp_path: Path) -> None:
    assert main([]) == BAD_INPUT
    assert main([str(tmp_path / "nothing.csv")]) == BAD_INPUT
