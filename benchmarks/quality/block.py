"""How is a table of measures by years written? One builder, whose shape each layout chooses."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from benchmarks.quality.book import PLAIN, Place, Sheet, Style, a1, adding, summed
from benchmarks.quality.plan import Item, Plan, Unit, Year
from benchmarks.quality.table import Added, Head, Line, Table, Total
from benchmarks.quality.vocabulary import (
    ACCOUNTS,
    KINDS,
    MORE_SUBTOTALS,
    MORE_TOTALS,
    NAME_HEADS,
    NUMBER_HEADS,
    PAYEE_HEADS,
    REMARK_HEADS,
    REMARKS,
    ROW_TOTALS,
    SUBTOTALS,
    TOTALS,
    Entry,
)

HEAD = Style(bold=True, fill="#D9E1F2", border=True, wrap=True, align="center")
NAME = Style(wrap=True)
KEY = Style(bold=True, italic=True)
TITLE = Style(bold=True, size=14)
SMALL = Style(italic=True, size=9)
UNIT_LINES = (
    "in {unit}", "Angaben in {unit}", "({unit})", "Alle Beträge in {unit}", "Werte in {unit}", "alle Angaben in {unit}",
    "Betrag in {unit}", "- in {unit} -",
)  # fmt: skip
MAY_STAND_BEHIND = frozenset({"payee", "until", "office", "priority", "centre"})


@dataclass(frozen=True)
class Shape:
    """What a table looks like."""

    head: str = "single"  # single, with_unit, stacked_unit, stacked_kind
    lead: tuple[str, ...] = ("name",)  # nr, product, account, name, payee, until, rate
    tail: tuple[str, ...] = ()  # row_total, delta, share, ff, ve, davon, remark
    total: str = "bottom"  # bottom, top, none
    groups: int = 0  # 0 plain, 1 subtotals, 2 subtotals of subtotals
    key_rows: bool = False
    unit_by: str = "title"  # title, head, above, format
    growth: bool = False
    memo_rows: bool = False
    notes: bool = False
    subtotal_function: bool = False  # SUBTOTAL(9, …) instead of SUM
    number_format: str = ""
    dash: bool = False  # an en dash where nothing is needed
    status: str = ""  # words added to the title
    behind: tuple[str, ...] = ()  # of the lead, what stands behind the years
    spaced: str = ""  # "rows": an empty row after every second measure, "groups": one after each group
    gap: bool = False  # a narrow empty column before the years


def shape(random: Random, needs: frozenset[str] = frozenset(), **fixed: object) -> Shape:
    """A shape of chance with what is needed and what is fixed."""
    lead = ["name"]
    if "nr" in needs or random.random() < 0.35:
        lead.insert(0, "nr")
    if "codes" in needs or random.random() < 0.2:
        lead[-1:-1] = ["product", "account"]
    if "until" in needs or random.random() < 0.08:
        lead.append("until")
    elif random.random() < 0.3:
        lead.append("payee")
    growth = "growth" in needs or random.random() < 0.12
    if growth:
        lead.append("rate")
    lead += [role for role in ("unit", "office", "priority", "centre") if random.random() < 0.05]
    behind = tuple(role for role in lead if role in MAY_STAND_BEHIND and random.random() < 0.12)
    tail = [role for role in ("row_total", "delta", "share") if role in needs or random.random() < 0.15]
    tail += [role for role in ("ff", "ve", "davon") if role in needs or random.random() < 0.07]
    if random.random() < 0.25:
        tail.append("remark")
    chosen: dict[str, object] = {
        "head": random.choice(("single", "single", "with_unit", "stacked_unit", "stacked_kind")),
        "lead": tuple(lead),
        "tail": tuple(tail),
        "unit_by": random.choice(("title", "above", "title", "format")),
        "growth": growth,
        "groups": 1 if "groups" in needs else 0,
        "key_rows": "keys" in needs or random.random() < 0.2,
        "notes": "notes" in needs or random.random() < 0.25,
        "memo_rows": "memo_rows" in needs or random.random() < 0.06,
        "number_format": random.choice(("", "", "", "red", "accounting", "decimals")),
        "dash": random.random() < 0.05 and not {"delta", "share"} & set(tail) and not growth,
        "behind": behind,
        "spaced": random.choice(("rows", "groups", *[""] * 10)),
        "gap": random.random() < 0.06 and not growth,
    }
    if "unit" in lead and random.random() < 0.5:
        chosen["unit_by"] = "column"
    return Shape(**{**chosen, **fixed})  # type: ignore[arg-type]


@dataclass
class _Columns:
    """The columns of a table by role, years by index."""

    lead: dict[str, int] = field(default_factory=dict)
    heads: list[tuple[int, str, Year | None, str]] = field(default_factory=list)  # column, role, year, text


def block(sheet: Sheet, plan: Plan, look: Shape, random: Random, top: int = 1, left: int = 1, title: str = "") -> Table:
    """A table from `top` on, its title there and the header below. Alone on its sheet it may begin further right."""
    if left == 1 and not sheet.cells and random.random() < 0.15:
        left = random.choice((2, 2, 3))
    return _Block(sheet, plan, look, random, top, left).build(title)


class _Block:
    def __init__(self, sheet: Sheet, plan: Plan, look: Shape, random: Random, top: int, left: int) -> None:
        self.sheet, self.plan, self.look, self.random, self.left = sheet, plan, look, random, left
        self.unit = plan.unit
        self.row = top
        self.columns = _Columns()
        self.amount = _amount_style(plan.unit, look, random)
        self.bold = Style(number=self.amount.number, bold=True, top=True, fill=random.choice(("", "#F2F2F2")))
        self.table = Table(sheet, plan.unit, None, [], [], [], unit_by=look.unit_by, formulas=look.growth)
        self.words = random.choice(("kind first",) * 8 + ("line break", "kind last", "HJ", "HHJ", "Jahr", "brackets"))
        self.kinds = random.choice(KINDS)
        self.number_codes = random.random() < 0.3
        self.nothing = random.choice(("–", "–", "k. A."))
        self.dotted = random.random() < 0.4
        self.marks = iter(("*", "**")) if random.random() < 0.7 else iter(("1)", "2)"))

    def build(self, title: str) -> Table:
        self.table.title = self.write_title(title)
        self.lay_columns()
        self.write_header()
        self.merge_title()
        if self.look.total == "top":
            at = self.row
            self.row += 1
            self.body()
            end, self.row = self.row, at
            self.grand_total()
            self.row = end
        else:
            self.body()
            if self.look.total == "bottom":
                self.grand_total()
        self.shares()
        self.footer()
        self.table.below = self.row
        self.table.right = max([column for column, *_ in self.columns.heads] + list(self.columns.lead.values()))
        self.table.label_column = self.columns.lead["name"]
        return self.table

    # -- header

    def write_title(self, title: str) -> Place:
        text = title or self.random.choice(
            (
                f"{self.plan.department.name}: {self.plan.groups[0][0]}",
                f"Anmeldungen {self.plan.department.name}",
                f"{self.plan.department.short} – Maßnahmen {self.plan.years[0].value} bis {self.plan.years[-1].value}",
                f"Ergebnishaushalt {self.plan.department.name}",
                f"THH {self.plan.department.office} {self.plan.department.short}",
                f"Mittelanmeldung {self.plan.department.name} zum Haushalt {self.plan.years[-1].value}",
                f"Finanzplanung {self.plan.department.short}",
            )
        )
        if self.look.unit_by == "title":
            text += self.random.choice((" in {unit}", " ({unit})", ", Beträge in {unit}")).format(unit=self.unit.text)
        place = self.sheet.put((self.row, self.left), text, TITLE)
        if self.look.unit_by == "title":
            self.table.unit_at.append(place)
        if self.left == 1 and self.row < 3 and self.random.random() < 0.25:
            self.preamble()
        self.row += self.random.choice((1, 2, 2))
        return place

    def preamble(self) -> None:
        """Who announces what, above the table, as forms have it."""
        lines = (
            f"Teilhaushalt {self.plan.department.office} {self.plan.department.name}",
            f"Produktbereich {self.plan.department.product} {self.plan.department.product_name}",
            "Ansprechpartnerin: Frau Berger, Tel. 216-4711",
            "Stand: 14.03.2025",
            "Entwurf, noch nicht abgestimmt",
        )
        for text in self.random.sample(lines, self.random.randint(1, 4)):
            self.row += 1
            self.sheet.put((self.row, self.left), text, SMALL)

    def merge_title(self) -> None:
        """The title across the table, and at times the codes hidden."""
        last = max(column for column, *_ in self.columns.heads)
        title = self.table.title
        if title and self.left == 1 and self.random.random() < 0.25:
            self.sheet.merges.append((title, (title[0], last)))
        if self.left == 1 and "product" in self.columns.lead and self.random.random() < 0.1:
            self.sheet.hidden_columns |= {self.columns.lead["product"], self.columns.lead["account"]}

    def lay_columns(self) -> None:
        column = self.left
        for role in self.look.lead:
            if role not in self.look.behind:
                self.columns.lead[role] = column
                column += 1
        if self.look.gap:
            self.sheet.widths[column] = 2
            column += 1
        for planned in self.plan.years:
            self.columns.heads.append((column, "year", planned, _year_text(planned, self.words, self.kinds)))
            column += 1
        first, last = self.plan.years[0].value, self.plan.years[-1].value
        texts = {
            "row_total": self.random.choice(ROW_TOTALS).format(first=first, last=last),
            "delta": self.random.choice(("Veränderung", f"Veränderung {last - 1}/{last}", "Differenz zum Vorjahr")),
            "share": f"Anteil an {last}" if self.random.random() < 0.5 else "Anteil in %",
            "ff": f"{last + 1} ff.",
            "ve": self.random.choice((f"VE {last + 1}", "VE", f"davon VE {last}")),
            "davon": self.random.choice((f"davon Land {last}", f"davon Drittmittel {last}", "davon Zuschuss Land")),
            "remark": self.random.choice(REMARK_HEADS),
        }
        order = ["ff", "row_total", "delta", "share", "ve", "davon", "remark"]
        for role in order:
            if role in self.look.tail:
                year = Year(last + 1, open_ended=True) if role == "ff" else None
                self.columns.heads.append((column, role, year, texts[role]))
                column += 1
        for role in self.look.lead:
            if role in self.look.behind:
                self.columns.lead[role] = column
                column += 1

    def write_header(self) -> None:
        look, unit = self.look, self.unit.text
        years = [entry for entry in self.columns.heads if entry[1] in {"year", "ff"}]
        if look.unit_by == "above":
            text = self.random.choice(UNIT_LINES)
            at = (self.row, self.random.choice((self.left, years[-1][0])))
            self.table.unit_at.append(self.sheet.put(at, text.format(unit=unit), SMALL))
            self.row += 1
        stacked = look.head.startswith("stacked")
        second = self.row + 1 if stacked else self.row
        lead = self.lead_texts()
        for role, column in self.columns.lead.items():
            self.sheet.put((self.row, column), lead[role], HEAD)
            if stacked and self.left == 1:
                self.sheet.put((second, column), None, HEAD)
                self.sheet.merges.append(((self.row, column), (second, column)))
        if look.head == "stacked_unit":
            self.over_years(self.random.choice(("Budget in {unit}", "Beträge in {unit}", "in {unit}")), years)
        elif look.head == "stacked_kind":
            self.kinds_over(years)
        style = self.random.choice(("in", "plain", "lines"))
        for column, role, year, text in self.columns.heads:
            value: str | int = text
            if role in {"year", "ff"} and look.head == "with_unit":
                value = {"in": f"{text} in {unit}", "plain": f"{text} {unit}", "lines": f"{text}\n{unit}"}[style]
                self.table.unit_at.append((second, column))
            elif role == "year" and year is not None and (text == str(year.value) or look.head == "stacked_kind"):
                value = year.value if self.random.random() < 0.8 or look.head == "stacked_kind" else str(year.value)
            at_row = self.row if stacked and role not in {"year", "ff"} else second
            self.sheet.put((at_row, column), value, HEAD)
            self.sheet.widths[column] = 14 if role != "remark" else 32
            if role != "remark":
                self.table.heads.append(Head((at_row, column), role, year))
        self.row = second + 1
        self.header_last = second

    def over_years(self, text: str, years: list[tuple[int, str, Year | None, str]]) -> None:
        first, last = (self.row, years[0][0]), (self.row, years[-1][0])
        self.sheet.put(first, text.format(unit=self.unit.text), HEAD)
        self.table.unit_at.append(first)
        if first != last:
            self.sheet.merges.append((first, last))

    def kinds_over(self, years: list[tuple[int, str, Year | None, str]]) -> None:
        plain = [entry for entry in years if entry[1] == "year"]
        runs: list[list[tuple[int, str, Year | None, str]]] = []
        for entry in plain:
            assert entry[2] is not None
            if runs and runs[-1][0][2] is not None and runs[-1][0][2].kind == entry[2].kind:
                runs[-1].append(entry)
            else:
                runs.append([entry])
        for run in runs:
            assert run[0][2] is not None
            first, last = (self.row, run[0][0]), (self.row, run[-1][0])
            kind = run[0][2].kind
            self.sheet.put(first, self.kinds.get(kind, kind) or "Ansatz", HEAD)
            if first != last:
                self.sheet.merges.append((first, last))

    def lead_texts(self) -> dict[str, str]:
        return {
            "nr": self.random.choice(NUMBER_HEADS),
            "product": self.random.choice(("Produkt", "Produktgruppe")),
            "account": self.random.choice(("Kontengruppe", "Kontengr.", "KGr.")),
            "name": self.random.choice(NAME_HEADS),
            "payee": self.random.choice(PAYEE_HEADS),
            "until": self.random.choice(("befristet bis", "Förderzeitraum bis", "Bewilligt bis")),
            "rate": self.random.choice(("Steigerung p. a.", "Dynamisierung", "Index")),
            "unit": "Einheit",
            "office": self.random.choice(("THH", "Amt", "Org.-Einheit")),
            "priority": self.random.choice(("Prio", "Priorität", "Rang")),
            "centre": self.random.choice(("Kostenstelle", "Kst.")),
        }

    # -- body

    def body(self) -> None:
        spans: list[tuple[int, int]] = []
        for title, items in self.plan.groups:
            first = len(self.table.lines)
            if self.look.groups:
                self.sheet.put((self.row, self.columns.lead["name"]), title, KEY)
                self.row += 1
            elif self.look.key_rows:
                self.key_row(title, items)
            for item in items:
                self.line(item)
            spans.append((first, len(self.table.lines) - 1))
            if self.look.groups:
                self.subtotal(title, *spans[-1])
            if self.look.spaced == "groups" and not self.look.subtotal_function:
                self.row += 1
            if self.look.groups == 2 and len(spans) == 2:
                self.upper_total("Bereich 1", spans[0][0], spans[1][1])
        if self.look.groups == 2 and len(spans) > 2:
            self.upper_total("Bereich 2", spans[2][0], spans[-1][1])

    def key_row(self, title: str, items: tuple[Item, ...]) -> None:
        department = self.plan.department
        accounts = {item.entry.account for item in items}
        text = f"{items[0].product} {title}"
        if len(accounts) == 1:
            account = accounts.pop()
            code = str(account) if self.random.random() < 0.5 else f"{account}0"
            full = f"{items[0].product}.00.00-{department.office} {department.product_name}/{code} {ACCOUNTS[account]}"
            text = self.random.choice((text, full))
        self.table.keys.append(self.sheet.put((self.row, self.columns.lead["name"]), text, KEY))
        self.row += 1

    def line(self, item: Item) -> None:
        row, lead = self.row, self.columns.lead
        line = Line(item, (row, lead["name"]), {})
        name = item.name
        if self.look.notes and len(self.table.lines) in {1, 3}:
            mark = next(self.marks, "")
            name += mark
            self.table.notes.append((mark, line.label)) if mark else None
        self.sheet.put(line.label, name, NAME)
        texts: dict[str, object] = {
            "nr": len(self.table.lines) + 1,
            "product": item.product,
            "account": item.entry.account if self.number_codes else str(item.entry.account),
            "payee": item.entry.payee or self.plan.department.name,
            "until": self.until(item),
            "unit": self.unit.text,
            "office": self.plan.department.office,
            "priority": self.random.choice(("A", "B", "C") if self.dotted else (1, 2, 3)),
            "centre": f"{self.plan.department.office}0{len(self.table.lines) % 7 + 1}0",
            "rate": {"growing": item.rate, "equal": Decimal(0)}.get(item.course),
        }
        for role, column in lead.items():
            if role != "name":
                style = Style(number="0.0%") if role == "rate" else PLAIN
                value = f"{texts['nr']}." if role == "nr" and self.dotted else texts[role]
                line.beside[role] = self.sheet.put((row, column), value, style)  # type: ignore[arg-type]
        self.fill(line)
        self.table.lines.append(line)
        self.row += 1
        if self.look.memo_rows and len(self.table.lines) in {2, 5}:
            self.memo(line)
        if self.look.spaced == "rows" and len(self.table.lines) % 2 == 0:
            self.row += 1

    def until(self, item: Item) -> str | int:
        if item.until is not None:
            return f"31.12.{item.until}"
        return self.random.choice(("unbefristet", f"31.12.{self.plan.years[-1].value + 2}"))

    def fill(self, line: Line) -> None:
        row, amounts = line.label[0], line.item.amounts
        years = [column for column, role, *_ in self.columns.heads if role == "year"]
        for index, (column, role, _year, _text) in enumerate(self.columns.heads):
            if role == "remark":
                if self.random.random() < 0.4:
                    self.sheet.put((row, column), self.random.choice(REMARKS), NAME)
                continue
            place = (row, column)
            line.amounts[index] = place
            if role == "year":
                self.year_amount(line, place, amounts[years.index(column)], column == years[0])
            elif role == "row_total":
                self.sheet.calc(place, adding([(row, one) for one in years]), self.amount)
            elif role == "delta":
                self.sheet.calc(place, f"{a1((row, years[-1]))}-{a1((row, years[-2]))}", self.amount)
            elif role == "ff":
                self.sheet.put(place, self.random.choice((amounts[-1], Decimal(0))), self.amount)
            elif role in {"ve", "davon"}:
                self.sheet.put(place, self.part_of(amounts[-1]), self.amount)

    def part_of(self, amount: Decimal | None) -> Decimal | None:
        if not amount or self.random.random() < 0.5:
            return None
        step = Decimal(1).scaleb(-self.unit.digits) * (100 if self.unit.factor == 1 else 1)
        return (amount * self.random.randint(20, 60) / 100 // step) * step

    def year_amount(self, line: Line, place: Place, amount: Decimal | None, first: bool) -> None:
        if self.look.growth and not first and line.item.course in {"growing", "equal"}:
            before = a1((place[0], place[1] - 1))
            rate = a1(line.beside["rate"], "c")
            digits = {1: -2 if self.unit.factor == 1 else 0}.get(self.unit.factor, self.unit.digits)
            self.sheet.calc(place, f"ROUND({before}*(1+{rate}),{digits})", self.amount)
        elif amount == 0 and self.look.dash:
            self.sheet.put(place, self.nothing, Style(number=self.amount.number, align="right"))
        else:
            self.sheet.put(place, amount, self.amount)

    def memo(self, line: Line) -> None:
        text = self.random.choice(("davon Personalkosten", "davon Mietkosten", "davon aus Spenden", "davon Sachkosten"))
        entry = Entry(text, "", 43, 0)
        memo = Line(Item(entry, (), "free"), (self.row, self.columns.lead["name"]), {}, memo=True)
        self.sheet.put(memo.label, text, Style(indent=1, italic=True))
        for index, head in enumerate(self.table.heads):
            if head.role == "year":
                amount = line.item.amounts[index]
                place = (self.row, head.at[1])
                memo.amounts[index] = self.sheet.put(place, self.half(amount), self.amount)
        self.table.memos.append(memo)
        self.row += 1

    def half(self, amount: Decimal | None) -> Decimal | None:
        step = Decimal(1).scaleb(-self.unit.digits) * (100 if self.unit.factor == 1 else 1)
        return (amount / 2 // step) * step if amount else amount

    # -- totals

    def added_heads(self) -> list[int]:
        return [index for index, head in enumerate(self.table.heads) if head.role != "share"]

    def subtotal(self, title: str, first: int, last: int) -> None:
        label = (self.row, self.columns.lead["name"])
        self.sheet.put(label, self.random.choice((*SUBTOTALS, *MORE_SUBTOTALS)).format(group=title), Style(bold=True))
        lines = self.table.lines[first : last + 1]
        cells = [
            Added((self.row, self.table.heads[head].at[1]), [line.amounts[head] for line in lines], head)
            for head in self.added_heads()
        ]
        self.put_total(Total(label, cells, "subtotal", first, last), Style(number=self.amount.number, bold=True))
        self.row += 1

    def upper_total(self, title: str, first: int, last: int) -> None:
        label = self.sheet.put((self.row, self.columns.lead["name"]), f"Summe {title}", Style(bold=True))
        below = [
            one for one in self.table.totals if one.level == "subtotal" and one.first >= first and one.last <= last
        ]
        cells = [
            Added((self.row, self.table.heads[head].at[1]), [_at(one, head) for one in below], head, "totals")
            for head in self.added_heads()
        ]
        self.put_total(Total(label, cells, "upper", first, last), self.bold)
        self.row += 1

    def grand_total(self) -> None:
        text = self.random.choice((*TOTALS, *MORE_TOTALS)).format(office=self.plan.department.office)
        label = self.sheet.put((self.row, self.columns.lead["name"]), text, Style(bold=True))
        below = self.table.level("upper") or self.table.level("subtotal")
        cells = []
        for head in self.added_heads():
            parts = [_at(one, head) for one in below] or [line.amounts[head] for line in self.table.lines]
            cells.append(Added((self.row, self.table.heads[head].at[1]), parts, head, "totals" if below else "lines"))
        self.put_total(Total(label, cells, "grand", 0, len(self.table.lines) - 1), self.bold)
        self.row += 1

    def put_total(self, total: Total, style: Style) -> None:
        pluses = self.random.random() < 0.5
        for cell in total.cells:
            self.sheet.calc(cell.at, self.total_formula(cell, total, pluses), style)
        self.table.totals.append(total)

    def total_formula(self, cell: Added, total: Total, pluses: bool) -> str:
        if self.look.subtotal_function:
            lines = [line.amounts[cell.head] for line in self.table.lines[total.first : total.last + 1]]
            return f"SUBTOTAL(9,{a1(lines[0])}:{a1(lines[-1])})"
        if cell.made_of == "totals" and pluses:
            return "+".join(a1(part) for part in cell.parts)
        return summed(self.sheet, cell.parts)

    def shares(self) -> None:
        """Rows' totals as facts, and shares of the grand total where there is one."""
        years = self.table.years()
        for head in self.table.role("row_total"):
            at = self.table.heads[head].at
            cells = [Added(line.amounts[head], [line.amounts[one] for one in years], head) for line in self.table.lines]
            self.table.totals.append(Total(at, cells, "row", 0, len(self.table.lines) - 1))
        grand = self.table.level("grand")
        for head in self.table.role("share"):
            for line in self.table.lines:
                if not grand:
                    continue
                whole = a1(_at(grand[0], years[-1]), "r")
                self.sheet.calc(line.amounts[head], f"{a1(line.amounts[years[-1]])}/{whole}", Style(number="0.0%"))
        if not grand:
            for head in self.table.role("share"):
                for line in self.table.lines:
                    del line.amounts[head]

    def footer(self) -> None:
        if self.look.memo_rows and self.random.random() < 0.5:
            self.row += 1
            label = self.sheet.put(
                (self.row, self.columns.lead["name"]), "nachrichtlich: Verpflichtungsermächtigungen", SMALL
            )
            memo = Line(Item(Entry("nachrichtlich", "", 43, 0), (), "free"), label, {}, memo=True)
            for index in self.table.years()[1:]:
                amount = self.half(self.table.lines[0].item.amounts[index])
                memo.amounts[index] = self.sheet.put((self.row, self.table.heads[index].at[1]), amount, self.amount)
            self.table.memos.append(memo)
            self.row += 1
        if self.table.notes:
            self.row += 1
            self.table.notes = [(mark, self.note(mark, number)) for number, (mark, _) in enumerate(self.table.notes)]
        self.row += 1

    def note(self, mark: str, number: int) -> Place:
        texts = (
            f"Mittel stehen auch für das Jahr {self.plan.years[-1].value + 1} bereit",
            "vorbehaltlich der Zusage des Landes",
        )
        place = self.sheet.put((self.row, self.left), f"{mark} {texts[number % 2]}", SMALL)
        self.row += 1
        return place


def _at(total: Total, head: int) -> Place:
    return next(cell.at for cell in total.cells if cell.head == head)


def _year_text(year: Year, words: str, kinds: dict[str, str]) -> str:
    if not year.kind:
        return f"{words} {year.value}" if words in {"HJ", "HHJ", "Jahr"} else str(year.value)
    kind = kinds.get(year.kind, year.kind)
    if words == "kind last":
        return f"{year.value} {kind}"
    if words == "brackets":
        return f"{year.value} ({kind})"
    return f"{kind}\n{year.value}" if words == "line break" else f"{kind} {year.value}"


def _amount_style(unit: Unit, look: Shape, random: Random) -> Style:
    number = unit.format
    if look.unit_by == "format" and look.head not in {"with_unit", "stacked_unit"}:
        return Style(number=f'{number} "{unit.text}"' if unit.text != "€" else f"{number} €")
    if look.number_format == "red":
        number = f"{number};[Red]-{number}"
    elif look.number_format == "accounting":
        number = f'_-* {number}_-;-* {number}_-;_-* "-"_-;_-@_-'
    elif look.number_format == "decimals" and unit.factor == 1:
        number = "#,##0.00"
    return Style(number=number, unlocked=random.random() < 0.2)
