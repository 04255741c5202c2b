"""Calendars and rules come into force by two people, are corrected by higher versions, and are never rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from huiyin.oversight.v1.events import (
    CalendarEvent,
    CalendarPublished,
    PublicationProposed,
    PublicationRejected,
    RulePublished,
)
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from ledger.refusal import Refusal
from oversight.domain.calendar import CalendarCommand, calendar_decider
from oversight.domain.publication import RELEASE, Approve, Propose, Publish, Reject, Subject
from oversight.domain.published import Published
from oversight.domain.refusals import (
    CalendarGap,
    CalendarNotNewer,
    ProposalOpen,
    ProposalUnknown,
    RuleNotForward,
    RuleRewritten,
    SecondPersonNeeded,
)
from statute.calendar import load
from statute.rule_files import shipped

AT = datetime(2026, 11, 2, tzinfo=UTC)
NOTHING: Scenario[Published, CalendarCommand, CalendarEvent] = Scenario(calendar_decider)
Y2026 = load("cn").years[2026]
Y2027 = replace(
    Y2026,
    year=2027,
    version=1,
    holidays={date(2027, 1, 1): "元旦"},
    makeup_workdays={date(2027, 1, 3): "元旦"},
)
K3 = shipped().get("K3@2")
K3_LATER = replace(K3, version=3, effective_from=date(2027, 1, 1))


def shipped_one(subject: Subject) -> Publish:
    return Publish(at=AT, subject=subject)


def propose(subject: Subject, maker: str = "zhou") -> Propose:
    return Propose(at=AT, subject=subject, maker=maker)


def approve(version: str, checker: str = "wu") -> Approve:
    return Approve(at=AT, version=version, checker=checker)


SHIPPED = NOTHING.after(shipped_one(Y2026)).after(shipped_one(K3))


def test_what_came_with_the_program_is_published_by_the_release_and_approved_by_nobody() -> None:
    (event,) = NOTHING.when(shipped_one(Y2026))
    assert isinstance(event, CalendarPublished)
    assert (event.jurisdiction, event.year, event.version) == ("cn", 2026, "cn@2026.1")
    assert date(2026, 10, 1) in event.holidays_on
    assert (event.maker, event.checker) == (RELEASE, "")


def test_a_shipped_year_or_rule_is_not_published_again() -> None:
    SHIPPED.stays_quiet(shipped_one(Y2026))
    SHIPPED.stays_quiet(shipped_one(K3))


def test_an_older_shipped_year_does_not_come_back_over_a_correction() -> None:
    newer = NOTHING.after(shipped_one(replace(Y2026, version=10)))
    newer.refuses(shipped_one(replace(Y2026, version=9)), CalendarNotNewer)


def test_other_days_under_the_same_version_are_refused() -> None:
    refusal = SHIPPED.refuses(propose(replace(Y2026, makeup_workdays={})), CalendarNotNewer)
    assert "cn@2026.1" in str(refusal)


def test_a_proposal_puts_nothing_into_force() -> None:
    (event,) = SHIPPED.when(propose(Y2027))
    assert isinstance(event, PublicationProposed)
    assert (event.version, event.maker) == ("cn@2027.1", "zhou")
    assert 2027 not in SHIPPED.after(propose(Y2027)).state.years


def test_another_person_puts_a_year_into_force_as_it_was_proposed() -> None:
    (event,) = SHIPPED.after(propose(Y2027)).when(approve("cn@2027.1"))
    assert isinstance(event, CalendarPublished)
    assert (event.year, event.maker, event.checker) == (2027, "zhou", "wu")
    assert event.holidays_on == (date(2027, 1, 1),)
    assert event.makeup_workdays_on == (date(2027, 1, 3),)


def test_who_proposed_does_not_approve_and_does_not_reject() -> None:
    proposed = SHIPPED.after(propose(Y2027, maker="zhou"))
    proposed.refuses(approve("cn@2027.1", checker="zhou"), SecondPersonNeeded)
    reject = Reject(at=AT, version="cn@2027.1", checker="zhou", reason="日期有误")
    proposed.refuses(reject, SecondPersonNeeded)


def test_what_was_rejected_can_be_proposed_again_with_other_days() -> None:
    reject = Reject(at=AT, version="cn@2027.1", checker="wu", reason="元旦调休有误")
    proposed = SHIPPED.after(propose(Y2027))
    (event,) = proposed.when(reject)
    assert event == PublicationRejected(version="cn@2027.1", reason="元旦调休有误", checker="wu")
    proposed.after(reject).refuses(approve("cn@2027.1"), ProposalUnknown)
    proposed.after(reject).stays_quiet(reject)
    assert proposed.after(reject).when(propose(replace(Y2027, makeup_workdays={})))


def test_of_one_version_one_text_waits() -> None:
    proposed = SHIPPED.after(propose(Y2027))
    proposed.stays_quiet(propose(Y2027))
    proposed.refuses(propose(replace(Y2027, makeup_workdays={})), ProposalOpen)


def test_what_was_never_proposed_cannot_be_approved() -> None:
    refusal = SHIPPED.after(propose(Y2027)).refuses(approve("cn@2028.1"), ProposalUnknown)
    assert "cn@2027.1" in str(refusal)


def test_approving_twice_changes_nothing() -> None:
    SHIPPED.after(propose(Y2027)).after(approve("cn@2027.1")).stays_quiet(approve("cn@2027.1"))


def test_no_year_is_left_out() -> None:
    refusal = SHIPPED.refuses(
        propose(replace(Y2027, year=2028, holidays={}, makeup_workdays={})), CalendarGap
    )
    assert "2027" in str(refusal)


def test_a_published_year_is_corrected_by_a_higher_version_of_two_people() -> None:
    corrected = replace(Y2026, version=2, makeup_workdays={})
    (event,) = SHIPPED.after(propose(corrected)).when(approve("cn@2026.2"))
    assert isinstance(event, CalendarPublished)
    assert (event.version, event.makeup_workdays_on) == ("cn@2026.2", ())


def test_a_rule_is_published_with_law_article_and_the_whole_of_it() -> None:
    (event,) = NOTHING.when(shipped_one(K3))
    assert isinstance(event, RulePublished)
    assert (event.rule, event.clock, event.days, event.working_days) == ("K3@2", "K3", 15, False)
    assert event.law == K3.law
    assert K3.consequence in event.definition


def test_a_published_rule_is_never_rewritten() -> None:
    SHIPPED.refuses(shipped_one(replace(K3, name_zh="别的")), RuleRewritten)


def test_a_rule_works_forward_only() -> None:
    today = date(2026, 11, 2)
    SHIPPED.refuses(propose(replace(K3, version=3, effective_from=today)), RuleNotForward)
    (event,) = SHIPPED.after(propose(K3_LATER)).when(approve("K3@3"))
    assert isinstance(event, RulePublished)


def test_a_rule_that_waited_beyond_its_first_day_is_not_approved_any_more() -> None:
    late = Approve(at=datetime(2027, 1, 2, tzinfo=UTC), version="K3@3", checker="wu")
    SHIPPED.after(propose(K3_LATER)).refuses(late, RuleNotForward)


SUBJECTS: list[Subject] = [Y2026, Y2027, replace(Y2026, version=2, makeup_workdays={}), K3, K3_LATER]
VERSIONS = ["cn@2026.1", "cn@2026.2", "cn@2027.1", "K3@3", "K9@9"]
PEOPLE = st.sampled_from(["zhou", "wu"])
commands: st.SearchStrategy[CalendarCommand] = st.one_of(
    st.sampled_from(SUBJECTS).map(shipped_one),
    st.builds(propose, st.sampled_from(SUBJECTS), PEOPLE),
    st.builds(approve, st.sampled_from(VERSIONS), PEOPLE),
    st.builds(
        lambda version, who: Reject(at=AT, version=version, checker=who, reason="x"),
        st.sampled_from(VERSIONS),
        PEOPLE,
    ),
)


@given(st.lists(commands, max_size=8), commands)
def test_saying_it_twice_changes_nothing(history: list[CalendarCommand], command: CalendarCommand) -> None:
    past: list[CalendarEvent] = []
    for before in history:
        try:
            past += Scenario(calendar_decider, tuple(past)).when(before)
        except Refusal:
            continue
    saying_it_twice_changes_nothing(calendar_decider, past, command)
