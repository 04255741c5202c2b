"""The directory of units: what may be entered, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.routing.v1.events import UnitEvent, UnitFounded, UnitKind, UnitLevel
from huiyin.units import Units
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from routing.domain import refusals, refusals_directory
from routing.domain.unit import Entry, FoundUnit, UnitCommand, unit_decider

NEW: Scenario[Entry, UnitCommand, UnitEvent] = Scenario(unit_decider)
ABOVE = UnitFounded(
    unit_id="yunling",
    name="云岭区人民政府",
    kind=UnitKind.GOVERNMENT,
    level=UnitLevel.COUNTY,
    division="990101",
    organ_code="YL00",
)
FOUND = FoundUnit(
    at=datetime(2025, 8, 18, 1, tzinfo=UTC),
    unit_id="yunling-housing",
    name="云岭区住建局",
    kind=UnitKind.COMPETENT,
    level=UnitLevel.COUNTY,
    division="990101",
    organ_code="YL02",
    parent_unit_id="yunling",
    directory=Units().after([ABOVE]),
    revision=2,
)


def test_a_unit_enters_the_directory() -> None:
    (event,) = NEW.when(FOUND)
    assert isinstance(event, UnitFounded)
    assert (event.unit_id, event.name, event.parent_unit_id) == ("yunling-housing", "云岭区住建局", "yunling")


def test_the_same_unit_again_changes_nothing() -> None:
    NEW.after(FOUND).stays_quiet(FOUND)


def test_an_id_is_used_for_one_unit_only() -> None:
    NEW.after(FOUND).refuses(replace(FOUND, name="另一单位"), refusals.UnitExists)


@pytest.mark.parametrize("division", ["", "99010", "9901011", "99010a", "９９０１０１", "99 101"])
def test_a_division_code_has_six_digits(division: str) -> None:
    NEW.refuses(replace(FOUND, division=division), refusals.DivisionMalformed)


@pytest.mark.parametrize("code", ["", "yl01", "云岭", "YL-01", "A" * 13])
def test_an_organ_code_can_stand_in_a_receipt_number(code: str) -> None:
    NEW.refuses(replace(FOUND, organ_code=code), refusals.OrganCodeMalformed)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_unit_has_a_name(name: str) -> None:
    NEW.refuses(replace(FOUND, name=name), refusals.UnitUnnamed)


def test_a_unit_is_not_above_itself() -> None:
    NEW.refuses(replace(FOUND, parent_unit_id=FOUND.unit_id), refusals.UnitItsOwnParent)


def test_a_unit_says_which_change_of_the_directory_it_is() -> None:
    (event,) = NEW.when(FOUND)
    assert isinstance(event, UnitFounded)
    assert event.revision == 2


def test_the_same_unit_again_changes_nothing_whatever_happened_meanwhile() -> None:
    NEW.after(FOUND).stays_quiet(replace(FOUND, revision=9))


@pytest.mark.parametrize("tree", ["parent_unit_id", "system_parent_unit_id"])
def test_a_unit_is_not_entered_under_one_that_nobody_knows(tree: str) -> None:
    wrong: dict[str, Any] = {tree: "nobody"}
    NEW.refuses(replace(FOUND, **wrong), refusals_directory.UnknownParent)


founding = st.builds(
    lambda name, division, parent: replace(FOUND, name=name, division=division, parent_unit_id=parent),
    st.sampled_from(["云岭区住建局", "另一单位", ""]),
    st.sampled_from(["990101", "000000", "1"]),
    st.sampled_from([None, "yunling", FOUND.unit_id]),
)


@given(st.lists(founding, max_size=1), founding)
def test_saying_it_twice_changes_nothing(history: list[FoundUnit], command: FoundUnit) -> None:
    past = [UnitFounded(**{n: getattr(c, n) for n in UnitFounded.__dataclass_fields__}) for c in history]
    saying_it_twice_changes_nothing(unit_decider, past, command)
