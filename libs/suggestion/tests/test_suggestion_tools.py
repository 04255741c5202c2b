"""The tools that train and measure, on small files of our own."""

import csv
import json
from pathlib import Path

import pytest

from suggestion.model_file import load
from suggestion.tests.suggestion_examples import messages
from tools import evaluate_repeats, evaluate_suggestions, train_subjects


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    return written(
        tmp_path / "labelled.csv",
        ["id", "tokens", "label"],
        [[str(n), " ".join(each.words), each.subject] for n, each in enumerate(messages(120))],
    )


def written(file: Path, columns: list[str], rows: list[list[str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([columns, *rows])
    return file


def test_training_writes_a_model_that_suggests(labelled: Path, tmp_path: Path) -> None:
    assert train_subjects.main([str(labelled), "--out", str(tmp_path / "model.gz")]) == 0
    assert load(tmp_path / "model.gz").suggest("污水和废气的排放").ranked[0].subject == "环境保护"


@pytest.mark.parametrize(("columns", "row"), [(["tokens"], ["公交"]), (["tokens", "label"], ["公交", ""])])
def test_a_file_without_labels_is_refused(columns: list[str], row: list[str], tmp_path: Path) -> None:
    bad = written(tmp_path / "bad.csv", columns, [row])
    assert train_subjects.main([str(bad), "--out", str(tmp_path / "model.gz")]) == train_subjects.BAD_INPUT
    assert not (tmp_path / "model.gz").exists()


def test_a_fold_is_judged_by_a_model_that_has_not_seen_it(labelled: Path) -> None:
    read = train_subjects.read(labelled)
    inside = [n for n, each in enumerate(read) if each.subject == "环境保护"]
    others = [n for n in range(len(read)) if n not in set(inside)]
    judged = evaluate_suggestions.judge_fold(read, [inside, others], 1, 0)
    assert judged.words.accuracy == 0, "the subject stands in the judged fold only, so nobody can know it"


def test_missed_figures_are_told() -> None:
    bad = evaluate_suggestions.Judged(0.9, 0.9, 0.2, 0.95, 0.93, 0.0, 1.0, 6.0, 9.0)
    assert len(list(evaluate_suggestions.missed(bad))) == 4
    good = evaluate_suggestions.Judged(0.91, 0.9, 0.1, 0.95, 0.94, 0.0, 1.0, 5.0, 9.0)
    assert list(evaluate_suggestions.missed(good)) == []


def test_repeats_are_measured_and_written_down(tmp_path: Path) -> None:
    pump, bus = (
        "小区二次供水泵房停水一个月，六楼以上的住户没有水用",
        "十二路公交车改线后不经过医院，希望恢复原来的站点",
    )
    written(
        tmp_path / "teddy_hot.csv",
        ["id", "title", "body"],
        [["a", "停水", pump], ["b", "泵房", f"{pump} "], ["c", "公交", bus]],
    )
    written(
        tmp_path / "teddy_dup_pairs.csv",
        ["id_a", "id_b", "silver"],
        [["a", "b", "exact"], ["a", "c", "unsure"]],
    )
    out = tmp_path / "out.json"
    assert evaluate_repeats.main([str(tmp_path), "--out", str(out), "--stored", "50"]) == 0
    measured = json.loads(out.read_text(encoding="utf-8"))
    assert (measured["identical"], measured["identical_found"]) == (1, 1)
    assert measured["tags"]["exact"] == {"pairs": 1, "same": 1, "joint": 0}
    assert measured["tags"]["unsure"] == {"pairs": 1, "same": 0, "joint": 0}
    assert measured["same_text"] == [1.0, 1.0]
    assert measured["time"]["stored"] == 50


def test_pairs_of_unknown_messages_are_refused(tmp_path: Path) -> None:
    written(tmp_path / "teddy_hot.csv", ["id", "title", "body"], [["a", "停水", "泵房停水"]])
    written(tmp_path / "teddy_dup_pairs.csv", ["id_a", "id_b", "silver"], [["a", "z", "exact"]])
    assert evaluate_repeats.main([str(tmp_path)]) == evaluate_repeats.BAD_INPUT
