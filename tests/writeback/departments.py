"""Ten departments' workbooks, each laid out by another hand, and what each must hold once it reaches 2030.

What is expected is computed here, from the amounts the generator drew and never from the file, by pandas over whole
frames; the only thing it shares with the program is the meaning of the six rules.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pik_excel.grid.reference import column_letters
from pik_excel.ooxml.package import Package

TO = 2030
FACTORS = {"EUR": 1, "TEUR": 1000}
NAMES = (
    "Sprachkurse", "Beratungsstelle", "Jugendtreff Nord", "Dolmetscherdienst", "Hausaufgabenhilfe", "Stadtteilfest",
    "Mobile Jugendarbeit", "Frauenhaus", "Tafelladen", "Fahrradwerkstatt", "Elterncafé", "Lesepaten",
)  # fmt: skip
RULES = ("Regel", "Bedarf", "von", "bis", "Steigerung je Jahr", "Basisjahr", "Anteil", "Gesamtkosten", "Höchstbetrag",
         "Stellen", "Satz", "Fallzahl", "Schlüssel")  # fmt: skip


@dataclass(frozen=True)
class Department:
    """How its list is laid out; `right` are the columns behind the years: "ff", "sum", "change", "remark"."""

    name: str
    sheet: str
    years: tuple[int, ...]
    unit: str = "TEUR"
    head: str = "{year}"
    top: int = 5
    left: int = 1
    right: tuple[str, ...] = ("remark",)
    groups: int = 1
    above: bool = False
    table: bool = False
    hidden: int = 0
    assumed: bool = False
    requested: bool = False
    macro: bool = False
    chart: str = ""  # "same" sheet, "other" sheet
    merged: bool = False
    seed: int = 0

    @property
    def last(self) -> int:
        """The last stated year."""
        return self.years[-1]

    @property
    def added(self) -> int:
        """How many columns must come."""
        return TO - self.last

    @property
    def digits(self) -> int:
        """Decimals of its amounts."""
        return 2 if self.unit == "EUR" else 0


DEPARTMENTS = (
    Department("Sozialamt", "Maßnahmen 2024", (2023, 2024, 2025), head="{year}", right=("remark",), chart="same"),
    Department("Jugendamt", "Plan", (2022, 2023, 2024, 2025, 2026), "EUR", "{kind} {year}", right=("sum", "remark"),
               groups=3, chart="other", left=2),
    Department("Schulverwaltungsamt", "THH 5", (2024, 2025, 2026), head="{year} TEUR", right=("ff", "remark"),
               merged=True, top=7),
    Department("Kulturamt", "Zuschüsse", (2024, 2025), head="Ansatz {year} in TEUR", table=True, right=("remark",)),
    Department("Amt für Sport", "Liste", (2023, 2024, 2025, 2026), "EUR", "{year} EUR", above=True, right=("sum",),
               left=3),
    Department("Gesundheitsamt", "Maßnahmen", (2024, 2025), assumed=True, right=("sum", "remark"), chart="other"),
    Department("Tiefbauamt", "Unterhaltung", (2020, 2021, 2022, 2023, 2024, 2025), head="{kind} {year} TEUR", hidden=3,
               right=("ff", "sum", "remark"), groups=2),
    Department("Amt für Umweltschutz", "Förderung", (2024, 2025, 2026, 2027), "EUR", "HJ {year} EUR", macro=True,
               right=("change", "remark"), chart="same"),
    Department("Stadtplanungsamt", "Programm", (2023, 2024, 2025), above=True, groups=2, right=("ff", "sum"),
               assumed=False, chart="other", merged=True, top=9),
    Department("Ordnungsamt", "Beschlossen", (2024, 2025), head="{year} TEUR", requested=True, assumed=True,
               right=("remark",)),
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A department's workbook. `rows` are measures, subtotals and the total in the order of the sheet: name, kind
    (measure, subtotal, total), group, and an amount by year, None where nothing is stated; `ff` and `remark`.
    `assumptions` has a row for each measure; `requested` the amounts in EUR that a second sheet asks for."""

    department: Department
    package: Package
    rows: pd.DataFrame
    assumptions: pd.DataFrame
    requested: pd.DataFrame = field(default_factory=pd.DataFrame)

    def place(self, index: int) -> int:
        """The row of the sheet on which a row of the frame stands, from 1."""
        return self.department.top + 1 + index

    def column(self, kind: str, year: int = 0, *, after: bool = False) -> int:
        """The column of a year, or of what stands behind the years, from 1; `after`: with the new columns."""
        first = self.department.left + 1
        if kind == "year":
            return first + year - self.department.years[0]
        count = len(self.department.years) + (self.department.added if after else 0)
        return first + count + self.department.right.index(kind)


def made(department: Department) -> Made:
    """The workbook."""
    dice = random.Random(f"{department.name} {department.seed}")
    measures = _measures(dice, department)
    assumptions = _assumptions(dice, department, measures)
    rows = _with_totals(department, measures)
    requested = _requested(dice, department, measures) if department.requested else pd.DataFrame()
    package = _file(department, rows, assumptions, requested)
    return Made(department, package, rows, assumptions, requested)


# What must come out


def expected(case: Made) -> pd.DataFrame:
    """The list up to 2030: the rows as before, with a column for each year; NaN is a blank cell."""
    department = case.department
    measures = case.rows[case.rows["kind"] == "measure"].set_index("name")
    later = np.arange(department.last + 1, TO + 1)
    amounts = pd.DataFrame(_by_rule(case, measures, later), index=measures.index, columns=list(later))
    if "ff" in department.right:
        amounts = pd.DataFrame(dict.fromkeys(later, measures["ff"]))
    if not case.requested.empty:
        asked = (case.requested / FACTORS[department.unit]).reindex(measures.index)
        amounts = _half_up(asked, department.digits).reindex(columns=later).combine_first(amounts)
    whole = measures[list(department.years)].join(amounts)
    sums = case.rows[["name", "kind", "group"]].copy()
    for year in whole.columns:
        by_group = whole[year].groupby(measures["group"]).sum()
        sums[year] = sums["name"].map(whole[year])
        sums.loc[sums["kind"] == "subtotal", year] = sums["group"].map(by_group)
        sums.loc[sums["kind"] == "total", year] = whole[year].sum()
    return sums


def need(case: Made) -> pd.Series:
    """The need of all measures by year in the unit of the list. What the second sheet asks for counts to the euro, also
    for a measure that only stands there; such a one goes on with what was asked for last."""
    found = expected(case)
    total = found[found["kind"] == "total"].iloc[0][range(case.department.years[0], TO + 1)].astype(float)
    if case.requested.empty:
        return total
    asked = case.requested / FACTORS[case.department.unit]
    in_list = asked.index.isin(found["name"])
    rounded = _half_up(asked[in_list], case.department.digits)
    for year in asked.columns:
        total[year] += (asked[in_list][year] - rounded[year]).sum() + asked[~in_list][year].sum()
    for year in range(asked.columns[-1] + 1, TO + 1):
        total[year] += asked[~in_list][asked.columns[-1]].sum()
    return total


def _by_rule(case: Made, measures: pd.DataFrame, years: np.ndarray) -> np.ndarray:
    """The amounts of all measures in all years at once."""
    rules = case.assumptions.reindex(measures.index)
    factor = FACTORS[case.department.unit]

    def column(name: str, missing: float = np.nan) -> np.ndarray:
        return rules[name].astype(float).fillna(missing).to_numpy()[:, None]

    year = years[None, :]
    grown = (1 + column("Steigerung je Jahr", 0)) ** (year - np.where(
        np.isnan(column("Basisjahr")), column("von", case.department.last + 1), column("Basisjahr")))  # fmt: skip
    posts = np.where(np.isnan(column("Stellen")), np.ceil(column("Fallzahl") / column("Schlüssel")), column("Stellen"))
    last = _last(case, measures) * factor
    base = np.where(np.isnan(column("Bedarf")), last, column("Bedarf"))
    rule = rules["Regel"].to_numpy()[:, None]
    in_eur = np.select(
        [np.isin(rule, ["halten"]), rule == "befristet", rule == "index", rule == "stellen_satz", rule == "anteil"],
        [last, base, base * grown, posts * column("Satz") * grown, column("Anteil") * column("Gesamtkosten") * grown],
        np.nan,
    )
    in_eur = np.where(
        np.isin(rule, ["halten", "befristet"]), in_eur, np.minimum(in_eur, column("Höchstbetrag", np.inf))
    )
    runs = (year >= column("von", 0)) & (year <= column("bis", 9999))
    rounded = _half_up(pd.DataFrame(in_eur / factor), case.department.digits).to_numpy()
    return np.where(rule == "liste", np.nan, np.where(runs, rounded, 0))


def _last(case: Made, measures: pd.DataFrame) -> np.ndarray:
    """The last amount that anything states, in the unit of the list, as an amount a row."""
    last = measures[case.department.last].astype(float)
    if not case.requested.empty:
        asked = case.requested[case.requested.columns[-1]] / FACTORS[case.department.unit]
        last = _half_up(asked, case.department.digits).reindex(measures.index).combine_first(last)
    return last.to_numpy()[:, None]


def _half_up(amounts: pd.DataFrame | pd.Series, digits: int) -> pd.DataFrame | pd.Series:
    scale = 10**digits
    return np.sign(amounts) * np.floor(np.abs(amounts) * scale + 0.5 + 1e-7) / scale


# How it is drawn


def _measures(dice: random.Random, department: Department) -> pd.DataFrame:
    names = dice.sample(NAMES, len(NAMES))
    rows = []
    for group in range(department.groups):
        for _count in range(7 if department.assumed else dice.randrange(3, 5)):  # one more than there are rules
            most = 900 if department.unit == "TEUR" else 900_000
            row = {"name": names.pop(), "kind": "measure", "group": group, "remark": f"siehe Antrag {len(rows) + 1}"}
            for year in department.years:
                amount = dice.randrange(1, most)
                row[year] = amount + dice.randrange(100) / 100 if department.unit == "EUR" else amount
            row["ff"] = dice.choice([0, dice.randrange(1, 900)])
            rows.append(row)
    return pd.DataFrame(rows)


def _with_totals(department: Department, measures: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for group, rows in measures.groupby("group"):
        subtotal = pd.DataFrame([{"name": f"Zwischensumme {int(group) + 1}", "kind": "subtotal", "group": group}])
        pair = [subtotal, rows] if department.above else [rows, subtotal]
        parts += pair if department.groups > 1 else [rows]
    total = pd.DataFrame([{"name": "Gesamtsumme", "kind": "total", "group": -1}])
    rows = pd.concat([total, *parts] if department.above else [*parts, total], ignore_index=True)
    for year in (*department.years, "ff"):
        by_group = measures.groupby("group")[year].sum()
        rows.loc[rows["kind"] == "subtotal", year] = rows["group"].map(by_group)
        rows.loc[rows["kind"] == "total", year] = measures[year].sum()
    return rows


def _assumptions(dice: random.Random, department: Department, measures: pd.DataFrame) -> pd.DataFrame:
    """For each measure its rule; without a sheet "Annahmen" each goes on as it stood last, a limited one until its
    end."""
    last = department.last
    frame = pd.DataFrame(index=measures["name"], columns=list(RULES), dtype=object)
    frame["Regel"], frame["von"] = "halten", last + 1
    if not department.assumed:
        if "remark" in department.right and "ff" not in department.right:
            limited = measures["name"].iloc[1]
            frame.loc[limited, ["Regel", "bis"]] = ["befristet", last + 2]
            measures.loc[measures["name"] == limited, "remark"] = f"befristet bis 31.12.{last + 2}"
        return frame
    drawn = [
        {"Regel": "index", "Bedarf": 123_456.78, "Steigerung je Jahr": 0.035, "Basisjahr": last,
         "Höchstbetrag": 140_000},
        {"Regel": "anteil", "Anteil": 0.5, "Gesamtkosten": 649_412, "Höchstbetrag": 330_000, "Steigerung je Jahr": 0.02,
         "Basisjahr": last, "bis": TO - 1},
        {"Regel": "stellen_satz", "Fallzahl": dice.randrange(900, 2400), "Schlüssel": 120, "Satz": 63_683.83,
         "Steigerung je Jahr": 0.03, "Basisjahr": last + 1},
        {"Regel": "befristet", "Bedarf": 65_500, "bis": last + 2},
        {"Regel": "stellen_satz", "Stellen": 51.1, "Satz": 4_600, "bis": last + 3},
        {"Regel": "liste"},
    ]  # fmt: skip
    for name, values in zip(measures["name"], drawn, strict=False):
        if not (department.requested and values["Regel"] == "liste"):
            frame.loc[name, list(values)] = list(values.values())
    return frame


def _requested(dice: random.Random, department: Department, measures: pd.DataFrame) -> pd.DataFrame:
    """In EUR, for two years more: a measure of the list, and one that is new."""
    years = [department.last + 1, department.last + 2]
    names = [measures["name"].iloc[-1], "Nachtbus"]
    amounts = [[dice.randrange(10_000, 90_000) + 400 for _year in years] for _name in names]
    return pd.DataFrame(amounts, index=names, columns=years)


# The file


def _file(department: Department, rows: pd.DataFrame, assumptions: pd.DataFrame, requested: pd.DataFrame) -> Package:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": department.name, "created": datetime(2024, 3, 1)})
        sheet, other = book.add_worksheet(department.sheet), book.add_worksheet("Auswertung")
        _List(book, sheet, department, rows).write()
        _evaluation(book, other, department, rows)
        if department.requested:
            _request(book, requested)
        if department.assumed:
            _rules(book, department, assumptions)
        if department.macro:
            book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)), is_stream=True)
    ending = "xlsm" if department.macro else "xlsx"
    return Package.from_bytes(stream.getvalue(), Path(f"{department.name}.{ending}"))


class _List:
    """The list while it is written, with what a person puts around it."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet, department: Department, rows: pd.DataFrame) -> None:
        self.book, self.sheet, self.department, self.rows = book, sheet, department, rows
        self.left = department.left - 1  # column of the names, from 0
        self.first, self.after = department.left, department.left + len(department.years)
        self.top, self.bottom = department.top - 1, department.top - 1 + len(rows)
        shown = "#,##0.00" if department.digits else "#,##0"
        self.bold = book.add_format({"bold": True, "bg_color": "#DDE6F2", "border": 1})
        self.plain = book.add_format({"num_format": shown, "border": 1})
        self.strong = book.add_format({"num_format": shown, "bold": True, "top": 2})
        self.text = book.add_format({"text_wrap": True, "italic": True})

    def write(self) -> None:
        self._heads()
        for index, row in self.rows.iterrows():
            self._row(int(index), row)
        self._around()

    def heads(self) -> list[str | int]:
        """The header."""
        department = self.department
        kinds = {year: "Ansatz" if year <= department.years[1] else "Plan" for year in department.years}
        years = [department.head.format(year=year, kind=kinds[year]) for year in department.years]
        words = {"ff": department.head.format(year=f"{department.last + 1} ff.", kind="Plan"), "sum": "Summe",
                 "change": "Veränderung zum Vorjahr", "remark": "Bemerkung"}  # fmt: skip
        heads = ["Maßnahme", *years, *(words[kind] for kind in department.right)]
        return [int(head) if head.isdigit() else head for head in heads]

    def _heads(self) -> None:
        department, sheet = self.department, self.sheet
        sheet.write_string(0, self.left, f"{department.name}: Maßnahmen, Angaben in {department.unit}", self.bold)
        for place, head in enumerate(self.heads()):
            sheet.write(self.top, self.left + place, head, self.bold)
        if department.merged:
            sheet.merge_range(self.top - 1, self.first, self.top - 1, self.after - 1, "Haushaltsjahre", self.bold)

    def _row(self, index: int, row: pd.Series) -> None:
        department, at = self.department, self.top + 1 + index
        form = self.plain if row["kind"] == "measure" else self.strong
        self.sheet.write_string(at, self.left, row["name"], form)
        for place, year in enumerate(department.years):
            self._amount(at, self.first + place, row, year, form)
        for place, kind in enumerate(department.right):
            self._behind(at, self.after + place, kind, row, form)

    def _amount(self, at: int, column: int, row: pd.Series, year: int | str, form: object) -> None:
        formula = self._sum(column, row)
        if formula is None:
            self.sheet.write_number(at, column, row[year], form)
        else:
            self.sheet.write_formula(at, column, formula, form, round(row[year], 2))

    def _behind(self, at: int, column: int, kind: str, row: pd.Series, form: object) -> None:
        years = self.department.years
        first, before, last = (
            f"{column_letters(1 + one)}{at + 1}" for one in (self.first, self.after - 2, self.after - 1)
        )
        if kind == "ff":
            self._amount(at, column, row, "ff", form)
        elif kind == "sum":
            total = round(row[list(years)].sum(), 2)
            self.sheet.write_formula(at, column, f"=SUM({first}:{last})", form, total)
        elif kind == "change":
            change = round(row[years[-1]] - row[years[-2]], 2)
            self.sheet.write_formula(at, column, f"={last}-{before}", form, change)
        elif isinstance(row["remark"], str):
            self.sheet.write_string(at, column, row["remark"], self.text)

    def _sum(self, column: int, row: pd.Series) -> str | None:
        """SUM over the rows beneath or above; a total of subtotals adds these."""
        if row["kind"] == "measure":
            return None
        wanted = "subtotal" if row["kind"] == "total" and self.department.groups > 1 else "measure"
        chosen = self.rows[self.rows["kind"] == wanted]
        if row["kind"] == "subtotal":
            chosen = chosen[chosen["group"] == row["group"]]
        letter, lines = column_letters(column + 1), [self.top + 2 + int(one) for one in chosen.index]
        if wanted == "subtotal":
            return "=" + "+".join(f"{letter}{line}" for line in lines)
        return f"=SUM({letter}{lines[0]}:{letter}{lines[-1]})"

    def _around(self) -> None:
        department, sheet = self.department, self.sheet
        red = self.book.add_format({"font_color": "#B00020"})
        sheet.set_column(self.left, self.left, 34)
        sheet.set_column(self.first, self.after - 1, 12)
        sheet.set_column(self.after, self.after + len(department.right), 22)
        if department.hidden:
            sheet.set_column(self.first, self.first + department.hidden - 1, 12, None, {"hidden": True})
        rule = {
            "type": "cell",
            "criteria": ">",
            "value": 800 * FACTORS["TEUR"] / FACTORS[department.unit],
            "format": red,
        }
        sheet.conditional_format(self.top + 1, self.first, self.bottom, self.after - 1, rule)
        limits = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "Bitte eine Zahl ab 0."}
        sheet.data_validation(self.top + 1, self.first, self.bottom, self.after - 1, limits)
        sheet.write_comment(self.top + 1, self.first, "laut Beschluss vom 12.12.2023", {"author": "Kämmerei"})
        if department.right:
            sheet.write_comment(self.top, self.after, "bitte nicht ändern", {"author": "Kämmerei"})
        sheet.freeze_panes(self.top + 1, self.first)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(self.top)
        sheet.set_footer("&L&F&RSeite &P von &N")
        if department.table:
            columns = [{"header": str(head), "header_format": self.bold} for head in self.heads()]
            bottom = self.bottom - 1  # the total stands beneath it
            right = self.left + len(columns) - 1
            sheet.add_table(self.top, self.left, bottom, right, {"name": "Zuschuesse", "columns": columns})
        total = self.rows.index[self.rows["kind"] == "total"][0] + self.top + 2
        letters = [column_letters(1 + one) for one in (self.first, self.after - 1)]
        area = f"='{department.sheet}'!${letters[0]}${total}:${letters[1]}${total}"
        self.book.define_name("Gesamtbedarf", area)
        if department.chart == "same":
            self._chart(sheet, self.bottom + 3)

    def _chart(self, sheet: Worksheet, row: int) -> None:
        chart, name = self.book.add_chart({"type": "column"}), self.department.sheet
        total = int(self.rows.index[self.rows["kind"] == "total"][0]) + self.top + 1
        chart.add_series({
            "name": "Gesamtbedarf",
            "categories": [name, self.top, self.first, self.top, self.after - 1],
            "values": [name, total, self.first, total, self.after - 1],
        })  # fmt: skip
        sheet.insert_chart(row, self.left, chart)


def _evaluation(book: xlsxwriter.Workbook, sheet: Worksheet, department: Department, rows: pd.DataFrame) -> None:
    """Another sheet that refers to the list: its last year's total, and what stands behind the years."""
    total = rows.index[rows["kind"] == "total"][0]
    at, column = department.top + 1 + int(total), department.left + len(department.years)
    reference = f"'{department.sheet}'!{column_letters(column)}{at}"
    sheet.write_string(0, 0, f"Gesamtsumme {department.last}, doppelt")
    sheet.write_formula(0, 1, f"={reference}*2", None, round(2 * rows.loc[total, department.last], 2))
    sheet.write_string(1, 0, "Summe über alle Maßnahmen")
    first = department.left + 1
    begin = f"'{department.sheet}'!{column_letters(first)}{at}"
    stated = round(float(rows.loc[total, list(department.years)].sum()), 2)
    sheet.write_formula(1, 1, f"=SUM({begin}:{column_letters(column)}{at})", None, stated)
    if department.chart == "other":
        drawn = _List(book, sheet, department, rows)
        drawn._chart(sheet, 4)


def _request(book: xlsxwriter.Workbook, requested: pd.DataFrame) -> None:
    sheet, bold = book.add_worksheet("Anmeldung"), book.add_format({"bold": True})
    sheet.write_string(0, 0, "Zusätzlicher Bedarf (angemeldet) in EUR", bold)
    sheet.write_row(2, 0, ["Maßnahme", *(int(year) for year in requested.columns)], bold)
    for row, (name, amounts) in enumerate(requested.iterrows(), 3):
        sheet.write_row(row, 0, [name, *(int(one) for one in amounts)])
    sheet.write_string(5, 0, "Summe", bold)
    for column, year in enumerate(requested.columns, 1):
        letter = column_letters(column + 1)
        sheet.write_formula(5, column, f"=SUM({letter}4:{letter}5)", bold, int(requested[year].sum()))


def _rules(book: xlsxwriter.Workbook, department: Department, assumptions: pd.DataFrame) -> None:
    """The sheet "Annahmen" as this department made it: other columns than the program's, amounts in EUR."""
    sheet, bold = book.add_worksheet("Annahmen"), book.add_format({"bold": True, "bottom": 1})
    money = {"Bedarf": "Bedarf EUR", "Gesamtkosten": "Gesamtkosten EUR", "Höchstbetrag": "Höchstbetrag EUR",
             "Satz": "Satz EUR/Stelle"}  # fmt: skip
    sheet.write_string(0, 0, f"Annahmen des Amtes ({department.name})", bold)
    sheet.write_row(2, 0, ["Maßnahme", *(money.get(head, head) for head in RULES)], bold)
    for row, (name, values) in enumerate(assumptions.iterrows(), 3):
        sheet.write_string(row, 0, name)
        for column, head in enumerate(RULES, 1):
            if not pd.isna(values[head]):
                sheet.write(row, column, values[head])
