"""FIN: financing that does not add up, shares, caps, own money, posts, eligibility, need, parts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from benchmarks.quality.defects.site import Site, plants, step
from benchmarks.quality.formula import rounded
from benchmarks.quality.table import Financing
from benchmarks.quality.truth import Truth, joined, truth

PAID = ("FIN02", "FRM01", "FRM02", "SUM01", "SUM02")


def _financings(site: Site, fits: Callable[[Financing], object]) -> list[Financing]:
    chosen = [one for one in site.facts.financings if one.parts and fits(one)]
    site.random.shuffle(chosen)
    return chosen


@plants("FIN01", needs=["cost_typed"], companions=["financing"])
def part_changed(site: Site) -> Truth | None:
    for one in _financings(site, lambda one: one.total and one.sheet.cell(one.total).formula is None):
        _name, amount, _share = one.parts[-1]
        value = site.value(one.sheet, amount)
        cost = site.value(one.sheet, one.total)  # type: ignore[arg-type]
        if value is None or cost is None:
            continue
        change = max(rounded(cost / 20, -1), Decimal(100))
        one.sheet.retype(amount, value + change)
        places = [one.total, one.total_label, *(place for part in one.parts for place in part[:2])]
        kept = [place for place in places if place]
        return truth("FIN01", one.sheet, kept, f"{one.name}: a part raised by {change}", beside=[*PAID, "FIN03"])
    return None


@plants("FIN01", needs=["cost_typed"], companions=["financing"])
def cost_typed(site: Site) -> Truth | None:
    for one in _financings(site, lambda one: one.total):
        assert one.total is not None
        cost = site.value(one.sheet, one.total)
        if not cost:
            continue
        one.sheet.retype(one.total, cost + max(rounded(cost / 25, -2), Decimal(500)))
        places = [one.total, one.total_label, *(place for part in one.parts for place in part[:2])]
        kept = [place for place in places if place]
        return truth("FIN01", one.sheet, kept, f"{one.name}: a cost of an earlier draft", same=["SUM01"], beside=PAID)
    return None


@plants("FIN02", needs=["share_typed"], companions=["financing"])
def wrong_share(site: Site) -> Truth | None:
    for one in _financings(site, lambda one: one.shares_typed and any(part[2] for part in one.parts)):
        name, amount, share = site.random.choice([part for part in one.parts if part[2]])
        assert share is not None
        value = site.value(one.sheet, share)
        if value is None:
            continue
        change = Decimal(site.random.choice((3, 5, -4))) / 100
        one.sheet.retype(share, value + change)
        return truth(
            "FIN02",
            one.sheet,
            [share, amount, name],
            f"{one.name}: share off by {change}",
            beside=["FIN03", "FIN04", "FRM02"],
        )
    return None


@plants("FIN03", needs=["cap"], companions=["financing"])
def above_cap(site: Site) -> Truth | None:
    for one in _financings(site, lambda one: one.cap):
        name, amount, share = one.parts[0]
        value = site.value(one.sheet, amount)
        if not value or one.cap is None:
            continue
        one.sheet.retype(one.cap, rounded(value * Decimal("0.9"), -3) or value - 500)
        places = [place for place in (amount, one.cap, share, name, one.total_label) if place]
        return truth("FIN03", one.sheet, places, f"{one.name}: above its cap")
    return None


@plants("FIN03", needs=["cap"], companions=["financing"])
def above_share(site: Site) -> Truth | None:
    for one in _financings(site, lambda one: one.most and one.total):
        name, amount, share = one.parts[0]
        value, cost = site.value(one.sheet, amount), site.value(one.sheet, one.total)  # type: ignore[arg-type]
        if not value or not cost or one.most is None:
            continue
        one.sheet.retype(one.most, max((value / cost - Decimal("0.08")).quantize(Decimal("0.01")), Decimal("0.05")))
        places = [place for place in (amount, one.most, share, name, one.total_label) if place]
        return truth("FIN03", one.sheet, places, f"{one.name}: above its highest share")
    return None


@plants("FIN03", companions=["assumptions"])
def above_assumed_cap(site: Site) -> Truth | None:
    for terms in site.facts.terms:
        rows = [row for row in terms.rows if "cap" in row]
        if not rows or not any(table.dated() for table in site.facts.tables):
            continue
        row = site.random.choice(rows)
        name = str(terms.sheet.cell(row["name"]).value)
        table = site.facts.tables[0]
        line = next((line for line in table.lines if line.item.name == name), None)
        if line is None:
            continue
        yearly = [line.amounts[head] for head in table.years() if head in line.amounts]  # a cap holds for a year
        most = max((value for place in yearly if (value := site.value(table.sheet, place))), default=None)
        if most is None:
            continue
        terms.sheet.retype(row["cap"], rounded(most * table.unit.factor * Decimal("0.85"), -2))
        found = truth(
            "FIN03",
            terms.sheet,
            [row["cap"], row["need"], row["name"]],
            f"{name}: above the cap of the assumptions",
            beside=["FIN03"],
        )
        return joined(found, table.sheet, [line.label, *line.amounts.values()])
    return None


@plants("FIN04", needs=["own"], companions=["financing"])
def too_little_own(site: Site) -> Truth | None:
    for one in _financings(site, lambda one: one.own and one.total):
        name, amount, share = one.parts[one.own_part]
        value, cost = site.value(one.sheet, amount), site.value(one.sheet, one.total)  # type: ignore[arg-type]
        if value is None or not cost or one.own is None:
            continue
        one.sheet.retype(one.own, (value / cost + Decimal("0.09")).quantize(Decimal("0.01")))
        places = [place for place in (amount, one.own, share, name, (one.own[0], 1)) if place]
        return truth("FIN04", one.sheet, places, f"{one.name}: own share too low")
    return None


@plants("FIN05", needs=["posts_typed"], companions=["posts"])
def other_posts(site: Site) -> Truth | None:
    for posts in site.facts.posts:
        row = site.random.choice(posts.rows)
        count, rate = site.value(posts.sheet, row.posts), site.value(posts.sheet, row.rate)
        if count is None or rate is None:
            continue
        more = Decimal(site.random.choice(("0.5", "1", "-0.3")))
        wrong = (count + more) * rate if count + more > 0 else (count + 1) * rate
        posts.sheet.retype(row.amount, wrong)
        places = [row.amount, row.posts, row.rate, row.label]
        return truth("FIN05", posts.sheet, places, f"fits {count + more} posts", beside=["FRM02"])
    return None


@plants("FIN05", needs=["posts_typed"], companions=["posts"])
def old_rate(site: Site) -> Truth | None:
    for posts in site.facts.posts:
        row = site.random.choice(posts.rows)
        count, rate = site.value(posts.sheet, row.posts), site.value(posts.sheet, row.rate)
        if count is None or rate is None:
            continue
        posts.sheet.retype(row.amount, count * rounded(rate * Decimal("0.96"), -2))
        places = [row.amount, row.posts, row.rate, row.label]
        return truth("FIN05", posts.sheet, places, "computed with last year's rate", beside=["FRM02"])
    return None


@plants("FIN06", needs=["kinds"], companions=["financing"])
def not_eligible(site: Site) -> Truth | None:
    for one in site.facts.financings:
        if not one.kinds:
            continue
        at = site.random.choice((2, 3))
        name, places = one.kinds[at]
        town = site.value(one.sheet, places["Stadt"])
        if not town:
            continue
        moved = rounded(town / 2, -1)
        one.sheet.retype(places["Land"], moved)
        one.sheet.retype(places["Stadt"], town - moved)
        found = [name, places["Land"], one.eligible[at]]
        return truth("FIN06", one.sheet, found, "material cost on the grant of the Land")
    return None


@plants("FIN07", layouts=["trio"])
def need_typed(site: Site) -> Truth | None:
    for provided, extra, whole in site.facts.trios:
        at = site.random.randrange(len(whole.lines))
        head = site.random.choice(whole.years())
        place = whole.lines[at].amounts[head]
        value = site.value(whole.sheet, place)
        if not value:
            continue
        change = rounded(value / 6, whole.unit.digits)
        if abs(change) < step(whole) * 4:
            continue
        whole.sheet.retype(place, value + change)
        cells = [place, *(cell.at for total in whole.totals for cell in total.cells if cell.head == head)]
        found = truth("FIN07", whole.sheet, cells, f"total need off by {change}", same=["FRM02"], beside=["FRM02"])
        for table in (provided, extra):
            found = joined(found, table.sheet, [table.lines[at].amounts[head]])
        return found
    return None


@plants("FIN07", layouts=["trio"])
def addition_changed(site: Site) -> Truth | None:
    """The additional need was lowered afterwards; the total need is typed."""
    for provided, extra, whole in site.facts.trios:
        for total, one, two in zip(whole.lines, provided.lines, extra.lines, strict=True):
            head = site.random.choice(whole.years())
            value = site.value(extra.sheet, two.amounts[head])
            if whole.sheet.cell(total.amounts[head]).formula or not value or value < step(whole) * 4:
                continue
            extra.sheet.retype(two.amounts[head], value + rounded(value / 2, whole.unit.digits))
            places = [total.amounts[head], *(cell.at for t in whole.totals for cell in t.cells if cell.head == head)]
            found = truth("FIN07", whole.sheet, places, "additional need changed afterwards")
            return joined(joined(found, provided.sheet, [one.amounts[head]]), extra.sheet, [two.amounts[head]])
    return None


@plants("FIN07", layouts=["need_columns"])
def need_of_a_row(site: Site) -> Truth | None:
    for table, (provided, extra, whole) in site.random.sample(site.facts.needs, len(site.facts.needs)):
        value = site.value(table.sheet, whole)
        change = rounded(value / 6, table.unit.digits) if value else Decimal(0)
        if value is None or abs(change) < step(table) * 4:
            continue
        table.sheet.retype(whole, value + change)
        cells = [whole, provided, extra]
        return truth("FIN07", table.sheet, cells, f"total need off by {change}", same=["FRM02"], beside=["FRM02"])
    return None


@plants("FIN08", companions=["figures"])
def parts_too_many(site: Site) -> Truth | None:
    for figures in site.facts.figures:
        figure = site.random.choice(figures.rows)
        at = site.random.randrange(len(figure.values))
        _label, places = site.random.choice(figure.parts)
        value, whole = site.value(figures.sheet, places[at]), site.value(figures.sheet, figure.values[at])
        assert value is not None and whole is not None
        figures.sheet.retype(places[at], value + max(rounded(whole / 10), Decimal(5)))
        cells = [figure.values[at], *(one[1][at] for one in figure.parts), figure.label]
        return truth("FIN08", figures.sheet, cells, "the parts exceed the whole")
    return None


@plants("FIN08", companions=["figures"])
def part_above_whole(site: Site) -> Truth | None:
    for figures in site.facts.figures:
        figure = site.random.choice(figures.rows)
        at = site.random.randrange(len(figure.values))
        _label, places = figure.parts[0]
        whole = site.value(figures.sheet, figure.values[at])
        assert whole is not None
        figures.sheet.retype(places[at], whole + 7)
        cells = [figure.values[at], *(one[1][at] for one in figure.parts), figure.label]
        return truth("FIN08", figures.sheet, cells, "one part exceeds the whole")
    return None


@plants("FIN08", needs=["memo_rows"])
def davon_above_measure(site: Site) -> Truth | None:
    for table in site.tables(lambda table: table.memos):
        for memo in table.memos:
            line = next((line for line in table.lines if line.label[0] == memo.label[0] - 1), None)
            if line is None or not str(table.sheet.cell(memo.label).value).startswith("davon"):
                continue
            head = site.random.choice(table.years())
            value = site.value(table.sheet, line.amounts[head])
            if not value:
                continue
            table.sheet.retype(memo.amounts[head], rounded(value * Decimal("1.3"), table.unit.digits) + step(table))
            cells = [memo.amounts[head], line.amounts[head], memo.label, line.label]
            return truth("FIN08", table.sheet, cells, "a davon row exceeds its measure")
    return None
