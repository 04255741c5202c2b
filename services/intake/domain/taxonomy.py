"""What a matter is about: a versioned tree of subjects, campaigns and facets, published with the program as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

UNCLASSIFIED = "unclassified"
"""The subject of what nobody has looked at, and of what nobody here may look into."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its code stays when its label is reworded."""

    code: str
    label: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """Facets of one kind; of a group that says `one_of`, a matter has at most one."""

    name: str
    codes: Mapping[str, str]
    one_of: bool


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One version of the tree."""

    id: str
    subjects: Mapping[str, Subject]
    words: Mapping[str, str]
    """Codes, labels and other words in use -> code."""
    campaign_tags: Mapping[str, str]
    facets: Sequence[FacetGroup]

    def subject(self, said: str) -> Subject | None:
        """The subject that a code or a label names; None if neither is known."""
        code = self.words.get(said.strip())
        return None if code is None else self.subjects[code]

    def unknown_facets(self, codes: Sequence[str]) -> Sequence[str]:
        """Those that are no facet of this version."""
        known = {code for group in self.facets for code in group.codes}
        return [code for code in codes if code not in known]

    def contradicting(self, codes: Sequence[str]) -> FacetGroup | None:
        """A group of which only one may be said, and more were."""
        for group in self.facets:
            if group.one_of and len(group.codes.keys() & set(codes)) > 1:
                return group
        return None


def parse(text: str) -> Taxonomy:
    """A version from its file. ValueError for a code or word given twice, or a parent that does not come before."""
    data = tomllib.loads(text)
    subjects: dict[str, Subject] = {}
    words: dict[str, str] = {UNCLASSIFIED: UNCLASSIFIED}
    for entry in data["subjects"]:
        parent = entry.get("parent")
        if parent is not None and parent not in subjects:
            raise ValueError(f"{entry['code']}: its parent {parent} does not come before it")
        for word in (entry["code"], entry["label"], *entry.get("also", ())):
            if word in words:
                raise ValueError(f"{word} is given twice")
            words[word] = entry["code"]
        subjects[entry["code"]] = Subject(entry["code"], entry["label"], parent)
    subjects[UNCLASSIFIED] = Subject(UNCLASSIFIED, UNCLASSIFIED)
    return Taxonomy(
        id=f"{data['id']}@{data['version']}",
        subjects=subjects,
        words=words,
        campaign_tags=_labels(data["campaign_tags"]),
        facets=tuple(
            FacetGroup(group["group"], _labels(group["codes"]), group.get("one_of", False))
            for group in data["facets"]
        ),
    )


def _labels(entries: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    return {entry["code"]: entry["label"] for entry in entries}


def shipped(name: str) -> str:
    """The text of a file of this package's data."""
    return (files("intake") / "data" / name).read_text(encoding="utf-8")


CURRENT = parse(shipped("subjects_2025_1.toml"))
"""The version in force. An event names the version it used, so an earlier one is a file that stays."""
