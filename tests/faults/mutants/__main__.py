"""Plant each bug, see it caught. `--only NAME` for one of them, `--seed N` for other histories."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import cache
from itertools import count

from tests.faults.mutants.hunt import CAUGHT_WITHIN_S, copy, run
from tests.faults.mutants.mutant import Layer, Mutant, Stale
from tests.faults.mutants.planted import MUTANTS

SEED = 20250818


def main() -> int:
    """The number of bugs that nobody caught."""
    arguments = argparse.ArgumentParser(prog="python -m tests.faults.mutants", description=__doc__)
    arguments.add_argument("--only", metavar="NAME", choices=[each.name for each in MUTANTS], action="append")
    arguments.add_argument("--seed", type=int, default=SEED)
    chosen = arguments.parse_args()
    wanted = [each for each in MUTANTS if not chosen.only or each.name in chosen.only]
    say(f"seed {chosen.seed}, {len(wanted)} planted bugs")
    missed = [each.name for each in wanted if not hunted(each, chosen.seed)]
    say(
        f"{len(wanted) - len(missed)} of {len(wanted)} caught"
        + (f"; not caught: {', '.join(missed)}" if missed else "")
    )
    return len(missed)


@cache
def unharmed(layer: Layer, seed: int) -> bool:
    """Whether the same run passes without any bug; else what it caught means nothing."""
    with copy(None) as sources:
        verdict = run(sources, layer, seed, limit_s=2 * CAUGHT_WITHIN_S)
    words = f"FAILS: {verdict.caught}" if verdict.caught else "passes"
    say(f"  the same run without the bug {words} ({layer.name}, seed {seed}, {verdict.seconds:.0f} s)")
    return verdict.passed


def hunted(mutant: Mutant, seed: int) -> bool:
    """Whether one of its layers catches it within the time. With a seed there are always further histories."""
    say(f"{mutant.name}: {mutant.harm}")
    left = CAUGHT_WITHIN_S
    try:
        for further, layer in turns(mutant):
            if left <= 0:
                break
            with copy(mutant) as sources:
                verdict = run(sources, layer, seed + further, limit_s=left)
            left -= verdict.seconds
            if verdict.caught is not None:
                spent = CAUGHT_WITHIN_S - left
                say(f"  caught by {layer.name} after {spent:.0f} s (seed {seed + further}): {verdict.caught}")
                return unharmed(layer, seed + further)
    except Stale as stale:
        say(f"  STALE {stale}")
        return False
    say(f"  NOT CAUGHT in {CAUGHT_WITHIN_S - left:.0f} s")
    return False


def turns(mutant: Mutant) -> Iterator[tuple[int, Layer]]:
    """Every layer once, then those that take a seed, again and again with the next one."""
    yield from ((0, layer) for layer in mutant.layers)
    seeded = [layer for layer in mutant.layers if layer.seeded]
    for further in count(1) if seeded else ():
        yield from ((further, layer) for layer in seeded)


def say(words: str) -> None:
    """One line on screen, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
