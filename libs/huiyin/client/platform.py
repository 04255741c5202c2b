"""A synchronous client of a running platform's HTTP API, as the command line uses it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

SERVICES = ("intake", "routing", "oversight", "revisit", "notification", "audit")
TIMEOUT_S = 60.0
RETRIES = 40
RETRY_S = 0.25
"""A restarting server is back within seconds; ten seconds of patience, then the caller hears of it."""

RETRIED = frozenset({502, 503, 504})


class PlatformError(Exception):
    """The platform refused a request, or does not answer. The message is one line for a person."""


class Platform:
    """One platform. Requests are retried while it restarts; sending one twice changes nothing."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=TIMEOUT_S, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> Any:
        """A JSON answer. Raises PlatformError."""
        given = {name: value for name, value in params.items() if value is not None}
        return self._answer("GET", path, params=given)

    def post(
        self,
        path: str,
        body: Any,
        *,
        actor: str | None = None,
        key: str | None = None,
        after: str | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Any:
        """A JSON answer to a command. Raises PlatformError."""
        headers = {"Huiyin-Actor": actor, "Idempotency-Key": key, "Huiyin-After": after, **(more or {})}
        return self._answer("POST", path, json=body, headers={k: v for k, v in headers.items() if v})

    def status(self, names: Iterable[str] = SERVICES) -> list[dict[str, Any]]:
        """The status of these services."""
        found: list[dict[str, Any]] = self.get("/status", of=",".join(names))
        return found

    def busy(self) -> str:
        """In a few words, what is not idle; empty when everything is."""
        return "; ".join(what_is_busy(self.status()).values())

    def _answer(self, method: str, path: str, **options: Any) -> Any:
        for attempt in range(RETRIES):
            try:
                answer = self._http.request(method, path, **options)
            except httpx.TransportError as error:
                if attempt == RETRIES - 1:
                    raise PlatformError(f"the platform does not answer: {error}") from error
            else:
                if answer.is_success:
                    return answer.json()
                if answer.status_code not in RETRIED or attempt == RETRIES - 1:
                    raise PlatformError(_problem(answer))
            time.sleep(RETRY_S)
        raise PlatformError("the platform does not answer")


def _problem(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        faults = "; ".join(f"{fault['at']}: {fault['fault']}" for fault in problem.get("faults", []))
        return f"{problem['title']} {problem['detail']}{' ' + faults if faults else ''}"
    except (ValueError, KeyError):
        return f"the platform answered {answer.status_code}"


def what_is_busy(services: list[dict[str, Any]]) -> dict[str, str]:
    """Who has what still to do, in a few words; empty when everything is done."""
    heads = {service["service"]: service["head"] for service in services}
    return {service["service"]: words for service in services if (words := _still_to_do(service, heads))}


def _still_to_do(service: dict[str, Any], heads: Mapping[str, int]) -> str:
    name, head = service["service"], service["head"]
    found = []
    if service["relay"]["relayed"] < head:
        found.append(f"{name} has published {service['relay']['relayed']} of {head}")
    for source, consumer in service["consumers"].items():
        if consumer["position"] < heads[source]:
            found.append(f"{name} has applied {consumer['position']} of {heads[source]} events of {source}")
    found += [f"{name}: {count} {what}" for what, count in service["pending"].items() if count]
    return "; ".join(found)
