"""The figures of the council paper come out of the projection of its workbook, each by a test of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pik_excel.budget.bridge import Change
from pik_excel.errors import BadConfiguration
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.projection.bridge import bridge
from pik_excel.projection.project import project
from pik_excel.projection.record import Projection, Standing
from pik_excel.schema import built_in
from tests.conftest import PROJECT

STARRED = (
    "Angebot Willkommensräume",
    "Refugio Stuttgart e. V.",
    "pbv, psychosoziales Zentrum Evangelische Gesellschaft Stuttgart e. V.",
)
CAMPUS = "Stuttgarter Ausbildungscampus"
JOBKRAFTWERK = "Jobkraftwerk, EDV-Lizenzkosten"
FLAT_RATE = "Sachkostenpauschale für Integrationsmanagement"
SOCIAL_WORK = "Soziale Betreuung in der Anschlussunterbringung"
LATER = range(2024, 2028)


@pytest.fixture(scope="module")
def paper() -> Reading:
    return read_budget(read_workbook(PROJECT / "workbooks" / "haushalt.xlsx"), built_in())


def projected(paper: Reading, scenario: str = "basis") -> Projection:
    return project(paper, built_in(), 2027, scenario)


def teur(value: Decimal | None) -> Decimal | None:
    return None if value is None else value / 1000


def test_2020_and_2021_are_decided_with_1151_and_1156(paper: Reading) -> None:
    totals = [projected(paper).total(year) for year in (2020, 2021)]
    assert [(teur(one.need), teur(one.provided), teur(one.additional)) for one in totals] == [
        (1151, 1151, 0),
        (1156, 1156, 0),
    ]


def test_2022_needs_639_of_which_123_are_provided_and_516_additional(paper: Reading) -> None:
    total = projected(paper).total(2022)
    assert (teur(total.need), teur(total.provided), teur(total.additional)) == (639, 123, 516)


def test_2023_needs_666_all_of_it_additional(paper: Reading) -> None:
    total = projected(paper).total(2023)
    assert (teur(total.need), teur(total.provided), teur(total.additional)) == (666, 0, 666)


def test_an_explicit_0_is_never_extrapolated_over(paper: Reading) -> None:
    projection = projected(paper)
    assert [projection.total(year).need for year in LATER] == [0, 0, 0, 0]
    assert {projection.measure(JOBKRAFTWERK).amount(year).standing for year in LATER} == {Standing.REQUESTED}


def test_2027_ff_serves_as_2027_and_is_marked(paper: Reading) -> None:
    projection = projected(paper)
    assert projection.open_ended == 2027
    assert projection.measure(JOBKRAFTWERK).amount(2027).open_ended
    assert not projection.measure(JOBKRAFTWERK).amount(2026).open_ended


def test_the_exact_need_stands_beside_the_rounded_one(paper: Reading) -> None:
    amounts = {one.name: one.amount(2023) for one in projected(paper).measures}
    exact = {name: (amount.value, amount.exact) for name, amount in amounts.items() if amount.value}
    assert exact[JOBKRAFTWERK] == (66_000, 65_500)
    assert exact[CAMPUS] == (150_000, 149_810)
    assert sum(stated for stated, _exact in exact.values()) == 666_000
    assert sum(known for _stated, known in exact.values()) == 665_310


def test_blank_with_provided_funds_is_no_need(paper: Reading) -> None:
    amount = projected(paper).measure(CAMPUS).amount(2022)
    assert (amount.value, amount.standing, str(amount.at)) == (123_000, Standing.PROVIDED, "Bereitgestellte Mittel!B6")


def test_omid_gets_its_cap_by_its_own_name_and_its_alias(paper: Reading) -> None:
    omid = next(one for one in projected(paper).measures if one.name.startswith("OMID"))
    assert [row.table.sheet for row in omid.line.rows] == ["Ergänzende Maßnahmen", "Finanzielle Auswirkungen"]
    assert (omid.rule, omid.amount(2022).value, omid.amount(2022).exact) == ("anteil", 290_000, 290_000)


def test_what_is_financed_by_an_unknown_amount_stays_blank(paper: Reading) -> None:
    for name in STARRED:
        measure = projected(paper).measure(name)
        assert (measure.rule, measure.amount(2022).value, measure.amount(2022).standing) == (None, None, Standing.BLANK)


def test_carried_forward_2022_needs_887_and_2023_914(paper: Reading) -> None:
    projection = projected(paper, "Fortschreibung")
    assert [teur(projection.total(year).need) for year in range(2022, 2028)] == [887, 914, 0, 0, 0, 0]


def test_the_bridge_closes_from_1156_over_891_to_887_and_914(paper: Reading) -> None:
    projection = projected(paper, "fortschreibung")
    first, second = bridge(projection, 2021, 2022), bridge(projection, 2022, 2023)
    assert (teur(first.start), teur(first.after(Change.DROPPED)), teur(first.end)) == (1156, 891, 887)
    assert [teur(step.amount) for step in first.steps] == [-227, -20, -18, 16, -20]
    assert [(step.measure, teur(step.amount)) for step in second.steps] == [(CAMPUS, 27)]
    assert (teur(second.end), first.rest, second.rest) == (914, 0, 0)


def test_land_ends_needs_1800_more_in_2023(paper: Reading) -> None:
    projection = projected(paper, "Land endet")
    assert teur(projection.measure(SOCIAL_WORK).amount(2023).value) == 1800
    assert teur(projection.total(2023).need) == 2466
    assert teur(projection.total(2022).need) == 639


def test_land_goes_on_235_are_covered_out_of_the_1800(paper: Reading) -> None:
    projection = projected(paper, "land fördert-weiter")
    amount, total = projection.measure(FLAT_RATE).amount(2023), projection.total(2023)
    assert (amount.value, amount.exact, amount.standing) == (235_000, 235_060, Standing.PROVIDED)
    assert (teur(total.need), teur(total.provided), teur(total.additional)) == (901, 235, 666)


def test_the_scenarios_are_those_of_the_workbook(paper: Reading) -> None:
    assert set(projected(paper).scenarios) == {"basis", "Fortschreibung", "Land endet", "Land fördert weiter"}


def test_an_unknown_scenario_is_refused_with_the_names_there_are(paper: Reading) -> None:
    with pytest.raises(BadConfiguration, match="Land fördert weiter"):
        projected(paper, "Land zahlt alles")


def test_the_evidence_is_due_three_months_after_the_grant(paper: Reading) -> None:
    (due,) = projected(paper).due
    assert (due.what, due.day) == ("Verwendungsnachweis", date(2023, 3, 31))
    assert due.source.sheet == "Stellen"
    assert paper.workbook.cell(due.source) is not None
