"""`huiyin import`."""


def import_file() -> None:
    """导入。Import."""
