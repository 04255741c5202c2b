"""How the embedded NATS server is set up. Its configuration is JSON, a subset of the server's own language."""

from pathlib import Path
from typing import Any

from chassis.embedded.nats_ready import NatsPorts
from chassis.embedded.ports import LOOPBACK

MAX_PAYLOAD_BYTES = 1_048_576
"""An event has at most 64 KiB; a batch of the relay, at most 1 MB, is spread over many messages."""

MEMORY_STORE_BYTES = 16 * 1024 * 1024
"""Every stream is a file; what little the server keeps in memory for itself fits in this."""


def server_config(home: Path, ports: NatsPorts, *, fsync: bool) -> dict[str, Any]:
    """The server's configuration without users; ``home`` takes its store and the file that tells its ports."""
    return {
        "server_name": "huiyin",
        "host": LOOPBACK,
        "port": ports.clients,
        "http": f"{LOOPBACK}:{ports.monitor}",
        "ports_file_dir": str(home / "run"),
        "max_payload": MAX_PAYLOAD_BYTES,
        "jetstream": {
            # The server appends "jetstream" itself.
            "store_dir": str(home),
            "max_memory_store": MEMORY_STORE_BYTES,
            # An acknowledged message is on disk. Lazily synced, it was lost in one power failure.
            "sync_interval": "always" if fsync else "2m",
        },
    }
