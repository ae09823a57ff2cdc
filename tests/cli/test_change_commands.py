"""The commands changes and differences, asked wrongly: what they name and how they end."""

import pytest

from tests.cli.shell import Shell


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("changes",), "--since INSTANT"),
        (("changes", "--since", "31/01/2026"), "31/01/2026"),
        (("changes", "--run", "no-such-load"), "no-such-load"),
        (("changes", "--run", "r", "--source", "finess"), "--source"),
        (("differences", "nobody"), "nobody"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_what_there_is_not_or_is_written_otherwise_is_named_and_ends_with_2(shell: Shell, words: tuple[str, ...], named: str) -> None:
    done = shell.run(*words)
    assert (done.returncode, done.stdout, named in done.stderr) == (2, "", True), done.stderr
