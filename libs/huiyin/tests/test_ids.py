"""UUIDv7: they carry the instant, sort by it, and are never equal."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from huiyin.ids import Uuid7, uuid7

NOON = datetime(2025, 8, 18, 4, 0, 0, 123456, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond() -> None:
    made = UUID(uuid7(NOON))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(NOON.timestamp() * 1000)
    assert str(made) == str(made).lower()


def test_ids_of_later_microseconds_sort_later() -> None:
    make = Uuid7()
    ids = [make(NOON + timedelta(microseconds=n)) for n in range(5000)]
    assert ids == sorted(set(ids))


def test_ids_of_one_instant_rise_and_differ() -> None:
    make = Uuid7()
    ids = [make(NOON) for _ in range(20_000)]
    assert ids == sorted(set(ids))


def test_a_clock_that_steps_back_a_little_does_not_break_the_order() -> None:
    make = Uuid7()
    assert make(NOON) < make(NOON - timedelta(milliseconds=500))


def test_a_clock_that_was_set_back_is_followed() -> None:
    make = Uuid7()
    assert make(NOON) > make(NOON - timedelta(hours=1))
