"""The first cut: each branch with its legal basis, subjects by code, and nothing about persons."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from huiyin.intake.v1.events import CaseClassified, Category, Route
from huiyin.registry import CATALOGUE
from intake.domain import refusals
from intake.domain import refusals_sorting as rules
from intake.domain.branches import OUTSIDE
from intake.domain.case import ClassifyCase
from intake.domain.taxonomy import CURRENT, parse, shipped
from intake.tests.intake_example import CLASSIFY, REGISTERED
from intake.tests.sorting_example import EVERY, LABOUR


def classified(command: ClassifyCase) -> CaseClassified:
    (event,) = REGISTERED.when(command)
    assert isinstance(event, CaseClassified)
    return event


def test_a_claim_of_which_nobody_says_more_goes_the_petition_procedure() -> None:
    event = classified(CLASSIFY)
    assert (event.route, event.legal_basis) == (Route.PETITION, "R2022.31.6")
    assert (event.subject, event.subject_code, event.taxonomy) == ("城乡建设", "S03", "cn-subjects@2025.1")
    assert not event.outside_evaluation


def test_a_subject_may_be_said_by_its_code() -> None:
    event = classified(replace(CLASSIFY, subject="S03"))
    assert (event.subject, event.subject_code) == ("城乡建设", "S03")
    REGISTERED.after(CLASSIFY).stays_quiet(replace(CLASSIFY, subject="S03"))


def test_a_subject_that_the_taxonomy_does_not_have_is_refused() -> None:
    refused = REGISTERED.refuses(replace(CLASSIFY, subject="缠访"), rules.UnknownSubject)
    assert refused.rule == "unknown-subject"
    REGISTERED.refuses(replace(CLASSIFY, secondary_subjects=("S99",)), rules.UnknownSubject)


@pytest.mark.parametrize("route", sorted(OUTSIDE))
def test_whoever_sends_a_claim_elsewhere_says_on_what_it_rests(route: Route) -> None:
    REGISTERED.refuses(replace(CLASSIFY, route=route), rules.LegalBasisMissing)
    REGISTERED.refuses(replace(CLASSIFY, route=route, legal_basis="R2022.31.6"), rules.BasisOfAnotherBranch)
    event = classified(replace(CLASSIFY, route=route, legal_basis=f"R2022.31.{int(route)}"))
    assert event.outside_evaluation


def test_only_a_claim_has_a_route() -> None:
    other = replace(CLASSIFY, category=Category.SUGGESTION, route=Route.PETITION)
    REGISTERED.refuses(other, rules.RouteOfAClaimOnly)


def test_of_an_accusation_nothing_but_its_class_is_recorded() -> None:
    accusation = replace(CLASSIFY, category=Category.ACCUSATION)
    event = classified(accusation)
    assert (event.subject, event.subject_code, event.legal_basis) == (
        "unclassified",
        "unclassified",
        "R2022.30",
    )
    assert event.outside_evaluation
    REGISTERED.refuses(replace(accusation, facets=("cross-area",)), rules.AccusationBeyondClass)
    REGISTERED.after(accusation).stays_quiet(accusation)


def test_facets_and_campaigns_are_codes_about_the_matter() -> None:
    said = replace(
        CLASSIFY, facets=("cross-area", "simple"), campaign_tags=("T01",), cause_act_id="云建发〔2024〕12号"
    )
    event = classified(said)
    assert (event.facets, event.campaign_tags) == (("cross-area", "simple"), ("T01",))
    for facet in ("重点人员", "risk-high", "缠访"):
        REGISTERED.refuses(replace(CLASSIFY, facets=(facet,)), rules.UnknownTag)
    REGISTERED.refuses(replace(CLASSIFY, campaign_tags=("T06",)), rules.UnknownTag)
    REGISTERED.refuses(replace(CLASSIFY, facets=("simple", "ordinary")), rules.FacetsContradict)
    REGISTERED.refuses(replace(CLASSIFY, cause_act_id="张某 说的那个决定"), rules.CauseActNotAnId)


def test_what_was_classified_is_not_classified_otherwise() -> None:
    scenario = REGISTERED.after(LABOUR)
    scenario.stays_quiet(LABOUR)
    scenario.stays_quiet(replace(LABOUR, by_ref="c9"))
    for other in (
        replace(LABOUR, secondary_subjects=("S05",)),
        replace(LABOUR, facets=("cross-area",)),
        replace(LABOUR, route=Route.PETITION, legal_basis="R2022.31.6"),
        replace(LABOUR, cause_act_id="云建发〔2024〕12号"),
        CLASSIFY,
    ):
        scenario.refuses(other, refusals.AlreadyClassified)


def test_the_taxonomy_has_the_twenty_subjects_and_the_five_campaigns_that_were_named() -> None:
    assert len([code for code in CURRENT.subjects if code.startswith("S")]) == 20
    assert list(CURRENT.campaign_tags.values()) == [
        "交房难",
        "办证难",
        "物业乱象",
        "金融平台逾期兑付",
        "网络数字平台诱导消费",
    ]


def test_a_taxonomy_with_a_word_given_twice_or_an_orphan_is_refused() -> None:
    text = shipped("subjects_2025_1.toml")
    with pytest.raises(ValueError, match="given twice"):
        parse(text.replace('"S02"', '"S01"'))
    with pytest.raises(ValueError, match="does not come before"):
        parse(text.replace('code = "S02"', 'parent = "S77", code = "S02"'))


def test_there_is_nowhere_to_enter_a_fee_and_no_way_to_delete() -> None:
    """P9: no payment field. P2: nothing deletes."""
    names = {field.name for command in (*EVERY, CLASSIFY) for field in fields(command)}
    assert not [name for name in names if any(word in name for word in ("fee", "pay", "charge", "amount"))]
    own = [name for name, entry in CATALOGUE.items() if entry.service == "intake"]
    assert own
    assert not [name for name in own if "Deleted" in name or "Discarded" in name]
