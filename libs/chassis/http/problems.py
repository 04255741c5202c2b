"""Errors as problem details (RFC 9457): the broken rule, what it means, what to do. Never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import asyncpg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ledger.lines import Conflict, KeyReused, LedgerError, Refused
from ledger.refusal import Refusal
from ledger.store import Lost
from ledger.trouble import judged
from statute.errors import StatuteError
from vault.errors import ContentRefused, KeyShredded, VaultBusy

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_S = 1
"""Long enough for a conflicting writer or a restarting database to be gone."""

_STATUSES = {
    404: ("not-found", "没有此地址。"),
    405: ("method-not-allowed", "此地址不接受这种请求。"),
    413: ("body-too-large", "请求内容过大。"),
}

_log = logging.getLogger("huiyin.http")


PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "违反的规则、含义与改正办法 Problem details (RFC 9457): the broken rule and what to do.",
        "content": {
            PROBLEM_JSON: {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "detail", "status"],
                    "properties": {
                        "type": {"type": "string", "examples": ["urn:huiyin:rule:lifecycle-3"]},
                        "title": {"type": "string", "description": "中文"},
                        "detail": {"type": "string", "description": "English"},
                        "status": {"type": "integer"},
                        "faults": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "properties": {"at": {"type": "string"}, "fault": {"type": "string"}},
                            },
                        },
                    },
                }
            }
        },
    }
}
"""What the OpenAPI document says about every refusal."""


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


async def http_problem(request: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses: no such path, a method that is not accepted, a body that is too large."""
    assert isinstance(error, HTTPException)
    rule, title = _STATUSES.get(error.status_code, ("http", "请求无法处理。"))
    return problem(error.status_code, rule, title, str(error.detail), headers=error.headers)


async def _value(request: Request, error: Exception) -> JSONResponse:
    # The driver's words may quote the value.
    return problem(
        422, "value-refused", "内容无法保存或查询。", "A value cannot be stored or looked up: correct it."
    )


async def _content(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ContentRefused)
    return problem(422, "content-refused", "内容无法保密存放。", str(error))


async def _shredded(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, KeyShredded)
    return problem(410, "content-erased", "此件内容已依法删除。", str(error))


async def _period(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, StatuteError)
    return problem(422, "no-deadline", "无法计算期限，请核对日期。", str(error))


_OF_THE_DRIVER = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # A server that was killed in the middle of its answer.
    ConnectionError,
    TimeoutError,
)


def _away(error: Exception) -> bool:
    """Whether it only says that the database or the vault cannot be reached just now."""
    if isinstance(error, _OF_THE_DRIVER):
        return isinstance(judged(error, sent=True), Lost)
    return isinstance(error, VaultBusy)


def unforeseen(request: Request, error: Exception) -> JSONResponse:
    """The answer to what nobody foresaw; where the database is away, that it is worth asking again."""
    if _away(error):
        retry = {"Retry-After": str(RETRY_AFTER_S)}
        text = "The database is away: try again in a moment."
        return problem(503, "database-away", "数据库暂不可用，请稍后重试。", text, headers=retry)
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
    app.add_exception_handler(HTTPException, http_problem)
    app.add_exception_handler(asyncpg.DataError, _value)
    app.add_exception_handler(ContentRefused, _content)
    app.add_exception_handler(KeyShredded, _shredded)
    app.add_exception_handler(StatuteError, _period)
