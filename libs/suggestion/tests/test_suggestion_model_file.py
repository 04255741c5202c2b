"""Models as files, and what is not a model."""

import gzip
import json
from pathlib import Path

import pytest

from suggestion.model_file import BadModel, load, save
from suggestion.subjects import SubjectModel
from suggestion.tests.suggestion_examples import messages
from suggestion.training import train


@pytest.fixture(scope="module")
def model() -> SubjectModel:
    return train(messages(60), seed=7)


def test_a_model_read_again_suggests_the_same(model: SubjectModel, tmp_path: Path) -> None:
    save(model, tmp_path / "new" / "model.gz")
    again = load(tmp_path / "new" / "model.gz")
    for each in messages(20, seed=3):
        said, now = model.suggest_for(each.words), again.suggest_for(each.words)
        assert now.subject == said.subject
        assert now.ranked[0].confidence == pytest.approx(said.ranked[0].confidence, abs=1e-3)


def test_the_same_model_is_the_same_bytes(model: SubjectModel, tmp_path: Path) -> None:
    save(model, tmp_path / "a.gz")
    save(model, tmp_path / "b.gz")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert (tmp_path / "a.gz").read_bytes()[4:8] == bytes(4), "no time of writing inside"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no gzip",
        gzip.compress(b"no json"),
        gzip.compress(b"[]"),
        gzip.compress(b"{}"),
        gzip.compress(json.dumps({"format": "other"}).encode()),
    ],
)
def test_what_is_no_model_is_refused(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "model.gz").write_bytes(raw)
    with pytest.raises(BadModel):
        load(tmp_path / "model.gz")


def test_a_word_without_a_weight_for_each_subject_is_refused(model: SubjectModel, tmp_path: Path) -> None:
    file = tmp_path / "model.gz"
    save(model, file)
    content = json.loads(gzip.decompress(file.read_bytes()))
    content["words"][next(iter(content["words"]))].pop()
    file.write_bytes(gzip.compress(json.dumps(content).encode()))
    with pytest.raises(BadModel, match="one weight a subject"):
        load(file)


def test_half_a_file_is_refused(model: SubjectModel, tmp_path: Path) -> None:
    file = tmp_path / "model.gz"
    save(model, file)
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(BadModel):
        load(file)
