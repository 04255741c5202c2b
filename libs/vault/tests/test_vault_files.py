"""Files lie encrypted outside the vault: what is stored says nothing, and is whole or not there."""

from pathlib import Path

import pytest

from vault.errors import ContentRefused, ItemDamaged, ItemMissing
from vault.file_cipher import decrypt_file, encrypt_file
from vault.files import DirectoryFiles
from vault.scanning import NoScanner, Verdict

SECRET = b"s" * 32
CONTENT = "张某的材料".encode() * 100


async def test_a_stored_file_is_read_again(tmp_path: Path) -> None:
    files = DirectoryFiles(tmp_path / "files")
    file = encrypt_file(SECRET, "c1", CONTENT)
    await files.put(file.name, file.ciphertext)
    assert decrypt_file(file.key, "c1", await files.get(file.name)) == CONTENT


async def test_what_lies_on_disk_says_nothing_and_is_its_owners_alone(tmp_path: Path) -> None:
    files = DirectoryFiles(tmp_path)
    file = encrypt_file(SECRET, "c1", CONTENT)
    await files.put(file.name, file.ciphertext)
    (stored,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert "张某".encode() not in stored.read_bytes()
    assert stored.stat().st_mode & 0o077 == 0


async def test_storing_a_file_again_changes_nothing(tmp_path: Path) -> None:
    files = DirectoryFiles(tmp_path)
    one, again = encrypt_file(SECRET, "c1", CONTENT), encrypt_file(SECRET, "c1", CONTENT)
    assert one == again
    await files.put(one.name, one.ciphertext)
    await files.put(again.name, again.ciphertext)
    assert await files.get(one.name) == one.ciphertext


def test_the_same_file_of_another_case_another_file_and_another_installation_look_different() -> None:
    file = encrypt_file(SECRET, "c1", CONTENT)
    others = [
        encrypt_file(SECRET, "c2", CONTENT),
        encrypt_file(SECRET, "c1", CONTENT + b"."),
        encrypt_file(b"t" * 32, "c1", CONTENT),
    ]
    assert len({file.key, *(other.key for other in others)}) == 4
    assert file.ciphertext not in [other.ciphertext for other in others]


def test_damaged_bytes_or_those_of_another_case_do_not_open() -> None:
    file = encrypt_file(SECRET, "c1", CONTENT)
    damaged = bytes([file.ciphertext[0] ^ 1]) + file.ciphertext[1:]
    for case_id, stored in (("c1", damaged), ("c2", file.ciphertext)):
        with pytest.raises(ItemDamaged):
            decrypt_file(file.key, case_id, stored)


async def test_what_is_not_there_is_missing_and_can_be_deleted(tmp_path: Path) -> None:
    files = DirectoryFiles(tmp_path)
    file = encrypt_file(SECRET, "c1", CONTENT)
    await files.delete(file.name)
    with pytest.raises(ItemMissing):
        await files.get(file.name)
    await files.put(file.name, file.ciphertext)
    await files.delete(file.name)
    with pytest.raises(ItemMissing):
        await files.get(file.name)


@pytest.mark.parametrize("name", ["", "../x", "c1/../../etc/passwd", "c1/" + "g" * 64, "/c1/" + "0" * 64])
async def test_no_name_leads_out_of_the_directory(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentRefused):
        await DirectoryFiles(tmp_path).put(name, b"")


def test_neither_key_nor_content_is_shown() -> None:
    file = encrypt_file(SECRET, "c1", CONTENT)
    assert "key" not in repr(file)
    assert "ciphertext" not in repr(file)


async def test_without_a_scanner_nobody_claims_that_a_file_is_clean() -> None:
    assert await NoScanner().scan(CONTENT) is Verdict.NOT_SCANNED
