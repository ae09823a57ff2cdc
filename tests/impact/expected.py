"""How an answer is held against what a worked case expects."""

from typing import Any


def within(answer: Any, expected: Any) -> Any:
    """The answer cut to what is expected: an object to its keys, a list whole."""
    if isinstance(expected, dict) and isinstance(answer, dict):
        return {key: within(answer.get(key), value) for key, value in expected.items()}
    return answer
