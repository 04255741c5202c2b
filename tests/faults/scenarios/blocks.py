"""JetStream's files, for whoever damages them."""

from __future__ import annotations

from pathlib import Path

from bus.subjects import stream_name
from tests.faults.scenarios.scene import Scene


def block_of(scene: Scene, service: str) -> Path:
    """The first block file of a service's stream."""
    found = (scene.running.state / "nats" / "jetstream").glob(f"**/{stream_name(service)}/msgs/*.blk")
    return min(found, key=lambda path: int(path.stem))
