"""An office's counter on a platform whose clock is set, for the scenarios of reception."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from chassis.clock import SHANGHAI, SimulatedClock
from chassis.installation import CLOCK_FILE
from tests.stack import PETITION, Stack, clerk, stack


@dataclass
class Counter:
    """A platform whose clock stands where it was put. Time only goes forward: tests come in the order of their days."""

    running: Stack
    clock: SimulatedClock
    office: str = ""
    housing: str = ""

    def at(self, *when: int) -> datetime:
        """Put the clock to a time in Shanghai."""
        instant = datetime(*when, tzinfo=SHANGHAI)  # type: ignore[arg-type, misc]
        self.clock.set(instant.astimezone(UTC))
        return instant

    def receive(self, **more: Any) -> httpx.Response:
        """A petition handed in to the office."""
        body = {**PETITION, "receiver_unit_id": self.office, **more}
        return self.running.http.post("/intake/v1/cases", json=body)

    def received(self, **more: Any) -> dict[str, Any]:
        """As `receive`, where it must succeed."""
        answer = self.receive(**more)
        assert answer.status_code == 201, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    def seen(self, receipt: dict[str, Any]) -> dict[str, Any]:
        """What intake shows of the case."""
        shown: dict[str, Any] = self.running.client.get(f"/intake/v1/cases/{receipt['case_id']}")
        return shown

    def does(self, receipt: dict[str, Any], act: str, unit: str, /, **body: Any) -> httpx.Response:
        """A command of a clerk."""
        path = f"/intake/v1/cases/{receipt['case_id']}/{act}"
        return self.running.http.post(path, json=body, headers={"Huiyin-Actor": clerk(unit)})

    def petitioner(self, receipt: dict[str, Any], act: str, /, **body: Any) -> httpx.Response:
        """An act of the petitioner, through the own channel."""
        path = f"/intake/v1/cases/{receipt['case_id']}/{act}"
        return self.running.http.post(path, json=body, headers=own(receipt))

    def printed(self, receipt: dict[str, Any], headers: dict[str, str] | None = None) -> httpx.Response:
        """The receipt on paper."""
        path = f"/intake/v1/cases/{receipt['case_id']}/receipt"
        return self.running.http.get(path, headers=own(receipt) if headers is None else headers)


def own(receipt: dict[str, Any]) -> dict[str, str]:
    """The header by which a petitioner proves itself."""
    return {"Huiyin-Receipt-Number": receipt["receipt_number"], "Huiyin-Query-Code": receipt["query_code"]}


def refused(answer: httpx.Response, status: int, rule: str) -> None:
    """The answer is a refusal by this rule."""
    assert (answer.status_code, answer.json().get("type")) == (status, f"urn:huiyin:rule:{rule}"), answer.text


@contextmanager
def counter_of_a_new_platform() -> Iterator[Counter]:
    """Stands at a Friday, 2025-08-15; ended with the block."""
    with stack(mode="simulated") as running:
        there = Counter(running, SimulatedClock(running.state / CLOCK_FILE))
        there.at(2025, 8, 15, 9, 0)
        there.office, there.housing = running.offices()
        yield there
