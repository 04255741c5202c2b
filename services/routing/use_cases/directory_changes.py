"""Changes of the trees: each is decided knowing all before it, whoever else changes the directory meanwhile.

The register `directory` counts the changes, and every change carries its number. Whoever has read the directory up
to change N can record only change N + 1; whoever comes too late reads again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chassis.http.caller import Caller
from chassis.workplace import Workplace
from huiyin.routing.v1.events import UnitFounded
from huiyin.units import Units
from ledger.envelopes import envelopes_for, line_for
from ledger.lines import Append, Conflict, NewLine, Serials
from ledger.repository import Result
from routing.domain.directory_import import Fault, plan
from routing.domain.refusals_directory import DirectoryMovedOn
from routing.domain.unit import UnitCommand, unit_decider

REGISTER = "directory"

WAIT_S = 3.0
"""The directory reads what was recorded within milliseconds; after this time somebody else changes it on and on."""
STEP_S = 0.02

CHUNK = 256
"""Units founded in one append: half of what a call may carry."""


def unit_stream(unit_id: str) -> str:
    """The stream of a unit."""
    return f"routing-unit-{unit_id}"


def _require_newest(units: Units, serials: Serials) -> int:
    """The number of this change. A number too low is only the collector's guess, which the ledger corrects."""
    number = serials[REGISTER]
    if number > units.revision + 1:
        raise DirectoryMovedOn()
    return number


async def change(
    workplace: Workplace,
    caller: Caller,
    unit_id: str,
    command: Callable[[datetime, Units, int], UnitCommand],
    *,
    division: str,
) -> Result[Any]:
    """Decide a change of the trees and record it. `command` makes it of the time, the directory and its number.

    Raises what `decide` refuses; Conflict if others were faster for three seconds.
    """
    context = workplace.context(caller, case_id=None, division=division)
    deadline = asyncio.get_running_loop().time() + WAIT_S
    while True:
        units = await workplace.directory.newest()

        def made(at: datetime, serials: Serials, units: Units = units) -> UnitCommand:
            return command(at, units, _require_newest(units, serials))

        try:
            return await workplace.repository.execute_numbered(
                unit_decider, unit_stream(unit_id), (REGISTER,), made, context
            )
        except DirectoryMovedOn as moved:
            await _later(deadline, moved)


async def _later(deadline: float, why: Exception) -> None:
    if asyncio.get_running_loop().time() >= deadline:
        raise Conflict(str(why)) from why
    await asyncio.sleep(STEP_S)


class Import:
    """The import of a file. What is taken is recorded superiors first, so that what stands is a directory at any time.

    One import at a time runs in a process. Should a unit be founded by somebody else between two of its appends,
    the rest is checked again; the same file again completes an import that was cut off.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._turn = asyncio.Lock()

    async def run(self, caller: Caller, text: str) -> tuple[int, int, int] | Sequence[Fault]:
        """(units founded, units known before, last position), or every fault of the file and nothing recorded."""
        async with self._turn:
            founded = position = 0
            deadline = asyncio.get_running_loop().time() + WAIT_S
            while True:
                units = await self._workplace.directory.newest()
                planned = plan(text, units)
                if planned.faults:
                    return planned.faults
                try:
                    for chunk in _chunks(planned.found):
                        position = await self._found(caller, chunk, units)
                        founded += len(chunk)
                        units = units.after(replace(each, revision=units.revision + 1) for each in chunk)
                    return founded, planned.known + len(planned.found) - founded, position
                except (DirectoryMovedOn, Conflict) as moved:
                    await _later(deadline, moved)

    async def _found(self, caller: Caller, chunk: Sequence[UnitFounded], units: Units) -> int:
        workplace = self._workplace

        def build(serials: Serials) -> Sequence[NewLine]:
            number, now = _require_newest(units, serials), workplace.clock.now()
            return [
                line_for(envelope)
                for unit in chunk
                for envelope in envelopes_for(
                    [replace(unit, revision=number)],
                    unit_stream(unit.unit_id),
                    0,
                    now,
                    contexts[unit.division],
                )
            ]

        contexts = {
            division: replace(workplace.context(caller, case_id=None, division=division), idempotency=None)
            for division in {unit.division for unit in chunk}
        }
        appended = await workplace.ledger.append(Append(registers=(REGISTER,), build=build))
        return appended.first_position + appended.count - 1


def _chunks(units: Sequence[UnitFounded]) -> list[Sequence[UnitFounded]]:
    return [units[at : at + CHUNK] for at in range(0, len(units), CHUNK)]
