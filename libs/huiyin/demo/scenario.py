"""Some months of petitions, the same every time: `load()` gives the texts, `generate()` who does what when.

Pure and deterministic: the same number of cases, seed and start give the same plan on every Python and on every
day. Nothing here looks at a clock, and nothing is sent anywhere.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from huiyin.demo.cards import CALL_BACKS, DECK
from huiyin.demo.dice import Dice
from huiyin.demo.model import Channel, Circumstance, Demo, Petition, Petitioner, PlannedCase
from huiyin.demo.office_time import SHANGHAI, is_open
from huiyin.demo.road import steps_of
from huiyin.demo.texts import load

__all__ = ["DEFAULT_CASES", "PERIOD", "SEED", "START", "ends_at", "generate", "load"]

DEFAULT_CASES = 200
SEED = 20250818
START = date(2025, 8, 18)
# Four months: long enough for 15 + 15 + 60 days and a delay, short enough to end before the year does.
PERIOD = timedelta(days=123)

# Channels behind a counter: they open and shut with the office.
_DESK = frozenset({"letter", "visit", "phone"})
# The hours at which people write from home: mostly evenings, sometimes at night.
_ANY_TIME = (0, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23)
# Every so many web petitions one is sent two minutes before midnight: its receipt must carry that day's date.
_LATE_EVERY = 12
_JUST_BEFORE_MIDNIGHT = time(23, 58)
# How often a petition is first brought to the next office up, by channel.
_GOES_UP = {"web": 0.2, "letter": 0.3, "mailbox": 0.3, "hotline": 0.25, "visit": 0.1, "phone": 0.1}
_SURNAMES = "张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏"
# The whole fictional block is 1400000xxxx; the shipped texts use 0101 to 0199 of it.
_BLOCK = "1400000"


def ends_at(start: date = START) -> datetime:
    """The instant at which the simulated period ends; every planned step lies before it."""
    return datetime.combine(start + PERIOD, time(0), SHANGHAI)


def generate(cases: int = DEFAULT_CASES, seed: int = SEED, start: date = START) -> list[PlannedCase]:
    """Plans `cases` (at least 1) cases, numbered from 1 in the order in which they are received.

    Each text is used once before any is used again; then it is another petitioner's. The mix is that of `cards`.
    """
    if cases < 1:
        raise ValueError(f"at least one case is needed, not {cases}")
    demo, dice = load(), Dice(f"{seed}/deal")
    texts = dice.dealt(demo.petitions, cases)
    fates = dice.dealt(DECK, cases)
    calls = dice.dealt(CALL_BACKS, cases)
    plans = []
    web = 0
    for index, (petition, fate) in enumerate(zip(texts, fates, strict=True)):
        own = Dice(f"{seed}/{index}")
        received_at = _received_at(own, petition.channel, fate, start)
        if petition.channel == "web":
            received_at = _late_now_and_then(received_at, web)
            web += 1
        steps = steps_of(own, petition, fate, received_at, calls[index])
        plans.append(
            PlannedCase(
                number=index,
                petition_id=petition.id,
                channel=petition.channel,
                received_at=received_at,
                petitioner=_petitioner(own, petition, again=index >= len(demo.petitions)),
                first_receiver=_first_receiver(own, petition, demo),
                competent_unit=petition.answer.unit,
                circumstance=fate,
                steps=tuple(step for step in steps if step.at < ends_at(start)),
            )
        )
    plans.sort(key=lambda plan: (plan.received_at, plan.number))
    return [replace(plan, number=place) for place, plan in enumerate(plans, start=1)]


def _received_at(dice: Dice, channel: Channel, fate: Circumstance, start: date) -> datetime:
    days = [start + timedelta(days=n) for n in range(fate.receiving_days)]
    if channel in _DESK:
        day = dice.pick([day for day in days if is_open(day)])
        # The post comes in the morning.
        hour = dice.between(9, 10) if channel == "letter" else dice.between(9, 16)
    else:
        day = dice.pick(days)
        hour = dice.pick(_ANY_TIME)
    moment = time(hour, dice.between(0, 59), dice.between(0, 59))
    return datetime.combine(day, moment, SHANGHAI)


def _late_now_and_then(received_at: datetime, web: int) -> datetime:
    if web % _LATE_EVERY:
        return received_at
    return datetime.combine(received_at.date(), _JUST_BEFORE_MIDNIGHT, SHANGHAI)


def _petitioner(dice: Dice, petition: Petition, *, again: bool) -> Petitioner | None:
    """The text's own petitioner, or somebody else from the same place where the text is used again."""
    if petition.petitioner is None or not again:
        return petition.petitioner
    name = dice.pick(_SURNAMES) + dice.pick(("某", "某某"))
    return Petitioner(name, f"{_BLOCK}{dice.between(1000, 9999)}", petition.petitioner.address)


def _first_receiver(dice: Dice, petition: Petition, demo: Demo) -> str:
    """The petition office of the region, or now and then that of the government above it."""
    parents = {unit.key: unit.parent for unit in demo.units}
    government = petition.region
    above = parents[government]
    if above is not None and dice.chance(_GOES_UP[petition.channel]):
        government = above
    return next(
        unit.key for unit in demo.units if unit.parent == government and unit.kind == "petition_office"
    )
