"""What stands around the rows of a ROR XML file: which elements frame them, which say that the file is something else, which encoding it declares."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.errors import BadFile

NAMESPACE: Final = "urn:ihe:iti:csd:2013"
KNOWN: Final = f"known is v2.4 of the ROR extension of IHE CSD, namespace {NAMESPACE}"
SHOWN: Final = 200  # characters of a text of the file in a message

ORGANIZATION, SERVICE, FACILITY, PROVIDER, DEVICE = "organization", "service", "facility", "provider", "device"
ROWS: Final = (ORGANIZATION, SERVICE, FACILITY, PROVIDER, DEVICE)
DIRECTORIES: Final[Mapping[str, str]] = MappingProxyType({f"{row}Directory": row for row in ROWS})
ENVELOPE: Final = frozenset({"Envelope", "Header", "Body"})
ANSWER: Final = frozenset({"CSD", "careServicesResponse", "result", "queryResult", "getModificationsResponse", *DIRECTORIES})
ERRORS: Final = frozenset({"error", "erreur", "Fault"})
NOTIFIED: Final = "TR-Notif-ListeEtablissementMajApresDate_Reponse"
ASKING: Final = ("Request", "_Demande")  # how the names of requests end

# Declared encodings by what loaders.files detects; one letter of a file that only ASCII letters fill is the same in all of them
ENCODINGS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "utf-8": frozenset({"utf-8", "utf8", "us-ascii", "ascii"}),
        "iso-8859-1": frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252"}),
    }
)


def check_frame(where: str, uri: str, local: str, attributes: Mapping[str, str]) -> None:
    """Refuse what is no answer of a ROR: a request, an error, a list of changes, another version. Raises BadFile, which says what it is."""
    if local.endswith(ASKING):
        raise BadFile(f"{where}: <{local}> is a request to a ROR, not its answer. Give the file of the answer. Nothing was loaded.")
    if local in ERRORS:
        raise BadFile(f"{where}: the ROR answered with an error{_told(attributes)}. Ask it again; nothing was loaded.")
    if local == NOTIFIED:
        raise BadFile(f"{where}: <{local}> lists the establishments that changed, without their offers. Read each of them and give the answers.")
    if local in ANSWER and uri != NAMESPACE:
        raise BadFile(f"{where}: <{local}> is of the namespace '{uri[:SHOWN]}'; {KNOWN}. Nothing was loaded.")


def check_root(where: str, local: str) -> None:
    """Refuse a file whose first element frames no answer of a ROR. Raises BadFile."""
    if local not in ENVELOPE and local not in ANSWER:
        raise BadFile(f"{where}: the file begins with <{local[:SHOWN]}>, which is no answer of a ROR; {KNOWN}. Nothing was loaded.")


def check_encoding(where: str, declared: str | None, detected: str, is_plain: bool) -> None:
    """Refuse a declared encoding that the bytes contradict; without one, XML is UTF-8. `is_plain`: so far ASCII only. Raises BadFile."""
    family = "utf-8" if detected.startswith("utf-8") else "iso-8859-1"
    named = (declared or "utf-8").lower()
    if not any(named in names for names in ENCODINGS.values()):
        raise BadFile(f"{where}: the declared encoding '{named[:40]}' is not read. Save the file as UTF-8. Nothing was loaded.")
    if named in ENCODINGS[family] or is_plain:
        return
    said = f"the file declares the encoding {named}" if declared else "the file declares no encoding, so it should be UTF-8"
    raise BadFile(f"{where}: {said}, but its bytes are {detected}. Correct the declaration, or save the file as UTF-8. Nothing was loaded.")


def _told(attributes: Mapping[str, str]) -> str:
    told = [attributes.get(name, "").strip()[:SHOWN] for name in ("code", "message")]
    return ": " + ", ".join(part for part in told if part) if any(told) else ""
