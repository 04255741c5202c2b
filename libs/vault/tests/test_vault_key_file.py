"""The key file: made once, for its owner alone, never replaced by mistake."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vault.conformance import NOON
from vault.errors import KekUnknown, KeyFileDamaged, KeyFileExposed, KeyFileMissing
from vault.key_file import KeyFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault-keys.json"


def test_a_new_key_file_is_for_its_owner_alone(path: Path) -> None:
    KeyFile.create(path, at=NOON)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_that_exists_is_kept(path: Path) -> None:
    first = KeyFile.create(path, at=NOON)
    assert KeyFile.create(path, at=NOON).current() == first.current()
    assert KeyFile(path).current() == first.current()


def test_processes_that_start_together_agree_on_one_key(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        files = list(pool.map(lambda _: KeyFile.create(path, at=NOON), range(16)))
    assert len({file.current().kek_id for file in files}) == 1


def test_a_rotation_adds_a_key_and_keeps_the_old_ones(path: Path) -> None:
    file = KeyFile.create(path, at=NOON)
    old = file.current()
    new = file.rotate(at=NOON)
    assert file.current() == new
    assert KeyFile(path).kek(old.kek_id) == old
    assert file.kek_ids == (old.kek_id, new.kek_id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_rotations_at_once_lose_no_key(path: Path) -> None:
    KeyFile.create(path, at=NOON)
    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda _: KeyFile(path).rotate(at=NOON).kek_id, range(8)))
    assert len(KeyFile(path).kek_ids) == 9
    assert set(new) < set(KeyFile(path).kek_ids)


def test_a_key_added_by_another_process_is_found(path: Path) -> None:
    file = KeyFile.create(path, at=NOON)
    new = KeyFile(path).rotate(at=NOON)
    assert file.kek(new.kek_id) == new


def test_an_unknown_key_is_named(path: Path) -> None:
    with pytest.raises(KekUnknown, match="kek-lost"):
        KeyFile.create(path, at=NOON).kek("kek-lost")


def test_a_lost_key_file_is_a_clear_error(path: Path) -> None:
    with pytest.raises(KeyFileMissing, match=r"no key file at .*vault-keys\.json"):
        KeyFile(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_file_open_to_others_is_refused(path: Path, mode: int) -> None:
    KeyFile.create(path, at=NOON)
    path.chmod(mode)
    with pytest.raises(KeyFileExposed, match="chmod 600"):
        KeyFile(path)


def test_a_damaged_key_file_is_refused_without_showing_it(path: Path) -> None:
    KeyFile.create(path, at=NOON)
    good = json.loads(path.read_text())
    secret = good["keks"][0]["key"]
    for bad in (
        "",
        "[]",
        path.read_text()[:-20],
        json.dumps(good | {"current": "kek-other"}),
        json.dumps(good | {"format": "another"}),
        json.dumps(good | {"keks": [good["keks"][0] | {"key": secret[:8]}]}),
    ):
        path.write_text(bad)
        with pytest.raises(KeyFileDamaged) as refused:
            KeyFile(path)
        assert secret[:8] not in str(refused.value)


def test_the_keys_are_not_shown(path: Path) -> None:
    file = KeyFile.create(path, at=NOON)
    assert repr(file.current().key)[2:12] not in f"{file!r} {file.current()!r} {vars(file)}"
