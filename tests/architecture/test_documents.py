"""What stands in files that nobody executes: no addresses of machines, READMEs that say what they must."""

import re
from pathlib import Path

import pytest

from chassis.installation import SERVICES
from tests.architecture import sources
from tools import event_catalogue

INDEX = re.compile(
    r"(pypi\.|pythonhosted\.|mirrors?\.)[a-z]|--(extra-)?index-url[ =]|https?://[^\s\"')]+/simple\b"
)
"""Addresses of package indexes: installing must work wherever one's own index is."""

MACHINE = re.compile(r"(?<![\w.~$}<])/(work|root|home|Users|tmp|mnt)/[A-Za-z0-9._-]+")
"""Paths that exist on one machine only."""

README_WORDS = ("owns", "accepts", "records", "listens", "alerts")


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in sources.files():
        if path == Path(__file__).relative_to(sources.ROOT):
            continue
        try:
            text = (sources.ROOT / path).read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path}:{n}" for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)]
    return found


def test_no_file_holds_the_address_of_a_package_index() -> None:
    assert lines_with(INDEX) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE) == []


@pytest.mark.parametrize(
    "text", ["--index-url https://x", "https://mirror.example/simple/", "see files." + "pythonhosted.org"]
)
def test_an_index_is_recognised(text: str) -> None:
    assert INDEX.search(text)


def test_a_path_of_one_machine_is_recognised() -> None:
    assert MACHINE.search("open('/home/zhang/huiyin')")
    assert not MACHINE.search("GET http://host/home/page")


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_says_what_it_owns_accepts_records_and_listens_to(service: str) -> None:
    text = (sources.ROOT / "services" / service / "README.md").read_text().lower()
    missing = [word for word in README_WORDS if f"**{word}" not in text]
    assert not missing


@pytest.mark.parametrize("library", ["huiyin", "ledger", "bus", "statute", "vault", "chassis"])
def test_every_library_has_a_readme(library: str) -> None:
    assert (sources.ROOT / "libs" / library / "README.md").read_text().startswith("# ")


def test_the_catalogue_of_events_is_up_to_date() -> None:
    assert event_catalogue.OUT.read_text() == event_catalogue.render(), "run `make proto`"


def test_the_catalogue_of_events_gives_every_field_a_meaning() -> None:
    assert not [line for line in event_catalogue.render().splitlines() if re.search(r"\|\s*\|$", line)]
