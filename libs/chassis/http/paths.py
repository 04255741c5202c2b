"""The paths that every service has."""

from __future__ import annotations

API_VERSION = "v1"
ALL_STATUS = "/status"
"""The status of every service in one answer."""


def prefix(service: str) -> str:
    """/intake/v1"""
    return f"/{service}/{API_VERSION}"


def positions_path(service: str) -> str:
    """How far the service has applied each of its sources."""
    return f"{prefix(service)}/positions"


def status_path(service: str) -> str:
    """What an operator wants to know of the service."""
    return f"{prefix(service)}/status"
