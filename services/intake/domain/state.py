"""What intake knows of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from huiyin.intake.v1.events import (
    AccusationSealed,
    CaseClassified,
    CaseNotAccepted,
    CaseReceived,
    CaseRoutedOut,
    CaseSplit,
    CaseWithdrawn,
    CorrectionProposed,
    NonAcceptanceDeclined,
    NonAcceptanceProposed,
    ReclassificationProposed,
    RegistrationVoided,
    SuggestionDecided,
    SuggestionStudied,
    VoidingProposed,
    WithdrawalRequested,
)
from intake.domain.reception import NOTHING_ADDED, Reception

Ending: TypeAlias = (
    CaseRoutedOut
    | CaseNotAccepted
    | CaseSplit
    | AccusationSealed
    | CaseWithdrawn
    | RegistrationVoided
    | SuggestionDecided
)
"""After which the case goes no further here."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """What became of the case when it was sorted, withdrawn or corrected; and what waits for a second person."""

    ended: Ending | None = None
    non_acceptance: NonAcceptanceProposed | None = None
    declined: NonAcceptanceDeclined | None = None
    reclassification: ReclassificationProposed | None = None
    correction: CorrectionProposed | None = None
    voiding: VoidingProposed | None = None
    withdrawal: WithdrawalRequested | None = None
    reports: frozenset[str] = frozenset()
    """References of what only an upper organ may read."""
    studied: SuggestionStudied | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What intake knows of a case."""

    received: CaseReceived | None = None
    registered: bool = False
    classified: CaseClassified | None = None
    reception: Reception = NOTHING_ADDED
    sorting: Sorting = Sorting()
