"""The rules that oversight enforces, each as the fact that it was broken."""

from __future__ import annotations

from ledger.refusal import Refusal


class CalendarNotNewer(Refusal):
    """A published year is corrected by a higher version only."""

    def __init__(self, published: str, offered: str) -> None:
        super().__init__(
            "calendar-version",
            f"日历 {published} 已经发布，{offered} 不能取代它；更正须用更高的版本号。",
            f"Calendar {published} is in force and {offered} does not replace it: correct it by a higher version.",
        )


class RuleRewritten(Refusal):
    """A published version of a rule says the same for ever."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            "rule-version",
            f"规则 {rule} 已经发布，内容不同；更正须另立新版本。",
            f"Rule {rule} was published with other words: correct it by a new version.",
        )
