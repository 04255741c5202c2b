"""Golden bytes: what every event of every version looks like on the wire, written down once and for ever.

`make golden` adds the events that have no entry yet. It changes no entry: bytes like these are in ledgers already,
and whoever must change them adds a new version of the event instead. `--check` names what is missing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from huiyin.codec import encode
from huiyin.registry import ENCODERS
from tools.samples import sample

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "contract" / "golden" / "events.json"

KINDS = {name: kind for kind, (name, _) in ENCODERS.items()}
"""Full name -> class, of every event that can be recorded."""


def read() -> dict[str, str]:
    """Full name -> the bytes of its sample in hexadecimal digits, as they were once written down."""
    if not GOLDEN.exists():
        return {}
    written: dict[str, str] = json.loads(GOLDEN.read_text())
    return written


def missing(written: dict[str, str]) -> list[str]:
    """The events without an entry."""
    return sorted(set(KINDS) - set(written))


def main() -> int:
    """Exit code 0 when every event has (now) its entry."""
    written = read()
    new = missing(written)
    if "--check" in sys.argv:
        for name in new:
            sys.stderr.write(f"{name} has no golden bytes: run `make golden`\n")
        return 1 if new else 0
    written |= {name: encode(sample(KINDS[name])).hex() for name in new}
    GOLDEN.write_text(json.dumps(written, indent=2, sort_keys=True) + "\n")
    for name in new:
        sys.stderr.write(f"{name}: written down\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
