"""Whatever dies is started again; whoever owns it may be killed; what is not ours is left alone."""

import os
import signal
from pathlib import Path

import asyncpg
import nats
import pytest

from chassis.embedded import processes
from chassis.embedded.endpoints import nats_server, postgres_server
from chassis.embedded.errors import EmbeddedError, StateInUse
from chassis.embedded.nats import EmbeddedNats
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.state import StateDirectory
from chassis.embedded.supervisor import Report, Supervisor
from tests.servers import connected, eventually, owner

KILLS = 3


async def test_a_killed_postmaster_is_started_again_with_what_was_committed(state_path: Path) -> None:
    with StateDirectory(state_path).own("wall") as state:
        server = EmbeddedPostgres(state)
        async with Supervisor(state, [server]) as supervisor:
            address = supervisor.address("postgres")
            first = await connected(lambda: address)
            await first.execute("CREATE TABLE t (n int)")
            await first.close()
            for number in range(KILLS):
                connection = await connected(lambda: supervisor.address("postgres"))
                await connection.execute("INSERT INTO t VALUES ($1)", number)
                await killed_and_back(supervisor, server, "postgres")
                connection.terminate()
            last = await connected(lambda: supervisor.address("postgres"))
            assert await last.fetchval("SELECT array_agg(n ORDER BY n) FROM t") == list(range(KILLS))
            await last.close()
            assert supervisor.address("postgres") == address
            assert supervisor.report()["postgres"] == Report("running", address, KILLS)
        assert not server.alive()


async def test_a_killed_nats_server_is_started_again_and_clients_find_it(state_path: Path) -> None:
    with StateDirectory(state_path).own("wall") as state:
        server = EmbeddedNats(state)
        async with Supervisor(state, [server]) as supervisor:
            client = await nats.connect(
                supervisor.address("nats"),
                reconnect_time_wait=0.05,
                max_reconnect_attempts=-1,
                error_cb=quiet,
            )
            bus = client.jetstream()
            await bus.add_stream(name="KEPT", subjects=["kept.>"])
            for number in range(KILLS):
                await bus.publish("kept.x", str(number).encode())
                await killed_and_back(supervisor, server, "nats")
                await eventually(lambda: client.is_connected)
            assert (await bus.stream_info("KEPT")).state.messages == KILLS
            await client.close()
            assert supervisor.report()["nats"].restarts == KILLS


async def killed_and_back(supervisor: Supervisor, server: EmbeddedPostgres | EmbeddedNats, name: str) -> None:
    """SIGKILL, then wait until another process serves and the supervisor says so."""
    old, restarts = server.pid, supervisor.report()[name].restarts
    assert old is not None
    os.kill(old, signal.SIGKILL)
    await eventually(lambda: supervisor.report()[name].restarts == restarts + 1)
    await eventually(lambda: supervisor.report()[name].condition == "running")
    assert server.pid not in {None, old}


async def test_a_killed_owner_leaves_no_children_and_the_next_start_finds_its_data(state_path: Path) -> None:
    with owner(state_path) as stack:
        connection = await asyncpg.connect(stack.dsn)
        await connection.execute("CREATE TABLE t AS SELECT 7 AS n")
        with pytest.raises(StateInUse, match=rf"process {stack.process.pid}\b"):
            StateDirectory(state_path).own("wall")
        # The backend of our connection is a grandchild: it must go too.
        backend = await connection.fetchval("SELECT pg_backend_pid()")
        stack.process.send_signal(signal.SIGKILL)
        stack.process.wait()
        pids = (stack.postgres, stack.nats, backend)
        await eventually(lambda: not any(processes.alive(pid) for pid in pids))
        connection.terminate()
    with owner(state_path) as stack:
        connection = await asyncpg.connect(stack.dsn)
        assert await connection.fetchval("SELECT n FROM t") == 7
        await connection.close()


async def test_a_start_at_once_after_the_owner_was_killed_works(state_path: Path) -> None:
    for _ in range(KILLS):
        with owner(state_path) as stack:
            stack.process.send_signal(signal.SIGKILL)
            stack.process.wait()
    with owner(state_path) as stack:
        connection = await asyncpg.connect(stack.dsn)
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()


async def test_a_server_that_cannot_come_back_is_reported_and_tried_until_it_can(state_path: Path) -> None:
    with StateDirectory(state_path).own("wall") as state:
        server = EmbeddedPostgres(state, fsync=False)
        async with Supervisor(state, [server]) as supervisor:
            version = state_path / "postgres" / "data" / "PG_VERSION"
            version.write_text("9\n")
            assert server.pid is not None
            os.kill(server.pid, signal.SIGKILL)
            await eventually(lambda: supervisor.report()["postgres"].condition == "failing")
            assert "incompatible" in supervisor.report()["postgres"].last_error
            version.write_text("18\n")
            await eventually(lambda: supervisor.report()["postgres"].condition == "running")
            assert supervisor.report()["postgres"].last_error == ""


async def test_if_one_server_does_not_start_none_is_left_running(state_path: Path) -> None:
    with StateDirectory(state_path).own("wall") as state:
        good = EmbeddedPostgres(state, fsync=False)
        bad = EmbeddedNats(state, settings={"max_payload": "many"})
        with pytest.raises(EmbeddedError, match="NATS ended with code 1"):
            async with Supervisor(state, [good, bad]):
                pytest.fail("it must not start")
        assert not good.alive()
        for folder in ("data", "data.new"):
            assert processes.using("postgres", state_path / "postgres" / folder) == []


async def test_runtime_says_who_runs_where_and_no_secret(state_path: Path) -> None:
    with StateDirectory(state_path).own("wall") as state:
        postgres, bus = EmbeddedPostgres(state, fsync=False), EmbeddedNats(state, fsync=False)
        seen: list[tuple[str, str]] = []
        async with Supervisor(
            state, [postgres, bus], on_change=lambda name, report: seen.append((name, report.condition))
        ):
            said = StateDirectory(state_path).read_runtime()["servers"]
            assert (said["postgres"]["pid"], said["postgres"]["port"]) == (postgres.pid, postgres.port)
            assert (said["nats"]["pid"], said["nats"]["url"]) == (bus.pid, bus.url)
            assert state.secret("postgres") not in (state_path / "runtime.json").read_text()
        assert [condition for name, condition in seen if name == "nats"] == ["starting", "running", "stopped"]


async def test_the_environment_replaces_the_embedded_servers(state_path: Path) -> None:
    state = StateDirectory(state_path)
    given = {
        "HUIYIN_POSTGRES": "postgresql://a:secret@db:5432/huiyin",
        "HUIYIN_NATS": "nats://n1:4222,nats://n2:4222",
    }
    postgres, bus = postgres_server(state, environment=given), nats_server(state, environment=given)
    async with Supervisor(state, [postgres, bus]) as supervisor:
        assert supervisor.address("postgres") == given["HUIYIN_POSTGRES"]
        assert supervisor.address("nats") == given["HUIYIN_NATS"]
        assert supervisor.report()["postgres"].restarts == 0
        assert "secret" not in (state_path / "runtime.json").read_text()
    assert not (state_path / "postgres").exists()


def test_without_the_variables_the_servers_are_ours(state_path: Path) -> None:
    state = StateDirectory(state_path)
    assert isinstance(postgres_server(state, environment={}), EmbeddedPostgres)
    assert isinstance(nats_server(state, environment={"HUIYIN_NATS": ""}), EmbeddedNats)
    with pytest.raises(EmbeddedError, match="HUIYIN_POSTGRES must look like"):
        postgres_server(state, environment={"HUIYIN_POSTGRES": "db:5432"})


async def quiet(_: Exception) -> None:
    """nats-py prints lost connections unless told where to put them."""
