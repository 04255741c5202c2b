"""Ways in which a world can be spoilt: each invariant of the checker must find its own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.faults.nemesis.world import RECEIVE, World


def doctored(world: World) -> World:
    """A copy that may be spoilt."""
    parts = {
        name: copy.deepcopy(getattr(world, name))
        for name in ("history", "ledgers", "streams", "timeline", "intents", "views", "views_after")
    }
    return replace(
        world,
        **parts,
        notices=list(world.notices),
        notices_after=list(world.notices_after),
        worklists={unit: list(cases) for unit, cases in world.worklists.items()},
        found=dict(world.found),
        parked=dict(world.parked),
    )


def receipt(world: World) -> dict[str, str]:
    found: dict[str, str] = world.acknowledged(RECEIVE)[0]["value"]
    return found


def lose_a_petition(world: World) -> None:
    lines = world.ledgers["intake"].lines
    lines[:] = [line for line in lines if line.stream != f"intake-case-{receipt(world)['case_id']}"]


def forget_a_receipt(world: World) -> None:
    world.found[receipt(world)["receipt_number"]] = "404"


def answer_differently(world: World) -> None:
    note = copy.deepcopy(world.acknowledged(RECEIVE)[0])
    note["value"]["receipt_number"] = "YL01-2026-999999-X"
    world.history.append(note)


def do_an_act_twice(world: World) -> None:
    ledger = world.ledgers["routing"]
    line = next(each.line for each in world.events["routing"] if each.recorded.idempotency_key)
    ledger.lines.append(line._replace(position=len(ledger.lines) + 1, version=line.version + 1))


def lose_an_act(world: World) -> None:
    ledger = world.ledgers["routing"]
    acted = next(each.line for each in world.events["routing"] if each.recorded.idempotency_key)
    ledger.lines.remove(acted)


def leave_a_version_out(world: World) -> None:
    lines = world.ledgers["oversight"].lines
    lines[-1] = lines[-1]._replace(version=lines[-1].version + 1)


def change_a_byte_on_the_bus(world: World) -> None:
    messages = world.streams["routing"].messages
    data = messages[3].data
    messages[3] = messages[3]._replace(data=data[:7] + bytes([data[7] ^ 1]) + data[8:])


def lose_a_message(world: World) -> None:
    world.streams["routing"].messages.pop(3)


def change_a_header(world: World) -> None:
    messages = world.streams["routing"].messages
    messages[3] = messages[3]._replace(headers={**messages[3].headers, "ce-id": "another"})


def add_a_message(world: World) -> None:
    stream = world.streams["routing"]
    stream.messages.append(stream.messages[-1]._replace(sequence=stream.last + 1))
    stream.last += 1
    stream.count += 1


def stand_before_the_end(world: World) -> None:
    world.ledgers["revisit"].inbox["routing"] -= 1


def leave_something_parked(world: World) -> None:
    world.parked["audit"] = 1


def skip_a_line(world: World) -> None:
    del world.timeline["routing", 2]


def react_twice(world: World) -> None:
    ledger = world.ledgers["oversight"]
    started = next(each.line for each in world.events["oversight"] if each.name == "ClockStarted")
    ledger.lines.append(started._replace(position=len(ledger.lines) + 1, version=99))


def react_out_of_order(world: World) -> None:
    """The same lines of one stream, the later reaction first."""
    lines = world.ledgers["notification"].lines
    by_case = [each.line for each in world.events["notification"] if each.name == "NoticePrepared"]
    first, second = next(
        (one, two) for one in by_case for two in by_case if one.stream == two.stream and one.version < two.version
        and cause(world, one)[0] == cause(world, two)[0]
    )  # fmt: skip
    a, b = lines.index(first), lines.index(second)
    lines[a], lines[b] = second._replace(position=first.position), first._replace(position=second.position)


def cause(world: World, line: object) -> tuple[str, int]:
    found = next(each for each in world.events["notification"] if each.line == line).recorded.caused_by
    assert found is not None
    return found.service, found.position


def spoil_a_read_model(world: World) -> None:
    rows = world.views["oversight.deadlines"]
    rows[0] = rows[0].replace("t", "f", 1)


def send_twice(world: World) -> None:
    world.notices.append(world.notices[0])
    world.notices_after.append(world.notices[0])


def send_nothing(world: World) -> None:
    lost = world.notices.pop()
    world.notices_after.remove(lost)


def send_another_document(world: World) -> None:
    world.notices[0] = world.notices_after[0] = world.notices[0]._replace(sha256=bytes(32))


def send_on_replay(world: World) -> None:
    world.notices_after.append(world.notices[0])


def leave_an_intent_open(world: World) -> None:
    world.intents[next(iter(world.intents))] = False


def fire_twice(world: World) -> None:
    ledger = world.ledgers["oversight"]
    missed = next(each.line for each in world.events["oversight"] if each.name == "DeadlineMissed")
    ledger.lines.append(missed._replace(position=len(ledger.lines) + 1, version=99))


def fire_early(world: World) -> None:
    lines = world.ledgers["oversight"].lines
    missed = next(each.line for each in world.events["oversight"] if each.name == "DeadlineMissed")
    at = missed.recorded_at - timedelta(days=400)
    lines[missed.position - 1] = missed._replace(recorded_at=at)


def fire_never(world: World) -> None:
    lines = world.ledgers["oversight"].lines
    missed = next(each.line for each in world.events["oversight"] if each.name == "DeadlineMissed")
    lines.remove(missed)


def list_twice(world: World) -> None:
    case = receipt(world)["case_id"]
    for cases in world.worklists.values():
        if case not in cases:
            cases.append(case)


def list_nowhere(world: World) -> None:
    case = receipt(world)["case_id"]
    for cases in world.worklists.values():
        cases[:] = [each for each in cases if each != case]


def lose_a_task(world: World) -> None:
    world.views["revisit.tasks"].pop()


def change_a_byte(world: World) -> None:
    lines = world.ledgers["audit" if world.ledgers["audit"].lines else "intake"].lines
    lines[0] = lines[0]._replace(hash=bytes(32))


def cut_the_end_off(world: World) -> None:
    world.ledgers["intake"].lines.pop()


def show_less(world: World) -> None:
    note = world.notes("read")[0]
    note["shown"].remove(note["seen"][0])


def refuse(world: World) -> None:
    act = world.acknowledged()[-1]
    note = {"t": act["t"], "type": "fail", "path": act["path"], "case": act["case"], "trouble": "409"}
    world.history.append(note)


def stay_behind(world: World) -> None:
    world.lag_s = 61.0


def never_answer(world: World) -> None:
    world.history.append({"t": 1.0, "type": "given-up", "act": "x", "path": "/y", "case": None})


SPOILT: dict[str, list[Callable[[World], None]]] = {
    "I1": [lose_a_petition, forget_a_receipt, answer_differently, do_an_act_twice, lose_an_act],
    "I2": [leave_a_version_out],
    "I3": [change_a_byte_on_the_bus, lose_a_message, change_a_header, add_a_message],
    "I4": [stand_before_the_end, leave_something_parked, skip_a_line, react_twice, react_out_of_order],
    "I5": [spoil_a_read_model],
    "I6": [send_twice, send_nothing, send_another_document, send_on_replay, leave_an_intent_open],
    "I7": [fire_twice, fire_early, fire_never],
    "I8": [list_twice, list_nowhere, lose_a_task],
    "I9": [change_a_byte, cut_the_end_off],
    "I10": [show_less, refuse],
    "I11": [stay_behind, never_answer],
}
