"""The database of an installation, brought up to date: every service's ledger, parking and read models, the vault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bus.parking_postgres import parking_set
from chassis.installation import SERVICES, VAULT_ROLE, Installation, service_named
from ledger.migrations import Applied, MigrationSet, apply, ledger_set
from ledger.roles import AUDITOR, SETTINGS, Role
from vault.postgres import ROLE_SETTINGS
from vault.postgres import SCHEMA_FOLDER as VAULT_FOLDER


async def apply_schema(installation: Installation) -> Sequence[Applied]:
    """Idempotent, and safe when several processes do it at once. Returns the files applied now."""
    roles = [
        # Read models are named without a schema in the services' SQL: a service sees only its own.
        Role(name, installation.password(name), {**SETTINGS, "search_path": name})
        for name in SERVICES
    ]
    roles.append(Role(VAULT_ROLE, installation.password(VAULT_ROLE), {**SETTINGS, **ROLE_SETTINGS}))
    return await apply(
        installation.postgres,
        list(_sets(installation)),
        roles,
        auditor_password=installation.password(AUDITOR),
    )


def _sets(installation: Installation) -> Iterator[MigrationSet]:
    for name in SERVICES:
        service = service_named(name)
        names = {"schema": name, "role": name, "auditor": AUDITOR}
        yield ledger_set(name, installation.id)
        yield parking_set(name)
        for projection in service.projections:
            if projection.schema is not None:
                yield MigrationSet(f"{projection.name}.{name}", projection.schema, names)
        if service.schema is not None:
            yield MigrationSet(f"views.{name}", service.schema, names)
    yield MigrationSet("vault", VAULT_FOLDER, {"role": VAULT_ROLE})
