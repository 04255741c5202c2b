"""Small files of our own for tests of the import."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from huiyin.cli.importing import run_import

MAPPING = "teddy-replies"
COLUMNS = ("id", "user", "time", "region", "title", "body", "reply", "reply_time", "reply_sign_date")
MEASURED = ("seconds", "events_per_s", "peak_pss_mb")
"""The figures of a report that are not about the file."""

ROW = {
    "user": "张某",
    "time": "2019-03-01 09:00:00",
    "region": "云岭区",
    "title": "路灯不亮",
    "body": "小区门口的路灯坏了三个月，\n晚上看不见路。",
    "reply": "您好，路灯已经修复。",
    "reply_time": "2019-03-11 10:00:00",
    "reply_sign_date": "",
}


def row(name: str, **changes: str) -> dict[str, str]:
    """A row that is answered after ten days, with changes."""
    return {"id": name, **ROW, **changes}


def write(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """The rows as a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def import_into(state: Path, file: Path) -> dict[str, Any]:
    """Import into the platform that runs there."""
    return run_import(file, MAPPING, state)


def about_the_file(report: Mapping[str, Any]) -> dict[str, Any]:
    """A report without what was measured."""
    return {name: value for name, value in report.items() if name not in MEASURED}
