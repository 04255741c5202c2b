"""`huiyin`: one command for people who run the platform, use it, or check it."""

from __future__ import annotations

import os
import sys

import typer

from huiyin.cli import (
    bus,
    case,
    demo,
    importing,
    ledger,
    parked,
    projections,
    publishing,
    running,
    schema,
    statute,
    topology,
    unit,
)
from huiyin.cli.deadline import deadline
from huiyin.cli.errors import Failure
from huiyin.client.platform import PlatformError

app = typer.Typer(
    name="huiyin",
    help="回音 · 事事有回答，件件有落实。 Every case gets an answer, and every hand it passed through is on record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group, name in (
    (case.app, "case"),
    (ledger.app, "ledger"),
    (bus.app, "bus"),
    (topology.app, "topology"),
    (schema.app, "schema"),
    (projections.app, "projections"),
    (parked.app, "parked"),
    (publishing.calendars, "calendar"),
    (publishing.rules, "rule"),
    (statute.app, "statute"),
    (unit.app, "unit"),
):
    app.add_typer(group, name=name)
for command in (running.up, running.down, running.status, running.serve, deadline, demo.demo):
    app.command()(command)
app.command("import")(importing.import_file)

INTERRUPTED = 130
"""What shells expect of a program ended by Ctrl-C."""


def run() -> None:
    """Run the command line. A failure is one clear line and an exit code, never a traceback."""
    try:
        code = app(standalone_mode=False)
    except Failure as failure:
        sys.exit(_say(str(failure), failure.code))
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(_say("stopped", INTERRUPTED))
    except PlatformError as error:
        sys.exit(_say(str(error), 1))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        # typer carries its own copy of click; what both call a usage error knows how to say it.
        if (said := getattr(error, "format_message", None)) is not None:
            message = said()
            sys.exit(_say(message, getattr(error, "exit_code", 2)) if message else 0)
        if os.environ.get("HUIYIN_TRACEBACK"):
            raise
        sys.exit(_say(f"{type(error).__name__}: {error} (HUIYIN_TRACEBACK=1 shows where)", 1))
    sys.exit(code if isinstance(code, int) else 0)


def _say(message: str, code: int) -> int:
    line = " ".join(message.split())
    sys.stderr.write(f"huiyin: {line}\n")
    return code


if __name__ == "__main__":
    run()
