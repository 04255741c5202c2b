"""Rules of the code that no linter knows."""

import ast
from pathlib import Path

import pytest

from tests.architecture import sources

CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}
THE_CLOCK = Path("libs/chassis/clock.py")

SENDERS = {
    Path("libs/bus/relay.py"): "hands batches to bus.publisher",
    Path("libs/bus/stored.py"): "asks the server for a stored message",
    Path("libs/bus/pull.py"): "asks the server for the next messages",
}
"""Who may call anything named `publish`, and for what."""

MAX_LINES = 300
LONGER = {
    Path("libs/bus/tests/test_bus_receive_consumer.py"),
    Path("tests/integration/test_bus_consumer.py"),
    Path("tests/integration/test_vault_postgres.py"),
}
"""Still to be parted."""


def places(names: set[str]) -> list[str]:
    """Where any of these is called."""
    return [
        f"{path}:{call.lineno} {sources.called(call)}"
        for path in sources.modules("libs", "services", "tools")
        for call in sources.calls(path)
        if sources.called(call) in names and path != THE_CLOCK
    ]


def test_only_the_clock_asks_what_time_it_is() -> None:
    assert places(CLOCKS) == []


def test_the_clock_is_where_this_test_thinks_it_is() -> None:
    assert any(sources.called(call) in CLOCKS for call in sources.calls(THE_CLOCK))


def test_nothing_is_printed() -> None:
    assert places({"print"}) == []


def test_only_the_relay_publishes() -> None:
    found = {
        path
        for path in sources.modules("libs", "services")
        for call in sources.calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("publish", "publish_async", "publisher")
    }
    assert found == set(SENDERS)


def test_every_subscriber_says_what_becomes_of_a_failed_message() -> None:
    """FastStream's default drops an event on the first exception."""
    found = [
        (f"{path}:{call.lineno}", {keyword.arg for keyword in call.keywords})
        for path in sources.modules("libs", "services")
        for call in sources.calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "subscriber"
    ]
    assert found
    assert [place for place, keywords in found if "ack_policy" not in keywords] == []


@pytest.mark.parametrize("path", [p for p in sources.files() if p.suffix == ".py"], ids=str)
def test_files_are_short(path: Path) -> None:
    if sources.is_generated(path) or path in LONGER:
        return
    lines = len((sources.ROOT / path).read_text().splitlines())
    assert lines <= MAX_LINES, "part it: one idea a file"


def test_what_was_allowed_to_be_longer_still_is() -> None:
    shorter = [
        path
        for path in LONGER
        if path not in sources.files() or len((sources.ROOT / path).read_text().splitlines()) <= MAX_LINES
    ]
    assert shorter == [], "take it off the list"


@pytest.mark.parametrize("path", list(sources.modules("libs", "services", "tools")), ids=str)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(sources.tree(path)), "begin with a docstring"
