"""Revisit, put together."""

from __future__ import annotations

from pathlib import Path

from chassis.http.commands import CaseStream, add_commands
from chassis.service import Parts, Service
from chassis.statutes import STATUTE
from chassis.workplace import Workplace
from revisit.domain.case import PERSON_COMMANDS, case_decider
from revisit.edges import router
from revisit.policies import POLICIES
from revisit.recall import recall
from revisit.tasks import TASKS


def build(workplace: Workplace) -> Parts:
    """Revisit's reading routes, and one for each command."""
    routes = router(workplace)
    add_commands(routes, CaseStream("revisit", case_decider), PERSON_COMMANDS, workplace)
    return Parts(router=routes)


SERVICE = Service(
    name="revisit",
    zh="回访",
    build=build,
    policies=POLICIES,
    projections=(STATUTE, TASKS),
    recall=recall,
    schema=Path(__file__).parent / "schema",
)
