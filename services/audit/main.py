"""Audit put together."""

from __future__ import annotations

from pathlib import Path

from audit.edges import build
from audit.timeline import TIMELINE
from chassis.directory import DIRECTORY
from chassis.service import Service

SERVICE = Service(
    name="audit",
    zh="核查",
    build=build,
    projections=(DIRECTORY, TIMELINE),
    schema=Path(__file__).parent / "schema",
)
