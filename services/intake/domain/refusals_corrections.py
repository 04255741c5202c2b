"""The rules of splitting, accusations, corrections and suggestions."""

from __future__ import annotations

from datetime import date

from ledger.refusal import Refusal


class SplitBeforeClassified(Refusal):
    """A mixed letter is split first; then each part is classified (domain.md §4a)."""

    def __init__(self) -> None:
        super().__init__(
            "split-before-classified",
            "已经甄别，不能再拆分；请先更正。",
            "The case is classified already: a mixed letter is split before that.",
        )


class PartsOutOfRange(Refusal):
    """A mixed letter has two parts or more (domain.md §4a)."""

    def __init__(self, most: int) -> None:
        super().__init__(
            "parts-out-of-range", f"应拆分为 2 至 {most} 件。", f"Split it into 2 to {most} different parts."
        )


class NotAnAccusation(Refusal):
    """Only accusations are sealed away; all else goes its open way (domain.md §4a)."""

    def __init__(self) -> None:
        super().__init__(
            "not-an-accusation",
            "此件未甄别为检举控告，不能密封移送。",
            "The case is not classified as an accusation: it may not be sealed away.",
        )


class AccusedMayNotReceive(Refusal):
    """P1: an accusation never reaches whom it accuses (Art 30, 46(5) [K]; 2005 Art 23, 44)."""

    def __init__(self) -> None:
        super().__init__(
            "accused-may-not-receive",
            "检举控告不得移送被检举控告的单位或其下属。",
            "An accusation never goes to whom it accuses, nor to a unit under it: name another organ.",
        )


class AgainstTheReceiver(Refusal):
    """P1b: what accuses the receiving organ goes straight to the upper organ (discipline rules Art 15)."""

    def __init__(self) -> None:
        super().__init__(
            "against-the-receiver",
            "反映本机关的，应当报送上级机关。",
            "What accuses the receiving organ belongs to the organ above it.",
        )


class AccusationContentSealed(Refusal):
    """P1: nobody but the first receiver opens an accusation, and after it was sealed nobody here (Art 30 [K])."""

    def __init__(self) -> None:
        super().__init__(
            "accusation-sealed",
            "检举控告内容已经密封，不得查阅。",
            "An accusation is sealed: its content is not shown here.",
        )


class ClockMovedLater(Refusal):
    """A correction never moves the start of a clock later (promise 4: time is kept honestly)."""

    def __init__(self, start_on: date) -> None:
        super().__init__(
            "clock-moved-later",
            f"更正不得使期限晚于 {start_on.isoformat()} 起算。",
            f"No correction lets a clock start later than {start_on.isoformat()}.",
        )


class NothingToCorrect(Refusal):
    """A correction says what was wrong."""

    def __init__(self) -> None:
        super().__init__(
            "nothing-to-correct", "没有可更正的甄别结果。", "There is no classification to correct."
        )


class KeptIsGone(Refusal):
    """Of two registrations of one paper, one stays open: nothing leads from receipt to disappearance (P2)."""

    def __init__(self) -> None:
        super().__init__(
            "kept-is-gone",
            "保留的登记不存在或已经了结，不能注销本件。",
            "The registration that would stay is not there or has ended: this one stays.",
        )


class NotASuggestion(Refusal):
    """Only suggestions go the suggestion track (domain.md §2, row 24)."""

    def __init__(self) -> None:
        super().__init__(
            "not-a-suggestion", "此件未甄别为建议意见。", "The case is not classified as a suggestion."
        )


class NotTheStudyingUnit(Refusal):
    """The competent unit studies a suggestion and answers it (Art 29 [K])."""

    def __init__(self, unit_id: str) -> None:
        super().__init__(
            "not-the-studying-unit",
            f"应由有权机关 {unit_id} 研究答复。",
            f"The competent unit {unit_id} studies and answers it.",
        )


class NotStudied(Refusal):
    """A suggestion is studied before it is decided about (Art 29 [K])."""

    def __init__(self) -> None:
        super().__init__(
            "not-studied", "尚未研究，不能答复。", "The suggestion was not taken up for study yet."
        )
