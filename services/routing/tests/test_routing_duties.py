"""The duty catalogue: what is assigned, refused, already so; and who is competent, by which rule and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.routing.v1.events import DutyAssigned, DutyEnded, DutyEvent
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from ledger.refusal import Refusal
from routing.domain import duty_catalogue
from routing.domain.duty_catalogue import AssignDuty, Duties, DutyCommand, EndDuty, duty_decider
from routing.domain.duty_catalogue_index import DutyIndex, areas
from routing.domain.unit_ending import MergeUnit
from routing.tests.directory_example import UNITS, after

NEW: Scenario[Duties, DutyCommand, DutyEvent] = Scenario(duty_decider)
AT = datetime(2025, 8, 18, 1, tzinfo=UTC)
TODAY = date(2025, 8, 18)
ASSIGN = AssignDuty(
    at=AT,
    unit_id="east-housing",
    subject="城乡建设/物业管理",
    division="990101",
    from_on=date(2025, 1, 1),
    basis="权责清单第 12 项",
    unit_lives=True,
)
END = EndDuty(
    at=AT, unit_id="east-housing", subject=ASSIGN.subject, division="990101", until_on=date(2025, 8, 31)
)


def test_a_duty_is_assigned_as_its_first_version() -> None:
    (event,) = NEW.when(ASSIGN)
    assert isinstance(event, DutyAssigned)
    assert duty_catalogue.rule_id(event) == "east-housing:城乡建设/物业管理:990101@1"


def test_the_same_duty_with_other_particulars_is_its_next_version() -> None:
    (event,) = NEW.after(ASSIGN).when(replace(ASSIGN, rank=2, from_on=TODAY))
    assert isinstance(event, DutyAssigned)
    assert (event.version, event.rank) == (2, 2)


def test_a_duty_said_again_changes_nothing() -> None:
    NEW.after(ASSIGN).stays_quiet(ASSIGN)
    NEW.after(ASSIGN).after(END).stays_quiet(END)


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": " "},
        {"subject": "x" * 201},
        {"division": "9901"},
        {"rank": 0},
        {"rank": 100},
        {"basis": ""},
        {"until_on": date(2024, 12, 31)},
    ],
)
def test_a_duty_names_subject_area_rank_basis_and_days(wrong: dict[str, Any]) -> None:
    NEW.refuses(replace(ASSIGN, **wrong), duty_catalogue.DutyMalformed)


def test_duties_belong_to_living_units_and_known_senders() -> None:
    NEW.refuses(replace(ASSIGN, unit_lives=False), duty_catalogue.DutyOfNoUnit)
    NEW.refuses(replace(ASSIGN, sender_unit_id="x", sender_known=False), duty_catalogue.DutyOfNoUnit)


def test_only_a_duty_of_the_catalogue_ends_and_not_backwards() -> None:
    NEW.refuses(END, duty_catalogue.NoSuchDuty)
    NEW.after(ASSIGN).refuses(replace(END, until_on=date(2025, 8, 16)), duty_catalogue.DutyEndsInThePast)
    (event,) = NEW.after(ASSIGN).when(replace(END, until_on=date(2025, 8, 17)))
    assert isinstance(event, DutyEnded)


def test_a_catalogue_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty_catalogue, "MAX_DUTIES", 1)
    NEW.after(ASSIGN).refuses(replace(ASSIGN, division="990102"), duty_catalogue.TooManyDuties)


COMMANDS = st.one_of(
    st.builds(
        lambda division, rank, lives: replace(ASSIGN, division=division, rank=rank, unit_lives=lives),
        st.sampled_from(["990101", "990100", "1"]),
        st.sampled_from([0, 1, 2]),
        st.booleans(),
    ),
    st.builds(
        lambda division, day: replace(END, division=division, until_on=date(2025, 8, day)),
        st.sampled_from(["990101", "990100"]),
        st.sampled_from([1, 20, 31]),
    ),
)


@given(st.lists(COMMANDS, max_size=5), COMMANDS)
def test_saying_it_twice_changes_nothing(history: list[DutyCommand], command: DutyCommand) -> None:
    scenario = NEW
    for each in history:
        try:
            scenario = scenario.after(each)
        except Refusal:
            continue
    saying_it_twice_changes_nothing(duty_decider, scenario.past, command)


def duty(unit_id: str, subject: str, division: str = "990101", **more: Any) -> DutyAssigned:
    said: dict[str, Any] = {
        "version": 1,
        "rank": 1,
        "concludes": True,
        "from_on": date(2025, 1, 1),
        "basis": "清单",
    }
    return DutyAssigned(unit_id=unit_id, subject=subject, division=division, **{**said, **more})


def index(*events: DutyEvent) -> DutyIndex:
    found = DutyIndex()
    found.apply(events)
    return found


def rules(found: DutyIndex, subject: str = "城建/物业", division: str = "990101", **more: Any) -> list[str]:
    asked = {"on": TODAY, "units": UNITS, **more}
    return [each.rule for each in found.competent(subject, division, **asked)]


def test_areas_go_from_the_county_to_the_nation() -> None:
    assert areas("110101") == ["110101", "110100", "110000", "000000"]
    assert areas("110000") == ["110000", "000000"]


def test_the_nearest_area_comes_first_and_in_it_the_closest_subject() -> None:
    found = index(
        duty("province", "城建/物业", "000000"),
        duty("city-housing", "城建/物业", "990100"),
        duty("east", "城建"),
        duty("east-housing", "城建/物业"),
        duty("west-housing", "城建/物业", "990102"),
    )
    assert rules(found) == [
        "east-housing:城建/物业:990101@1",
        "east:城建:990101@1",
        "city-housing:城建/物业:990100@1",
        "province:城建/物业:000000@1",
    ]


def test_among_equals_rank_decides_and_a_duty_for_this_sender_goes_before_all() -> None:
    found = index(
        duty("east-housing", "城建/物业", rank=2),
        duty("east-water", "城建/物业", rank=1),
        duty("east", "城建/物业", rank=3, sender_unit_id="city"),
    )
    assert [rule.split(":")[0] for rule in rules(found)] == ["east-water", "east-housing"]
    assert [rule.split(":")[0] for rule in rules(found, sender="city")] == [
        "east",
        "east-water",
        "east-housing",
    ]


def test_a_rule_holds_on_its_days_and_in_the_version_of_that_day() -> None:
    found = index(
        duty("east-housing", "城建/物业", until_on=date(2025, 12, 31)),
        duty("east-housing", "城建/物业", version=2, from_on=date(2025, 7, 1)),
        DutyEnded(
            unit_id="east-housing",
            subject="城建/物业",
            division="990101",
            version=2,
            until_on=date(2025, 9, 30),
        ),
    )
    days = [date(2024, 12, 31), date(2025, 6, 30), date(2025, 7, 1), date(2025, 9, 30), date(2025, 10, 1)]
    assert [rules(found, on=day) for day in days] == [
        [],
        ["east-housing:城建/物业:990101@1"],
        ["east-housing:城建/物业:990101@2"],
        ["east-housing:城建/物业:990101@2"],
        [],
    ]


def test_a_duty_passes_to_the_successor_and_says_so() -> None:
    units = after((MergeUnit, "east-housing", {"successor_unit_id": "east-water"}))
    (found,) = index(duty("east-housing", "城建")).competent("城建/物业", "990101", TODAY, units)
    assert (found.unit_id, found.rule) == ("east-water", "east-housing:城建:990101@1")
    assert "承接 east-housing 的职责" in found.zh
    assert "which includes 城建/物业" in found.en


def test_nobody_is_competent_for_what_nobody_was_assigned() -> None:
    assert rules(index(duty("east-housing", "环保"))) == []
