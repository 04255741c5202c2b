"""What a service ignores follows from what it declares."""

from collections.abc import Sequence
from typing import Any

from bus.incoming import Incoming
from chassis.directory import DIRECTORY
from chassis.installation import SERVICES, service_named
from chassis.reacting import ignored
from chassis.service import Projection, Service
from huiyin.codec import name_of
from huiyin.intake.v1.events import CaseClassified, CaseReceived
from huiyin.registry import DECODERS
from huiyin.routing.v1.events import CaseAccepted, UnitFounded
from huiyin.upcasts import UPCASTS


async def project(_connection: Any, _events: Sequence[Incoming]) -> None:
    """Folds nothing."""


def declared(*projections: Projection, **policies: Any) -> Service:
    return Service(name="testing", zh="", build=lambda _: None, policies=policies, projections=projections)  # type: ignore[arg-type,return-value]


def test_what_a_policy_or_a_projection_heeds_is_not_ignored() -> None:
    service = declared(DIRECTORY, intake={CaseReceived: lambda _incoming, _moment: ()})
    assert name_of(CaseReceived) not in ignored(service, "intake")
    assert name_of(CaseClassified) in ignored(service, "intake")
    assert name_of(UnitFounded) not in ignored(service, "routing")
    assert name_of(CaseAccepted) in ignored(service, "routing")


def test_beside_a_projection_of_everything_nothing_is_ignored() -> None:
    everything = Projection(name="all", sources=frozenset({"routing"}), tables=(), project=project)
    assert ignored(declared(DIRECTORY, everything), "routing") == frozenset()


def test_a_type_that_is_newer_than_the_program_is_not_ignored() -> None:
    assert ignored(declared(DIRECTORY), "intake") <= set(DECODERS)


def test_old_shapes_are_read_before_it_is_said_what_they_are() -> None:
    assert not ignored(declared(DIRECTORY), "intake") & {name_of(old) for old in UPCASTS}


def test_every_policy_and_projection_of_the_platform_is_shown_what_it_asks_for() -> None:
    for service in map(service_named, SERVICES):
        for source, policies in service.policies.items():
            assert not ignored(service, source) & {name_of(kind) for kind in policies}, service.name
