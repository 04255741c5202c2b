"""Errors as problem details (RFC 9457): the broken rule, what it means, what to do. Never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from ledger.lines import Conflict, KeyReused, LedgerError, Refused
from ledger.refusal import Refusal
from starlette.exceptions import HTTPException

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_S = 1
"""Long enough for a conflicting writer or a restarting database to be gone."""

_log = logging.getLogger("huiyin.http")


class Problem(Exception):
    """An error with its HTTP status, for what is not a refusal of the domain."""

    def __init__(self, status: int, rule: str, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.status = status
        self.rule = rule
        self.zh = zh
        self.en = en


def problem(
    status: int, rule: str, zh: str, en: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """The response: `type` names the rule, `title` is Chinese, `detail` English."""
    body = {"type": f"urn:huiyin:rule:{rule}", "title": zh, "detail": en, "status": status, **more}
    return JSONResponse(body, status_code=status, media_type=PROBLEM_JSON, headers=dict(headers or {}))


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return problem(409, error.rule, error.zh, error.en)


async def _problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return problem(error.status, error.rule, error.zh, error.en)


async def _ledger(request: Request, error: Exception) -> JSONResponse:
    retry = {"Retry-After": str(RETRY_AFTER_S)}
    match error:
        case Conflict():
            return problem(
                409, "concurrent-change", "同时有人改动了此件，请重试。", str(error), headers=retry
            )
        case KeyReused():
            return problem(422, "idempotency-key-reused", "同一幂等键用于不同内容。", str(error))
        case Refused():
            return problem(422, "value-refused", "内容无法保存。", str(error))
        case _:
            return problem(503, "ledger-unavailable", "账本暂不可用，请稍后重试。", str(error), headers=retry)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # The input itself is left out: it may hold what only the vault may keep.
    faults = [{"at": "/".join(map(str, fault["loc"])), "fault": fault["msg"]} for fault in error.errors()]
    return problem(422, "malformed-request", "请求内容有误。", "Correct the fields listed.", faults=faults)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, "http", "请求无法处理。", str(error.detail))


def unforeseen(request: Request, error: Exception) -> JSONResponse:
    """The answer to what nobody foresaw."""
    # Only the kind of the error is logged: its text may quote a value.
    _log.error("unforeseen %s at %s %s", type(error).__name__, request.method, request.url.path)
    return problem(
        500, "unforeseen", "系统内部错误，已记录。", "An unforeseen error; it was noted. Try again."
    )


def install(app: FastAPI) -> None:
    """Make every error of the application a problem detail."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(LedgerError, _ledger)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
