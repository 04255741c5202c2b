"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

DEFAULT_STATE = Path(".huiyin")

State: TypeAlias = Annotated[
    Path, typer.Option("--state", help="状态目录 The state directory.", show_default=".huiyin")
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
