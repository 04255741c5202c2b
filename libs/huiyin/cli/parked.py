"""`huiyin parked list|retry|skip`: events that could not be applied, and what to do about them."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from huiyin.cli.case import ask
from huiyin.cli.errors import Failure
from huiyin.cli.options import DEFAULT_STATE, Json, State
from huiyin.cli.running import runtime
from huiyin.client.platform import SERVICES, Platform, PlatformError

app = typer.Typer(help="搁置的事件 Parked events.", no_args_is_help=True)

Service = Annotated[str, typer.Argument(help="服务名 The service that parked it.")]
Key = Annotated[str, typer.Argument(help="办件标识或流名 The case's id, or the stream.")]


@app.command("list")
def list_parked(as_json: Json = False, state: State = DEFAULT_STATE) -> None:
    """列出搁置的事件。Every parked event, in the order of arrival."""
    found = {name: ask(state, f"/{name}/v1/parked") for name in SERVICES}
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table("服务 service", "来源 source", "位置 position", "键 key", "原因 reason")
    for name, events in found.items():
        for event in events:
            table.add_row(name, event["source"], str(event["position"]), event["key"], event["reason"])
    Console().print(table)


@app.command("retry")
def retry(service: Service, key: Key, state: State = DEFAULT_STATE) -> None:
    """依序重试。Apply the parked events of a key again, in order."""
    outcome = _post(state, service, "retries", {"key": key})
    if outcome["failure"]:
        raise Failure(f"{outcome['applied']} applied, then: {outcome['failure']}")
    typer.echo(f"已应用 applied: {outcome['applied']}")


@app.command("skip")
def skip(
    service: Service,
    key: Key,
    source: Annotated[str, typer.Option(help="来源 The event's service.")],
    position: Annotated[int, typer.Option(help="位置 The event's position.")],
    reason: Annotated[str, typer.Option(help="理由 Why it is given up; it is recorded.")],
    state: State = DEFAULT_STATE,
) -> None:
    """放弃一个事件并记录理由。Give the first parked event of a key up, with a reason that is recorded."""
    _post(state, service, "skips", {"key": key, "source": source, "position": position, "reason": reason})
    typer.echo("已跳过并记录 skipped and recorded")


def _post(state: State, service: str, what: str, body: dict[str, object]) -> dict[str, object]:
    if service not in SERVICES:
        raise Failure(f"there is no service {service!r}; there are {', '.join(SERVICES)}", 2)
    with Platform(runtime(state)["http"]) as platform:
        try:
            answer: dict[str, object] = platform.post(
                f"/{service}/v1/parked/{what}", body, actor="operator;operator;cli"
            )
        except PlatformError as error:
            raise Failure(str(error)) from error
    return answer
