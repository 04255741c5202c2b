"""Receipt numbers can be read out over the telephone; a mistake is found. Query codes cannot be guessed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.receipt import check_character, is_receipt_number, query_code, receipt_number, register

DIGITS = "0123456789"
ALPHABET = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

organs = st.text(st.sampled_from(ALPHABET), min_size=1, max_size=8)
numbers = st.builds(receipt_number, organs, st.integers(2000, 2099), st.integers(1, 999_999))


def test_the_number_has_organ_year_serial_and_check_character() -> None:
    assert receipt_number("AN01", 2025, 123).startswith("AN01-2025-000123-")
    assert register("AN01", 2025) == "AN01-2025"


def test_the_check_character_is_that_of_the_standard() -> None:
    """Examples computed by hand: a single 0 gives 36 -> 35; (36 + 0) mod 36 or 36 = 36, x 2 mod 37 = 35, 37 - 35 = 2."""
    assert check_character("0") == "2"
    assert (
        check_character("A12425GABC1234002") == "M"
    )  # The example of the Global Release Identifier, which has the same check.


@given(numbers)
def test_a_number_proves_itself(number: str) -> None:
    assert is_receipt_number(number)


@given(numbers, st.data())
def test_every_single_wrong_character_is_found(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, c in enumerate(number) if c != "-"]))
    wrong = data.draw(st.sampled_from(ALPHABET).filter(lambda c: c != number[place]))
    assert not is_receipt_number(number[:place] + wrong + number[place + 1 :])


def test_all_single_errors_of_one_number_are_found() -> None:
    number = receipt_number("YL01", 2025, 42)
    for place, right in enumerate(number):
        for wrong in ALPHABET:
            if right not in (wrong, "-"):
                assert not is_receipt_number(number[:place] + wrong + number[place + 1 :])


def test_what_is_no_number_is_not_taken_for_one() -> None:
    for text in ("", "-", "2", "YL01-2025-000042", "YL01-2025-000042-"):
        assert not is_receipt_number(text)


@given(st.uuids().map(str), st.uuids().map(str))
def test_query_codes_depend_on_the_case_and_on_the_key(one: str, other: str) -> None:
    code = query_code(b"k" * 32, one)
    assert code == query_code(b"k" * 32, one)
    assert code != query_code(b"l" * 32, one)
    assert (code == query_code(b"k" * 32, other)) == (one == other)
    assert len(code) == 16
    assert code.isalnum()
