"""The shapes of the demonstration: texts, units, and planned cases. Names follow the events they lead to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

Channel: TypeAlias = Literal["web", "letter", "visit", "phone", "hotline", "mailbox"]
Category: TypeAlias = Literal["claim", "suggestion"]
Outcome: TypeAlias = Literal["supported", "partly", "explained", "not_supported"]
UnitKind: TypeAlias = Literal["petition_office", "competent", "government"]
UnitLevel: TypeAlias = Literal["province", "city", "county", "township"]
Reach: TypeAlias = Literal["reached", "unreached", "refused"]
Answer: TypeAlias = Literal["yes", "no", "not_given"]
ClosingGround: TypeAlias = Literal["confirmed", "review_period_ended"]


@dataclass(frozen=True, slots=True)
class Petitioner:
    """Who petitions: an invented person, 某 in place of the given name."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """What the competent unit answers: the text of its opinion (处理意见)."""

    unit: str
    outcome: Outcome
    promise: bool
    """The answer promises something that is still to be done, so a call-back can ask whether it was."""
    body: str


@dataclass(frozen=True, slots=True)
class Petition:
    """One text with its answer. `petitioner` is None where it came in anonymously."""

    id: str
    subject: str
    theme: str | None
    """One of the themes named for special campaigns (物业乱象, 交房难 ...), or None."""
    category: Category
    channel: Channel
    region: str
    """Key of the government in whose area the matter lies."""
    title: str
    body: str
    signatories: int
    petitioner: Petitioner | None
    answer: OfficeAnswer


@dataclass(frozen=True, slots=True)
class Unit:
    """One office of the invented province; `parent` is None only for the provincial government."""

    key: str
    name: str
    kind: UnitKind
    level: UnitLevel
    division: str
    parent: str | None
    organ_code: str


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that was written for the demonstration. Units stand behind their parents."""

    petitions: tuple[Petition, ...]
    units: tuple[Unit, ...]


class StepKind(StrEnum):
    """What somebody does to a case. Deemed acceptance is nobody's act, so it is not planned: it must happen."""

    RECEIVED = "received"
    REGISTERED = "registered"
    CLASSIFIED = "classified"
    TRANSFERRED = "transferred"
    ACCEPTED = "accepted"
    OPINION_SERVED = "opinion_served"
    CALLED_BACK = "called_back"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CallBack:
    """What one call-back finds out. Who is not reached has given no answer, least of all "satisfied".

    `promise_kept` is about what had fallen due by then; "not_given" where the answer promised nothing.
    """

    reach: Reach = "unreached"
    contacted: Answer = "not_given"
    reply_received: Answer = "not_given"
    promise_kept: Answer = "not_given"
    satisfied: Answer = "not_given"


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One act and the instant (Asia/Shanghai) at which it is entered into the system.

    `call` is set for a call-back only, `ground` for a closing only.
    """

    kind: StepKind
    at: datetime
    call: CallBack | None = None
    ground: ClosingGround | None = None


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What is going to happen to a case, apart from its text."""

    transfer: Literal["in_time", "late"] = "in_time"
    acceptance: Literal["prompt", "last_day", "silent"] = "prompt"
    opinion: Literal["early", "usual", "last_days", "days_late", "weeks_late", "never"] = "usual"
    receiving_days: int = 75
    """Received within so many days of the start: early enough for the rest to be seen before the end."""


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A petition in its circumstances, and every act upon it until the simulated period ends.

    `received_at` is when it reached the office. For letters, visits and calls that is before the first step,
    which is when a clerk has keyed it in. The unit that calls back is the platform's to choose.
    """

    number: int
    petition_id: str
    channel: Channel
    received_at: datetime
    petitioner: Petitioner | None
    first_receiver: str
    competent_unit: str
    circumstance: Circumstance
    steps: tuple[PlannedStep, ...]
