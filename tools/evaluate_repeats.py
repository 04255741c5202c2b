"""Measure the proposals of repeats: `make evaluate-repeats DATA=folder`.

The folder holds `teddy_hot.csv` (messages: id, title, body) and `teddy_dup_pairs.csv` (pairs of them with a tag that a
program gave, so a silver tag and no truth). Three questions: are all identical bodies found; which pairs of each tag are
proposed; how long does a search take with 100,000 cases stored, the rest of them put together from the texts of the
demonstration. Prints a table, writes JSON, and ends with exit code 1 if identical texts are missed or it takes too long.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from random import Random
from time import process_time_ns

from huiyin.demo.texts import load
from suggestion.fingerprint import Fingerprint, Marker, Reading
from suggestion.repeats import Proposal, Relation, RepeatIndex

SEED = 20250901
KEY = bytes(range(32))
"""For measuring only; an office's key comes from its key file."""

STORED = 100_000
MOST_MS = 20.0
ASKED = 500
"""Searches that are timed with all cases stored."""

PROPOSED = 20
"""Proposals looked at for each message; a clerk sees five."""

FOUND = ("exact", "near_text", "same_issue_silver")
"""Tags that say "one matter". The other tags say "unsure", not "different": no pair in the file is known to differ."""

LONGEST_FIELD = 10_000_000
BAD_INPUT = 2
SYLLABLES = "安北长城春东福高光桂海和红湖华吉江金锦景康兰乐丽林龙绿梅民明南宁平清泉仁荣瑞山盛松泰天望文西祥新兴阳银永玉园云中竹"
"""Names of places are put together from these; three in a row give 200,000 names."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message."""

    id: str
    title: str
    body: str


def read(folder: Path) -> tuple[list[Row], list[tuple[str, str, str]]]:
    """Messages, and pairs with their tag. Raises ValueError for missing columns."""
    messages = [
        Row(each["id"], each["title"], each["body"])
        for each in _rows(folder / "teddy_hot.csv", Row.__slots__)
    ]
    known = {each.id for each in messages}
    pairs = [
        (each["id_a"], each["id_b"], each["silver"])
        for each in _rows(folder / "teddy_dup_pairs.csv", ("id_a", "id_b", "silver"))
    ]
    if strangers := [pair for pair in pairs if not {pair[0], pair[1]} <= known]:
        raise ValueError(f"{len(strangers)} pairs name messages that are not there, first {strangers[0][:2]}")
    return messages, pairs


def proposals(readings: Mapping[str, Reading]) -> dict[frozenset[str], Proposal]:
    """Each message against all others: the pairs proposed from either side, with the better score."""
    index = RepeatIndex()
    for name, reading in readings.items():
        index.add(name, reading.fingerprint)
    found: dict[frozenset[str], Proposal] = {}
    for name, reading in readings.items():
        for each in index.find(reading, is_open=lambda _: True, at_most=PROPOSED, besides=name):
            pair = frozenset((name, each.case_id))
            if pair not in found or found[pair].score < each.score:
                found[pair] = each
    return found


def identical(messages: Sequence[Row]) -> set[frozenset[str]]:
    """Pairs with the same body, blanks aside, counted without the index."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for each in messages:
        groups["".join(each.body.split())].append(each.id)
    return {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}


def by_tag(
    pairs: Sequence[tuple[str, str, str]], found: Mapping[frozenset[str], Proposal]
) -> dict[str, dict[str, int]]:
    """For each tag: pairs, those proposed as one text, those proposed as a joint matter."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for left, right, tag in pairs:
        proposal = found.get(frozenset((left, right)))
        counted[tag]["pairs"] += 1
        counted[tag]["same"] += proposal is not None and proposal.relation is Relation.SAME_CASE
        counted[tag]["joint"] += proposal is not None and proposal.relation is Relation.JOINT_MATTER
    return {tag: dict(each) for tag, each in sorted(counted.items())}


def precision_recall(
    tags: Mapping[str, Mapping[str, int]], wanted: Sequence[str], *, joint: bool
) -> tuple[float, float]:
    """Of the tagged pairs that are proposed, the share with a wanted tag; of the wanted ones, the share proposed."""
    hits = {tag: each["same"] + (each["joint"] if joint else 0) for tag, each in tags.items()}
    right, all_wanted = (
        sum(hits.get(tag, 0) for tag in wanted),
        sum(tags[tag]["pairs"] for tag in wanted if tag in tags),
    )
    return right / (sum(hits.values()) or 1), right / (all_wanted or 1)


def timed(readings: Sequence[Reading], stored: int, marker: Marker, seed: int) -> dict[str, float]:
    """CPU milliseconds of marking and searching, and of the two alone, with `stored` cases in the index."""
    index, dice = RepeatIndex(), Random(seed)
    for number, reading in enumerate(readings[:stored]):
        index.add(f"real-{number}", reading.fingerprint)
    for number, (title, body) in enumerate(_written(dice, stored - len(index))):
        index.add(
            f"written-{number}", Fingerprint.from_bytes(marker.read(title, body).fingerprint.to_bytes())
        )
    asked = [("", each.text) for each in dice.sample(list(readings), min(ASKED // 2, len(readings)))]
    asked += list(_written(dice, ASKED // 2))
    marking, searching = [], []
    for title, body in asked:
        started = process_time_ns()
        reading = marker.read(title, body)
        marked = process_time_ns()
        index.find(reading, is_open=lambda _: True)
        searching.append((process_time_ns() - marked) / 1e6)
        marking.append((marked - started) / 1e6)
    both = sorted(map(sum, zip(marking, searching, strict=True)))
    return {
        "stored": len(index),
        "median_ms": both[len(both) // 2],
        "p99_ms": both[int(len(both) * 0.99)],
        "worst_ms": both[-1],
        "marking_median_ms": sorted(marking)[len(marking) // 2],
        "searching_median_ms": sorted(searching)[len(searching) // 2],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 if every identical text is found and a search takes no longer than wanted."""
    parser = argparse.ArgumentParser(prog="make evaluate-repeats")
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path(".huiyin/suggestion/repeats-evaluation.json"))
    parser.add_argument("--stored", type=int, default=STORED)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    try:
        messages, pairs = read(chosen.data)
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return BAD_INPUT
    marker = Marker(KEY)
    readings = {each.id: marker.read(each.title, each.body) for each in messages}
    found = proposals(readings)
    equal = identical(messages)
    tags = by_tag(pairs, found)
    content = {
        "seed": chosen.seed,
        "messages": len(messages),
        "identical": len(equal),
        "identical_found": len(equal & {pair for pair, each in found.items() if each.identical}),
        "tags": tags,
        "same_text": precision_recall(tags, FOUND[:2], joint=False),
        "one_matter": precision_recall(tags, FOUND, joint=True),
        "proposed_as_same": sum(each.relation is Relation.SAME_CASE for each in found.values()),
        "proposed_as_joint": sum(each.relation is Relation.JOINT_MATTER for each in found.values()),
        "time": timed(list(readings.values()), chosen.stored, marker, chosen.seed),
    }
    sys.stdout.writelines(f"{line}\n" for line in _table(content))
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    late = content["time"]["p99_ms"] > MOST_MS
    return 1 if late or content["identical_found"] < content["identical"] else 0


def _rows(file: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    csv.field_size_limit(LONGEST_FIELD)
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if missing := [name for name in columns if name not in (rows.fieldnames or ())]:
            raise ValueError(f"{file.name} has no column {', '.join(missing)}")
        yield from rows


def _written(dice: Random, number: int) -> Iterator[tuple[str, str]]:
    """Texts of our own: sentences of three petitions of the demonstration, each about an invented place."""
    petitions = load().petitions
    names = ["".join(each) for each in product(SYLLABLES, repeat=3)]
    for _ in range(number):
        chosen = dice.sample(petitions, 3)
        sentences = [line for each in chosen for line in each.body.split("。") if line]
        dice.shuffle(sentences)
        places = [dice.choice(names) + kind for kind in ("小区", "路", "村", "公司")]
        body = "。".join(f"{dice.choice(places)}{line}" for line in sentences[: dice.randint(3, 9)])
        yield f"{places[0]}{chosen[0].title}", body


def _table(content: Mapping[str, object]) -> Iterator[str]:
    tags, time = content["tags"], content["time"]
    assert isinstance(tags, dict)
    assert isinstance(time, dict)
    yield f"{content['identical_found']} of {content['identical']} pairs of identical bodies found, {content['messages']} messages"
    yield f"proposed: {content['proposed_as_same']} pairs as one text, {content['proposed_as_joint']} as a joint matter"
    yield "tag                  pairs  as one text  as joint matter  found"
    for tag, each in tags.items():
        share = (each["same"] + each["joint"]) / each["pairs"]
        yield f"{tag:<20} {each['pairs']:>5}  {each['same']:>11}  {each['joint']:>15}  {share:>5.0%}"
    for name, wanted in (
        ("same_text", "exact, near_text"),
        ("one_matter", "exact, near_text, same_issue_silver"),
    ):
        measured = content[name]
        assert isinstance(measured, tuple)
        yield f"{name} ({wanted}): precision {measured[0]:.3f}, recall {measured[1]:.3f} on the tagged pairs"
    yield (
        f"{time['stored']} cases stored: median {time['median_ms']:.1f} ms, p99 {time['p99_ms']:.1f} ms, worst"
        f" {time['worst_ms']:.1f} ms CPU (marking {time['marking_median_ms']:.1f} ms, searching"
        f" {time['searching_median_ms']:.1f} ms)"
    )


if __name__ == "__main__":
    sys.exit(main())
