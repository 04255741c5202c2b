"""A trained model as a file: gzipped JSON, the same bytes for the same model; read strictly."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from suggestion.subjects import SubjectModel
from suggestion.vectors import Vocabulary

FORMAT = "huiyin-subjects-1"

DIGITS = 4
"""Decimals of a weight that are kept; more change no confidence in its third decimal."""

LARGEST = 64 * 1024 * 1024
"""Bytes of JSON that are read at most; a model of 40,000 words has about 4 MB."""


class BadModel(ValueError):
    """The file is not a model of this format; the message says what is wrong."""


def save(model: SubjectModel, path: Path) -> int:
    """Writes whole or not at all; answers the bytes written. The folder is made if it is missing."""
    vocabulary = model.vocabulary
    content = {
        "format": FORMAT,
        "subjects": model.subjects,
        "sharpness": model.sharpness,
        "threshold": model.threshold,
        "bias": model.bias,
        "words": {
            word: [
                vocabulary.counts[word],
                round(vocabulary.rarity[word], DIGITS),
                *(round(each, DIGITS) for each in row),
            ]
            for word, row in model.weights.items()
        },
    }
    written = gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(written)
    beside.replace(path)
    return len(written)


def load(path: Path) -> SubjectModel:
    """Raises BadModel for what `save` did not write, OSError if there is no such file."""
    try:
        with gzip.open(path) as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise BadModel(f"{path.name} is larger than {LARGEST} bytes")
        model = _model(json.loads(raw))
    except (
        EOFError,
        gzip.BadGzipFile,
        KeyError,
        TypeError,
        UnicodeDecodeError,
        json.JSONDecodeError,
    ) as wrong:
        raise BadModel(f"{path.name} is not a model: {wrong}") from wrong
    model.suggest("")  # Makes the dictionary now, so that no petition waits for it.
    return model


def _model(content: dict[str, Any]) -> SubjectModel:
    if content["format"] != FORMAT:
        raise BadModel(f"format {content['format']!r}, not {FORMAT!r}")
    subjects, words = tuple(map(str, content["subjects"])), content["words"]
    if len(content["bias"]) != len(subjects) or any(len(row) != len(subjects) + 2 for row in words.values()):
        raise BadModel("a word has not one weight a subject")
    return SubjectModel(
        subjects=subjects,
        vocabulary=Vocabulary(
            rarity={word: float(row[1]) for word, row in words.items()},
            counts={word: int(row[0]) for word, row in words.items()},
        ),
        weights={word: tuple(map(float, row[2:])) for word, row in words.items()},
        bias=tuple(map(float, content["bias"])),
        sharpness=float(content["sharpness"]),
        threshold=float(content["threshold"]),
    )
