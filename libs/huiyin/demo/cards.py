"""The mix of the demonstration: two decks, dealt again and again, so that the shares hold in every 40 cases.

What happens to 40 cases on their way to an answer:

| cases | transfer | acceptance | opinion |
|---|---|---|---|
| 28 | within 15 days | in time, twice on the last day | within 60 days, twice in the last days |
| 3 | after more than 15 days (K1 missed) | in time | within 60 days |
| 3 | in time | none: deemed (K3 missed) | within 60 days of that |
| 1 | in time | deemed | a few days late (K5 missed) |
| 1 | in time | deemed | never in the period (K5 missed) |
| 3 | in time | in time | late, twice by days, once by weeks (K5 missed) |
| 1 | in time | in time | never in the period (K5 missed) |

So of all cases 70 % keep every clock, 7.5 % are transferred late, 12.5 % are deemed accepted, and 15 % are
answered late or not at all. What came in late in the period is still open at its end, on time so far.
Of the default 200 cases, 186 have their answer when the period ends (20 of them late) and 161 are closed; of the
14 without an answer 10 are overdue.
"""

from huiyin.demo.model import CallBack, Circumstance

# A case whose lateness is to be seen must have begun early: 15 days to the transfer, 15 to the acceptance, 60 to
# the opinion, the National Day week on top, and the delay itself, all within the 123 days of the period.
_EARLY = 18
_VERY_EARLY = 14

DECK: tuple[Circumstance, ...] = (
    *[Circumstance(opinion="early")] * 10,
    *[Circumstance()] * 14,
    *[Circumstance(acceptance="last_day")] * 2,
    *[Circumstance(opinion="last_days", receiving_days=30)] * 2,
    *[Circumstance(transfer="late", receiving_days=60)] * 3,
    *[Circumstance(acceptance="silent", receiving_days=50)] * 3,
    Circumstance(acceptance="silent", opinion="days_late", receiving_days=_EARLY),
    Circumstance(acceptance="silent", opinion="never", receiving_days=_EARLY),
    *[Circumstance(opinion="days_late", receiving_days=_EARLY)] * 2,
    Circumstance(opinion="weeks_late", receiving_days=_VERY_EARLY),
    Circumstance(opinion="never", receiving_days=_EARLY),
)

_CONTENT = CallBack("reached", "yes", "yes", "yes", "yes")
_DISCONTENT = CallBack("reached", "yes", "yes", "yes", "no")
_NOT_REACHED = CallBack("unreached")
_NOT_YET_DONE = CallBack("reached", "yes", "yes", "no", "no")
_NOTHING_CAME = CallBack("reached", "no", "no", "not_given", "no")
_NEVER_CONTACTED = CallBack("reached", "no", "yes", "yes", "no")

# What call-backs find, 20 cases at a time, one entry a call.
CALL_BACKS: tuple[tuple[CallBack, ...], ...] = (
    *[(_CONTENT,)] * 9,
    *[(_DISCONTENT,)] * 2,
    *[(_NOT_REACHED, _CONTENT)] * 2,
    (_NOT_REACHED, _DISCONTENT),
    (_NOT_REACHED, _NOT_REACHED),
    (CallBack("refused"),),
    (_NOT_YET_DONE, _CONTENT),
    (_NOT_YET_DONE,),
    (_NOTHING_CAME, _CONTENT),
    (_NEVER_CONTACTED,),
)
# An anonymous petitioner left no number to call; the answer lies ready under the query code.
NOBODY_TO_CALL: tuple[CallBack, ...] = (_NOT_REACHED,)
