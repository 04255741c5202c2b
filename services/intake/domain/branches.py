"""The first cut by nature (domain.md §4a): each branch rests on a legal basis, and its code is mandatory."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.intake.v1.events import Category, NonAcceptanceGround, Route
from intake.domain.taxonomy import shipped


@dataclass(frozen=True, slots=True)
class Branch:
    """What a branch may rest on: code -> law and article. `usual`: what it rests on where nobody names it."""

    name: str
    codes: Mapping[str, str]
    usual: str | None


def _load() -> Mapping[str, Branch]:
    data = tomllib.loads(shipped("legal_bases.toml"))
    return {name: Branch(name, entry["codes"], entry.get("usual")) for name, entry in data.items()}


BRANCHES = _load()

OUTSIDE = frozenset(
    {Route.LITIGATION, Route.ARBITRATION, Route.PARTY_APPEAL, Route.RECONSIDERATION, Route.PERFORMANCE}
)
"""Routes ① to ⑤ of Art 31: another law's procedure."""


def branch_of(category: Category, route: Route) -> Branch | None:
    """The branch of a classification; None where nobody has judged yet."""
    if category is Category.CLAIM:
        return BRANCHES[route.name.lower()]
    return BRANCHES.get(category.name.lower())


def basis_of(ground: NonAcceptanceGround) -> str:
    """What a non-acceptance rests on."""
    usual = BRANCHES[ground.name.lower()].usual
    assert usual is not None
    return usual


def outside_evaluation(category: Category, route: Route) -> bool:
    """P16: matters of other procedures, and what is not to be made public, are not evaluated by the petitioner."""
    return category is Category.ACCUSATION or route in OUTSIDE
