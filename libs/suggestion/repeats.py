"""Finds earlier cases about the same matter, as proposals that a clerk confirms (重复件 repeats)."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import log, sqrt

from suggestion.fingerprint import KEPT, MARK_BYTES, Fingerprint, Reading
from suggestion.passages import passages

SAME = 0.30
"""Score from which two texts count as one text, perhaps reworded. On real pairs nine in ten with nearly the same text
lie above, and hardly one of those that only share a theme (README)."""

RELATED = 0.12
"""Score from which a joint matter is proposed: different words about, it may be, one matter. A weak hint by nature."""

RARE = 40
"""Marks of the new text that nominate: the rarest of those that any case holds."""

BUDGET = 40_000
"""Entries read while nominating. It bounds the time a search takes however many cases hold the same words."""

NOMINATED = 48
"""Cases compared mark by mark."""

ALL_MARKS = 256**MARK_BYTES
"""Above every mark."""

PROPOSED = 5
"""Proposals shown: as many as a clerk will open."""


class Relation(Enum):
    """What a proposal says, in the words of the office."""

    SAME_CASE = "同一事项（正在办理）"
    EARLIER_CASE = "以前办理过的事项"
    JOINT_MATTER = "可能的共同事项"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stored case that may be about the same matter. Nothing follows from it until a clerk confirms.

    `score` is 1 for identical bodies, else the shared share of the marks, weighted by rarity (0 to 1); `identical`
    and `passages` (of the new text, the longest first, as found again in the stored case) are the reasons.
    """

    case_id: str
    relation: Relation
    score: float
    identical: bool
    passages: tuple[str, ...]


class RepeatIndex:
    """Fingerprints of cases under one key, in memory: about 2 kB a case. Not for use by two threads at once."""

    def __init__(self) -> None:
        self._cases: list[str] = []
        self._numbers: dict[str, int] = {}
        self._prints: list[tuple[bytes, array[int]] | None] = []
        self._holders: dict[int, array[int]] = {}
        self._whole: dict[bytes, list[int]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, case_id: str, fingerprint: Fingerprint) -> None:
        """Takes a case in; again with the same fingerprint changes nothing, with another one replaces it."""
        if (number := self._numbers.get(case_id)) is not None:
            if self._prints[number] == (fingerprint.whole, fingerprint.packed()):
                return
            self.remove(case_id)
        number = self._numbers[case_id] = len(self._cases)
        self._cases.append(case_id)
        self._prints.append((fingerprint.whole, fingerprint.packed()))
        self._whole.setdefault(fingerprint.whole, []).append(number)
        for mark in fingerprint.marks:
            self._holders.setdefault(mark, array("I")).append(number)

    def remove(self, case_id: str) -> None:
        """Forgets a case, when it is erased; unknown ones are forgotten already."""
        if (number := self._numbers.pop(case_id, None)) is None:
            return
        held, self._prints[number], self._cases[number] = self._prints[number], None, ""
        assert held is not None
        whole, marks = held
        self._whole[whole].remove(number)
        if not self._whole[whole]:
            del self._whole[whole]
        for mark in marks:
            self._holders[mark].remove(number)
            if not self._holders[mark]:
                del self._holders[mark]

    def find(
        self, reading: Reading, *, is_open: Callable[[str], bool], at_most: int = PROPOSED, besides: str = ""
    ) -> list[Proposal]:
        """Best first; all cases with the identical body, then others up to `at_most`. `besides` is the case itself."""
        mine = reading.fingerprint
        identical = [n for n in self._whole.get(mine.whole, ()) if self._cases[n] != besides]
        scored = [(1.0, True, number) for number in identical]
        weights = {mark: self._weight(mark) for mark in mine.marks}
        for number in self._nominated(mine, weights).difference(identical):
            if self._cases[number] != besides and (score := self._score(weights, number)) >= RELATED:
                scored.append((score, False, number))
        scored.sort(key=lambda each: (-each[1], -each[0], each[2]))
        return [self._proposal(reading, *each, is_open) for each in scored[: max(at_most, len(identical))]]

    def _nominated(self, mine: Fingerprint, weights: dict[int, float]) -> set[int]:
        votes: Counter[int] = Counter()
        spent = 0
        known = [mark for mark in mine.marks if mark in self._holders]
        for mark in sorted(known, key=lambda each: -weights[each])[:RARE]:
            holders = self._holders[mark]
            if spent + len(holders) > BUDGET:
                break
            spent += len(holders)
            votes.update(holders)
        return {number for number, _ in votes.most_common(NOMINATED)}

    def _score(self, weights: dict[int, float], number: int) -> float:
        """Cosine of the two sets of marks, each mark weighing its squared rarity, as far as both are complete."""
        held = self._prints[number]
        assert held is not None
        reach = min(_reach(list(weights)), _reach(held[1]))
        ours = {mark: weight for mark, weight in weights.items() if mark <= reach}
        theirs = [mark for mark in held[1] if mark <= reach]
        shared = sum(ours[mark] for mark in theirs if mark in ours)
        whole = sum(ours.values()) * sum(map(self._weight, theirs))
        return min(shared / sqrt(whole), 1.0) if whole else 0.0

    def _weight(self, mark: int) -> float:
        return log((len(self._numbers) + 1) / (len(self._holders.get(mark, ())) + 0.5)) ** 2

    def _proposal(
        self, reading: Reading, score: float, identical: bool, number: int, is_open: Callable[[str], bool]
    ) -> Proposal:
        held = self._prints[number]
        assert held is not None
        case_id = self._cases[number]
        if score < SAME:
            relation = Relation.JOINT_MATTER
        else:
            relation = Relation.SAME_CASE if is_open(case_id) else Relation.EARLIER_CASE
        shared = {reading.pairs[mark] for mark in held[1] if mark in reading.pairs}
        return Proposal(case_id, relation, score, identical, passages(reading.text, shared))


def _reach(marks: Sequence[int]) -> int:
    """Up to which mark a fingerprint is complete: a long text keeps only its lowest marks."""
    return marks[-1] if len(marks) >= KEPT else ALL_MARKS
