"""The rules of the directory of units, each as the fact that it was broken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.refusal import Refusal

RULE = "directory"


class DirectoryMovedOn(Refusal):
    """The trees changed while somebody decided about them: read them again. Never told to anyone but the edge."""

    def __init__(self) -> None:
        super().__init__(
            "concurrent-change", "单位目录刚刚变动，请重试。", "The directory has just changed: try again."
        )


class UnitNotFounded(Refusal):
    """Only a unit of the directory can change."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            RULE,
            f"单位目录中没有 {unit}。",
            f"The directory has no unit {unit}: enter it first or choose another.",
        )


class UnknownParent(Refusal):
    """No orphans: whoever stands under a unit stands under one of the directory."""

    def __init__(self, parent: str) -> None:
        super().__init__(
            "directory-orphan",
            f"单位目录中没有上级单位 {parent}。",
            f"The directory has no unit {parent} to stand under: enter it first.",
        )


class ParentEnded(Refusal):
    """Nobody is put under a unit that is no more."""

    def __init__(self, parent: str, successor: str | None) -> None:
        super().__init__(
            "directory-orphan",
            f"上级单位 {parent} 已不存在，承接单位：{successor or '待指定'}。",
            f"Unit {parent} is no more; its successor is {successor or 'to be designated'}.",
        )


class CycleInTree(Refusal):
    """Both trees are trees: no unit stands, however indirectly, under itself."""

    def __init__(self, unit: str, below: str) -> None:
        super().__init__(
            "directory-cycle",
            f"{below} 隶属于 {unit}，不能反过来成为其上级或承接单位。",
            f"{below} stands under {unit}, so it cannot stand above it or in its place: move it first.",
        )


class UnitEnded(Refusal):
    """A unit ends once: what was merged, split or abolished is not merged, split, abolished, moved or renamed."""

    def __init__(self, unit: str, ended_on: date) -> None:
        super().__init__(
            "directory-ended",
            f"单位 {unit} 已于 {ended_on.isoformat()} 分设、并入或撤销。",
            f"Unit {unit} was split, merged or abolished on {ended_on.isoformat()}: it changes no more.",
        )


class SuccessorEnded(Refusal):
    """Only a living unit of the directory takes over."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            "lifecycle-22",
            f"承接单位 {unit} 不在单位目录中，或者已不存在。",
            f"{unit} is not in the directory, or is no more: name a living unit.",
        )


class SuccessorOfItself(Refusal):
    """A unit that is no more cannot take over from itself."""

    def __init__(self, unit: str) -> None:
        super().__init__("lifecycle-22", f"{unit} 不能由自己承接。", f"{unit} cannot be its own successor.")


class SuccessorKnown(Refusal):
    """The successor is designated once."""

    def __init__(self, successor: str) -> None:
        super().__init__(
            "lifecycle-22", f"承接单位已定为 {successor}。", f"The successor is {successor} already."
        )


class UnitLives(Refusal):
    """Only a unit that is no more has a successor."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            "lifecycle-22", f"单位 {unit} 仍然存在，无须承接。", f"Unit {unit} is alive: nothing passes on."
        )


class LeavesOrphans(Refusal):
    """A unit with others below it ends only with a successor they come under."""

    def __init__(self, unit: str, below: Sequence[str]) -> None:
        named = "、".join(below)
        super().__init__(
            "directory-orphan",
            f"{unit} 尚有下级单位 {named}，须先调整隶属或者指明承接单位。",
            f"{unit} has units below it ({', '.join(below)}): move them first, or name a successor.",
        )


class SplitIntoTooFew(Refusal):
    """A split makes several units; whoever takes over is one of them."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            RULE,
            f"{unit} 分设应列明至少两个不同单位，承接单位须为其中之一。",
            f"A split of {unit} names at least two different units, and the successor among them.",
        )


class ChangeInTheFuture(Refusal):
    """A change is entered on the day it takes effect, or later: the directory says what is."""

    def __init__(self, on: date) -> None:
        super().__init__(
            "time-honest",
            f"生效日期 {on.isoformat()} 晚于今天。",
            "The change takes effect in the future: enter it on that day.",
        )


class HeadMalformed(Refusal):
    """A head is entered by pseudonym, as in the header of those who act; never by name."""

    def __init__(self) -> None:
        super().__init__(
            RULE,
            "负责人须以化名登记（字母、数字、点、横线，至多 64 位）。",
            "A head is entered by pseudonym: letters, digits, dot and dash, at most 64.",
        )
