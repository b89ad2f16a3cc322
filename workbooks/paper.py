"""Which figures does the council paper give (Stuttgart, Mitteilungsvorlage GRDrs 198/2021 of 24.06.2021)?

Each figure stands here once; all that follows from them is computed.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

TITLE = "Integrationsmanagement und begleitende Unterstützungsmaßnahmen"
REFERENCE = "GRDrs 198/2021"
DAY = datetime(2021, 6, 24)


def thousands(eur: Decimal | int) -> Decimal:
    """EUR as whole TEUR, rounded commercially: 65.500 is 66."""
    return (Decimal(eur) / 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Decided:
    """A supplementary measure decided for 2020 and 2021, in TEUR, with the stars of the paper."""

    name: str
    stars: str
    year_2020: int
    year_2021: int


SUPPLEMENTARY = (
    Decided("Sachkostenpauschale für Integrationsmanagement", "", 227, 227),
    Decided("Jobkraftwerk, EDV-Lizenzkosten", "", 50, 50),
    Decided(
        "OMID, Angebot des Caritasverbandes für Stuttgart e. V. für traumatisierte Flüchtlinge in "
        "Flüchtlingsunterkünften",
        "",
        290,
        290,
    ),
    Decided("Empowerment von Geflüchteten", "", 100, 100),
    Decided("Angebot Willkommensräume", "*", 150, 150),
    Decided("Schulung von Integrationsmanagerinnen und -managern", "", 20, 20),
    Decided("Dolmetscherkosten", "", 80, 80),
    Decided("Stuttgarter Ausbildungscampus", "**", 119, 123),
    Decided("Refugio Stuttgart e. V.", "*", 40, 40),
    Decided("pbv, psychosoziales Zentrum Evangelische Gesellschaft Stuttgart e. V.", "*", 57, 58),
    Decided("Arrival Aid", "", 18, 18),
)
FOOTNOTES = (
    "*Haushaltsmittel stehen auch für die Jahre 2022 und 2023 bereit",
    "**Haushaltsmittel stehen auch für das Jahr 2022 bereit",
)

PRODUCT_KEY = "31.60.01.00.00-500 Förderung fr. Träger d. Wohlfahrtspflege/430 Transferaufwendungen"
YEAR_HEADS = ("2022 TEUR", "2023 TEUR", "2024 TEUR", "2025 TEUR", "2026 TEUR", "2027 ff. TEUR")

JOBKRAFTWERK = Decimal(65_500)
EMPOWERMENT = Decimal(100_000)
INTERPRETERS = Decimal(60_000)
CAMPUS_PROVIDED_2022 = 123  # TEUR

OMID_SHARE = Decimal("0.5")
OMID_CAP = Decimal(290_000)


@dataclass(frozen=True)
class Source:
    """A part of a financing: EUR and the share as printed."""

    name: str
    amount: Decimal
    share: Decimal


OMID_2019 = (
    Source("Landeshauptstadt Stuttgart", Decimal(290_000), Decimal("0.447")),
    Source(
        "Zweckerfüllungsfonds Flüchtlingshilfen der Diözese Rottenburg-Stuttgart", Decimal(290_000), Decimal("0.447")
    ),
    Source("Eigenmittel des Caritasverbands für Stuttgart e. V.", Decimal(69_412), Decimal("0.106")),
)
CAMPUS_2023 = (
    Source("Landeshauptstadt Stuttgart", Decimal(149_810), Decimal("0.53")),
    Source("Erstattungen und Spenden (Stuttgarter Bildungscampus e. V.)", Decimal(131_760), Decimal("0.47")),
)


def cost(sources: tuple[Source, ...]) -> Decimal:
    """What the sources add up to."""
    return sum((source.amount for source in sources), Decimal(0))


def omid_need() -> Decimal:
    """Half of the cost, at most the Höchstbetrag."""
    return min(OMID_SHARE * cost(OMID_2019), OMID_CAP)


GRANT = Decimal("16271218.33")
GRANT_POSTS = Decimal("51.1")
GRANT_FROM = date(2018, 1, 1)
GRANT_TO = date(2022, 12, 31)
EVIDENCE_MONTHS = 3
LICENCE_FUNDED_TO = date(2021, 12, 31)


def grant_months() -> int:
    """Whole months from the first day to the last."""
    return (GRANT_TO.year - GRANT_FROM.year) * 12 + GRANT_TO.month - GRANT_FROM.month + 1


def grant_per_post_and_year() -> Decimal:
    """EUR a post and year, to the cent."""
    return (GRANT / GRANT_POSTS / grant_months() * 12).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def evidence_due() -> date:
    """The last day of the month that lies `EVIDENCE_MONTHS` after the grant's end."""
    months = GRANT_TO.year * 12 + GRANT_TO.month - 1 + EVIDENCE_MONTHS
    year, month = divmod(months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


MATERIAL_RATE = Decimal(4_600)  # EUR a post and year
SOCIAL_WORK_POSTS = Decimal(20)
SOCIAL_WORK_BUDGET = Decimal(1_800_000)  # "1,8 Mio. EUR für 20 Stellen", Haushaltsentwurf 2023
OMID_POSTS = Decimal("7.1")
CAMPUS_POSTS = Decimal("2.8")

INTERPRETED_TALKS = (
    ("davon Rechtsangelegenheiten", 181, Decimal("0.10")),
    ("davon Finanzangelegenheiten", 51, Decimal("0.03")),
    ("davon Erziehung/Beziehungskonflikte", 854, Decimal("0.49")),
    ("davon medizinische Versorgung", 652, Decimal("0.38")),
)
INTERPRETED_TALKS_ALL = 1_738
EMPOWERMENT_PROJECTS = 80
