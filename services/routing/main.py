"""Routing put together."""

from __future__ import annotations

from chassis.directory import DIRECTORY
from chassis.service import Service
from chassis.statutes import STATUTE
from routing.edges.http import build
from routing.recall import recall
from routing.use_cases.duty_book import DUTIES
from routing.use_cases.policies import POLICIES

SERVICE = Service(
    name="routing",
    zh="转送办理",
    build=build,
    policies=POLICIES,
    projections=(DIRECTORY, STATUTE, DUTIES),
    recall=recall,
)
