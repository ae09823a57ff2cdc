"""The key that signs cursors (docs/settings.md)."""

from pathlib import Path

import pytest

from graph.cursor_key import FILE, cursor_key
from graph.errors import BadInput
from graph.settings import Settings, settings


def test_a_key_is_made_once_for_a_home_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    home = Settings(home=tmp_path / "new")
    made = cursor_key(home)
    assert (len(made), cursor_key(home), (tmp_path / "new" / FILE).stat().st_mode & 0o777) == (32, made, 0o600)
    assert [path.name for path in (tmp_path / "new").iterdir()] == [FILE]


def test_a_key_of_the_settings_goes_before(tmp_path: Path) -> None:
    assert cursor_key(Settings(home=tmp_path, cursor_key="sixteen letters!")) == b"sixteen letters!"
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match=r"cursor\.key: it cannot be read or written .*Set RORGRAPH_CURSOR_KEY"):
        cursor_key(Settings(home=tmp_path / "file"))


def test_a_key_of_the_settings_has_sixteen_characters_at_least() -> None:
    with pytest.raises(BadInput, match="RORGRAPH_CURSOR_KEY: it has 5 characters, at least 16 are needed"):
        settings({"RORGRAPH_CURSOR_KEY": "short"})
