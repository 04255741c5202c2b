"""The directory of units: what may be entered, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.routing.v1.events import UnitEvent, UnitFounded, UnitKind, UnitLevel
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from routing.domain import refusals
from routing.domain.unit import FoundUnit, Unit, UnitCommand, unit_decider

NEW: Scenario[Unit, UnitCommand, UnitEvent] = Scenario(unit_decider)
FOUND = FoundUnit(
    at=datetime(2025, 8, 18, 1, tzinfo=UTC),
    unit_id="yunling-housing",
    name="云岭区住建局",
    kind=UnitKind.COMPETENT,
    level=UnitLevel.COUNTY,
    division="990101",
    organ_code="YL02",
    parent_unit_id="yunling",
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
