"""SVS XML of the NOS: an IHE RetrieveValueSetResponse with one nomenclature or value set; a row is a Concept."""

from collections.abc import Mapping
from typing import Final

from graph.errors import BadFile
from graph.record import Notes, Rejected
from loaders.files import InputFile
from loaders.nos.statements import Kind, NosFile, Row, Statement, checked, day, of_nomenclature, short_name, version_of
from loaders.xml_rows import XmlHead, XmlRow, xml_head, xml_rows

LISTS: Final = frozenset({"ConceptList"})
ROOT: Final = "RetrieveValueSetResponse"
VALUE_SET: Final = "ValueSet"
NAMESPACE: Final = "urn:ihe:iti:svs:2008"
READ_OF_SET: Final = frozenset({"id", "displayName", "description", "dateMaj", "version", "typeFichier"})
READ_OF_CODE: Final = frozenset({"code", "displayName", "longDesignation", "shortDesignation", "dateValid", "dateFin"})
READ_OF_MEMBER: Final = frozenset({"code", "displayName", "codeSystem"})


def open_svs(file: InputFile, notes: Notes) -> NosFile:
    """The nomenclature or value set of a file, read at once. Raises BadFile for another XML, another version, or a name without number."""
    head = xml_head(file, LISTS)
    said = _value_set(file, head)
    named = short_name(said.get("displayName", ""), said.get("urlFichier", ""), file.name)
    if named is None or named[0] is Kind.ASSOCIATION:
        raise BadFile(
            f"{file.name}: its ValueSet does not say which nomenclature it is; displayName must, like TRE_R227-ChampActivite or JDV_J20-... Nothing was loaded."
        )
    kind, name = named
    for attribute in sorted(said.keys() - READ_OF_SET):
        notes.leave(f"ValueSet.{attribute}")
    stated = tuple(row if isinstance(row, Rejected) else _row(kind, name, row, notes) for row in xml_rows(file, LISTS))
    version = version_of(said.get("dateMaj", ""), said.get("version", ""))
    return NosFile(file, kind, name, said.get("id", ""), said.get("description") or said.get("displayName", ""), version, head.text, stated=stated)


def _value_set(file: InputFile, head: XmlHead) -> Mapping[str, str]:
    """The attributes of the ValueSet, as they are named in the file but for its namespaces."""
    names = [name for name, _ in head.open]
    if names[:2] != [ROOT, VALUE_SET]:
        raise BadFile(f"{file.name}: {'/'.join(names)[:100]} is not read; {ROOT} with one {VALUE_SET} and its ConceptList is. Nothing was loaded.")
    spaces = {value for _, attributes in head.open for name, value in attributes.items() if name.partition(":")[0] == "xmlns"}
    if NAMESPACE not in spaces:
        stated = ", ".join(sorted(space for space in spaces if "svs" in space)) or "none"
        raise BadFile(f"{file.name}: its version (namespace) of SVS is {stated[:100]}; the one that is known is {NAMESPACE}. Nothing was loaded.")
    return {name: value for name, value in head.open[1][1].items() if ":" not in name and name != "xmlns"}


def _row(kind: Kind, name: str, row: XmlRow, notes: Notes) -> Row:
    said = row.element.attributes
    for attribute in said.keys() - (READ_OF_CODE if kind is Kind.CODES else READ_OF_MEMBER):
        notes.leave(f"ValueSet.ConceptList.Concept.{attribute}")
    code, label = said.get("code", "").strip(), said.get("displayName", "").strip()
    if kind is Kind.VALUE_SET:
        return checked(Statement(row.place, row.text, said.get("codeSystem", ""), code, label))
    start, end = said.get("dateValid", ""), said.get("dateFin", "")
    try:
        days = day(start), day(end)
    except ValueError:
        return Rejected(row.place, row.text, "dateValid", f"'{start[:14]}' or '{end[:14]}' is no date; it is written like 20190125120000.")
    short, long = said.get("shortDesignation", "").strip(), said.get("longDesignation", "").strip()
    return of_nomenclature(Statement(row.place, row.text, name, code, "", None, *days), label, short or code, long)
