"""`huiyin import`: a file becomes cases, once for ever; a bad row costs itself and nothing else."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from huiyin.cli.errors import Failure
from huiyin.cli.importing import run_import
from huiyin.importing.facts import case_id
from huiyin.importing.teddy import TeddyReplies
from tests.importing import COLUMNS, MAPPING, about_the_file, import_into, row, write
from tests.platforms import huiyin
from tests.stack import Stack, stack

FOUR = [
    row("in-time", reply_sign_date="2019-03-08"),
    row("late", time="2019-03-01 09:00:00", reply_time="2019-04-20 09:00:00", reply_sign_date="2019-02-01"),
    row("very-late", region="", reply_time="2019-09-01 08:00:00"),
    row("open", reply="", reply_time=""),
]


@pytest.fixture(scope="module")
def four(platform: Stack, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A file answered in time, late, very late and never; and its report."""
    file = write(tmp_path_factory.mktemp("four") / "four.csv", FOUR)
    report = file.with_name("report.json")
    found = run_import(file, MAPPING, platform.state, report)
    assert json.loads(report.read_text(encoding="utf-8")) == found
    return file, found


def case(platform: Stack, name: str) -> dict[str, Any]:
    """A case as audit shows it."""
    shown: dict[str, Any] = platform.client.get(f"/audit/v1/cases/{case_id(MAPPING, name)}")
    return shown


def steps(shown: dict[str, Any], *services: str) -> list[tuple[str, str]]:
    """Events of these services, and when they happened."""
    return [(e["event"], e["occurred_at"][:16]) for e in shown["timeline"] if e["service"] in services]


def test_the_report_counts_cases_states_clocks_and_times(four: tuple[Path, dict[str, Any]]) -> None:
    _, report = four
    assert report["cases"] == 4
    assert report["rejected"] == []
    assert report["notes"] == {"sign_date_outside": 1}
    assert report["by_state"] == {"replied": 3, "transferred": 1}
    assert report["clocks"] == {
        "K1": {"due": 4, "met": 4, "missed": 0},
        "K3": {"due": 4, "met": 1, "missed": 2},
        "K5": {"due": 3, "met": 2, "missed": 1},
    }
    assert report["elapsed_over"] == {"15": 2, "30": 2, "60": 1, "90": 1}
    assert report["events"] > 30
    assert report["peak_pss_mb"] > 0


def test_an_answer_in_time_accepts_the_case(platform: Stack, four: tuple[Path, dict[str, Any]]) -> None:
    shown = case(platform, "in-time")
    assert steps(shown, "intake", "routing") == [
        ("CaseReceived", "2019-03-01T09:00"),
        ("CaseRegistered", "2019-03-01T09:00"),
        ("CaseClassified", "2019-03-01T09:00"),
        ("CaseQueued", "2019-03-01T09:00"),
        ("CaseTransferred", "2019-03-01T09:00"),
        ("OpinionSigned", "2019-03-08T00:00"),
        ("CaseAccepted", "2019-03-11T10:00"),
        ("OpinionServed", "2019-03-11T10:00"),
    ]
    assert [held["unit"] for held in shown["custody"]][:2] == [TeddyReplies.office.name, "云岭区"]


def test_a_late_answer_finds_acceptance_deemed_on_the_due_date(
    platform: Stack, four: tuple[Path, dict[str, Any]]
) -> None:
    shown = case(platform, "late")
    # 2019-03-01 and 15 days is Saturday 2019-03-16, so the period ends on Monday 2019-03-18, at 24:00.
    assert ("AcceptanceDeemed", "2019-03-19T00:00") in steps(shown, "routing")
    assert "OpinionSigned" not in dict(steps(shown, "routing"))
    missed = [e for e in shown["timeline"] if e["event"] == "DeadlineMissed"]
    assert [(e["clock"], e["occurred_at"][:16]) for e in missed] == [("K3", "2019-03-19T00:00")]


def test_no_notice_follows_an_import(platform: Stack, four: tuple[Path, dict[str, Any]]) -> None:
    for name in ("in-time", "late", "very-late", "open"):
        assert not steps(case(platform, name), "notification", "revisit")


def test_the_same_file_again_creates_nothing(platform: Stack, four: tuple[Path, dict[str, Any]]) -> None:
    file, report = four
    before = heads(platform)
    assert about_the_file(import_into(platform.state, file)) == about_the_file(report)
    assert heads(platform) == before


def test_open_cases_are_overseen_from_the_day_they_are_adopted(platform: Stack, tmp_path: Path) -> None:
    file = write(tmp_path / "open.csv", [row("adopted", reply="", reply_time="")])
    import_into(platform.state, file)
    assert "AcceptanceDeemed" not in dict(steps(case(platform, "adopted"), "routing"))

    for _ in range(2):
        run_import(file, MAPPING, platform.state, adopt=True)
    assert "AcceptanceDeemed" in dict(steps(case(platform, "adopted"), "routing"))
    shown = [step for step, _ in steps(case(platform, "adopted"), "oversight")]
    assert shown.count("CaseAdopted") == 1
    assert {"DeadlineMissed", "HandlingUrged"} <= set(shown)


def heads(platform: Stack) -> list[int]:
    """How many events every service has recorded."""
    return [service["head"] for service in platform.client.status()]


BAD = [
    ({"id": ""}, "没有编号"),
    ({"time": ""}, "没有收到时间"),
    ({"time": "2019-02-30 09:00:00"}, "收到时间不是有效时间"),
    ({"time": "2004-12-31 09:00:00"}, "无法计算期限"),
    ({"reply_time": "2019-02-01 09:00:00"}, "早于收到时间"),
    ({"body": "有\0空字符"}, "空字符"),
    ({"body": "长" * 3_400_000}, "正文超过"),
    ({"reply": "长" * 3_400_000}, "答复超过"),
]
"""Beside those that can only be written as bytes. The long texts are 10 MB."""


def test_every_bad_row_is_rejected_by_its_number_and_the_rest_goes_on(
    platform: Stack, tmp_path: Path
) -> None:
    rows: list[dict[str, str]] = [row("good-0")]
    for number, (changes, _) in enumerate(BAD):
        rows += [row(f"bad-{number}", **changes), row(f"good-{number + 1}")]
    rows += [row("good-1")]
    file = write(tmp_path / "bad.csv", rows)
    with file.open("ab") as more:
        more.write(b"bad-bytes,\xff\xfe,2019-03-01 09:00:00,,,,,,\r\n")
        more.write(b"bad-columns,2019-03-01 09:00:00\r\n")
        more.write(b'bad-quote,"never closed,2019-03-01 09:00:00,,,,,,\r\n')
        more.write(",".join(row("good-last", body="一行").values()).encode() + b"\r\n")
    report = import_into(platform.state, file)
    expected = [(2 * n + 2, words) for n, (_, words) in enumerate(BAD)]
    expected += [(2 * len(BAD) + 2, "编号与前面一行相同")]
    expected += list(enumerate(("不是 UTF-8", "应有 9 列", "引号不成对"), start=2 * len(BAD) + 3))
    assert [each["row"] for each in report["rejected"]] == [number for number, _ in expected]
    for each, (_, words) in zip(report["rejected"], expected, strict=True):
        assert words in each["reason"]
        assert len(each["reason"]) < 200
    assert report["cases"] == len(BAD) + 2
    assert report["by_state"] == {"replied": len(BAD) + 2}
    assert about_the_file(import_into(platform.state, file)) == about_the_file(report)


def test_an_id_with_other_content_than_before_is_rejected(platform: Stack, tmp_path: Path) -> None:
    import_into(platform.state, write(tmp_path / "one.csv", [row("changed")]))
    report = import_into(platform.state, write(tmp_path / "two.csv", [row("changed", title="另一标题")]))
    assert report["cases"] == 0
    assert "以前以不同内容导入过" in report["rejected"][0]["reason"]


def petition(platform: Stack, name: str, **changes: Any) -> dict[str, Any]:
    """One case of an import of intake's."""
    return {
        "key": name,
        "case_id": case_id("test", name),
        "received_at": "2019-03-01T09:00:00",
        "channel": "web",
        "receiver_unit_id": TeddyReplies.office.unit_id,
        "competent_unit_id": TeddyReplies.office.unit_id,
        "category": "unclassified",
        "subject": "unclassified",
        "title": "路灯不亮",
        "text": "三个月了。",
        **changes,
    }


def post(platform: Stack, service: str, cases: Sequence[dict[str, Any]]) -> Any:
    """A request as the command sends it."""
    headers = {"Huiyin-Actor": "test;import;import"}
    body = {"mapping": "test", "cases": list(cases)}
    return platform.http.post(f"/{service}/v1/imports", json=body, headers=headers)


def test_one_bad_case_of_a_request_is_refused_alone(
    platform: Stack, four: tuple[Path, dict[str, Any]]
) -> None:
    cases = [
        petition(platform, "one"),
        petition(platform, "two", text="\0"),
        petition(platform, "three", receiver_unit_id="nobody"),
        petition(platform, "four", received_at="2004-01-01T09:00:00"),
        petition(platform, "five", received_at="2100-01-01T09:00:00"),
        petition(platform, "six"),
    ]
    answers = post(platform, "intake", cases).json()
    assert [bool(answer["refusal"]) for answer in answers] == [False, True, True, True, True, False]
    serials = [int(answers[n]["receipt_number"].split("-")[2]) for n in (0, 5)]
    assert serials[1] == serials[0] + 1
    again = post(platform, "intake", cases).json()
    assert [answer["known"] for answer in again] == [True, False, False, False, False, True]
    assert [answer["position"] for answer in again] == [answer["position"] for answer in answers]


def test_a_case_twice_in_a_request_is_refused(platform: Stack) -> None:
    answer = post(platform, "intake", [petition(platform, "twice"), petition(platform, "twice")])
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:huiyin:rule:import-twice")


def test_routing_refuses_one_bad_handling_alone(platform: Stack, four: tuple[Path, dict[str, Any]]) -> None:
    (received,) = post(platform, "intake", [petition(platform, "handled")]).json()
    good = {
        "key": "handled",
        "case_id": case_id("test", "handled"),
        "receipt_number": received["receipt_number"],
        "intake_position": received["position"],
        "from_unit_id": TeddyReplies.office.unit_id,
        "to_unit_id": TeddyReplies.office.unit_id,
        "transferred_at": "2019-03-01T09:00:00",
        "served_at": "2019-03-02T09:00:00",
        "opinion": "已经修复。",
    }
    other = case_id("test", "unhandled")
    bad = [
        {"key": "a", "case_id": f"{other}-a", "to_unit_id": "nobody"},
        {"key": "b", "case_id": f"{other}-b", "served_at": "2019-02-01T09:00:00"},
        {"key": "c", "case_id": f"{other}-c", "served_at": "2100-01-01T09:00:00"},
    ]
    answers = post(platform, "routing", [*({**good, **each} for each in bad), good]).json()
    assert [bool(answer["refusal"]) for answer in answers] == [True, True, True, False]


def test_a_platform_that_was_not_told_takes_no_imports(tmp_path: Path) -> None:
    with stack(mode="wall") as closed:
        assert post(closed, "intake", []).status_code == 403
        assert post(closed, "routing", []).status_code == 403
        with pytest.raises(Failure, match="--allow-import"):
            import_into(closed.state, write(tmp_path / "one.csv", [row("one")]))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("missing.csv", "--mapping", MAPPING), "No such file"),
        (("/", "--mapping", MAPPING), "directory"),
        (("header.csv", "--mapping", MAPPING), "reply_time"),
        (("rows.csv", "--mapping", "other"), "no mapping 'other'"),
        (("rows.csv",), "--mapping"),
        (("rows.csv", "--mapping", MAPPING, "--report", "/"), "cannot be written"),
    ],
)
def test_a_bad_command_is_one_clear_line(tmp_path: Path, words: Sequence[str], says: str) -> None:
    write(tmp_path / "rows.csv", [row("one")])
    (tmp_path / "header.csv").write_text(",".join(COLUMNS).replace("reply_time", "time_of_reply"))
    found = [str(tmp_path / word) if word.endswith(".csv") else word for word in words]
    done = huiyin("import", *found, "--state", str(tmp_path / "state"))
    assert done.returncode != 0
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "state").exists()
