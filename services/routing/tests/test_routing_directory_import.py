"""A directory from a file: checked whole, taken whole or refused with every fault, the same in any order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.units import Units
from routing.domain.directory_import import Fault, plan

HEADING = "unit_id,name,kind,level,division,organ_code,parent_unit_id,system_parent_unit_id,capabilities"
GOOD = (
    "yl-water,云岭区水务局,competent,county,990101,YL03,yl,ac-water,hearing;mediation",
    "yl,云岭区人民政府,government,county,990101,YL00,ac,,",
    "ac-water,安城市水务局,competent,city,990100,AC03,ac,,",
    "ac,安城市人民政府,government,city,990100,AC00,,,",
)


def file(*rows: str, heading: str = HEADING) -> str:
    return "\n".join([heading, *rows]) + "\n"


def faults(*rows: str, directory: Units | None = None) -> list[tuple[int, str]]:
    found = plan(file(*rows), directory or Units())
    assert not found.found or not found.faults
    return [(fault.line, fault.column) for fault in found.faults]


def taken(text: str, directory: Units | None = None) -> Units:
    """The directory after a file without faults."""
    before = directory or Units()
    planned = plan(text, before)
    assert planned.faults == ()
    return before.after(planned.found)


def test_a_file_is_read_superiors_first() -> None:
    assert [unit.unit_id for unit in plan(file(*GOOD), Units()).found] == ["ac", "ac-water", "yl", "yl-water"]
    water = taken(file(*GOOD)).by_id["yl-water"]
    assert (water.parent_unit_id, water.system_parent_unit_id) == ("yl", "ac-water")
    assert water.capabilities == ("hearing", "mediation")


def test_the_same_file_again_founds_nothing() -> None:
    again = plan(file(*GOOD), taken(file(*GOOD)))
    assert (again.found, again.known, again.faults) == ([], 4, ())


def test_every_fault_of_a_file_is_listed_and_nothing_is_taken() -> None:
    assert faults(
        *GOOD,
        "a,甲,competent,county,990101,A1,b,,",
        "b,乙,competent,county,990101,B1,a,,",
        "c,丙,competent,county,990101,C1,nobody,,",
        "c,丙,competent,county,990101,C1,ac,,",
        "d,丁,competent,planet,990101,D1,,,",
        "e,戊,office,county,990101,E1,,,",
        "f,己,competent,county,99,F1,,,",
        "g g,庚,competent,county,990101,G1,,,",
        "h,辛,competent,county,990101,H1,,h,",
        "i,壬,competent,county,990101",
        "j, ,competent,county,990101,J1,,,",
        "k,癸,competent,county,990101,k1,,,",
    ) == [
        (6, "parent_unit_id"),
        (8, "parent_unit_id"),
        (9, "unit_id"),
        (10, "level"),
        (11, "kind"),
        (12, ""),
        (13, "unit_id"),
        (14, ""),
        (15, ""),
        (16, ""),
        (17, ""),
    ]


def test_a_cycle_across_both_trees_is_a_cycle() -> None:
    rows = ("a,甲,competent,county,990101,A1,b,,", "b,乙,competent,county,990101,B1,,a,")
    assert len(faults(*rows)) == 1


def test_several_cycles_are_each_named_once() -> None:
    rings = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "d"), ("f", "a")]
    rows = [f"{unit},名,competent,county,990101,A1,{parent},," for unit, parent in rings]
    found = plan(file(*rows), Units()).faults
    assert [fault.en for fault in found] == ["A cycle: a → b → c → a.", "A cycle: d → e → d."]


def test_who_is_in_the_directory_with_other_particulars_is_a_fault() -> None:
    before = taken(file(*GOOD))
    assert faults(GOOD[3].replace("AC00", "AC99"), directory=before) == [(2, "unit_id")]


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        (HEADING.replace("level,", ""), ["level"]),
        (HEADING + ",colour", ["colour"]),
        ("", ["division", "kind", "level", "name", "organ_code", "unit_id"]),
    ],
)
def test_a_heading_names_the_columns(heading: str, columns: list[str]) -> None:
    found = plan(file(*GOOD, heading=heading), Units()).faults
    assert [fault.column for fault in found if fault.line == 1 or heading == ""] == columns


@given(st.text(max_size=200))
def test_whatever_stands_in_a_file_is_a_fault_or_a_directory(text: str) -> None:
    planned = plan(text, Units())
    assert all(isinstance(fault, Fault) for fault in planned.faults)
    plan(f"{HEADING}\n{text}", Units())


@given(st.data(), st.integers(min_value=1, max_value=40))
def test_a_file_in_another_order_gives_the_same_directory(data: st.DataObject, size: int) -> None:
    rows = []
    for number in range(size):
        above = [data.draw(st.none() | st.integers(0, number - 1)) if number else None for _ in range(2)]
        parent, system = ("" if each is None else f"u{each}" for each in above)
        rows.append(f"u{number},单位{number},competent,county,990101,U{number},{parent},{system},")
    shuffled = list(rows)
    random.Random(data.draw(st.integers(0, 1 << 30))).shuffle(shuffled)
    assert plan(file(*rows), Units()) == plan(file(*shuffled), Units())
    directory = taken(file(*shuffled))
    assert len(directory.by_id) == size
    assert plan(file(*rows), directory).known == size
