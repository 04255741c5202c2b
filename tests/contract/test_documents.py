"""What the documents point to is there, and the glossary says what the contracts say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huiyin.registry import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("services/*/*.md"), *ROOT.glob("libs/*/*.md")]
)
ADR_PARTS = ("**Context.**", "**Decision.**", "**What would change our mind.**")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_into_the_project_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def rows(page: Path) -> list[list[str]]:
    """The cells of every table row."""
    found = re.findall(r"^\| (.+) \|$", page.read_text(), flags=re.MULTILINE)
    return [[cell.strip() for cell in row.split(" | ")] for row in found]


def test_the_events_of_the_glossary_are_those_of_the_contracts() -> None:
    contracts = {entry.name: entry.zh for entry in CATALOGUE.values()}
    listed = {row[0].strip("`"): row[1] for row in rows(DOCS / "glossary.md") if len(row) == 3}
    listed.pop("event")
    assert listed
    assert {name: contracts.get(name) for name in listed} == listed


def test_every_word_of_the_glossary_is_at_home_where_it_says() -> None:
    homes = [row[3].strip("`") for row in rows(DOCS / "glossary.md") if len(row) == 4 and row[3] != "where"]
    assert homes
    assert [home for home in homes if home != "—" and not (ROOT / home).exists()] == []


def test_decisions_are_numbered_without_gaps_listed_and_complete() -> None:
    pages = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    index = (DOCS / "adr" / "README.md").read_text()
    for page in pages:
        text = page.read_text()
        assert f"({page.name})" in index
        assert text.startswith(f"# {page.name[:4]} ")
        assert [part for part in ADR_PARTS if part not in text] == []


def test_the_readme_names_what_ci_runs() -> None:
    assert "    make test" in (ROOT / "README.md").read_text().splitlines()
    assert "make test" in (ROOT / ".ci" / "run").read_text().splitlines()
