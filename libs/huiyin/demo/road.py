"""The road of one case: every act from the entry in the register to the closing, each with its instant."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from huiyin.demo.cards import NOBODY_TO_CALL
from huiyin.demo.dice import Dice
from huiyin.demo.model import CallBack, Circumstance, ClosingGround, Petition, PlannedStep, StepKind
from huiyin.demo.office_time import SHANGHAI, last_open, moment, next_open, open_day_after, open_days

_DAY = timedelta(days=1)
# The periods of K1, K3, K5 and K7, only to aim before, at or behind their ends.
_K1, _K3, _K5, _K7 = timedelta(days=15), timedelta(days=15), timedelta(days=60), timedelta(days=30)
# Latest times for acts that may fall on one day: each leaves room for the next.
_KEYED_BY, _REGISTERED_BY, _CLASSIFIED_BY, _SENT_BY = time(14), time(15), time(16), time(17, 20)
_END_OF_AFTERNOON = time(15, 30)


def steps_of(
    dice: Dice,
    petition: Petition,
    fate: Circumstance,
    received_at: datetime,
    calls: tuple[CallBack, ...],
) -> list[PlannedStep]:
    """Every act upon the case, in order, as if the simulated period never ended."""
    steps = _to_the_transfer(dice, petition, fate, received_at)
    sent_on = steps[-1].at.date()
    if fate.acceptance == "silent":
        begun_on = next_open(sent_on + _K3)
        begun_at = datetime.combine(begun_on + _DAY, time(0), SHANGHAI)
    else:
        begun_at = _accepted_at(dice, fate, sent_on)
        begun_on = begun_at.date()
        steps.append(PlannedStep(StepKind.ACCEPTED, begun_at))
    if fate.opinion == "never":
        return steps
    served_at = moment(dice, _served_on(dice, fate, begun_on), begun_at)
    steps.append(PlannedStep(StepKind.OPINION_SERVED, served_at))
    steps += _call_backs(dice, _findings(petition, calls), served_at)
    return steps + _closing(dice, steps[-1], served_at)


def _to_the_transfer(
    dice: Dice, petition: Petition, fate: Circumstance, received_at: datetime
) -> list[PlannedStep]:
    received_on = received_at.date()
    sent_on = _sent_on(dice, fate, received_on)
    keyed_at = _keyed_at(dice, petition, received_at, sent_on)
    day = dice.pick(open_days(keyed_at.date(), sent_on)[:2])
    registered_at = moment(dice, day, keyed_at, _REGISTERED_BY)
    days = open_days(registered_at.date(), sent_on)
    day = dice.pick(days[-3:] if fate.transfer == "late" else days[:3])
    classified_at = moment(dice, day, registered_at, _CLASSIFIED_BY)
    return [
        PlannedStep(StepKind.RECEIVED, keyed_at),
        PlannedStep(StepKind.REGISTERED, registered_at),
        PlannedStep(StepKind.CLASSIFIED, classified_at),
        PlannedStep(StepKind.TRANSFERRED, moment(dice, sent_on, classified_at, _SENT_BY)),
    ]


def _keyed_at(dice: Dice, petition: Petition, received_at: datetime, sent_on: date) -> datetime:
    """When a clerk has entered it: letters wait up to three working days, the web does it alone."""
    match petition.channel:
        case "letter":
            days = open_days(received_at.date(), sent_on)[:4]
            return moment(dice, dice.pick(days), received_at, _KEYED_BY)
        case "visit" | "phone":
            return received_at + timedelta(minutes=dice.between(6, 30))
        case "web" | "hotline" | "mailbox":
            return received_at


def _sent_on(dice: Dice, fate: Circumstance, received_on: date) -> date:
    if fate.transfer == "late":
        due_on = next_open(received_on + _K1)
        return dice.pick(open_days(due_on + _DAY, due_on + timedelta(days=9)))
    return dice.pick(open_days(received_on + _DAY, received_on + _K1)[:7])


def _accepted_at(dice: Dice, fate: Circumstance, sent_on: date) -> datetime:
    if fate.acceptance == "last_day":
        due_on = next_open(sent_on + _K3)
        return moment(dice, due_on, datetime.combine(due_on, _END_OF_AFTERNOON, SHANGHAI))
    day = dice.pick(open_days(sent_on + _DAY, sent_on + timedelta(days=12)))
    return moment(dice, day, datetime.combine(sent_on, _SENT_BY, SHANGHAI))


def _served_on(dice: Dice, fate: Circumstance, begun_on: date) -> date:
    due_on = next_open(begun_on + _K5)
    match fate.opinion:
        case "early":
            return next_open(begun_on + timedelta(days=dice.between(3, 25)))
        case "usual" | "never":
            return last_open(begun_on + timedelta(days=dice.between(20, 55)))
        case "last_days":
            return dice.pick((due_on, last_open(due_on - _DAY)))
        case "days_late":
            return next_open(due_on + timedelta(days=dice.between(1, 5)))
        case "weeks_late":
            return next_open(due_on + timedelta(days=dice.between(9, 20)))


def _findings(petition: Petition, calls: tuple[CallBack, ...]) -> tuple[CallBack, ...]:
    """The calls as they can be for this text: nobody to call, or no promise to ask about."""
    if petition.petitioner is None:
        return NOBODY_TO_CALL
    if petition.answer.promise:
        return calls
    useful = tuple(call for call in calls if call.promise_kept != "no") or calls
    return tuple(replace(call, promise_kept="not_given") for call in useful)


def _call_backs(dice: Dice, calls: tuple[CallBack, ...], served_at: datetime) -> list[PlannedStep]:
    steps: list[PlannedStep] = []
    before, day = served_at, open_day_after(served_at.date(), dice.between(2, 5))
    for call in calls:
        before = moment(dice, day, before)
        steps.append(PlannedStep(StepKind.CALLED_BACK, before, call=call))
        if call.reach == "unreached":
            day = open_day_after(before.date(), dice.between(1, 3))
        else:
            day = next_open(before.date() + timedelta(days=dice.between(10, 16)))
    return steps


def _closing(dice: Dice, last: PlannedStep, served_at: datetime) -> list[PlannedStep]:
    """Closed when confirmed, or when the 30 days for asking a review have run out; else it stays open."""
    call = last.call
    assert call is not None, "a closing follows a call-back"
    ground: ClosingGround
    if call.reach != "reached":
        ground = "review_period_ended"
        day = open_day_after(next_open(served_at.date() + _K7), dice.between(1, 3))
    elif call.reply_received == "yes" and call.promise_kept != "no":
        ground, day = "confirmed", open_day_after(last.at.date(), dice.between(0, 1))
    else:
        return []
    return [PlannedStep(StepKind.CLOSED, moment(dice, day, last.at), ground=ground)]
