"""Waiting until nothing is left to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from huiyin.client.platform import SERVICES, Platform, PlatformError, what_is_busy

FIRST_STEP_S, LONGEST_STEP_S = 0.01, 0.5


def until_idle(
    platform: Platform,
    limit_s: float,
    tell: Callable[[str], None] | None = None,
    *,
    longest_step_s: float = LONGEST_STEP_S,
) -> bool:
    """Whether relays reached their heads, consumers their sources' heads, and nothing was pending, in time.

    Looks are up to `longest_step_s` apart.
    """
    return Watch(platform, longest_step_s=longest_step_s).until_idle(limit_s, tell)


class Watch:
    """Looks at one platform again and again, as cheaply as it can: who was busy last is asked first."""

    def __init__(self, platform: Platform, *, longest_step_s: float = LONGEST_STEP_S) -> None:
        self._platform = platform
        self._longest_step_s = longest_step_s
        self._seen: dict[str, dict[str, Any]] = {}

    def until_idle(
        self,
        limit_s: float,
        tell: Callable[[str], None] | None = None,
        *,
        first: Sequence[str] = SERVICES,
    ) -> bool:
        """Whether everything was quiet in time. `first`: who is likely to be busy.

        Two looks in a row must find the same quiet heads, the second at all services: what one applies, another
        may answer.
        """
        limit, step = time.monotonic() + limit_s, FIRST_STEP_S
        quiet_at: list[int] | None = None
        asked = first if self._seen else SERVICES
        while time.monotonic() < limit:
            busy = self._look(asked)
            if not busy:
                heads = [self._seen[name]["head"] for name in SERVICES]
                if heads == quiet_at and asked is SERVICES:
                    return True
                quiet_at, asked = heads, SERVICES
                continue
            quiet_at, asked = None, sorted(busy)
            if tell:
                tell("; ".join(busy.values()))
            time.sleep(step)
            step = min(step * 1.5, self._longest_step_s)
        return False

    def _look(self, names: Sequence[str]) -> dict[str, str]:
        """Who is busy, and with what, by what each service said last."""
        try:
            self._seen |= {status["service"]: status for status in self._platform.status(names)}
        except PlatformError as error:
            return dict.fromkeys(SERVICES, str(error))
        return what_is_busy(list(self._seen.values()))
