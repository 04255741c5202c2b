"""Calendars and rules are published once, corrected by higher versions, and never rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from huiyin.oversight.v1.events import CalendarEvent, CalendarPublished, RulePublished
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from oversight.domain.calendar import (
    CalendarCommand,
    PublishCalendar,
    Published,
    PublishRule,
    calendar_decider,
)
from oversight.domain.refusals import CalendarNotNewer, RuleRewritten
from statute.calendar import load
from statute.calendar_year import CalendarYear
from statute.periods import CalendarDays
from statute.rule_files import shipped

AT = datetime(2025, 8, 18, tzinfo=UTC)
PUBLISHED: Scenario[Published, CalendarCommand, CalendarEvent] = Scenario(calendar_decider)
Y2025 = load("cn").years[2025]
K3 = shipped().get("K3@2")


def year(published: CalendarYear) -> PublishCalendar:
    return PublishCalendar(at=AT, year=published)


def test_a_year_is_published_with_its_holidays_and_makeup_days() -> None:
    (event,) = PUBLISHED.when(year(Y2025))
    assert isinstance(event, CalendarPublished)
    assert (event.jurisdiction, event.year, event.version) == ("cn", 2025, "cn@2025.1")
    assert date(2025, 10, 1) in event.holidays_on
    assert date(2025, 10, 11) in event.makeup_workdays_on


def test_a_published_year_is_not_published_again() -> None:
    PUBLISHED.after(year(Y2025)).stays_quiet(year(Y2025))


def test_a_higher_version_corrects_a_year() -> None:
    corrected = replace(Y2025, version=2, makeup_workdays={})
    (event,) = PUBLISHED.after(year(Y2025)).when(year(corrected))
    assert isinstance(event, CalendarPublished)
    assert (event.version, event.makeup_workdays_on) == ("cn@2025.2", ())


def test_other_days_under_the_same_version_are_refused() -> None:
    forged = replace(Y2025, makeup_workdays={})
    refusal = PUBLISHED.after(year(Y2025)).refuses(year(forged), CalendarNotNewer)
    assert "cn@2025.1" in str(refusal)


def test_an_older_version_does_not_come_back() -> None:
    newer = PUBLISHED.after(year(replace(Y2025, version=10)))
    newer.refuses(year(replace(Y2025, version=9)), CalendarNotNewer)


def test_a_rule_is_published_with_law_article_and_days() -> None:
    (event,) = PUBLISHED.when(PublishRule(at=AT, rule=K3))
    assert isinstance(event, RulePublished)
    assert (event.rule, event.clock, event.days, event.working_days) == ("K3@2", "K3", 15, False)
    assert event.law == K3.law


def test_a_published_rule_is_not_published_again() -> None:
    PUBLISHED.after(PublishRule(at=AT, rule=K3)).stays_quiet(PublishRule(at=AT, rule=K3))


def test_a_published_rule_is_never_rewritten() -> None:
    published = PUBLISHED.after(PublishRule(at=AT, rule=K3))
    published.refuses(PublishRule(at=AT, rule=replace(K3, counting=CalendarDays(16))), RuleRewritten)


commands = st.one_of(
    st.builds(
        lambda each, version: year(replace(each, version=version)),
        st.sampled_from(list(load("cn").years.values())),
        st.integers(1, 3),
    ),
    st.sampled_from(list(shipped().by_id.values())).map(lambda rule: PublishRule(at=AT, rule=rule)),
)


@given(st.lists(commands, max_size=8), commands)
def test_saying_it_twice_changes_nothing(history: list[CalendarCommand], command: CalendarCommand) -> None:
    past: list[CalendarEvent] = []
    for before in history:
        try:
            past += Scenario(calendar_decider, tuple(past)).when(before)
        except CalendarNotNewer:
            continue
    saying_it_twice_changes_nothing(calendar_decider, past, command)
