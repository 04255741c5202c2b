"""`huiyin deadline`: the derivation for people and for programs, and one line for bad input."""

import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner, Result

from huiyin.cli.deadline import deadline
from statute.periods import Exact, Given
from statute.rule_files import shipped
from statute.rules import Rule


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
        (),
        ("K3",),
        ("K99", "--start", "2025-01-01"),
        ("K20", "--start", "2025-01-01"),
        ("k3", "--start", "2025-01-01"),
        ("K3", "--start", "2025-02-30"),
        ("K3", "--start", "20250201"),
        ("K3", "--start", "２０２５-01-01"),
        ("K3", "--start", ""),
        ("K3", "--start", "1999-01-01"),
        ("K3", "--start", "9999-12-31"),
        ("K5", "--start", "2025-08-04", "--extension", "31"),
        ("K3", "--start", "2025-08-04", "--extension", "1"),
        ("K3", "--start", "2025-08-04", "--due", "2025-08-20"),
        ("K3", "--start", "2025-08-04", "--excluded", "2025-08-05..2025-08-06"),
        ("K10", "--start", "2025-08-04", "--excluded", "2025-08-05"),
        ("K10", "--start", "2025-08-04", "--excluded", "2025-08-05..2025-08-99"),
        ("K10", "--start", "2025-08-04", "--excluded", "2025-10-05..2025-10-06"),
        ("K6", "--start", "2025-08-04"),
        ("K6", "--start", "2025-08-04", "--due", "20250820"),
        ("K12", "--start", "2025-08-04"),
        ("K12", "--start", "2025-08-04T25:00"),
        ("K12", "--start", "2025-08-04T02:00", "--extension", "1"),
        ("K3", "--start", "2025-08-04T02:00"),
    ],
)
def test_bad_input_ends_with_one_line_on_stderr_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert isinstance(result.exception, SystemExit)


def test_an_unknown_clock_is_answered_with_the_known_ones() -> None:
    assert "K20:answer, K20:danger, K20:general, K20:hard" in run("K20", "--start", "2025-01-01").stderr
    assert "known: K0, K1, K1a:city" in run("K99", "--start", "2025-01-01").stderr


def test_the_days_of_a_hearing_are_shown_as_left_out() -> None:
    arguments = ("K10", "--start", "2025-03-03", "--excluded", "2025-03-10..2025-03-21")
    result = run(*arguments)
    assert result.stdout.count("扣除 left out  │") == 12
    assert "扣除 left out 12 日" in result.stdout
    shown = json.loads(run(*arguments, "--json").stdout)
    assert (shown["due_on"], shown["excluded_days"], shown["extension_days"]) == ("2025-04-14", 12, 0)


def test_two_hearings_are_left_out_both() -> None:
    spans = ("--excluded", "2025-03-10..2025-03-11", "--excluded", "2025-03-20..2025-03-20")
    assert json.loads(run("K10", "--start", "2025-03-03", *spans, "--json").stdout)["excluded_days"] == 3


def test_an_exact_period_runs_from_an_instant_in_shanghai_unless_an_offset_is_given() -> None:
    shown = json.loads(run("K12", "--start", "2025-08-18T02:00", "--json").stdout)
    assert shown["missed_from"] == "2025-08-18T03:00:00+08:00"
    assert shown["warnings"][0] == {"rung": "min15", "at": "2025-08-18T02:15:00+08:00"}
    assert json.loads(run("K12", "--start", "2025-08-17T18:00:00+00:00", "--json").stdout) == shown
    assert "2025-08-18T04:00:00+08:00" in run("K20:danger", "--start", "2025-08-18 02:00").stdout


def test_a_date_set_by_the_assigner_is_shown_with_its_warnings() -> None:
    shown = json.loads(run("K6", "--start", "2025-09-24", "--due", "2025-10-04", "--json").stdout)
    assert (shown["due_on"], [each["rung"] for each in shown["warnings"]]) == ("2025-10-04", ["50%", "80%"])


def test_the_list_shows_every_clock_chinese_first() -> None:
    lines = run("--list").stdout
    shown = json.loads(run("--list", "--json").stdout)
    assert [each["clock"] for each in shown] == list(shipped().clocks)
    assert all(f"│ {clock} " in lines for clock in shipped().clocks)
    assert lines.index("时限") < lines.index("Clock")


EXAMPLES = [(clock, rule) for clock in shipped().clocks for rule in [shipped().versions(clock)[-1]]]


@pytest.mark.parametrize(("clock", "rule"), EXAMPLES, ids=[clock for clock, _ in EXAMPLES])
def test_every_clock_is_printed_day_by_day(clock: str, rule: Rule) -> None:
    start = "2025-08-18T02:00" if isinstance(rule.counting, Exact) else "2025-08-18"
    due = ("--due", "2025-09-01") if isinstance(rule.counting, Given) else ()
    result = run(clock, "--start", start, *due)
    shown = json.loads(run(clock, "--start", start, *due, "--json").stdout)
    assert result.exit_code == 0
    assert f"{clock} {rule.name_zh}" in result.stdout
    assert result.stdout.count("│ 2025-") == len(shown["days"])
    assert shown["missed_from"] in result.stdout


def test_the_library_does_not_pull_in_the_command_line() -> None:
    modules = "calendar, counting, deadlines, derivation, instants, new_versions, rule_files, rungs"
    code = (
        f"import sys; from statute import {modules}; calendar.load('cn'); rule_files.shipped();"
        " sys.exit(any(name.startswith('huiyin.cli') or name in ('typer', 'rich') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
