"""`huiyin demo`."""


def demo() -> None:
    """演示。Demo."""
