"""`python -m tests.faults.nemesis [--minutes M] [--seed S]`: a seeded campaign against the running platform."""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import sys
from pathlib import Path

from tests.faults.nemesis.campaign import Report, campaign
from tests.faults.nemesis.faults import KINDS, plan

DEFAULT_MINUTES = 8.0
"""With start, quiet period, check and the fixed scenarios, `make faults` stays below 15 minutes."""

SHOWN = 5
REPORT = Path("faults.json")


def main() -> int:
    """0 if every promise was kept."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=DEFAULT_MINUTES)
    words.add_argument("--seed", type=int, default=None)
    words.add_argument("--report", type=Path, default=REPORT)
    given = words.parse_args()
    seed = given.seed if given.seed is not None else secrets.randbelow(1_000_000)
    faults = plan(seed, given.minutes * 60)
    say(f"seed {seed}: {len(faults)} faults of {len({each.kind for each in faults})} kinds planned")
    evidence = Path(f"faults-seed-{seed}").absolute()
    try:
        report = asyncio.run(campaign(seed, faults, say=say, evidence=evidence))
    except BaseException as error:
        say(f"seed {seed}: ended by {type(error).__name__}: {error}; what there is: {evidence}")
        raise
    given.report.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n")
    show(report)
    return 1 if report.violations else 0


def show(report: Report) -> None:
    """The report, for people."""
    say(f"\n{'kind':28}{'times':>6}")
    for name, times in report.kinds.items():
        say(f"{name:28}{times:>6}  {KINDS[name].does}")
    say(f"{'in all':28}{report.faults:>6}; not reached: {report.not_reached or 'none'}")
    alone, among = report.slowest(alone=True), report.slowest(alone=False)
    say(f"acts {report.acts}; {report.events} events")
    say(f"{len(report.heals_s)} recoveries, the slowest {alone[0]:.1f} s ({alone[1]})")
    say(f"{among[0]:.1f} s ({among[1]}) where other faults came in between")
    say(f"everything applied {report.lag_s:.1f} s after the last fault")
    for invariant, count in report.per_invariant().items():
        say(f"{invariant:4} {count} violations")
    say("I9 speaks of chains: the leaves of a transparency log are not built yet.")
    for violation, history in list(zip(report.violations, report.histories, strict=False))[:SHOWN]:
        say(f"\nseed {report.seed}: {violation.invariant} {violation.case} {violation.what}")
        for line in history:
            say(f"    {line}")
    if report.evidence:
        say(f"\nseed {report.seed}: all evidence is in {report.evidence}")


def say(text: str) -> None:
    """To whoever watches."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
