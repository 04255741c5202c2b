"""How often Python looks for cycles of objects in a process that runs for long."""

from __future__ import annotations

import gc

COLLECT_AFTER = (20_000, 20, 20)
"""Objects that outlive their making before Python looks for cycles: a few megabytes; its own default is 700."""


def spare_the_collector() -> None:
    """What is there now stays: modules, routes, models. Walking through it again and again took a tenth of the time,
    and each time everything else waited for up to 50 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
