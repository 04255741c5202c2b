"""`huiyin deadline`: the derivation for people and for programs, and one line for bad input."""

import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner, Result

from huiyin.cli.deadline import deadline


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(deadline)
    return CliRunner().invoke(app, arguments)


def test_it_prints_every_day_from_start_to_due() -> None:
    result = run("K3", "--start", "2025-09-20")
    assert result.exit_code == 0
    assert "2025-10-05 · 到期日 due 2025-10-09" in result.stdout
    rows = [line for line in result.stdout.splitlines() if line.startswith("│ 2025-")]
    assert len(rows) == 20
    assert "中秋节" in rows[16]
    assert "顺延 rolled" in rows[19]


def test_it_prints_the_same_as_json() -> None:
    result = run("K4", "--start", "2025-09-29", "--json")
    shown = json.loads(result.stdout)
    assert (shown["nominal_on"], shown["due_on"]) == ("2025-10-13", "2025-10-13")
    assert shown["missed_from"] == "2025-10-14T00:00:00+08:00"
    assert [day["on"] for day in shown["days"] if day["treatment"] == "counted"] == [
        "2025-09-30",
        "2025-10-09",
        "2025-10-10",
        "2025-10-11",
        "2025-10-13",
    ]
    assert shown["days"][-1]["count"] == 5
    assert shown["warnings"] == [{"rung": "wd3", "on": "2025-10-10"}]
    assert shown["urges"][0] == {"rung": "urge", "on": "2025-10-14"}


def test_it_adds_a_granted_extension() -> None:
    shown = json.loads(run("K5", "--start", "2025-08-04", "--extension", "30", "--json").stdout)
    assert (shown["nominal_on"], shown["due_on"]) == ("2025-11-02", "2025-11-03")


def test_it_says_that_a_deadline_in_2027_is_provisional() -> None:
    assert "Provisional" in run("K5", "--start", "2026-12-01").stdout
    assert json.loads(run("K5", "--start", "2026-12-01", "--json").stdout)["provisional"] is True
    assert "Provisional" not in run("K5", "--start", "2025-08-04").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("K9", "--start", "2025-01-01"),
        ("k3", "--start", "2025-01-01"),
        ("K3", "--start", "2025-02-30"),
        ("K3", "--start", "20250201"),
        ("K3", "--start", "２０２５-01-01"),
        ("K3", "--start", ""),
        ("K3", "--start", "1999-01-01"),
        ("K3", "--start", "9999-12-31"),
        ("K5", "--start", "2025-08-04", "--extension", "31"),
        ("K3", "--start", "2025-08-04", "--extension", "1"),
    ],
)
def test_bad_input_ends_with_one_line_on_stderr_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert isinstance(result.exception, SystemExit)


def test_the_library_does_not_pull_in_the_command_line() -> None:
    modules = "calendar, counting, deadlines, derivation, instants, rule_files, rungs"
    code = (
        f"import sys; from statute import {modules}; calendar.load('cn'); rule_files.shipped();"
        " sys.exit(any(name.startswith('huiyin.cli') or name in ('typer', 'rich') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
