"""Rule files and calendar files that someone brings: read whole, or refused with everything that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from .calendar import Calendar, known, load
from .calendar_year import CalendarYear
from .errors import BadData
from .rule_files import read_versions, shipped
from .rules import DAY, Rule, Rules
from .year_files import is_number, parse_year, year_of


def read_rules_strict(text: str, rules: Rules | None = None) -> tuple[Rule, ...]:
    """The versions in a rule file that `rules` (the shipped ones if not given) do not know, the oldest first.

    Versions that are known may stand in the file, to the letter. Raises BadData with every fault: no TOML; fields
    missing, unknown or unreadable; an unknown clock; a known version that says something else; versions out of
    order, overlapping, or with a gap between them.
    """
    rules = rules or shipped()
    offered, faults = read_versions(text)
    faults += _clock_faults(offered, rules)
    faults += [
        f"{rule.id} is published and says something else; a correction needs a new version"
        for rule in offered
        if rule.id in rules.by_id and not _says_the_same(rule, rules.by_id[rule.id])
    ]
    new = [rule for rule in offered if rule.id not in rules.by_id]
    clocks = {rule.clock for rule in new} & set(rules.clocks)
    before = [rules.versions(clock)[-1] for clock in clocks]
    if len(before) <= 1:
        faults += [
            fault for older, newer in pairwise([*before, *new]) for fault in _order_faults(older, newer)
        ]
    if faults:
        raise BadData(*faults)
    return tuple(new)


def read_year_strict(text: str, calendars: Iterable[Calendar] | None = None) -> CalendarYear:
    """The year of a calendar file that may come next in `calendars` (the shipped ones if not given).

    Raises BadData with every fault: no TOML; keys missing, unknown or unreadable; days that are no dates, of another
    year, given twice, or in the week though named as make-up days; an unknown jurisdiction; a gap between the
    published years and this one; a version not higher than the published one.
    """
    data, faults = parse_year(text)
    faults += _place_faults(data, [load(each) for each in known()] if calendars is None else calendars)
    if faults:
        raise BadData(*faults)
    return year_of(data)


def in_force(text: str, calendar: Calendar) -> bool:
    """Whether a calendar file says exactly what is published for its year, under the same version."""
    data, faults = parse_year(text)
    published = calendar.years.get(data.get("year", 0))
    return not faults and published is not None and year_of(data) == published


def _clock_faults(offered: Sequence[Rule], rules: Rules) -> Iterator[str]:
    clocks = sorted({rule.clock for rule in offered})
    if len(clocks) > 1:
        yield f"a file holds the versions of one clock, not of {' and '.join(clocks)}"
    for clock in clocks:
        if clock not in rules.clocks:
            yield f"clock {clock} is unknown; known: {', '.join(rules.clocks)}"
    for rule in offered:
        if rule.rule_id != rule.clock:
            yield f"{rule.id}: rule_id and clock differ ({rule.clock}); they are the same word"


def _order_faults(older: Rule, newer: Rule) -> Iterator[str]:
    if newer.version <= older.version:
        yield f"{newer.id} comes after {older.id}; its version must be higher"
    if newer.effective_from <= older.effective_from:
        yield (
            f"{newer.id} begins on {newer.effective_from}, {older.id} on {older.effective_from};"
            " a new version changes only what begins later"
        )
    elif older.effective_to is not None and older.effective_to >= newer.effective_from:
        yield f"{newer.id} begins on {newer.effective_from}, while {older.id} is in force (to {older.effective_to})"
    elif older.effective_to is not None and older.effective_to + DAY < newer.effective_from:
        yield (
            f"there is a gap: {older.id} ends on {older.effective_to}, {newer.id} begins on {newer.effective_from}"
        )


def _says_the_same(offered: Rule, published: Rule) -> bool:
    """An open end that is closed by the file, or was closed since, changes nothing that was said."""
    ends = {offered.effective_to, published.effective_to}
    return _open(offered) == _open(published) and (len(ends) == 1 or None in ends)


def _open(rule: Rule) -> Rule:
    return replace(rule, effective_to=None)


def _place_faults(data: Mapping[str, Any], calendars: Iterable[Calendar]) -> Iterator[str]:
    """What speaks against putting the year of a file beside those that are published."""
    by_name = {calendar.jurisdiction: calendar for calendar in calendars}
    jurisdiction, year, version = (data.get(key) for key in ("jurisdiction", "year", "version"))
    calendar = by_name.get(str(jurisdiction))
    if calendar is None:
        if jurisdiction is not None:
            yield f"jurisdiction {jurisdiction} is unknown; known: {', '.join(sorted(by_name))}"
        return
    first, last = calendar.first_year, calendar.last_year
    if is_number(year) and not first - 1 <= year <= last + 1:
        yield f"{year} leaves a gap: published are {first} to {last}; the next is {last + 1}"
    published = calendar.years.get(year) if is_number(year) else None
    if published is not None and is_number(version) and version <= published.version:
        yield f"version {version} does not replace {published.id}; a correction needs a higher one"
