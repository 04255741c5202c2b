"""What is in force in a jurisdiction: its calendars and rules, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.oversight.v1.events import CalendarPublished, PublicationProposed, RulePublished


@dataclass(frozen=True, slots=True)
class Published:
    """The newest calendar of each year, every rule version by its id, every open proposal by its version."""

    years: Mapping[int, CalendarPublished] = field(default_factory=dict)
    rules: Mapping[str, RulePublished] = field(default_factory=dict)
    proposals: Mapping[str, PublicationProposed] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    """Versions sent back and not proposed again since."""

    @property
    def in_force(self) -> frozenset[str]:
        """Every version that is in force."""
        return frozenset({*self.rules, *(year.version for year in self.years.values())})
