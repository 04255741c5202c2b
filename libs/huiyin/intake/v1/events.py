"""The contract huiyin.intake.v1. Generated from huiyin/intake/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import TypeAlias

from huiyin.common.v1.types import Channel, Deadline, Sealed
from huiyin.quick import quick

__all__ = [
    "AccusationSealed",
    "AttachmentAdded",
    "CaseClassified",
    "CaseNotAccepted",
    "CaseReceived",
    "CaseReclassified",
    "CaseRegistered",
    "CaseRoutedOut",
    "CaseSplit",
    "CaseWithdrawn",
    "Category",
    "Classification",
    "ContentDisclosed",
    "CorrectionProposed",
    "Filing",
    "IntakeCaseEvent",
    "Jointness",
    "MaterialAdded",
    "NonAcceptanceDeclined",
    "NonAcceptanceGround",
    "NonAcceptanceProposed",
    "OralRecordConfirmed",
    "ReclassificationProposed",
    "RegistrationCorrected",
    "RegistrationVoided",
    "Route",
    "Scan",
    "SealedReportReceived",
    "SuggestionDecided",
    "SuggestionOutcome",
    "SuggestionStudied",
    "UrgentMatterFlagged",
    "UrgentMatterReported",
    "VoidingProposed",
    "WithdrawalChannel",
    "WithdrawalRequested",
]


class Route(IntEnum):
    """The six statutory routes of a claim (Art 31 of the 2022 regulations)."""

    UNSPECIFIED = 0
    # 涉法涉诉：诉讼等
    LITIGATION = 1
    # 仲裁
    ARBITRATION = 2
    # 党员申诉
    PARTY_APPEAL = 3
    # 行政复议、裁决、确认、许可、处罚
    RECONSIDERATION = 4
    # 查处违法、保护人身财产
    PERFORMANCE = 5
    # 信访程序
    PETITION = 6

    @classmethod
    def _missing_(cls, value: object) -> Route:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class NonAcceptanceGround(IntEnum):
    """Why a case need not be accepted."""

    UNSPECIFIED = 0
    # 办理期限内重复信访
    DUPLICATE = 1
    # 复核终结，同一事实和理由
    FINAL_OPINION = 2

    @classmethod
    def _missing_(cls, value: object) -> NonAcceptanceGround:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class WithdrawalChannel(IntEnum):
    """Where a withdrawal was asked for."""

    UNSPECIFIED = 0
    # 信访人本人渠道
    PETITIONER = 1
    # 机关终端
    OFFICE_TERMINAL = 2

    @classmethod
    def _missing_(cls, value: object) -> WithdrawalChannel:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class SuggestionOutcome(IntEnum):
    """What became of a suggestion."""

    UNSPECIFIED = 0
    # 采纳
    ADOPTED = 1
    # 部分采纳
    PARTLY_ADOPTED = 2
    # 不采纳
    NOT_ADOPTED = 3

    @classmethod
    def _missing_(cls, value: object) -> SuggestionOutcome:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class Jointness(IntEnum):
    """Whether one or several petition."""

    UNSPECIFIED = 0
    # 个人
    SINGLE = 1
    # 联名 several people in one letter, call or filing, or up to four visitors
    JOINT = 2
    # 集体访 five visitors or more
    COLLECTIVE_VISIT = 3

    @classmethod
    def _missing_(cls, value: object) -> Jointness:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class Scan(IntEnum):
    """What is known about malware in a file."""

    UNSPECIFIED = 0
    # 未查毒 nobody looked
    NOT_SCANNED = 1
    # 已查毒，未见异常
    CLEAN = 2

    @classmethod
    def _missing_(cls, value: object) -> Scan:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class Category(IntEnum):
    """The nature of a petition (first cut)."""

    UNSPECIFIED = 0
    # 申诉求决
    CLAIM = 1
    # 建议意见
    SUGGESTION = 2
    # 检举控告
    ACCUSATION = 3
    # 未甄别
    UNCLASSIFIED = 4

    @classmethod
    def _missing_(cls, value: object) -> Category:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReceived:
    """A petition came in and has its receipt. Recorded before any officer acts."""

    case_id: str
    # Organ code, year, serial without gaps for that organ and year, check digit.
    receipt_number: str
    channel: Channel
    # The unit that received it first and answers for it until a competent unit has taken over (首接首办).
    first_receiver_unit_id: str
    anonymous: bool
    # Name, contact and address, as far as given.
    petitioner: Sealed | None = None
    # Title and text.
    petition: Sealed
    # K1: until when it must be registered, sorted and transferred.
    transfer_deadline: Deadline
    # K0: until when what came by letter, visit, call and the like must be keyed in. It runs from physical receipt and is met by recording this event; absent for the web and for imports.
    key_in_deadline: Deadline | None = None
    # In what form it was handed in; absent in what was recorded before this was asked.
    filing: Filing | None = None
    # Names and contacts of the representatives of a joint petition; nobody else is listed.
    representatives: Sealed | None = None
    # The mixed letter that it was split from; its date of receipt and K1 are that one's.
    parent_case_id: str | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """In what form a petition was handed in: facets of the matter, never of a person."""

    # The petitioner asks that who it is be shown to nobody but the first receiver.
    confidential: bool
    # The number of the order or document at the channel it came by, such as a 12345 work order; empty if it has none.
    external_number: str
    jointness: Jointness
    # How many people petition together; 1 for one alone.
    petitioners: int
    # How many of them were entered as representatives: at most five.
    representatives: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRegistered:
    """The first receiver entered the petition in the register."""

    case_id: str
    unit_id: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClassified:
    """The petition was screened: its nature, its subject, and who is competent."""

    case_id: str
    unit_id: str
    category: Category
    # The label of its subject; "unclassified" where nobody has looked, and of every accusation.
    subject: str
    competent_unit_id: str
    urgent: bool
    # Carried on, so that the transferring service knows the whole clock.
    receipt_number: str
    first_receiver_unit_id: str
    received_on: date
    transfer_deadline: Deadline
    # For a claim: which of the six statutory routes of Art 31 it goes.
    route: Route
    # What the branch rests on, by its code: R2022.31.6.
    legal_basis: str
    # The code of the subject, which stays when its label is reworded.
    subject_code: str
    # Which taxonomy the codes are of: cn-subjects@2025.1.
    taxonomy: str
    # Codes of further subjects.
    secondary_codes: tuple[str, ...] = ()
    # What else is said about the matter, by codes of the taxonomy; never about a person.
    facets: tuple[str, ...] = ()
    # Campaigns whose list the matter is on; they change no clock.
    campaign_tags: tuple[str, ...] = ()
    # The decision that caused the matter, by its document number.
    cause_act_id: str
    # Left out of the evaluation by the petitioner, from the start.
    outside_evaluation: bool
    # Who screened it, by pseudonym.
    by_ref: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ContentDisclosed:
    """Someone was shown the petition or who wrote it. Recorded before it is shown."""

    case_id: str
    items: tuple[str, ...] = ()
    to_unit_id: str
    purpose: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRoutedOut:
    """The matter belongs to a statutory procedure outside petitioning; the petitioner was told which, and where."""

    case_id: str
    unit_id: str
    # Who routed it out, by pseudonym: not who classified it.
    by_ref: str
    route: Route
    # The organ that decides, such as a labour arbitration commission.
    organ_name: str
    # Why it belongs there, by its code.
    legal_basis: str
    # Within which time that organ can be turned to, and by which article.
    organ_limit: str
    # The reasoned notice (不予受理、引导告知书).
    notice: Sealed
    # Left out of the evaluation by the petitioner.
    outside_evaluation: bool


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class NonAcceptanceProposed:
    """Somebody found that the case need not be accepted; nothing follows until another person confirms it."""

    case_id: str
    unit_id: str
    # Who proposed it, by pseudonym.
    by_ref: str
    ground: NonAcceptanceGround
    # The case that is open, or that was finally answered.
    earlier_case_id: str
    # The unit that handles the earlier case, or answered it last.
    earlier_unit_id: str
    # Until when the earlier case must be answered; absent where it was answered finally.
    earlier_due_on: date | None = None
    # The reasoned notice (不予受理、不再受理告知书).
    notice: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class NonAcceptanceDeclined:
    """The second person did not agree that the case need not be accepted; it goes its ordinary way."""

    case_id: str
    unit_id: str
    # Who declined, by pseudonym.
    by_ref: str
    # Why.
    reason: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotAccepted:
    """Not accepted: the same matter is open elsewhere within its time limit, or was finally answered. Two persons found so."""

    case_id: str
    unit_id: str
    ground: NonAcceptanceGround
    # What it rests on, by its code.
    legal_basis: str
    # The case that is open, or that was finally answered.
    earlier_case_id: str
    # The unit that handles the earlier case, or answered it last.
    earlier_unit_id: str
    # Until when the earlier case must be answered; absent where it was answered finally.
    earlier_due_on: date | None = None
    # Who proposed it, by pseudonym.
    proposed_by_ref: str
    # Who confirmed it, by pseudonym: somebody else.
    confirmed_by_ref: str
    # The reasoned notice (不予受理、不再受理告知书).
    notice: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSplit:
    """A mixed letter was divided into cases of their own, each with the parent's date of receipt and its text alone."""

    case_id: str
    unit_id: str
    # Who divided it, by pseudonym.
    by_ref: str
    # The cases that it was divided into.
    part_case_ids: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class AccusationSealed:
    """An accusation was sealed: what stays here is a pointer; whom it accuses and where it goes is in the vault alone."""

    case_id: str
    unit_id: str
    received_on: date
    # Hash of the ledger's line of receipt.
    receipt_hash: bytes
    # K13, or K13a where it belongs to the upper organ: until when it must be accepted or passed on.
    passing_deadline: Deadline
    # Who is accused and who gets it, in the vault.
    accused: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRequested:
    """Somebody asked to withdraw the petition; it counts only when the petitioner confirms it a day later."""

    case_id: str
    channel: WithdrawalChannel
    # The unit at whose terminal it was entered; empty where the petitioner asked by its own channel.
    unit_id: str
    # From when the petitioner may confirm it.
    confirm_from_at: datetime


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn:
    """The petitioner withdrew the petition, by its own channel and a second time after a day. The facts stay."""

    case_id: str
    # By which channel it was asked for first.
    requested_by_channel: WithdrawalChannel


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReportReceived:
    """The petitioner handed something in that only an upper organ may read; nothing here says what it is about."""

    case_id: str
    # What was handed in, in the vault.
    report: Sealed
    # The organ that may read it; empty where none is above the first receiver.
    to_unit_id: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationCorrected:
    """Something in the register was wrong and is put right; both values stay visible."""

    case_id: str
    unit_id: str
    # Who corrected it, by pseudonym.
    by_ref: str
    old_channel: Channel
    new_channel: Channel
    # The civil date of receipt as it was registered.
    old_received_on: date
    # The civil date of receipt as it is: never later.
    new_received_on: date
    # K1 as it runs from now on.
    transfer_deadline: Deadline
    # Why.
    reason: Sealed
    # Who said so too, by pseudonym; empty where no clock changed.
    confirmed_by_ref: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionProposed:
    """Somebody found the registered date of receipt too late; another must say so too, as it moves a clock."""

    case_id: str
    unit_id: str
    # Who proposed it, by pseudonym.
    by_ref: str
    new_channel: Channel
    # The civil date of receipt as it is: earlier than registered.
    new_received_on: date
    # Why.
    reason: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A classification as it was or shall be."""

    category: Category
    route: Route
    legal_basis: str
    subject: str
    subject_code: str
    taxonomy: str
    competent_unit_id: str
    urgent: bool
    # Left out of the evaluation by the petitioner.
    outside_evaluation: bool


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ReclassificationProposed:
    """Somebody found that the case was classified wrongly, in a way that changes its clock or organ; another must say so too."""

    case_id: str
    unit_id: str
    # Who proposed it, by pseudonym.
    by_ref: str
    # What it should be.
    new: Classification
    # Why.
    reason: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReclassified:
    """The classification was put right; both values stay visible. K1 runs on from the date of receipt."""

    case_id: str
    unit_id: str
    # Who proposed it, by pseudonym.
    by_ref: str
    # Who said so too, by pseudonym; empty where neither clock nor organ changed.
    confirmed_by_ref: str
    # What it was.
    old: Classification
    # What it is.
    new: Classification
    # Why.
    reason: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class VoidingProposed:
    """Somebody found that one piece of paper was registered twice; another must say so too."""

    case_id: str
    unit_id: str
    # Who proposed it, by pseudonym.
    by_ref: str
    # The registration that stays.
    kept_case_id: str
    # Why.
    reason: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationVoided:
    """The same piece of paper had been registered twice by mistake; the other registration stays, with the earlier clock."""

    case_id: str
    unit_id: str
    # Who proposed it, by pseudonym.
    by_ref: str
    # Who said so too, by pseudonym.
    confirmed_by_ref: str
    # The registration that stays.
    kept_case_id: str
    # Why.
    reason: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionStudied:
    """The competent unit took a suggestion up to study it."""

    case_id: str
    unit_id: str
    # Until when the petitioner gets a reply, counted from receipt.
    reply_deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionDecided:
    """The competent unit decided about a suggestion and replied."""

    case_id: str
    unit_id: str
    outcome: SuggestionOutcome
    # The reply with its reasons.
    reply: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class OralRecordConfirmed:
    """The record of an oral petition was read back to the petitioner, who confirmed it."""

    case_id: str
    unit_id: str
    # The record that was read out: the petition as it was received.
    record: Sealed
    # What the petitioner had put right when it was read out; absent if nothing.
    corrections: Sealed | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialAdded:
    """The petitioner added to the petition, through the own channel."""

    case_id: str
    # The text, in the vault.
    material: Sealed


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentAdded:
    """A file was added to the petition."""

    case_id: str
    # The unit that added it; empty when the petitioner did.
    unit_id: str
    # Its name, where it is stored and the key to it, in the vault. The file itself is stored encrypted.
    attachment: Sealed
    media_type: str
    # Bytes of the file as it was handed in.
    size_bytes: int
    scan: Scan


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentMatterFlagged:
    """A unit became aware that the matter is urgent or major: it must be reported at once."""

    case_id: str
    unit_id: str
    # When the unit became aware of it: never later than this was recorded.
    aware_at: datetime
    # K12: an alarm line of one hour from awareness, no grace: the law says at once.
    report_deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentMatterReported:
    """An urgent matter was reported to other units."""

    case_id: str
    unit_id: str
    # The units it was reported to, in the order given.
    to_unit_ids: tuple[str, ...] = ()
    # When the unit says that it reported: never later than this was recorded; both are shown.
    reported_at: datetime
    # Since when it was known, carried on so that the delay can be seen.
    aware_at: datetime


IntakeCaseEvent: TypeAlias = (
    CaseReceived
    | CaseRegistered
    | CaseClassified
    | ContentDisclosed
    | OralRecordConfirmed
    | MaterialAdded
    | AttachmentAdded
    | UrgentMatterFlagged
    | UrgentMatterReported
    | CaseRoutedOut
    | NonAcceptanceProposed
    | NonAcceptanceDeclined
    | CaseNotAccepted
    | CaseSplit
    | AccusationSealed
    | WithdrawalRequested
    | CaseWithdrawn
    | SealedReportReceived
    | RegistrationCorrected
    | ReclassificationProposed
    | CaseReclassified
    | VoidingProposed
    | RegistrationVoided
    | SuggestionStudied
    | SuggestionDecided
    | CorrectionProposed
)
"""Every event of a case as intake sees it."""
