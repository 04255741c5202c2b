"""The installation that runs in a state directory, or one clear line."""

from __future__ import annotations

from pathlib import Path

from chassis.installation import Installation
from chassis.stack import running_installation
from huiyin.cli.errors import Failure


def installation(state: Path) -> Installation:
    """For commands that need more than the HTTP API."""
    try:
        return running_installation(state)
    except LookupError as error:
        raise Failure(f"{error}: start it with `huiyin up --state {state}`") from error
