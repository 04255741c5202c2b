"""How the embedded PostgreSQL is set up: small, durable, and silent about what petitioners wrote."""

from pathlib import Path

from chassis.embedded.ports import LOOPBACK

SUPERUSER = "postgres"

CONNECTIONS = 40
"""The platform itself uses at most 12; the rest is for ``status``, auditors and tests."""

SHARED_BUFFERS = "64MB"
"""A demonstration's ledgers fit in it; PostgreSQL touches only what it uses."""

_SETTINGS = {
    "listen_addresses": LOOPBACK,
    # TCP with a password instead: a socket's path may have 107 bytes at most, and one address suits every
    # driver.
    "unix_socket_directories": "",
    "max_connections": str(CONNECTIONS),
    "shared_buffers": SHARED_BUFFERS,
    # Short statements over few rows: compiling them costs more than running them.
    "jit": "off",
    # Fewer helper processes: reads come from the page cache, queries are too small to share out.
    "io_method": "sync",
    "max_parallel_workers_per_gather": "0",
    "max_worker_processes": "2",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "1",
    "autovacuum_worker_slots": "2",
    "max_wal_senders": "2",
    # A container's /dev/shm may be tiny.
    "dynamic_shared_memory_type": "mmap",
    "huge_pages": "off",
    # Bounds the disk and the time a recovery takes.
    "max_wal_size": "512MB",
    "min_wal_size": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error's text can quote a value, its detail a whole row, its statement everything: none of it
    # reaches the log. The client is told all the same.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "cluster_name": "huiyin",
}


def server_arguments(data: Path, port: int, *, fsync: bool) -> list[str]:
    """The arguments of ``postgres``. Given at every start, so a newer version's settings hold for older
    data.
    """
    settings = {**_SETTINGS, "port": str(port), "fsync": "on" if fsync else "off"}
    return [
        "-D",
        str(data),
        *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
    ]


def initdb_arguments(data: Path, password_file: Path, *, sync: bool) -> list[str]:
    """The arguments of ``initdb``: UTF-8 everywhere, C.UTF-8 from PostgreSQL itself, so all systems sort
    alike.
    """
    return [
        f"--pgdata={data}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--data-checksums",
        "--no-instructions",
        *([] if sync else ["--no-sync"]),
    ]
