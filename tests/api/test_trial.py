"""Keys and tokens for trying out (`rorgraph token`)."""

import asyncio
from pathlib import Path

import pytest

from api.caller import Caller
from api.jwks import key_set
from api.tokens import Expected, Tokens
from api.trial import PRIVATE, PUBLIC, TRIAL, Asked, trial_token
from graph.access import Scope, Viewer
from graph.access.viewer import Profile, RegionCode
from graph.errors import BadInput
from tests.api.issuer import NOW

ASKED = Asked("me", 2, ("96",), ("quality:declare",), minutes=5)


def test_a_token_is_taken_with_the_public_keys_of_its_folder_until_its_end(tmp_path: Path) -> None:
    made = trial_token(tmp_path / "keys", TRIAL, ASKED, NOW)
    checking = Tokens(key_set(str(tmp_path / "keys" / PUBLIC)), TRIAL, lambda: NOW + 299)
    assert asyncio.run(checking.caller(made, None)) == Caller("me", Viewer(Profile(2), frozenset({RegionCode("96")}), frozenset({Scope.QUALITY_DECLARE})))


def test_the_private_key_is_its_owners_only_and_stays_for_the_next_token(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "keys"
    first = [trial_token(folder, TRIAL, ASKED, NOW), (folder / PUBLIC).read_text(), (folder / PRIVATE).read_text()]
    assert ((folder / PRIVATE).stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert sorted(path.name for path in folder.iterdir()) == [PUBLIC, PRIVATE]
    assert '"d"' not in first[1]
    trial_token(folder, TRIAL, ASKED, NOW)
    assert [(folder / PUBLIC).read_text(), (folder / PRIVATE).read_text()] == first[1:]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Asked("me", 6), "ror_profile: it must be a number from 0 to 5."),
        (Asked("me", 1, ("Bretagne",)), "ror_perimeter: it must be NATIONAL or a list, not empty, of INSEE codes of regions."),
        (Asked("local", 1), "sub: anonymous and local are names of this server's own."),
    ],
)
def test_a_token_that_no_server_would_take_is_not_made(asked: Asked, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        trial_token(tmp_path / "keys", Expected("i", "a"), asked, NOW)
    assert (str(refused.value), (tmp_path / "keys").exists()) == (message, False)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match=r"^--keys: .*file cannot be used \(File exists\)\. Name a folder of yours\.$"):
        trial_token(tmp_path / "file", TRIAL, ASKED, NOW)


def test_a_file_that_holds_no_key_is_named_and_stays(tmp_path: Path) -> None:
    (tmp_path / PRIVATE).write_text("no key")
    with pytest.raises(BadInput, match=r"^--keys: .*private\.pem holds no private key without password\. Name a new folder\.$"):
        trial_token(tmp_path, TRIAL, ASKED, NOW)
    assert (tmp_path / PRIVATE).read_text() == "no key"
