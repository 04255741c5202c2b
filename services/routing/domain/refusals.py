"""The rules that routing enforces, each as the fact that it was broken."""

from __future__ import annotations

from datetime import date

from ledger.refusal import Refusal


class UnknownCase(Refusal):
    """Routing has not heard of the case, or it is not classified yet."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-4a",
            "没有这件信访事项，或者尚未甄别。",
            "There is no such case here, or it is not classified yet: classify it first.",
        )


class NotTheSender(Refusal):
    """Only the unit that holds the case sends it on."""

    def __init__(self, holder: str, unit: str) -> None:
        super().__init__(
            "lifecycle-4a",
            f"该件由 {holder} 负责转送，{unit} 无权转送。",
            f"{holder} holds the case and sends it on; {unit} may not.",
        )


class UnknownUnit(Refusal):
    """A case goes only to a unit of the directory."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            "C21",
            f"单位目录中没有 {unit}。",
            f"The directory has no unit {unit}: enter it first or choose another.",
        )


class TransferredElsewhere(Refusal):
    """A case that was sent on comes back only by a return."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            "lifecycle-4a",
            f"已经转送 {unit}；改送他处须先退回。",
            f"The case was transferred to {unit}: it can go elsewhere only after a return.",
        )


class NotTransferred(Refusal):
    """Nobody can act on a case that was not sent to a unit."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-7", "尚未转送，不能办理。", "The case was not transferred yet: transfer it first."
        )


class NotTheHandler(Refusal):
    """Only the unit that was sent the case accepts and answers it."""

    def __init__(self, handler: str, unit: str) -> None:
        super().__init__(
            "lifecycle-8", f"责任单位是 {handler}，不是 {unit}。", f"{handler} handles the case, not {unit}."
        )


class AlreadyAnswered(Refusal):
    """An opinion that was served is corrected by review, not by another one."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-11",
            "处理意见书已经送达。",
            "The opinion was served already: it changes only by review.",
        )


class SignedInTheFuture(Refusal):
    """Nobody signs ahead of time."""

    def __init__(self, signed_on: date) -> None:
        super().__init__(
            "time-honest",
            f"签发日期 {signed_on.isoformat()} 晚于今天。",
            "The date of signature lies in the future.",
        )


class DivisionMalformed(Refusal):
    """Division codes have six digits."""

    def __init__(self, division: str) -> None:
        super().__init__(
            "directory",
            f"行政区划代码“{division}”应为六位数字。",
            "A division code has six digits; 000000 if unknown.",
        )


class UnitUnnamed(Refusal):
    """A unit has a name."""

    def __init__(self, unit: str) -> None:
        super().__init__("directory", f"单位 {unit} 没有名称。", f"Unit {unit} needs a name.")


class UnitItsOwnParent(Refusal):
    """The directory is a tree."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            "directory", f"单位 {unit} 不能隶属于自身。", f"Unit {unit} cannot be its own parent."
        )


class UnitExists(Refusal):
    """A unit id is used once."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            "directory",
            f"单位 {unit} 已经存在，且内容不同。",
            f"Unit {unit} exists with other particulars: choose another id.",
        )


class ServedBeforeTransferred(Refusal):
    """No unit answers a case before it has it."""

    def __init__(self) -> None:
        super().__init__(
            "time-honest",
            "答复时间早于转送时间。",
            "The opinion was served before the case was transferred: correct the times.",
        )


class OrganCodeMalformed(Refusal):
    """Organ codes stand in receipt numbers, whose check character knows digits and capital letters only."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "directory",
            f"机关代码“{code}”应为一至十二位大写字母或数字。",
            "An organ code has one to twelve capital letters or digits.",
        )


class EndedAtIntake(Refusal):
    """What intake has ended (routed out, not accepted, split, withdrawn, voided, sealed) is not transferred."""

    def __init__(self, event: str) -> None:
        super().__init__(
            "lifecycle-ended",
            "此件已在受理登记环节终结（引导、不予受理、拆分、撤回、注销或密封），不得再转送。",
            f"Intake ended the case ({event}): there is nothing left to transfer.",
        )
