"""The error family. Codes equal the headings of docs/errors.md; every leaf writes its own sentence.

RorGraphError
├── BadInput              wrong use: a setting, an argument, a code that does not exist   exit 2  BAD_USER_INPUT
│   └── NotFound          the named object is not in the store                            exit 2  NOT_FOUND
├── BadFile               a file that cannot be read as what it should be                 exit 2  BAD_USER_INPUT
├── Refused               a guard stopped it; says what was kept                          exit 3  LIMIT_EXCEEDED
├── LimitExceeded         a request larger than what is served                            exit 2  LIMIT_EXCEEDED
├── StoreUnavailable      the server cannot be started or reached                         exit 4  UNAVAILABLE
│   └── StoreTimeout      it took longer than the time limit                              exit 4  TIMEOUT
└── StoreFault            the server refused a statement of ours: a defect                exit 4  UNAVAILABLE
    └── KeyTaken          a key that was to be new is there already; nothing was written  exit 4  UNAVAILABLE
"""

from enum import IntEnum, StrEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What the shell sees (docs/errors.md)."""

    DONE = 0
    FINDINGS = 1
    WRONG_USE = 2
    REFUSED = 3
    UNAVAILABLE = 4


class Code(StrEnum):
    """What a GraphQL client sees in `extensions.code` (docs/errors.md)."""

    BAD_USER_INPUT = "BAD_USER_INPUT"
    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    UNAVAILABLE = "UNAVAILABLE"
    TIMEOUT = "TIMEOUT"


class RorGraphError(Exception):
    """Root of all errors that a user may meet; `str()` is the whole message."""

    exit_code: ClassVar[ExitCode] = ExitCode.WRONG_USE
    code: ClassVar[Code] = Code.BAD_USER_INPUT


class BadInput(RorGraphError):
    """An argument, a setting or a code that cannot be used."""


class NotFound(BadInput):
    """The named object is not in the store."""

    code = Code.NOT_FOUND


class BadFile(RorGraphError):
    """A file that cannot be read as what it should be; nothing of it was loaded."""


class Refused(RorGraphError):
    """A guard stopped the action; the message says what was kept."""

    exit_code = ExitCode.REFUSED
    code = Code.LIMIT_EXCEEDED


class LimitExceeded(RorGraphError):
    """A request larger than what is served; the message names the limit."""

    code = Code.LIMIT_EXCEEDED


class StoreUnavailable(RorGraphError):
    """The server cannot be started or reached."""

    exit_code = ExitCode.UNAVAILABLE
    code = Code.UNAVAILABLE


class StoreTimeout(StoreUnavailable):
    """The server took longer than the time limit."""

    code = Code.TIMEOUT


class StoreFault(RorGraphError):
    """The server refused a statement of ours: a defect of the program, with the server's own code."""

    exit_code = ExitCode.UNAVAILABLE
    code = Code.UNAVAILABLE


class KeyTaken(StoreFault):
    """A key that was to be new is there already: nothing of the transaction was written. A load then writes it the other way (graph/writing/ahead.py)."""
