"""Samples of the two registers that have many forms: the extracts of the Annuaire Santé and the XML files of FINESS (read by tests/loaders/samples.py).

They are the made files of the sample region, or some of their lines. A form of which the region has one object gets a second one here, so that one can be
missing: a file without any object is a failure (docs/architecture.md, invariant 2).
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from tests.loaders.sample import REGION, Edit, Files, Sample, lines

OPEN: Final = "PS_LibreAcces_Personne_activite_202601010800.txt"
SKILLS: Final = "PS_LibreAcces_SavoirFaire_202601010800.txt"
DIPLOMAS: Final = "PS_LibreAcces_Dipl_AutExerc_202601010800.txt"
CONNECT: Final = "Extraction_ProSanteConnect_Personne_activite_202601010800.txt"
PEOPLE: Final = r"^Type|\|(800096000021|800096000047|800096000054)\|"


def _extract(*names: str) -> Callable[[], Files]:
    return lambda: {name: lines(f"annuaire/{name}", PEOPLE) for name in names}


def _connect() -> Files:
    return {CONNECT: lines(f"annuaire/{CONNECT}", r"^Type|\|(800096000088\||800096000096\|.*F960000073)")}


def _flux(number: str) -> tuple[str, str]:
    name = f"finess_cs{number}_stock_20260101-0000.xml"
    return name, (REGION / "finess_other_forms" / name).read_text(encoding="utf-8")


def _whole(number: str) -> Callable[[], Files]:
    def files() -> Files:
        name, text = _flux(number)
        return {name: text.encode()}

    return files


def _twice(number: str, element: str, others: Mapping[str, str]) -> Callable[[], Files]:
    """The file with a second object: its only element again, other in what `others` says."""

    def files() -> Files:
        name, text = _flux(number)
        found = re.search(rf"  <{element}>.*</{element}>\n", text, re.DOTALL)
        assert found, f"{name}: no {element}"
        second = found[0]
        for one, other in others.items():
            assert one in second, f"{name}: no {one}"
            second = second.replace(one, other)
        return {name: f"{text[: found.end()]}{second}{text[found.end() :]}".encode()}

    return files


def _xml(
    form: str, files: Callable[[], Files], *, changed: tuple[str, str], dropped: str, spoilt: tuple[str, str], gone: str, rows: int = 2, ended: int = 1
) -> Sample:
    """A sample of an XML form: texts as they stand in its file, `dropped` the expression of an element."""
    [name] = files()
    right, wrong = spoilt
    return Sample(
        "finess",
        f"{form}, XML",
        files,
        rows=rows,
        changed=Edit(name, re.escape(changed[0]), changed[1]),
        dropped=Edit(name, dropped),
        gone={gone: ended},
        spoilt=Edit(name, re.escape(right), wrong),
        mended=(wrong, right),
    )


REGISTER_SAMPLES: Final = (
    Sample(
        "annuaire",
        "open extract",
        _extract(OPEN),
        rows=4,
        changed=Edit(OPEN, "0536490301", "0536490399"),
        dropped=Edit(OPEN, r"8\|00096000054\|[^\n]*\n"),
        gone={"Practice": 1, "Professional": 1, "GeographicEntity": 1},
        spoilt=Edit(OPEN, r"\|40\|Chirurgien", "||Chirurgien"),
        mended=("||Chirurgien", "|40|Chirurgien"),
        head=1,
        personal=("IMAGINAIRE", "0536490301", "g.fable@fictif.example"),
    ),
    Sample(
        "annuaire",
        "savoir-faire of the open extract",
        _extract(OPEN, SKILLS),
        rows=6,
        changed=Edit(OPEN, "LA CRIEE", "LE MARCHE"),
        dropped=Edit(OPEN, r"8\|00096000054\|[^\n]*\n"),
        gone={"Practice": 1, "Professional": 1, "GeographicEntity": 1},
        spoilt=Edit(SKILLS, r"\|40\|Chirurgien", "||Chirurgien"),
        mended=("||Chirurgien", "|40|Chirurgien"),
        personal=("IMAGINAIRE", "0536490301", "g.fable@fictif.example"),
    ),
    Sample(
        "annuaire",
        "diplomas of the open extract",
        _extract(OPEN, DIPLOMAS),
        rows=4,
        changed=Edit(OPEN, "0536490301", "0536490399"),
        dropped=Edit(OPEN, r"8\|00096000054\|[^\n]*\n"),
        gone={"Practice": 1, "Professional": 1, "GeographicEntity": 1},
        spoilt=Edit(OPEN, r"\|40\|Chirurgien", "||Chirurgien"),
        mended=("||Chirurgien", "|40|Chirurgien"),
        personal=("IMAGINAIRE", "0536490301", "g.fable@fictif.example"),
    ),
    Sample(
        "annuaire",
        "Pro Santé Connect extract",
        _connect,
        rows=2,
        changed=Edit(CONNECT, "0536490401", "0536490499"),
        dropped=Edit(CONNECT, r"8\|00096000088\|[^\n]*\n"),
        gone={"Practice": 1, "Professional": 1, "GeographicEntity": 1},
        spoilt=Edit(CONNECT, r"\|91\|C\|\|SONGE", "||C||SONGE"),
        mended=("||C||SONGE", "|91|C||SONGE"),
        head=1,
        personal=("SONGE", "0536490401", "0600000777", "prive@fictif.example", "02/02/1990"),
    ),
    _xml(
        "legal entities",
        _whole("1400101"),
        changed=("<telephone>0536490101<", "<telephone>0536490199<"),
        dropped=r"<structureej>\s*<nofiness>967800996<.*?</structureej>",
        spoilt=("<datemaj>2010-07-10<", "<datemaj>2010-13-10<"),
        gone="LegalEntity",
    ),
    _xml(
        "sites",
        _whole("1400102"),
        changed=("<telephone>0536490101<", "<telephone>0536490199<"),
        dropped=r"<structureet>\s*<nofinesset>960000149<.*?</structureet>",
        spoilt=("<dateouv>1985-05-01<", "<dateouv>1985-05-41<"),
        gone="GeographicEntity",
        rows=3,
    ),
    _xml(
        "authorisations of care activities",
        _whole("1400103"),
        changed=("<datefin>2029-02-04<", "<datefin>2030-02-04<"),
        dropped=r"<activiteoffresoin>(?:(?!</activiteoffresoin>).)*<noligautor>96002<.*?</activiteoffresoin>",
        spoilt=("<datemeo>2001-08-03<", "<datemeo>2001-08-63<"),
        gone="Authorisation",
    ),
    _xml(
        "authorisations of heavy equipment",
        _twice("1400104", "equipmateriellourd", {"960000003": "960000093", "960000073": "960000149"}),
        changed=("<datefin>2029-03-07<", "<datefin>2030-03-07<"),
        dropped=r"<equipmateriellourd>(?:(?!</equipmateriellourd>).)*960000093.*?</equipmateriellourd>",
        spoilt=("<datemeo>2021-09-08<", "<datemeo>2021-09-88<"),
        gone="Authorisation",
    ),
    _xml(
        "social equipment",
        _twice("1400105", "equipementsocial", {"<client>711<": "<client>436<"}),
        changed=("<capautot>80<", "<capautot>81<"),
        dropped=r"<equipementsocial>(?:(?!</equipementsocial>).)*<client>436<.*?</equipementsocial>",
        spoilt=("<capautot>80<", "<capautot>-80<"),
        gone="Authorisation",
    ),
    _xml(
        "other authorised activities",
        _twice("1600101", "autreactivite", {"960000004": "960000094"}),
        changed=("<datefin>2029-05-31<", "<datefin>2030-05-31<"),
        dropped=r"<autreactivite>\s*<noautor>960000094<.*?</autreactivite>",
        spoilt=("<datedecision>2019-06-03<", "<datedecision>2019-06-93<"),
        gone="Authorisation",
    ),
    _xml(
        "recognised activities",
        _twice("1600102", "activitesoumiseareco", {"960000005": "960000095"}),
        changed=("<capaciteautorisee>10<", "<capaciteautorisee>11<"),
        dropped=r"<activitesoumiseareco>\s*<noautor>960000095<.*?</activitesoumiseareco>",
        spoilt=("<dateeffetasr>2013-12-01<", "<dateeffetasr>2013-12-91<"),
        gone="Authorisation",
    ),
    _xml(
        "categories of establishments",
        _whole("1500106"),
        changed=("<libellecourt>C.H.R.<", "<libellecourt>CHR<"),
        dropped=r"<nomenclcategorieETavecagr>\s*<code>355<.*?</nomenclcategorieETavecagr>",
        spoilt=("<datefin>2030-12-31<", "<datefin>2030-12-91<"),
        gone="Concept",
        ended=2,
    ),
    _xml(
        "legal statuses",
        _twice("1500107", "nomenclstatutavecagr", {"<code>14<": "<code>13<"}),
        changed=("<libellecourt>Etb.Pub.Intcom.Hosp.<", "<libellecourt>E.P.I.H.<"),
        dropped=r"<nomenclstatutavecagr>\s*<code>13<.*?</nomenclstatutavecagr>",
        spoilt=("<datedeb>1979-01-01<", "<datedeb>1979-01-91<"),
        gone="Concept",
    ),
)
