"""The short way for commands: what the framework does for a declared route, without its layers.

Routes are declared to FastAPI, which documents them and answers everything unusual. Between it and one of our
commands lie a router, two exit stacks, a dependency solver and a serialiser: three times what the command's own
validation costs. A request that is exactly as declared is therefore answered here, by the same function, with the
same model, dependency and error handlers. Whatever is not goes the long way from its beginning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.http.caller import Caller, anyone, officer

JSON = b"application/json"
CASE = "{case_id}"
_CASE_ID = re.compile(r"[A-Za-z0-9-]{1,64}")  # As commands.CaseId.

Handler = Callable[[Request, Any], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Command:
    """A route of the usual shape: a case perhaps, a caller, a body; an answer of a declared model."""

    route: APIRoute
    caller: Callable[[Request], Awaitable[Caller]]
    body: type[BaseModel]
    of_a_case: bool


class ShortWay:
    """Answers commands; passes everything else on to `app`. `handlers` are the application's, by kind of error."""

    def __init__(
        self,
        app: ASGIApp,
        routers: Mapping[str, APIRouter],
        handlers: Mapping[Any, Any],
    ) -> None:
        self._app = app
        self._handlers = handlers
        self._commands = {
            prefix + command.route.path: command
            for prefix, router in routers.items()
            for command in commands_of(router)
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        command, case_id = self._find(scope)
        if command is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:
            return
        try:
            response = await self._answer(command, case_id, request, body)
        except Exception as error:
            handler = self._handler(error)
            if handler is None:
                raise
            response = await handler(request, error)
        if response is None:
            await self._app(scope, _again(body, receive), send)
        else:
            scope["route"] = command.route
            await response(scope, receive, send)

    def _find(self, scope: Scope) -> tuple[Command | None, str]:
        if (
            scope["type"] != "http"
            or scope["method"] != "POST"
            or (b"content-type", JSON) not in scope["headers"]
        ):
            return None, ""
        path: str = scope["path"]
        parts = path.split("/", 5)  # "", service, version, "cases", case, command
        case_id = parts[4] if len(parts) == 6 else ""
        if case_id:
            if not _CASE_ID.fullmatch(case_id):
                return None, ""
            parts[4] = CASE
            path = "/".join(parts)
        return self._commands.get(path), case_id

    async def _answer(self, command: Command, case_id: str, request: Request, body: bytes) -> Response | None:
        """None where something is not as declared: it takes the long way to say what."""
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            return None
        given: dict[str, Any] = {"case_id": case_id} if command.of_a_case else {}
        given["caller"] = await command.caller(request)
        try:
            given["body"] = command.body.model_validate(said)
        except ValidationError:
            return None
        result: BaseModel = await command.route.endpoint(**given)
        return Response(
            result.__pydantic_serializer__.to_json(result),
            command.route.status_code or 200,
            media_type="application/json",
        )

    def _handler(self, error: Exception) -> Handler | None:
        """As Starlette looks it up."""
        found = (self._handlers[kind] for kind in type(error).__mro__ if kind in self._handlers)
        return next(found, None)


def commands_of(router: APIRouter) -> Sequence[Command]:
    """The routes that the short way can serve."""
    routes = [route for route in router.routes if isinstance(route, APIRoute)]
    return [command for route in routes if (command := _command(route)) is not None]


def _command(route: APIRoute) -> Command | None:
    """The route, if it is of the usual shape. What else a route may ask for, only the framework knows how to give."""
    needs = route.dependant
    in_path = [each.name for each in needs.path_params]
    callers = [(each.name, each.call) for each in needs.dependencies]
    if route.methods != {"POST"} or in_path not in ([], ["case_id"]) or len(needs.body_params) != 1:
        return None
    if needs.query_params or needs.header_params or needs.cookie_params or len(callers) != 1:
        return None
    (body,), (name, caller) = needs.body_params, callers[0]
    model: Any = body.field_info.annotation
    if body.name != "body" or name != "caller" or not (caller is officer or caller is anyone):
        return None
    if not (_is_model(model) and _is_model(route.response_model) and iscoroutinefunction(route.endpoint)):
        return None
    return Command(route, caller, model, bool(in_path))


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _again(body: bytes, receive: Receive) -> Receive:
    """The request's body once more, for whoever reads it from the beginning."""
    whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return whole.pop() if whole else await receive()

    return received
