"""Revisit, put together."""

from __future__ import annotations

from pathlib import Path

from chassis.http.commands import CaseStream, add_commands
from chassis.service import Parts, Service
from chassis.workplace import Workplace

from revisit.domain.case import case_decider
from revisit.domain.commands import CloseCase, RecordCallBack, TakeRevisit
from revisit.edges import router
from revisit.policies import POLICIES
from revisit.tasks import TASKS

COMMANDS = (TakeRevisit, RecordCallBack, CloseCase)
"""What a person asks for, over HTTP."""


def build(workplace: Workplace) -> Parts:
    """Revisit's reading routes, and one for each command."""
    routes = router(workplace)
    add_commands(routes, CaseStream("revisit", case_decider), COMMANDS, workplace)
    return Parts(router=routes)


SERVICE = Service(
    name="revisit",
    zh="回访",
    build=build,
    policies=POLICIES,
    projections=(TASKS,),
    schema=Path(__file__).parent / "schema",
)
