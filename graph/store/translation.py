"""Nothing foreign escapes: every exception of the driver becomes one of the error family (graph/errors.py).

What the user reads never holds the server's own text where that may hold data: a duplicate key, a value of the wrong type. The
driver's exception stays attached as the cause, for a developer.
"""

from neo4j import exceptions as driver

from graph.errors import BadInput, KeyTaken, RorGraphError, StoreFault, StoreTimeout, StoreUnavailable

TIMED_OUT = frozenset({
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.ClientError.Transaction.Terminated",
    "Neo.TransientError.Transaction.Terminated",
})  # fmt: skip
NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"
NOT_WRITTEN = "Neo.ClientError.Transaction.TransactionNotFound"  # the embedded server's answer when a commit fails
ABOUT_THE_TEXT = ("SyntaxError", "SemanticError", "ParameterMissing")  # codes whose message speaks of our statement, not of data

Kind = type[driver.GqlError]
BUSY: tuple[Kind, ...] = (driver.TransientError, driver.DatabaseUnavailable, driver.ForbiddenOnReadOnlyDatabase, driver.NotALeader)
UNREACHABLE: tuple[Kind, ...] = (driver.ServiceUnavailable, driver.SessionExpired, driver.ConnectionPoolError)
NO_ACCESS: tuple[Kind, ...] = (driver.AuthError, driver.Forbidden)
MISUSED: tuple[Kind, ...] = (driver.ConfigurationError,)


def translated(foreign: driver.GqlError | OSError) -> RorGraphError:
    """The error of ours for an exception of the driver, to be raised `from` it."""
    if isinstance(foreign, driver.Neo4jError):
        return _said_by_the_server(foreign)
    if isinstance(foreign, driver.ConnectionAcquisitionTimeoutError):
        return StoreTimeout("No connection to the store became free within the time limit: too many requests at once.")
    if isinstance(foreign, driver.IncompleteCommit):
        return StoreUnavailable("The connection to the store broke during a commit: whether it was written is not known. Run it again.")
    if isinstance(foreign, (*UNREACHABLE, OSError)):
        return StoreUnavailable(f"The store cannot be reached ({_first_line(foreign)}). Check RORGRAPH_URI, and that the server runs.")
    if isinstance(foreign, MISUSED):
        return BadInput(f"The settings of the store cannot be used ({_first_line(foreign)}). Check RORGRAPH_URI.")
    return StoreFault(f"The driver was used wrongly ({type(foreign).__name__}): a defect of this program.")


def _said_by_the_server(foreign: driver.Neo4jError) -> RorGraphError:
    code = foreign.code or "no code"
    if isinstance(foreign, NO_ACCESS):
        return BadInput("The store refused user and password, or what this user may do. Check RORGRAPH_USER and RORGRAPH_PASSWORD.")
    if code == NO_DATABASE:
        return BadInput("The store has no database of this name. Check RORGRAPH_DATABASE.")
    if code in TIMED_OUT:
        return StoreTimeout("The store took longer than the time limit.")
    if code == NOT_WRITTEN:
        return StoreUnavailable("The store could not write, and kept nothing of this transaction: a full disk, or a text too long for an index.")
    if isinstance(foreign, BUSY):
        return StoreUnavailable(f"The store cannot answer at the moment ({code}). Try again.")
    about = f": {_first_line(foreign)}" if code.endswith(ABOUT_THE_TEXT) else ""
    kind = KeyTaken if isinstance(foreign, driver.ConstraintError) else StoreFault
    return kind(f"The store refused a statement of this program ({code}){about}. This is a defect: please report it.")


def _first_line(foreign: Exception) -> str:
    """What it says, short: the server's message alone, or the first line of the driver's."""
    text = (foreign.message if isinstance(foreign, driver.Neo4jError) else str(foreign)) or type(foreign).__name__
    return text.splitlines()[0][:300].rstrip(".")
