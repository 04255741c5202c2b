"""The planted bugs still fit the product: each of their texts stands there exactly once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.mutants.mutant import ROOT, Change, Mutant, Stale
from tests.faults.mutants.planted import MUTANTS, SIMULATION


def sources(folder: Path, mutant: Mutant) -> Path:
    for change in mutant.changes:
        (folder / change.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / change.path, folder / change.path)
    return folder


@pytest.mark.parametrize("mutant", MUTANTS, ids=[each.name for each in MUTANTS])
def test_a_mutant_fits_and_what_it_leaves_is_python(mutant: Mutant, tmp_path: Path) -> None:
    mutant.apply(sources(tmp_path, mutant))
    for change in mutant.changes:
        text = (tmp_path / change.path).read_text()
        if change.path.endswith(".py"):
            compile(text, change.path, "exec")
        assert text != (ROOT / change.path).read_text()


def test_a_mutant_whose_text_is_gone_says_so(tmp_path: Path) -> None:
    gone = Mutant("gone", "", (Change("libs/bus/pull.py", "no such text", ""),), (SIMULATION,))
    with pytest.raises(Stale, match="0 times"):
        gone.apply(sources(tmp_path, gone))


def test_names_are_unique() -> None:
    assert len({each.name for each in MUTANTS}) == len(MUTANTS)
