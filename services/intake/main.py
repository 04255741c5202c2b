"""Intake put together."""

from __future__ import annotations

from chassis.directory import DIRECTORY
from chassis.service import Service
from chassis.statutes import STATUTE
from intake.edges.http import build
from intake.recall import recall

SERVICE = Service(name="intake", zh="受理登记", build=build, projections=(DIRECTORY, STATUTE), recall=recall)
