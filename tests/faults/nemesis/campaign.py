"""One campaign: a platform, clerks at work, a plan of faults, then quiet, and the check."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chassis.installation import SERVICES
from huiyin.client.platform import what_is_busy
from tests.faults.nemesis.checker import INVARIANTS, check, shortest_history
from tests.faults.nemesis.faults import KINDS, Fault
from tests.faults.nemesis.gather import gather
from tests.faults.nemesis.history import History
from tests.faults.nemesis.nemesis import Nemesis, retry_parked
from tests.faults.nemesis.stage import Stage, keep_logs, stage
from tests.faults.nemesis.workload import at_work
from tests.faults.nemesis.world import RECEIVE, Violation, World
from tests.platforms import found_units

WARM_UP_S = 3.0
QUIET_LIMIT_S = 240.0
"""Beyond the 60 s of I11, so that one late consumer does not hide everything else."""
QUIET_STEP_S = 0.25
PROGRESS_S = 15.0
NEVER = float("inf")

Say = Callable[[str], None]


@dataclass
class Report:
    """What a campaign was and what came of it."""

    seed: int
    minutes: float
    kinds: dict[str, int]
    not_reached: dict[str, int]
    heals_s: list[tuple[float, str, bool]]
    unhealed: list[str]
    acts: dict[str, int]
    events: int
    lag_s: float
    violations: list[Violation]
    histories: list[list[str]] = field(default_factory=list)
    evidence: str = ""
    world: World | None = field(default=None, repr=False)

    @property
    def faults(self) -> int:
        """Those that took effect."""
        return sum(self.kinds.values())

    def slowest(self, *, alone: bool) -> tuple[float, str]:
        """Seconds and kind of the slowest recovery; `alone`: while nothing else was wrong."""
        found = [(seconds, kind) for seconds, kind, quiet in self.heals_s if quiet or not alone]
        return max(found, default=(0.0, "none"))

    def per_invariant(self) -> dict[str, int]:
        """Violations by invariant, also those of which there are none."""
        return {name: sum(each.invariant == name for each in self.violations) for name in INVARIANTS}

    def as_json(self) -> dict[str, Any]:
        """For faults.json."""
        return {
            "seed": self.seed,
            "minutes": self.minutes,
            "faults": self.faults,
            "kinds": self.kinds,
            "not_reached": self.not_reached,
            "recoveries": len(self.heals_s),
            "slowest_heal_s": round(self.slowest(alone=True)[0], 2),
            "slowest_heal_of": self.slowest(alone=True)[1],
            "slowest_heal_among_other_faults_s": round(self.slowest(alone=False)[0], 2),
            "not_healed_in_time": self.unhealed,
            "acts": self.acts,
            "events": self.events,
            "lag_after_healing_s": None if self.lag_s == NEVER else round(self.lag_s, 2),
            "violations": self.per_invariant(),
            "first_violations": [[each.invariant, each.case, each.what] for each in self.violations[:50]],
            "evidence": self.evidence,
        }


async def campaign(seed: int, plan: Sequence[Fault], *, say: Say, evidence: Path, clerks: int = 4) -> Report:
    """Play the plan. `evidence` is where everything is kept if a promise was broken; it is not made otherwise."""
    async with stage() as on:
        history = History(on.running.state / "history.jsonl")
        after = await found_units(on.base)
        nemesis = Nemesis(on, history)
        progress = asyncio.create_task(_progress(history, nemesis, say))
        try:
            async with at_work(on.base, after, seed, history, clerks) as work:
                await asyncio.sleep(WARM_UP_S)
                await nemesis.play(plan)
                lag_s = await _quiet(on, work.finish(), say)
            say("checking")
            world = await gather(on, history, lag_s)
        except BaseException:
            _keep(on, history, evidence)
            raise
        finally:
            progress.cancel()
            history.close()
        violations = await asyncio.to_thread(check, world)
        report = _report(seed, plan, nemesis, world, violations)
        if violations:
            _keep(on, history, evidence)
            _dump(world, report, evidence)
            report.evidence = str(evidence)
        return report


async def _quiet(on: Stage, finish: Any, say: Say) -> float:
    """Everything healed: clerks finish, parked events are retried, all is applied. Seconds until then."""
    say("faults off: waiting until everything is applied")
    on.heal_links()
    for service in SERVICES:
        on.desk.order(service, crash=None, handler=None, deliveries=None, clock_s=0.0)
    began = time.monotonic()
    finishing = asyncio.ensure_future(finish)
    busy = "?"
    try:
        while time.monotonic() - began < QUIET_LIMIT_S:
            parked = await retry_parked(on)
            found = [await on.status(service) for service in SERVICES]
            told = [each for each in found if each is not None]
            busy = (
                "; ".join(what_is_busy(told).values()) if len(told) == len(SERVICES) else "somebody is silent"
            )
            if finishing.done() and not busy and not parked:
                finishing.result()
                return time.monotonic() - began
            await asyncio.sleep(QUIET_STEP_S)
        say(f"not quiet after {QUIET_LIMIT_S:.0f} s: {busy}")
        return NEVER
    finally:
        finishing.cancel()


async def _progress(history: History, nemesis: Nemesis, say: Say) -> None:
    began = time.monotonic()
    while True:
        await asyncio.sleep(PROGRESS_S)
        c = history.counts
        say(
            f"{time.monotonic() - began:5.0f} s  {sum(nemesis.played.values()):4} faults"
            f"  {c['ok']:6} acts acknowledged  {c['info']:4} unknown  {c['fail']:3} refused"
        )


def _report(
    seed: int,
    plan: Sequence[Fault],
    nemesis: Nemesis,
    world: World,
    violations: list[Violation],
) -> Report:
    counts = nemesis.history.counts
    return Report(
        seed=seed,
        minutes=round((plan[-1].at_s if plan else 0) / 60, 2),
        kinds={name: nemesis.played[name] for name in sorted(KINDS)},
        not_reached=dict(nemesis.missed),
        heals_s=nemesis.heals_s,
        unhealed=nemesis.unhealed,
        acts={
            "acknowledged": counts["ok"],
            "petitions": len(world.acknowledged(RECEIVE)),
            "closed": counts["closed"],
            "unknown": counts["info"],
            "refused": counts["fail"],
            "read": counts["read"],
        },
        events=sum(len(ledger.lines) for ledger in world.ledgers.values()),
        lag_s=world.lag_s,
        violations=violations,
        histories=[shortest_history(world, each) for each in violations[:20]],
        world=world,
    )


def _keep(on: Stage, history: History, evidence: Path) -> None:
    keep_logs(on.running, evidence / "logs")
    lines = [json.dumps(note, ensure_ascii=False) for note in history.notes]
    (evidence / "history.jsonl").write_text("\n".join(lines))


def _dump(world: World, report: Report, evidence: Path) -> None:
    text = []
    for violation, history in zip(report.violations, report.histories, strict=False):
        text += [
            f"{violation.invariant} {violation.case}: {violation.what}",
            *map("    {}".format, history),
            "",
        ]
    (evidence / "violations.txt").write_text("\n".join(text))
    for violation in report.violations[:20]:
        if violation.case:
            rows = [
                [*event.line[:5], event.line.bytes.hex(), event.line.hash.hex(), str(event.line.recorded_at)]
                for event in world.by_case.get(violation.case, ())
            ]
            (evidence / f"case-{violation.case}.json").write_text(json.dumps(rows, indent=1))
