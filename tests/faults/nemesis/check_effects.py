"""I4, I5, I6, I7: everything applied once and in order, read models are folds, notices and deadlines fire once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from huiyin.envelope.v1.envelope import CausedBy
from tests.faults.nemesis.world import Event, Violation, World
from tests.load import NOTICES_OF_A_CASE

SHANGHAI = ZoneInfo("Asia/Shanghai")
AUDITED = ("intake", "routing", "oversight", "revisit", "notification")


def positions(world: World) -> Iterator[Violation]:
    """I4: each consumer has applied each source to its end, and nothing is left parked."""
    for service, ledger in world.ledgers.items():
        for source in {*world.listens[service], *ledger.inbox}:
            at, head = ledger.inbox.get(source, 0), world.ledgers[source].head[0]
            if at != head:
                yield Violation("I4", f"{service} has applied {at} of {head} lines of {source}")
        if world.parked.get(service):
            yield Violation("I4", f"{service} has {world.parked[service]} events parked")


def timeline(world: World) -> Iterator[Violation]:
    """I4: audit keeps every line of every service once, byte for byte."""
    lines = {
        (name, line.position): (line.hash, line.bytes)
        for name in AUDITED
        for line in world.ledgers[name].lines
    }
    for where in sorted(lines.keys() | world.timeline.keys()):
        if lines.get(where) != world.timeline.get(where):
            service, position = where
            what = f"audit's copy of {service} {position} differs or is missing"
            yield Violation("I4", what, "", (service,), (where,))


def reactions(world: World) -> Iterator[Violation]:
    """I4: nothing was reacted to twice, and each stream reacts to each source in the source's order."""
    for service, events in world.events.items():
        seen: set[tuple[object, ...]] = set()
        last: dict[tuple[str, str], int] = {}
        for event in events:
            cause = event.recorded.caused_by
            if cause is None or event.recorded.actor.role != "system":
                continue
            where = ((service, event.line.position), (cause.service, cause.position))
            case = event.recorded.case_id or ""
            doubled = _identity(event, cause)
            if doubled in seen:
                what = f"{service} reacted twice to {cause.service} {cause.position} with {event.name}"
                yield Violation("I4", what, case, (service, cause.service), where)
            seen.add(doubled)
            source = (event.line.stream, cause.service)
            if last.get(source, 0) > cause.position:
                what = f"{event.line.stream} reacted to {cause.service} {cause.position} after {last[source]}"
                yield Violation("I4", what, case, (service, cause.service), where)
            last[source] = max(last.get(source, 0), cause.position)


def _identity(event: Event, cause: CausedBy) -> tuple[object, ...]:
    return cause.service, cause.position, event.line.stream, event.line.type, event.recorded.payload


def views(world: World) -> Iterator[Violation]:
    """I5: every read model equals the fold of its events from the beginning, row by row."""
    for table in sorted(world.views.keys() | world.views_after.keys()):
        live, folded = Counter(world.views.get(table, ())), Counter(world.views_after.get(table, ()))
        for row in [*(live - folded)][:3]:
            yield Violation("I5", f"{table}: live, and not in the fold: {row[:300]}", _case_in(row, world))
        for row in [*(folded - live)][:3]:
            yield Violation("I5", f"{table}: in the fold, and not live: {row[:300]}", _case_in(row, world))


def _case_in(row: str, world: World) -> str:
    return next((case for case in world.by_case if case in row), "")


def notices(world: World) -> Iterator[Violation]:
    """I6: each notice that became due was handed over once, is on record so, and no replay sends one."""
    files = Counter(notice.key for notice in world.notices)
    delivered: dict[str, list[bytes]] = defaultdict(list)
    prepared: Counter[str] = Counter()
    for event in world.events["notification"]:
        if event.name == "NoticeDelivered":
            delivered[event.event.notice_key].append(event.event.document_sha256)
        elif event.name == "NoticePrepared":
            prepared[event.event.notice_key] += 1
    content = {notice.key: notice.sha256 for notice in world.notices}
    cases = {notice.key: notice.case for notice in world.notices}
    for key in sorted(files.keys() | prepared.keys() | world.intents.keys() | delivered.keys()):
        counts = (prepared[key], files[key], len(delivered[key]), world.intents.get(key))
        if counts != (1, 1, 1, True) or delivered[key] != [content[key]]:
            what = f"notice {key}: prepared, in the maildir, delivered, intent done = {counts}"
            yield Violation("I6", what, cases.get(key, ""), ("notification",))
    if sorted(world.notices) != sorted(world.notices_after):
        more = Counter(world.notices_after) - Counter(world.notices)
        yield Violation("I6", f"rebuilding read models changed the notices: {list(more)[:3]}")
    yield from _per_case(world)


def _per_case(world: World) -> Iterator[Violation]:
    told = Counter((notice.case, notice.template) for notice in world.notices)
    for (case, template), count in told.items():
        if count > 1:
            yield Violation("I6", f"{template} was sent {count} times", case, ("notification",))
    by_case = Counter(notice.case for notice in world.notices)
    for note in world.notes("closed"):
        if by_case[note["case"]] != NOTICES_OF_A_CASE:
            what = f"closed, and {by_case[note['case']]} of {NOTICES_OF_A_CASE} notices were sent"
            yield Violation("I6", what, note["case"], ("notification", "routing", "revisit"))


def deadlines(world: World) -> Iterator[Violation]:
    """I7: each clock starts and stops once; each rung is on record once, never before its day, never left out."""
    started: dict[tuple[str, str], Event] = {}
    stopped: dict[tuple[str, str], date] = {}
    fired: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for event in world.events["oversight"]:
        clock = (getattr(event.event, "case_id", ""), getattr(event.event, "clock", ""))
        twice = False
        match event.name:
            case "ClockStarted":
                twice = clock in started
                started[clock] = event
            case "ClockStopped":
                twice = clock in stopped
                stopped[clock] = event.event.stopped_on
            case "DeadlineWarned" | "HandlingUrged" | "DeadlineMissed":
                rung = getattr(event.event, "rung", "missed")
                fired[clock][rung] += 1
                twice = fired[clock][rung] > 1
                yield from _early(event, started.get(clock), rung)
        if twice:
            where = (("oversight", event.line.position),)
            yield Violation("I7", f"{event.name} of {clock[1]} twice", clock[0], ("oversight",), where)
    for clock, event in started.items():
        until = stopped.get(clock, world.today)
        due = {rung.name for rung in event.event.rungs if rung.falls_on <= until}
        if missing := due - fired[clock].keys():
            yield Violation("I7", f"{clock[1]}: {sorted(missing)} never fired", clock[0], ("oversight",))


def _early(event: Event, start: Event | None, rung: str) -> Iterator[Violation]:
    day = event.line.recorded_at.astimezone(SHANGHAI).date()
    planned = {each.name: each.falls_on for each in start.event.rungs} if start else {}
    if rung not in planned or day < planned[rung]:
        what = f"{rung} of {event.event.clock} was recorded on {day}, due {planned.get(rung)}"
        yield Violation("I7", what, event.event.case_id, ("oversight",))
