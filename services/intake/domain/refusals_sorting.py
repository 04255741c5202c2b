"""The rules of sorting: classification, routing out, non-acceptance, the second person."""

from __future__ import annotations

from datetime import date

from ledger.refusal import Refusal


class NotClassified(Refusal):
    """First it is said of what nature the case is (domain.md §2, transitions 4)."""

    def __init__(self) -> None:
        super().__init__(
            "not-classified", "尚未甄别，请先甄别。", "The case is not classified yet: classify it first."
        )


class AlreadyEnded(Refusal):
    """What has left intake for good is not sorted again (domain.md §2)."""

    def __init__(self, how: str) -> None:
        super().__init__(
            "already-ended",
            f"此件在受理环节已经了结（{how}）。",
            f"The case has ended here ({how}): what is new is a new case.",
        )


class UnknownSubject(Refusal):
    """A subject is one of the taxonomy (domain.md §4c)."""

    def __init__(self, taxonomy: str) -> None:
        super().__init__(
            "unknown-subject",
            f"内容分类 {taxonomy} 中没有此项，请用其代码或名称。",
            f"{taxonomy} has no such subject: say one of its codes or labels.",
        )


class UnknownTag(Refusal):
    """Facets and campaign tags are codes of the taxonomy: about the matter, never about a person (§4d, §8)."""

    def __init__(self, taxonomy: str) -> None:
        super().__init__(
            "unknown-tag",
            f"只能使用 {taxonomy} 中关于事项的标识，不得另加标签。",
            f"Only what {taxonomy} lists about a matter can be said: nothing else is a facet or campaign.",
        )


class FacetsContradict(Refusal):
    """Of some facets a matter has one (§4d)."""

    def __init__(self, group: str) -> None:
        super().__init__(
            "facets-contradict", f"“{group}”只能选一项。", f"Of the group {group} only one can be said."
        )


class CauseActNotAnId(Refusal):
    """The decision that caused a matter is named by its document number, in no other words (promise 7)."""

    def __init__(self) -> None:
        super().__init__(
            "cause-act-not-an-id",
            "引发事项的决定只填文号。",
            "Name the decision that caused the matter by its document number alone.",
        )


class RouteOfAClaimOnly(Refusal):
    """The six routes are those of a claim (Art 31 [K])."""

    def __init__(self) -> None:
        super().__init__(
            "route-of-a-claim",
            "只有申诉求决类适用第三十一条的六条途径。",
            "Only a claim goes one of the six routes of Art 31: leave the route out.",
        )


class LegalBasisMissing(Refusal):
    """Whoever sends a claim out of the petition procedure says on what it rests (C09; Art 31 [K])."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(
            "legal-basis-missing",
            f"须填写法律依据代码：{'、'.join(codes)}。",
            f"Say on what this branch rests: {', '.join(codes)}.",
        )


class BasisOfAnotherBranch(Refusal):
    """Each branch has its own legal basis (C09)."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(
            "basis-of-another-branch",
            f"法律依据与此类别不符，应为：{'、'.join(codes)}。",
            f"This branch does not rest on that: it rests on {', '.join(codes)}.",
        )


class AccusationBeyondClass(Refusal):
    """P1: of an accusation intake says that it is one, and nothing about what it says (Art 30 [K]; §7)."""

    def __init__(self) -> None:
        super().__init__(
            "accusation-beyond-class",
            "检举控告只作类别判断，不得标注其内容。",
            "Of an accusation only the class is noted: leave out facets, campaigns and further subjects.",
        )


class WithinPetitionProcedure(Refusal):
    """P2: what is within the petition procedure is accepted, not sent away (Art 28, 44 [K])."""

    def __init__(self) -> None:
        super().__init__(
            "within-petition-procedure",
            "此件属于信访程序（第三十一条第（六）项或建议、检举），不得引导至其他程序。",
            "The case is within the petition procedure; it may not be routed out. Reclassify it if that is wrong.",
        )


class SamePerson(Refusal):
    """C09, P8: two persons look at what ends a case without an answer, or changes its clock or organ [D]."""

    def __init__(self) -> None:
        super().__init__(
            "second-person", "须由另一人复核。", "Another person must do this: two people have to agree."
        )


class OnlyAnUpperOrgan(Refusal):
    """P7: only an organ above the one that handles the matter may point to it (Art 19 [K]; 2005 Art 16)."""

    def __init__(self, unit_id: str) -> None:
        super().__init__(
            "only-an-upper-organ",
            f"只有 {unit_id} 的上级机关可以重复信访为由不予受理；其他情形请关联办理。",
            f"Only an organ above {unit_id} may decline a matter because it is open there.",
        )


class OverdueElsewhere(Refusal):
    """P7 holds within the time limit only: after it the upper organ takes the matter up (Art 19, 40 [K])."""

    def __init__(self, unit_id: str) -> None:
        super().__init__(
            "overdue-elsewhere",
            f"{unit_id} 已经逾期，不得以重复信访为由不予受理，应予督办。",
            f"{unit_id} is overdue: the matter is not declined but supervised.",
        )


class TimeLimitMissing(Refusal):
    """P7: a notice that a matter is open elsewhere says until when (Art 19 [K])."""

    def __init__(self) -> None:
        super().__init__(
            "time-limit-missing",
            "须写明先前事项的办理期限。",
            "Say until when the earlier case must be answered.",
        )


class FactsNotTheSame(Refusal):
    """P8: only the same facts and reasons are no longer accepted; new ones are a new matter (Art 36 [K])."""

    def __init__(self) -> None:
        super().__init__(
            "facts-same",
            "须两人均认定事实和理由相同；有新的事实、理由的，作为新的信访事项办理。",
            "Both persons must find the facts and reasons the same; a matter with new ones is handled.",
        )


class ItselfNotEarlier(Refusal):
    """A case does not point to itself."""

    def __init__(self) -> None:
        super().__init__(
            "itself-not-earlier", "不能指向本件自身。", "The other case is this one: name another."
        )


class NothingProposed(Refusal):
    """A second person confirms what a first one proposed."""

    def __init__(self) -> None:
        super().__init__(
            "nothing-proposed", "没有待复核的提议。", "Nothing waits for a second person: propose it first."
        )


class OtherwiseProposed(Refusal):
    """One proposal at a time waits for its second person."""

    def __init__(self, since: date | None = None) -> None:
        super().__init__(
            "otherwise-proposed",
            "已有内容不同的提议待复核。",
            "Another proposal waits for its second person: confirm or decline that one first.",
        )


class OrganMissing(Refusal):
    """A routing-out names the organ and until when it can be turned to (C08; 2017 rules Art 3, 4)."""

    def __init__(self) -> None:
        super().__init__(
            "organ-missing",
            "引导告知须写明有权机关及其时限。",
            "Name the organ that decides, and until when it can be turned to.",
        )
