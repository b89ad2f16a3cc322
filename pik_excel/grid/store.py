"""How are the cells of a sheet held, so that a large one takes little room and time?

The rows of a long table are alike: the same columns, the same styles. They share one `Form`, and each holds only its
values; where formulas were filled down, all rows share the formulas too. A `Cell` is made when it is asked for. Who
looks through all cells asks for what he looks for (`texts`, `formulas`, `by_row`), which costs a tenth of making them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple, TypeVar

from pik_excel.grid.cell import Cell, ErrorValue, Source, Value
from pik_excel.grid.shared import SharedFormula

Place = tuple[int, int]
"""Row and column."""
Told = TypeVar("Told")
Retold = TypeVar("Retold")
_new = tuple.__new__


class Form:
    """What rows that are alike have in common: their columns in the order of the file and the styles there."""

    __slots__ = ("_between", "again", "columns", "others", "places", "styles")

    def __init__(self, columns: tuple[int, ...], styles: tuple[int, ...], others: tuple[int, ...]) -> None:
        self.columns = columns
        self.styles = styles
        self.others = others
        """The positions in the row at which something else than a number may stand."""
        self.places = {column: place for place, column in enumerate(columns)}
        self.again = len(columns) - len(self.places)
        """How many cells stand in a column that another one has taken."""
        self._between: dict[Place, tuple[int, ...]] = {}

    def between(self, left: int, right: int) -> tuple[int, ...]:
        """The positions of the columns from `left` to `right`, from left to right."""
        found = self._between.get((left, right))
        if found is None:
            inside = (column for column in sorted(self.columns) if left <= column <= right)
            found = self._between[left, right] = tuple(self.places[column] for column in inside)
        return found


class Row(NamedTuple):
    """The cells of one row, in the order of its form's columns; `sources` is None where no cell has a formula."""

    form: Form
    values: tuple[Value, ...]
    sources: tuple[Source, ...] | None


class RowsAlike(NamedTuple):
    """All rows of one form: what holds of a whole column of them is decided once."""

    form: Form
    numbers: list[int]
    rows: list[Row]
    columns: list[tuple[Value, ...]]
    """The values, in the order of the form's columns."""
    sources: list[Sources]
    """The formulas of a row, each of which there are once."""

    def odd_numbers(self, place: int) -> Iterator[int]:
        """The positions of the rows in which something else stands there than a typed number."""
        if any(sources is not None and sources[place] is not None for sources in self.sources):
            sources = (row[2] for row in self.rows)
            yield from (index for index, one in enumerate(sources) if one is not None and one[place] is not None)
        if set(map(type, self.columns[place])) != {Decimal}:
            yield from (index for index, value in enumerate(self.columns[place]) if type(value) is not Decimal)

    def typed_numbers(self, place: int) -> list[int]:
        """The rows in which a typed number stands there."""
        with_formula = {id(one) for one in self.sources if one is not None and one[place] is not None}
        if len(with_formula) == len(self.sources):
            return []
        cells = zip(self.numbers, self.rows, self.columns[place], strict=True)
        return [number for number, row, value in cells if type(value) is Decimal and id(row[2]) not in with_formula]

    def is_used(self, place: int) -> bool:
        """Whether any of these cells holds a value or a formula."""
        formulas = (sources is not None and sources[place] is not None for sources in self.sources)
        return any(value is not None for value in self.columns[place]) or any(formulas)

    def is_filled(self, place: int) -> bool:
        """Whether all these cells hold a number, or a text that is not blank."""
        values = self.columns[place]
        types = set(map(type, values))
        return types == {Decimal} or (types == {str} and all(map(str.strip, values)))  # type: ignore[arg-type]


def alike(form: Form, values: Iterable[tuple[Value, ...]], sources: Iterable[Sources]) -> Iterator[Row]:
    """Many rows of one form."""
    return map(_new, repeat(Row), zip(repeat(form), values, sources, strict=False))


class Cells(Mapping[Place, Cell]):
    """The cells of a sheet by row and column, in the order of the file; `by_row` is what is held."""

    __slots__ = ("_alike", "_count", "_words", "arrays", "by_row")

    def __init__(self, by_row: dict[int, Row], arrays: Mapping[Place, str] | None = None) -> None:
        self.by_row = by_row
        self.arrays = arrays or {}
        """The ranges of array formulas and data tables, by the cell that heads them."""
        self._words: frozenset[str] | None = None
        self._count: int | None = None
        self._alike: tuple[RowsAlike, ...] | None = None

    @classmethod
    def of(cls, cells: Mapping[Place, Cell]) -> Cells:
        """The same cells, row by row."""
        if isinstance(cells, cls):
            return cells
        collected = Collected()
        for (row, column), cell in cells.items():
            collected.add(row, column, cell[4], cell[2], cell[3])
            if cell.array is not None:
                collected.arrays[row, column] = cell.array
        return collected.cells()

    def in_rows(self, first: int, last: int) -> Cells:
        """The cells of these rows, from top to bottom."""
        return Cells({number: self.by_row[number] for number in range(first, last + 1) if number in self.by_row})

    def replaced(self, cells: Mapping[Place, Cell]) -> Cells:
        """With these cells instead of those at their places, or beside them."""
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in cells.items():
            rows.setdefault(row, {})[column] = cell
        collected = Collected()
        for number, new in rows.items():
            collected.put(number, self.by_row.get(number), new)
        arrays = {at: area for at, area in self.arrays.items() if at not in cells}
        arrays |= {at: cell.array for at, cell in cells.items() if cell.array is not None}
        return Cells(self.by_row | collected.cells().by_row, arrays)

    def get(self, at: Place, default: Cell | None = None) -> Cell | None:  # type: ignore[override]  # no other default
        """The cell there, None where the file has none."""
        row = self.by_row.get(at[0])
        if row is None:
            return default
        form, values, sources = row
        place = form.places.get(at[1])
        if place is None:
            return default
        source = sources[place] if sources else None
        area = self.arrays.get(at) if self.arrays else None
        return _new(Cell, (at[0], at[1], values[place], source, form.styles[place], area))

    def value(self, row: int, column: int) -> Value:
        """The value there, None where there is none."""
        found = self.by_row.get(row)
        place = found[0].places.get(column) if found else None
        return None if place is None or found is None else found[1][place]

    def formula(self, row: int, column: int) -> str | None:
        """The formula there, None where there is none."""
        found = self.by_row.get(row)
        place = found[0].places.get(column) if found else None
        if place is None or found is None or found[2] is None:
            return None
        source = found[2][place]
        return source.at(row, column) if isinstance(source, SharedFormula) else source

    def row(self, number: int) -> dict[int, Cell]:
        """The cells of a row by column."""
        row = self.by_row.get(number)
        return {cell[1]: cell for cell in self._made(number, row)} if row else {}

    def column(self, number: int, rows: Iterable[int]) -> list[Value]:
        """The values of a column in these rows, None where there is none."""
        lines = map(self.by_row.get, rows)
        return [
            line[1][place] if line and (place := line[0].places.get(number)) is not None else None for line in lines
        ]

    def texts(
        self, columns: Container[int] | None = None, rows: Iterable[int] | None = None
    ) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of the cells that show a text, in these columns and rows if told; an error is none."""
        places: dict[int, tuple[int, ...]] = {}
        held = self.by_row
        lines = held.items() if rows is None else ((row, held[row]) for row in rows if row in held)
        for number, (form, values, _sources) in lines:
            others = places.get(id(form))
            if others is None:
                others = form.others
                if columns is not None:
                    others = tuple(place for place in others if form.columns[place] in columns)
                places[id(form)] = others
            for place in others:
                value = values[place]
                if type(value) is str:
                    yield number, form.columns[place], value

    @property
    def words(self) -> frozenset[str]:
        """All texts, each once: many cells of a long table say the same."""
        if self._words is None:
            found = set[Value]().union(*(one.columns[place] for one in self.alike for place in one.form.others))
            self._words = frozenset(value for value in found if type(value) is str)
        return self._words

    @property
    def alike(self) -> tuple[RowsAlike, ...]:
        """All rows, those of one form together."""
        if self._alike is None:
            found: dict[int, tuple[Form, list[int], list[Row]]] = {}
            for number, row in self.by_row.items():
                kind = found.get(id(row[0]))
                if kind is None:
                    kind = found[id(row[0])] = (row[0], [], [])
                kind[1].append(number)
                kind[2].append(row)
            self._alike = tuple(_alike(form, numbers, rows) for form, numbers, rows in found.values())
        return self._alike

    def saying(self, texts: AbstractSet[str]) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of the cells that say one of these, column by column."""
        for one in self.alike if texts else ():
            for place in one.form.others:
                values = one.columns[place]
                if not texts.isdisjoint(values):
                    column = one.form.columns[place]
                    for number, value in zip(one.numbers, values, strict=True):
                        if type(value) is str and value in texts:
                            yield number, column, value

    def rows_with_text(self, column: int) -> Iterator[int]:
        """The rows in which a text stands in that column."""
        for one in self.alike:
            for place in one.form.others:
                if one.form.columns[place] == column:
                    rows = zip(one.numbers, one.columns[place], strict=True)
                    yield from (number for number, value in rows if type(value) is str)

    def errors(self) -> Iterator[tuple[int, int, ErrorValue]]:
        """Row, column and value of the cells that show an error."""
        for number, (form, values, _sources) in self.by_row.items():
            for place in form.others:
                value = values[place]
                if type(value) is ErrorValue:
                    yield number, form.columns[place], value

    def typed(self) -> Iterator[tuple[int, int, Value]]:
        """Row, column and value of the cells that show one without a formula."""
        for number, (form, values, sources) in self.by_row.items():
            for place, value in enumerate(values):
                if value is not None and (sources is None or sources[place] is None):
                    yield number, form.columns[place], value

    def typed_numbers(self) -> Iterator[tuple[int, int, Decimal]]:
        """Row, column and number of the cells that show one without a formula."""
        for number, (form, values, sources) in self.by_row.items():
            for place, value in enumerate(values):
                if type(value) is Decimal and (sources is None or sources[place] is None):
                    yield number, form.columns[place], value

    def formulas(self) -> Iterator[tuple[int, int, str | SharedFormula]]:
        """Row, column and formula, as it is held, of the cells that have one."""
        for number, (form, _values, sources) in self.by_row.items():
            if sources:
                for column, source in zip(form.columns, sources, strict=True):
                    if source is not None:
                        yield number, column, source

    def __getitem__(self, at: Place) -> Cell:
        cell = self.get(at)
        if cell is None:
            raise KeyError(at)
        return cell

    def __contains__(self, at: object) -> bool:
        if not isinstance(at, tuple) or len(at) != 2:
            return False
        row = self.by_row.get(at[0])
        return row is not None and at[1] in row[0].places

    def __iter__(self) -> Iterator[Place]:
        for number, row in self.by_row.items():
            for column in row[0].columns:
                yield number, column

    def __len__(self) -> int:
        if self._count is None:
            self._count = sum(len(row[0].columns) for row in self.by_row.values())
        return self._count

    def items(self) -> ItemsView[Place, Cell]:
        """All cells with their places."""
        return _Items(self)

    def values(self) -> ValuesView[Cell]:
        """All cells."""
        return _Values(self)

    def made(self) -> Iterator[Cell]:
        """All cells, one after the other."""
        for number, row in self.by_row.items():
            yield from self._made(number, row)

    def _made(self, number: int, row: Row) -> Iterator[Cell]:
        form, values, sources = row
        sources = sources or (None,) * len(values)
        if self.arrays:
            for column, value, source, style in zip(form.columns, values, sources, form.styles, strict=True):
                yield _new(Cell, (number, column, value, source, style, self.arrays.get((number, column))))
        else:
            for column, value, source, style in zip(form.columns, values, sources, form.styles, strict=True):
                yield _new(Cell, (number, column, value, source, style, None))


def _alike(form: Form, numbers: list[int], rows: list[Row]) -> RowsAlike:
    columns = list(zip(*(row[1] for row in rows), strict=True))
    return RowsAlike(form, numbers, rows, columns, list({id(row[2]): row[2] for row in rows}.values()))


NO_CELLS = Cells({})


class ByRow(Mapping[Place, Told]):
    """What is told of some cells, by row and column; rows of which the same is told share one dictionary."""

    __slots__ = ("_alike", "rows")

    def __init__(self, rows: dict[int, dict[int, Told]]) -> None:
        self.rows = rows
        self._alike: tuple[tuple[dict[int, Told], list[int]], ...] | None = None

    @property
    def alike(self) -> tuple[tuple[dict[int, Told], list[int]], ...]:
        """What is told of a row by column, with all rows that share it, in the order of the file: few, where 100,000
        formulas were filled down."""
        if self._alike is None:
            found: dict[int, tuple[dict[int, Told], list[int]]] = {}
            for number, row in self.rows.items():
                group = found.get(id(row))
                if group is None:
                    group = found[id(row)] = (row, [])
                group[1].append(number)
            self._alike = tuple(found.values())
        return self._alike

    def retold(self, tell: Callable[[dict[int, Told]], dict[int, Retold]]) -> ByRow[Retold]:
        """Something else told of the same rows, made of what is told of each; of rows that share it once."""
        made = [(row, tell(row), numbers) for row, numbers in self.alike]
        by_row = {id(row): found for row, found, _numbers in made}
        whole = ByRow({number: by_row[id(row)] for number, row in self.rows.items()})
        whole._alike = tuple((found, numbers) for _row, found, numbers in made)
        return whole

    def get(self, at: Place, default: Told | None = None) -> Told | None:  # type: ignore[override]  # no other default
        """What is told of the cell."""
        row = self.rows.get(at[0])
        return default if row is None else row.get(at[1], default)

    def __getitem__(self, at: Place) -> Told:
        return self.rows[at[0]][at[1]]

    def __contains__(self, at: object) -> bool:
        row = self.rows.get(at[0]) if isinstance(at, tuple) else None
        return row is not None and at[1] in row  # type: ignore[index]  # a tuple, as just seen

    def __iter__(self) -> Iterator[Place]:
        for number, row in self.rows.items():
            for column in row:
                yield number, column

    def __len__(self) -> int:
        return sum(len(row) * len(numbers) for row, numbers in self.alike)

    def items(self) -> ItemsView[Place, Told]:
        """All that is told, with the places."""
        return _Told(self)


class _Told(ItemsView[Place, Told]):
    _mapping: ByRow[Told]

    def __iter__(self) -> Iterator[tuple[Place, Told]]:
        for number, row in self._mapping.rows.items():
            for column, told in row.items():
                yield (number, column), told


class Collected:
    """Cells as they come, row by row or one by one."""

    def __init__(self) -> None:
        self.by_row: dict[int, Row] = {}
        self.arrays: dict[Place, str] = {}
        self._forms: dict[tuple[tuple[int, ...], ...], Form] = {}
        self._number = 0
        self._open: tuple[list[int], list[int], list[Value], list[Source]] = ([], [], [], [])
        self._again = 0

    @property
    def again(self) -> int:
        """How many cells came for a place that was taken."""
        self._close()
        return self._again

    def add(self, row: int, column: int, style: int, value: Value, source: Source) -> None:
        """One cell."""
        if row != self._number:
            self._close()
            self._number = row
        columns, styles, values, sources = self._open
        columns.append(column)
        styles.append(style)
        values.append(value)
        sources.append(source)

    def add_rows(self, rows: Sequence[tuple[int, Row]]) -> None:
        """Whole rows with their numbers."""
        self._close()
        fresh = dict(rows)
        if len(fresh) == len(rows) and self.by_row.keys().isdisjoint(fresh):
            self.by_row.update(fresh)
            self._again += sum(row[0].again for row in fresh.values())
            return
        for number, row in rows:
            if number in self.by_row:
                self._put(number, row.form.columns, row.form.styles, row.values, row.sources)
            else:
                self.by_row[number] = row
                self._again += row.form.again

    def form(self, columns: tuple[int, ...], styles: tuple[int, ...], others: tuple[int, ...]) -> Form:
        """The one form of rows with these columns and styles."""
        key = columns, styles, others
        found = self._forms.get(key)
        if found is None:
            found = self._forms[key] = Form(columns, styles, others)
        return found

    def put(self, number: int, before: Row | None, new: Mapping[int, Cell]) -> None:
        """A row as it was with these cells, by column, instead of those at their places or beside them."""
        columns, styles, values, sources = list[int](), list[int](), list[Value](), list[Source]()
        if before is not None:
            form = before.form
            once = range(len(form.columns)) if len(form.places) == len(form.columns) else form.places.values()
            columns, styles = [form.columns[at] for at in once], [form.styles[at] for at in once]
            values = [before.values[at] for at in once]
            sources = [before.sources[at] for at in once] if before.sources else [None] * len(columns)
        places = {column: place for place, column in enumerate(columns)}
        for column, cell in new.items():
            place = places.get(column)
            if place is None:
                columns.append(column)
                styles.append(cell[4])
                values.append(cell[2])
                sources.append(cell[3])
            else:
                styles[place], values[place], sources[place] = cell[4], cell[2], cell[3]
        self._put(number, columns, styles, values, tuple(sources))

    def put_formula(self, row: int, column: int, source: Source) -> None:
        """Give a cell that is there another formula."""
        self._close()
        form, values, sources = self.by_row[row]
        place = form.places[column]
        line = list(sources or (None,) * len(values))
        line[place] = source
        self.by_row[row] = Row(form, values, tuple(line))

    def cells(self) -> Cells:
        """All that came."""
        self._close()
        return Cells(self.by_row, self.arrays)

    def _close(self) -> None:
        """The row that came cell by cell is complete, or goes on later."""
        columns, styles, values, sources = self._open
        if columns:
            self._put(self._number, tuple(columns), tuple(styles), tuple(values), tuple(sources))
            self._open = ([], [], [], [])

    def _put(
        self, number: int, columns: Sequence[int], styles: Sequence[int], values: Sequence[Value], sources: Sources
    ) -> None:
        before = self.by_row.get(number)
        sources = sources or (None,) * len(columns)
        if before is not None:
            form, first_values, first_sources = before
            self._again -= form.again
            columns, styles = (*form.columns, *columns), (*form.styles, *styles)
            sources = (*(first_sources or (None,) * len(first_values)), *sources)
            values = (*first_values, *values)
        others = tuple(place for place, value in enumerate(values) if value is not None and type(value) is not Decimal)
        form = self.form(tuple(columns), tuple(styles), others)
        self._again += form.again
        held = tuple(sources) if any(source is not None for source in sources) else None
        self.by_row[number] = Row(form, tuple(values), held)


Sources = tuple[Source, ...] | None
"""The formulas of a row, None where it has none."""


class _Items(ItemsView[Place, Cell]):
    """Without looking each place up."""

    _mapping: Cells

    def __iter__(self) -> Iterator[tuple[Place, Cell]]:
        return (((cell[0], cell[1]), cell) for cell in self._mapping.made())


class _Values(ValuesView[Cell]):
    _mapping: Cells

    def __iter__(self) -> Iterator[Cell]:
        return self._mapping.made()
