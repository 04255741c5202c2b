"""A directory from a file: the whole of it is checked first, and it is taken whole or refused with every fault."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from graphlib import CycleError, TopologicalSorter

from huiyin.routing.v1.events import UnitFounded, UnitKind, UnitLevel
from huiyin.units import Tree, Units
from ledger.refusal import Refusal
from routing.domain.unit import check_particulars, same_founding

COLUMNS = ("unit_id", "name", "kind", "level", "division", "organ_code")
OPTIONAL = ("parent_unit_id", "system_parent_unit_id", "capabilities")
SEPARATOR = ";"
"""Between capabilities."""

MAX_NAME = 200
_UNIT_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which line of the file; line 1 is the heading."""

    line: int
    column: str
    zh: str
    en: str

    @property
    def text(self) -> str:
        """Chinese first."""
        return f"{self.zh} {self.en}"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit as a line of the file has it."""

    line: int
    unit: UnitFounded


@dataclass(frozen=True, slots=True)
class Plan:
    """Units to be founded, superiors first, or every fault. What is in the directory already is in neither."""

    found: Sequence[UnitFounded] = ()
    known: int = 0
    faults: Sequence[Fault] = ()


def plan(text: str, directory: Units) -> Plan:
    """What a file comes to. The order of its lines does not matter."""
    rows, faults = read(text)
    faults += [*_twice(rows), *_differing(rows, directory), *_orphans(rows, directory), *_cycles(rows)]
    if faults:
        return Plan(faults=sorted(faults, key=lambda fault: (fault.line, fault.column)))
    new = {row.unit.unit_id: row.unit for row in rows if directory.get(row.unit.unit_id) is None}
    return Plan(found=_superiors_first(new), known=len(rows) - len(new))


def read(text: str) -> tuple[list[Row], list[Fault]]:
    """The rows that can be read, and what is wrong with the others."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\N{BYTE ORDER MARK}"), newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    try:
        faults = list(_heading(reader.fieldnames or ()))
        if faults:
            return [], faults
        for values in reader:
            found = _row(reader.line_num, values)
            if isinstance(found, Row):
                rows.append(found)
            else:
                faults += found
    except csv.Error as error:
        faults.append(Fault(reader.line_num, "", "不是合格的 CSV。", f"This is no CSV: {error}."))
    return rows, faults


def _heading(names: Sequence[str]) -> Iterator[Fault]:
    for name in COLUMNS:
        if name not in names:
            yield Fault(1, name, f"缺少“{name}”列。", f"There is no column {name}.")
    for name in names:
        if name not in (*COLUMNS, *OPTIONAL):
            yield Fault(1, name, f"不认识“{name}”列。", f"Nobody knows the column {name!r}.")


def _row(line: int, values: Mapping[str | None, str | None]) -> Row | list[Fault]:
    if None in values or None in values.values():
        return [Fault(line, "", "列数与表头不符。", "There are more or fewer columns than in the heading.")]
    given = {str(name): (value or "").strip() for name, value in values.items()}
    faults = [
        *_named(line, "kind", given["kind"], UnitKind),
        *_named(line, "level", given["level"], UnitLevel),
        *_ids(line, given),
    ]
    if faults:
        return faults
    unit = _unit(given)
    try:
        check_particulars(unit)
    except Refusal as refused:
        return [Fault(line, "", refused.zh, refused.en)]
    return Row(line, unit)


def _named(line: int, column: str, value: str, kind: type[IntEnum]) -> Iterator[Fault]:
    names = [member.name.lower() for member in kind if member]
    if value not in names:
        yield Fault(line, column, f"“{value}”应为 {'、'.join(names)} 之一。", f"{value!r} is no {column}.")


def _ids(line: int, given: Mapping[str, str]) -> Iterator[Fault]:
    for column in ("unit_id", "parent_unit_id", "system_parent_unit_id"):
        value = given.get(column, "")
        if (value or column == "unit_id") and not _UNIT_ID.fullmatch(value):
            yield Fault(
                line, column, f"“{value[:80]}”不是单位标识。", "An id has 1 to 64 of A-Z a-z 0-9 . _ -"
            )
    if len(given["name"]) > MAX_NAME or "\0" in given["name"]:
        yield Fault(line, "name", f"名称至多 {MAX_NAME} 字。", f"A name has at most {MAX_NAME} characters.")


def _unit(given: Mapping[str, str]) -> UnitFounded:
    words = given.get("capabilities", "").split(SEPARATOR)
    return UnitFounded(
        unit_id=given["unit_id"],
        name=given["name"],
        kind=UnitKind[given["kind"].upper()],
        level=UnitLevel[given["level"].upper()],
        division=given["division"],
        organ_code=given["organ_code"],
        parent_unit_id=given.get("parent_unit_id") or None,
        system_parent_unit_id=given.get("system_parent_unit_id") or None,
        capabilities=tuple(word.strip() for word in words if word.strip()),
    )


def _twice(rows: Sequence[Row]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        before = first.setdefault(row.unit.unit_id, row.line)
        if before != row.line:
            zh = f"{row.unit.unit_id} 已见于第 {before} 行。"
            yield Fault(row.line, "unit_id", zh, f"{row.unit.unit_id} stands in line {before} already.")


def _differing(rows: Sequence[Row], directory: Units) -> Iterator[Fault]:
    for row in rows:
        known = directory.get(row.unit.unit_id)
        if known is not None and not same_founding(known.founded, row.unit):
            zh = f"单位目录中已有 {row.unit.unit_id}，设立时内容不同。"
            en = f"{row.unit.unit_id} was founded with other particulars: change it by its own commands."
            yield Fault(row.line, "unit_id", zh, en)


def _orphans(rows: Sequence[Row], directory: Units) -> Iterator[Fault]:
    in_file = {row.unit.unit_id for row in rows}
    for row in rows:
        if directory.get(row.unit.unit_id) is not None:
            continue  # Entered before, under whoever lived then.
        for column, parent in _parents(row.unit):
            known = directory.get(parent)
            if parent not in in_file and known is None:
                zh = f"文件和单位目录中都没有上级单位 {parent}。"
                yield Fault(row.line, column, zh, f"Orphan: neither file nor directory has {parent}.")
            elif known is not None and known.ended_on is not None:
                yield Fault(
                    row.line, column, f"上级单位 {parent} 已不存在。", f"Orphan: {parent} is no more."
                )


def _parents(unit: UnitFounded) -> Iterator[tuple[str, str]]:
    if unit.parent_unit_id is not None:
        yield "parent_unit_id", unit.parent_unit_id
    if unit.system_parent_unit_id is not None:
        yield "system_parent_unit_id", unit.system_parent_unit_id


def _cycles(rows: Sequence[Row]) -> Iterator[Fault]:
    """Each cycle of each tree, once, at the line of its first unit; then those across both trees."""
    rings: set[str] = set()
    lines = {row.unit.unit_id: row.line for row in reversed(rows)}
    for tree in Tree:
        column = "parent_unit_id" if tree is Tree.TERRITORIAL else "system_parent_unit_id"
        above = {row.unit.unit_id: dict(_parents(row.unit)).get(column) for row in reversed(rows)}
        for members in _rings(above):
            rings.update(members)
            yield _cycle(lines[members[0]], column, [*members, members[0]])
    graph = {row.unit.unit_id: [p for _, p in _parents(row.unit) if p in lines] for row in rows}
    for members in _across({each: [] if each in rings else graph[each] for each in graph}):
        yield _cycle(lines[members[0]], "", members)


def _cycle(line: int, column: str, members: Sequence[str]) -> Fault:
    ring = " → ".join(members)
    return Fault(line, column, f"隶属关系成环：{ring}。", f"A cycle: {ring}.")


def _across(graph: dict[str, list[str]]) -> Iterator[list[str]]:
    """Cycles that take an edge of each tree: one is above the other here, and below it there."""
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            members: list[str] = error.args[1][::-1]  # From each unit to the one above it.
            yield members
            graph[members[0]] = [each for each in graph[members[0]] if each != members[1]]
        else:
            return


def _rings(above: Mapping[str, str | None]) -> Iterator[list[str]]:
    done: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        each: str | None = start
        while each is not None and each in above and each not in done and each not in path:
            path[each] = None
            each = above[each]
        if each is not None and each in path:
            members = list(path)
            members = members[members.index(each) :]
            least = members.index(min(members))
            yield [*members[least:], *members[:least]]
        done |= path.keys()


def _superiors_first(new: Mapping[str, UnitFounded]) -> list[UnitFounded]:
    """Level by level, by id within a level: a file in another order leads to the same events."""
    graph = {
        unit_id: sorted(parent for _, parent in _parents(unit) if parent in new)
        for unit_id, unit in new.items()
    }
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    found: list[UnitFounded] = []
    while sorter.is_active():
        level = sorted(sorter.get_ready())
        found += [new[unit_id] for unit_id in level]
        sorter.done(*level)
    return found
