"""How does each measure of the paper go on? The rows of the sheet "Annahmen"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbooks import paper
from workbooks.places import (
    CAMPUS_HEAD_ROW,
    DECIDED,
    MATERIAL,
    MATERIAL_POSTS_ROW,
    SOCIAL_WORK,
    SOCIAL_WORK_POSTS_ROW,
    decided_2021,
    decided_row,
)

LAST_DAY_2023 = date(2023, 12, 31)
CARRIED, STATE_ENDS, STATE_GOES_ON = "Fortschreibung", "Land endet", "Land fördert weiter"


@dataclass(frozen=True)
class Row:
    """One row of "Annahmen". Where `formula` is given, `need` is its value."""

    name: str
    payee: str | None
    need: Decimal
    rule: str
    first: int
    last: int
    remark: str
    formula: str | None = None
    share: Decimal | None = None
    cap: Decimal | None = None
    posts: tuple[str, Decimal] | None = None  # the formula and its value
    rate: tuple[str, Decimal] | None = None
    funded_to: date | None = None
    needed_to: date | None = None
    aliases: str | None = None
    scenario: str | None = None
    covered_by: str | None = None
    covered: tuple[str, Decimal] | None = None


def assumption_rows() -> tuple[Row, ...]:
    """How each measure goes on. The first five stand in the rows of the additional need: so its formulas are alike."""
    return (*requested_rows(), *carried_rows(), *ended_rows(), *conditional_rows())


def requested_rows() -> tuple[Row, ...]:
    """What is applied for in 2022 and 2023."""
    return (
        Row(
            "Jobkraftwerk, EDV-Lizenzkosten",
            "Landeshauptstadt Stuttgart",
            paper.JOBKRAFTWERK,
            "befristet",
            2022,
            2023,
            "rd. 65.500 EUR jährlich. Mittel für die Lizenz nur bis Ende 2021, Kennzahlenberichte bis zum Ende des "
            "Bewilligungszeitraums des Landeszuschusses.",
            funded_to=paper.LICENCE_FUNDED_TO,
            needed_to=paper.GRANT_TO,
        ),
        Row(
            "OMID",
            "Caritasverband für Stuttgart e. V.",
            paper.omid_need(),
            "anteil",
            2022,
            2023,
            "Höchstens 50 % der Kosten, begrenzt auf 290.000 EUR/Jahr; Kosten 2019 aus dem Blatt „Finanzierung“.",
            formula="=MIN(OMID_Foerdersatz*OMID_Gesamtkosten,OMID_Hoechstbetrag)",
            share=paper.OMID_SHARE,
            cap=paper.OMID_CAP,
            aliases="OMID, Angebot des Caritasverbandes für Stuttgart e. V. für traumatisierte Flüchtlinge in "
            "Flüchtlingsunterkünften",
        ),
        Row(
            "Empowerment von Geflüchteten",
            "Abteilung Integrationspolitik",
            paper.EMPOWERMENT,
            "befristet",
            2022,
            2023,
            "Je 100.000 EUR für 2022 und 2023.",
            aliases="Förderprogramm Empowerment",
        ),
        Row(
            "Dolmetschereinsätze",
            "Liga der Wohlfahrtspflege Stuttgart",
            paper.INTERPRETERS,
            "befristet",
            2022,
            2023,
            "Bisher 80.000 EUR; geringerer Bedarf wegen besserer Deutschkenntnisse. Gemeinsamer Antrag aller Träger.",
            aliases="Dolmetscherkosten",
        ),
        Row(
            "Ausbildungscampus",
            "Stuttgarter Bildungscampus e. V.",
            paper.CAMPUS_2023[0].amount,
            "befristet",
            2023,
            2023,
            "Verlängerung um ein Jahr bis 31.12.2023; 53 % des Gesamtaufwands (Blatt „Finanzierung“).",
            formula=f"=Finanzierung!$B${CAMPUS_HEAD_ROW + 1}",
            aliases="Stuttgarter Ausbildungscampus",
        ),
    )


def carried_rows() -> tuple[Row, ...]:
    """The starred measures: money is there for 2022 and 2023, how much the paper does not say."""
    payees = {
        "Angebot Willkommensräume": None,
        "Refugio Stuttgart e. V.": "Refugio Stuttgart e. V.",
        "pbv, psychosoziales Zentrum Evangelische Gesellschaft Stuttgart e. V.": "Evangelische Gesellschaft "
        "Stuttgart e. V.",
    }
    return tuple(
        Row(
            name,
            payee,
            Decimal(decided_2021(name) * 1000),
            "halten",
            2022,
            2023,
            "Mittel stehen für 2022 und 2023 bereit, Betrag nicht genannt; hier wie 2021.",
            formula=f"='{DECIDED}'!$C${decided_row(name)}*1000",
            funded_to=LAST_DAY_2023,
            scenario=CARRIED,
        )
        for name, payee in payees.items()
    )


def ended_rows() -> tuple[Row, ...]:
    """What is not applied for again."""
    return tuple(
        Row(
            name,
            None,
            Decimal(decided_2021(name) * 1000),
            "befristet",
            2020,
            2021,
            remark,
            formula=f"='{DECIDED}'!$C${decided_row(name)}*1000",
        )
        for name, remark in (
            ("Schulung von Integrationsmanagerinnen und -managern", "Für 2022/2023 nicht angemeldet."),
            ("Arrival Aid", "Für 2022/2023 nicht angemeldet."),
            (MATERIAL, "Für 2022 nicht angemeldet; ab 2023 nur, wenn das Land weiter fördert (siehe unten)."),
        )
    )


def conditional_rows() -> tuple[Row, ...]:
    """Whether the Land goes on funding from 2023 is open."""
    return (
        Row(
            MATERIAL,
            "Träger des Integrationsmanagements",
            paper.GRANT_POSTS * paper.MATERIAL_RATE,
            "stellen_satz",
            2023,
            2023,
            "4.600 EUR/Stelle ab 01.01.2023, wenn das Land weiter fördert; Zahl der Stellen angenommen wie bisher. "
            "Gedeckt aus den 1,8 Mio. EUR des Haushaltsentwurfs, die dann nicht gebraucht werden.",
            formula="=I{row}*J{row}",
            posts=(f"=Stellen!$B${MATERIAL_POSTS_ROW}", paper.GRANT_POSTS),
            rate=("=Satz_Sachkostenpauschale", paper.MATERIAL_RATE),
            scenario=STATE_GOES_ON,
            covered_by=SOCIAL_WORK,
            covered=("=C{next}", paper.SOCIAL_WORK_BUDGET),
        ),
        Row(
            SOCIAL_WORK,
            None,
            paper.SOCIAL_WORK_BUDGET,
            "stellen_satz",
            2023,
            2023,
            "Wenn das Land nicht weiter fördert: 20 Stellen, Betreuungsschlüssel 1:120, im Haushaltsentwurf 2023 mit "
            "1,8 Mio. EUR veranschlagt.",
            formula="=I{row}*J{row}",
            posts=(f"=Stellen!$B${SOCIAL_WORK_POSTS_ROW}", paper.SOCIAL_WORK_POSTS),
            rate=(f"=Stellen!$C${SOCIAL_WORK_POSTS_ROW}", paper.SOCIAL_WORK_BUDGET / paper.SOCIAL_WORK_POSTS),
            scenario=STATE_ENDS,
        ),
    )
