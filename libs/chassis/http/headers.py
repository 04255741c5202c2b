"""Headers of a request as ASGI has them: names in small letters, in the order in which they came."""

from __future__ import annotations

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str:
    """The first header of this name; "" if there is none. A mapping of them all costs more than a few of these."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return ""
