"""Waiting until nothing is left to do."""

from __future__ import annotations

import time
from collections.abc import Callable

from huiyin.client.platform import Platform, PlatformError, what_is_busy

FIRST_STEP_S, LONGEST_STEP_S = 0.02, 0.5


def until_idle(platform: Platform, limit_s: float, tell: Callable[[str], None] | None = None) -> bool:
    """Whether relays reached their heads, consumers their sources' heads, and nothing was pending, in time.

    Two looks in a row must find the same quiet heads: what one service applies, another may answer.
    """
    limit = time.monotonic() + limit_s
    step = FIRST_STEP_S
    quiet_at: list[int] | None = None
    while time.monotonic() < limit:
        heads, busy = _look(platform)
        if not busy:
            if heads == quiet_at:
                return True
            quiet_at = heads
            continue
        quiet_at = None
        if tell:
            tell(busy)
        time.sleep(step)
        step = min(step * 1.5, LONGEST_STEP_S)
    return False


def _look(platform: Platform) -> tuple[list[int], str]:
    try:
        services = platform.status()
    except PlatformError as error:
        return [], str(error)
    return [service["head"] for service in services], "; ".join(what_is_busy(services))
