"""The rules that oversight enforces, each as the fact that it was broken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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


class CalendarGap(Refusal):
    """Years are published in a row, so that no period can jump over one."""

    def __init__(self, offered: str, last: int) -> None:
        super().__init__(
            "calendar-gap",
            f"已发布至 {last} 年，{offered} 与之不相接；请先发布 {last + 1} 年。",
            f"Calendars are published up to {last} and {offered} does not follow it: publish {last + 1} first.",
        )


class RuleNotForward(Refusal):
    """A rule changes what begins after it was published, never a period that has begun."""

    def __init__(self, rule: str, effective_from: date) -> None:
        super().__init__(
            "rule-not-forward",
            f"规则 {rule} 的施行日 {effective_from} 不晚于今日；规则不溯及既往，请定以后的日期。",
            f"Rule {rule} would be in force from {effective_from}: a rule works forward only, name a later day.",
        )


class ProposalOpen(Refusal):
    """Of one version there is one text to sign."""

    def __init__(self, version: str) -> None:
        super().__init__(
            "proposal-open",
            f"{version} 已有人提请，内容不同，尚待复核；请先复核或退回。",
            f"Another text or another person proposed {version} already: approve or reject that first.",
        )


class ProposalUnknown(Refusal):
    """Only what was proposed can be decided."""

    def __init__(self, version: str, waiting: Sequence[str]) -> None:
        known = ", ".join(waiting) or "-"
        super().__init__(
            "proposal-unknown",
            f"没有待复核的 {version}；待复核：{known}。",
            f"Nothing named {version} waits for a second person; waiting: {known}.",
        )


class SecondPersonNeeded(Refusal):
    """Who proposed does not approve."""

    def __init__(self, version: str) -> None:
        super().__init__(
            "second-person-needed",
            f"{version} 由您本人提请，须由另一人复核。",
            f"You proposed {version} yourself: another person has to decide on it.",
        )


class StartMoved(Refusal):
    """Whatever becomes of a period, it runs from its own start."""

    def __init__(self, clock: str, starts: object, offered: object) -> None:
        super().__init__(
            "start-moved",
            f"{clock} 自 {starts} 起算，不能改自 {offered} 起算；延长不改变起算日。",
            f"{clock} runs from {starts} and not from {offered}: an extension moves no start.",
        )


class EveryDayCounts(Refusal):
    """A clock stands still only where its rule leaves days out (K10: those of a hearing)."""

    def __init__(self, rule: str, article: str) -> None:
        super().__init__(
            "every-day-counts",
            f"{rule}（{article}）不扣除任何日数，期限不能暂停。",
            f"{rule} ({article}) leaves no day out: its clock does not stand still.",
        )


class NothingToConvertTo(Refusal):
    """Only a procedure that falls back to another one is given up for it (K5s:reply)."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            "nothing-to-convert-to",
            f"{rule} 没有可以转入的程序。",
            f"{rule} falls back to no other procedure.",
        )
