"""The installation's secret: made once, for its owner alone, and long enough."""

import stat

import pytest

from lscb_core import config
from lscb_core.accounts import secret
from lscb_core.errors import BadInput


@pytest.fixture
def file(monkeypatch, tmp_path):
    """Where the settings say that the secret lies."""
    path = tmp_path / "kept" / "secret"
    monkeypatch.setenv("LSCB_SECRET_FILE", str(path))
    config.settings.cache_clear()
    secret.secret.cache_clear()
    yield path
    monkeypatch.undo()
    config.settings.cache_clear()
    secret.secret.cache_clear()


def test_it_is_made_once_with_256_random_bits_and_only_its_owner_reads_it(file):
    made = secret.secret()
    assert len(bytes.fromhex(made)) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    secret.secret.cache_clear()
    assert secret.secret() == made


def test_a_short_one_keeps_the_server_from_starting_and_is_not_repeated(file):
    file.parent.mkdir()
    file.write_text("letmein")
    with pytest.raises(BadInput, match="too short") as refused:
        secret.secret()
    assert "letmein" not in str(refused.value)


def test_what_is_hashed_with_it_cannot_be_looked_up_without_it_nor_for_another_purpose(file):
    with_one = secret.keyed("account", "chair"), secret.keyed("address", "chair")
    file.unlink()
    secret.secret.cache_clear()
    assert len({*with_one, secret.keyed("account", "chair")}) == 3
