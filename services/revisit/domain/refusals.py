"""The rules that revisit enforces, each as the fact that it was broken."""

from __future__ import annotations

from datetime import date

from ledger.refusal import Refusal


class UnknownCase(Refusal):
    """Nothing to revisit: no opinion was served, or revisit has not heard of it."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-13",
            "没有这件信访事项，或者处理意见书尚未送达。",
            "There is no such case here, or its opinion was not served yet: serve the opinion first.",
        )


class HandlerRevisits(Refusal):
    """Nobody asks whether its own work was good (P5)."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            "P5",
            f"{unit} 是承办单位，不得回访自己办理的事项，请交其他单位回访。",
            f"{unit} handled the case and may not revisit it: let another unit do it.",
        )


class NotAssigned(Refusal):
    """No unit has taken the revisit yet."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-13",
            "尚未确定回访单位，请先由承办单位以外的单位领取回访。",
            "No unit has the revisit yet: a unit other than the handler takes it first.",
        )


class NotTheRevisitUnit(Refusal):
    """Only the assigned unit records and closes."""

    def __init__(self, assigned: str, unit: str) -> None:
        super().__init__(
            "lifecycle-13",
            f"回访单位是 {assigned}，不是 {unit}。",
            f"{assigned} revisits the case, not {unit}.",
        )


class AssignedElsewhere(Refusal):
    """A revisit has one unit."""

    def __init__(self, unit: str) -> None:
        super().__init__("lifecycle-13", f"已由 {unit} 负责回访。", f"The revisit is with {unit} already.")


class CaseIsClosed(Refusal):
    """What is closed is called back again only after it was reopened."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-14",
            "该件已经办结，须先重新办理才能再次回访。",
            "The case is closed: it can be called back only after it was reopened.",
        )


class ReachNotSaid(Refusal):
    """Whether the petitioner was reached is the first thing to record."""

    def __init__(self) -> None:
        super().__init__(
            "C71",
            "请写明是否联系上信访人：已联系上、未联系上或者拒访。",
            "Say whether the petitioner was reached: REACHED, UNREACHED or REFUSED.",
        )


class AnswerNotSaid(Refusal):
    """Silence is recorded as silence, never left blank."""

    def __init__(self, question: str) -> None:
        super().__init__(
            "C71",
            f"回访问题 {question} 没有填写；未作回答的，请填“未答”。",
            f"The answer to {question} is missing: YES, NO, or NOT_GIVEN if there was none.",
        )


class AnswersWithoutContact(Refusal):
    """Who was not reached, or refused, has answered nothing, least of all "satisfied"."""

    def __init__(self) -> None:
        super().__init__(
            "C71",
            "未联系上或者拒访的，四项回答一律记为“未答”，不得计为满意。",
            "A petitioner who was not reached or refused gave no answers: record all four as NOT_GIVEN.",
        )


class NotCalledBack(Refusal):
    """Closing follows a revisit."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-14",
            "尚未回访，不能办结；请先回访。",
            "The petitioner was not called back yet: call back before closing.",
        )


class ReplyNotReceived(Refusal):
    """The petitioner says that no reply came."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-15",
            "信访人反映未收到答复，不能办结，应当重新办理。",
            "The petitioner has not received the reply: the case has to be reopened, not closed.",
        )


class PromiseNotKept(Refusal):
    """The petitioner says that what was promised was not done."""

    def __init__(self) -> None:
        super().__init__(
            "lifecycle-15",
            "承诺事项尚未落实，不能办结；落实后再次回访，或者重新办理。",
            "What was promised was not done: call back again once it is, or reopen the case; it is not closed.",
        )


class ReviewPeriodRunning(Refusal):
    """Without a confirmation, the petitioner's 30 days for asking a review come first."""

    def __init__(self, last_day: date) -> None:
        super().__init__(
            "K7",
            f"信访人未确认，申请复查的期限至 {last_day.isoformat()} 届满，届满后方可办结。",
            f"The petitioner confirmed nothing and may ask for a review until {last_day.isoformat()}: close after that.",
        )
