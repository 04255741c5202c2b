"""What the domain refuses, told as the rule that was broken."""

from __future__ import annotations

__all__ = ["Refusal"]


class Refusal(Exception):
    """A broken rule, as a fact: subclasses are named after it (ReturnTooLate). Nothing was recorded.

    `rule` names it (a statutory rule, a prohibition P1.., or a transition of the lifecycle);
    `zh` and `en` say what it means here and what to do instead. Neither holds personal data.
    """

    def __init__(self, rule: str, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.rule = rule
        self.zh = zh
        self.en = en

    @property
    def message(self) -> str:
        """Chinese first, English second."""
        return f"{self.zh} {self.en}"
