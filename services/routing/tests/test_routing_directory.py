"""Units change, end and are succeeded: what is done, what is refused, what stays quiet; and both trees stay trees."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from huiyin.units import Tree, Unit, Units
from ledger.refusal import Refusal
from routing.domain import refusals, refusals_directory
from routing.domain.unit import AppointHead, Entry, FoundUnit, MoveUnit, RenameUnit, decide
from routing.domain.unit_ending import AbolishUnit, DesignateSuccessor, MergeUnit, SplitUnit
from routing.tests.directory_example import TODAY, UNITS, after, carried_out, founded, given, refused, silent

INTO_WEST = {"successor_unit_id": "west-housing"}


def test_a_unit_moves_under_another_in_both_trees() -> None:
    units = after(
        (MoveUnit, "east-water", {"parent_unit_id": "west", "system_parent_unit_id": "city-housing"})
    )
    assert [unit.unit_id for unit in units.superiors("east-water", Tree.TERRITORIAL)] == [
        "west",
        "city",
        "province",
    ]
    assert [unit.unit_id for unit in units.superiors("east-water", Tree.SYSTEM)] == ["city-housing"]


def test_a_unit_that_stands_there_already_stays_quiet() -> None:
    assert silent(UNITS, MoveUnit, "east", parent_unit_id="city")


@pytest.mark.parametrize(
    ("unit", "more", "refusal"),
    [
        ("city", {"parent_unit_id": "east"}, refusals_directory.CycleInTree),
        ("city", {"parent_unit_id": "east-housing"}, refusals_directory.CycleInTree),
        ("city-housing", {"parent_unit_id": "city", "system_parent_unit_id": "east-housing"}, refusals_directory.CycleInTree),
        ("city", {"parent_unit_id": "city"}, refusals.UnitItsOwnParent),
        ("city", {"parent_unit_id": "nobody"}, refusals_directory.UnknownParent),
        ("nobody", {"parent_unit_id": "city"}, refusals_directory.UnitNotFounded),
        ("east", {"effective_on": TODAY + timedelta(days=1)}, refusals_directory.ChangeInTheFuture),
    ],
)  # fmt: skip
def test_a_move_that_would_break_a_tree_is_refused(
    unit: str, more: dict[str, Any], refusal: type[Refusal]
) -> None:
    assert refused(UNITS, MoveUnit, unit, **more) is refusal


def test_a_unit_is_renamed_once() -> None:
    units = after((RenameUnit, "east", {"name": "东城区"}))
    assert units.by_id["east"].name == "东城区"
    assert silent(units, RenameUnit, "east", name="东城区")
    assert refused(units, RenameUnit, "east", name=" ") is refusals.UnitUnnamed


def test_who_headed_a_unit_on_a_day_stays_known() -> None:
    first, second = date(2024, 1, 1), date(2025, 3, 1)
    units = after(
        (AppointHead, "east", {"head": "h1", "from_on": first}),
        (AppointHead, "east", {"head": "h2", "from_on": second}),
    )
    east = units.by_id["east"]
    assert [east.head_on(day) for day in (date(2023, 12, 31), first, date(2025, 2, 28), second)] == [
        None,
        "h1",
        "h1",
        "h2",
    ]
    assert silent(units, AppointHead, "east", head="h2", from_on=second)


@pytest.mark.parametrize("head", ["", "张某", "a b", "x" * 65])
def test_a_head_is_entered_by_pseudonym(head: str) -> None:
    assert refused(UNITS, AppointHead, "east", head=head, from_on=TODAY) is refusals_directory.HeadMalformed


def test_nobody_is_appointed_ahead_of_time() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert (
        refused(UNITS, AppointHead, "east", head="h1", from_on=tomorrow)
        is refusals_directory.ChangeInTheFuture
    )


def test_whoever_took_over_answers_for_the_merged_unit_however_often() -> None:
    units = after(
        (MergeUnit, "east-housing", INTO_WEST),
        (MergeUnit, "west-housing", {"successor_unit_id": "city-housing"}),
    )
    current = units.current("east-housing")
    assert current is not None
    assert current.unit_id == "city-housing"


def test_subordinates_stand_under_the_successor() -> None:
    units = after((MergeUnit, "east", {"successor_unit_id": "west"}))
    assert units.superior("east-water", Tree.TERRITORIAL) is units.by_id["west"]
    assert units.is_subordinate("east-water", of="west")


def test_two_merges_of_one_unit_are_refused_and_the_same_one_stays_quiet() -> None:
    units = after((MergeUnit, "east-housing", INTO_WEST))
    assert silent(units, MergeUnit, "east-housing", **INTO_WEST)
    again = {"successor_unit_id": "east-water"}
    assert refused(units, MergeUnit, "east-housing", **again) is refusals_directory.UnitEnded


def test_an_abolished_unit_is_neither_merged_nor_moved_nor_renamed() -> None:
    units = after((AbolishUnit, "east-water", {}))
    assert silent(units, AbolishUnit, "east-water")
    assert refused(units, MergeUnit, "east-water", **INTO_WEST) is refusals_directory.UnitEnded
    assert refused(units, MoveUnit, "east-water", parent_unit_id="west") is refusals_directory.UnitEnded
    assert refused(units, RenameUnit, "east-water", name="x") is refusals_directory.UnitEnded
    assert refused(units, AppointHead, "east-water", head="h", from_on=TODAY) is refusals_directory.UnitEnded


def test_nothing_is_put_under_or_merged_into_what_is_no_more() -> None:
    units = after((AbolishUnit, "east-water", {}))
    gone = {"successor_unit_id": "east-water"}
    assert refused(units, MoveUnit, "west", parent_unit_id="east-water") is refusals_directory.ParentEnded
    assert refused(units, MergeUnit, "east-housing", **gone) is refusals_directory.SuccessorEnded


@pytest.mark.parametrize(
    ("unit", "successor", "refusal"),
    [
        ("city", "east-water", refusals_directory.CycleInTree),
        ("city-housing", "east-housing", refusals_directory.CycleInTree),
        ("east", "east", refusals_directory.SuccessorOfItself),
        ("east", "nobody", refusals_directory.SuccessorEnded),
    ],
)
def test_a_merge_that_would_break_a_tree_is_refused(
    unit: str, successor: str, refusal: type[Refusal]
) -> None:
    assert refused(UNITS, MergeUnit, unit, successor_unit_id=successor) is refusal


def test_a_unit_with_others_below_it_leaves_no_orphans() -> None:
    assert refused(UNITS, AbolishUnit, "east") is refusals_directory.LeavesOrphans
    inherited = after((MergeUnit, "east", {"successor_unit_id": "west"}))
    moved = after((MoveUnit, "west-housing", {"parent_unit_id": "city"}), units=inherited)
    assert refused(moved, AbolishUnit, "west") is refusals_directory.LeavesOrphans


def test_a_successor_that_was_left_open_is_designated_once() -> None:
    units = after((AbolishUnit, "east-water", {}))
    assert units.current("east-water") is None
    designated = after((DesignateSuccessor, "east-water", INTO_WEST), units=units)
    assert designated.current("east-water") is designated.by_id["west-housing"]
    assert silent(designated, DesignateSuccessor, "east-water", **INTO_WEST)
    other = {"successor_unit_id": "east"}
    assert refused(designated, DesignateSuccessor, "east-water", **other) is refusals_directory.SuccessorKnown
    assert refused(UNITS, DesignateSuccessor, "east-water", **INTO_WEST) is refusals_directory.UnitLives


def test_a_split_names_its_parts_and_who_takes_over() -> None:
    into = ("east-housing", "west-housing")
    units = after((SplitUnit, "east-water", {"into_unit_ids": into, "successor_unit_id": "east-housing"}))
    assert units.current("east-water") is units.by_id["east-housing"]
    same = {"into_unit_ids": into, "successor_unit_id": "east-housing"}
    assert silent(units, SplitUnit, "east-water", **same)


@pytest.mark.parametrize(
    ("into", "successor", "refusal"),
    [
        (("east",), None, refusals_directory.SplitIntoTooFew),
        (("east", "east"), None, refusals_directory.SplitIntoTooFew),
        (("east", "west"), "city", refusals_directory.SplitIntoTooFew),
        (("east", "nobody"), None, refusals_directory.SuccessorEnded),
    ],
)
def test_a_split_into_nothing_is_refused(
    into: tuple[str, ...], successor: str | None, refusal: type[Refusal]
) -> None:
    more = {"into_unit_ids": into, "successor_unit_id": successor}
    assert refused(UNITS, SplitUnit, "east-water", **more) is refusal


def test_a_dispute_goes_to_the_nearest_unit_above_both() -> None:
    def name(one: str, other: str, tree: Tree) -> str | None:
        found = UNITS.common_superior(one, other, tree)
        return found.unit_id if found else None

    assert name("east-housing", "west-housing", Tree.TERRITORIAL) == "city"
    assert name("east-housing", "west-housing", Tree.SYSTEM) == "city-housing"
    assert name("east-housing", "east-water", Tree.TERRITORIAL) == "east"
    assert name("east", "east-water", Tree.TERRITORIAL) == "east"
    assert name("east-water", "west-housing", Tree.SYSTEM) is None
    assert name("east", "nobody", Tree.TERRITORIAL) is None


NAMES = st.sampled_from("abcdefg")
MAYBE = st.none() | NAMES
CHANGES = st.one_of(
    st.tuples(st.just(FoundUnit), NAMES, st.fixed_dictionaries({"parent_unit_id": MAYBE, "system_parent_unit_id": MAYBE})),
    st.tuples(st.just(MoveUnit), NAMES, st.fixed_dictionaries({"parent_unit_id": MAYBE, "system_parent_unit_id": MAYBE})),
    st.tuples(st.just(MergeUnit), NAMES, st.fixed_dictionaries({"successor_unit_id": NAMES})),
    st.tuples(st.just(AbolishUnit), NAMES, st.fixed_dictionaries({"successor_unit_id": MAYBE})),
    st.tuples(st.just(DesignateSuccessor), NAMES, st.fixed_dictionaries({"successor_unit_id": NAMES})),
    st.tuples(
        st.just(SplitUnit),
        NAMES,
        st.fixed_dictionaries({"into_unit_ids": st.tuples(NAMES, NAMES), "successor_unit_id": MAYBE}),
    ),
)  # fmt: skip
FOUNDING = {name: getattr(founded("a"), name) for name in ("name", "kind", "level", "division", "organ_code")}


@for_all(st.lists(CHANGES, max_size=40))
def test_whatever_is_tried_there_is_no_cycle_no_orphan_and_every_succession_ends(changes: list[Any]) -> None:
    units = Units().after([founded(name) for name in "abcd"])
    for kind, unit_id, more in changes:
        said = {**FOUNDING, **more} if kind is FoundUnit else more
        command = given(kind, unit_id, units, **said)
        try:
            units = carried_out(units, command)
        except Refusal:
            continue
        assert not decide(Entry(units.get(unit_id)), command), "said twice it changes nothing"
        _expect_trees(units)


def _expect_trees(units: Units) -> None:
    for unit in units.by_id.values():
        assert units.current(unit.unit_id) is _at_the_end(units, unit)
        for tree in Tree if unit.ended_on is None else ():
            assert unit.parent(tree) is None or units.superior(unit.unit_id, tree) is not None, "an orphan"
            above = list(islice(units.superiors(unit.unit_id, tree), len(units.by_id)))
            assert unit not in above, "a cycle"
        assert unit.ended_on is not None or not units.is_subordinate(unit.unit_id, of=unit.unit_id)


def _at_the_end(units: Units, unit: Unit) -> Unit | None:
    """Whoever took over last, found by counting."""
    for _ in units.by_id:
        if unit.ended_on is None:
            return unit
        if unit.successor_unit_id is None:
            return None
        unit = units.by_id[unit.successor_unit_id]
    raise AssertionError("a succession runs in a circle")
