"""What was sealed for a request that then failed goes after a day; what an event refers to stays."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from chassis.vault_sweep import vault_sweep
from huiyin.common.v1.types import Channel
from huiyin.envelope.v1.envelope import Actor
from intake.domain.case import Case, ReceiveCase, decide
from ledger.context import Context
from ledger.envelopes import new_lines
from ledger.lines import Append
from ledger.memory import MemoryLedger
from statute.in_force import shipped_statute
from vault.errors import ItemMissing, KeyMissing
from vault.memory import MemoryVault

SEALED_AT = datetime(2025, 9, 1, 2, tzinfo=UTC)


async def test_only_what_no_event_refers_to_is_swept_and_only_after_a_day() -> None:
    vault, ledger = MemoryVault(), MemoryLedger("intake", "sweep")
    kept = await vault.seal("case-1", {"petition": "路灯不亮"}, at=SEALED_AT)
    lost = await vault.seal("case-2", {"petition": "没有提交成功"}, at=SEALED_AT)
    command = ReceiveCase(
        at=SEALED_AT,
        case_id="case-1",
        receipt_number="AN01-2025-000001-X",
        received_at=SEALED_AT,
        channel=Channel.WEB,
        first_receiver_unit_id="an-po",
        petitioner=None,
        petition=kept["petition"],
        statute=shipped_statute("cn"),
    )
    context = Context(actor=Actor(unit_id="", role="petitioner", pseudonym=""), correlation_id="c")
    await ledger.append(
        Append(lines=new_lines(decide(Case(), command), "intake-case-case-1", 0, SEALED_AT, context))
    )
    clock = SimpleNamespace(now=lambda: SEALED_AT + timedelta(hours=23))
    workplace = SimpleNamespace(service="intake", ledger=ledger, vault=vault, clock=clock)
    sweep = vault_sweep(workplace, ["petition"])  # type: ignore[arg-type]

    assert await sweep.run() == 0
    clock.now = lambda: SEALED_AT + timedelta(hours=25)
    assert await sweep.run() == 1

    assert await vault.open_("case-1", [kept["petition"].ref])
    with pytest.raises((ItemMissing, KeyMissing)):
        await vault.open_("case-2", [lost["petition"].ref])
