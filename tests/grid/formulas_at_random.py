"""Formulas as people and programs write them: the strategy of the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from pik_excel.grid.reference import column_letters, quoted

ROWS = st.one_of(st.integers(1, 60), st.integers(1, 1_048_576))
COLUMNS = st.one_of(st.integers(1, 30), st.integers(1, 16_384))
SIGNS = st.sampled_from(["", "$"])
SHEETS = st.sampled_from(["Annahmen", "Finanzielle Auswirkungen", "It's A1", "A1", "2022", "Übersicht.neu", "R1C1"])
CELLS = st.builds(lambda a, c, b, r: f"{a}{column_letters(c)}{b}{r}", SIGNS, COLUMNS, SIGNS, ROWS)
AREAS = st.builds(lambda first, last: f"{first}:{last}", CELLS, CELLS)
WHOLE_COLUMNS = st.builds(
    lambda a, first, b, last: f"{a}{column_letters(first)}:{b}{column_letters(last)}", SIGNS, COLUMNS, SIGNS, COLUMNS
)
WHOLE_ROWS = st.builds(lambda a, first, b, last: f"{a}{first}:{b}{last}", SIGNS, ROWS, SIGNS, ROWS)
HERE = st.one_of(CELLS, AREAS, WHOLE_COLUMNS, WHOLE_ROWS)
PREFIXES = st.one_of(
    st.just(""),
    SHEETS.map(lambda name: quoted(name) + "!"),
    st.sampled_from(["[1]Jan!", "'[2]Plan 22'!", "Jan:Dez!", "'Jan 22:Dez 22'!", r"'C:\Amt\[Plan.xlsx]A1'!"]),
)
REFERENCES = st.builds(lambda prefix, here: prefix + here, PREFIXES, HERE)
NO_REFERENCES = st.sampled_from(
    [
        '"A1:B2"',
        '"sagt ""C4"""',
        "1E5",
        ".5",
        "2022",
        "TRUE",
        "#N/A",
        "#REF!",
        "Satz_A1",
        "A1.b",
        "ABCD12",
        "XFE1",
        "A1048577",
        "Tabelle1[[#This Row],[A1]]",
        "Tabelle1[It''s [C4]']]",
        "_xlfn.SINGLE(Satz)",
        "{1,2;3,4}",
    ]
)
FUNCTIONS = st.sampled_from(["SUM", "LOG10", "ATAN2", "_xlfn.XLOOKUP", "DEC2BIN"])


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<>", ", ", " + "])
    return st.one_of(
        st.builds(lambda left, operator, right: f"{left}{operator}{right}", parts, operators, parts),
        st.builds(lambda function, inside: f"{function}({inside})", FUNCTIONS, parts),
        parts.map(lambda inside: f"-({inside})%"),
    )


FORMULAS = st.recursive(st.one_of(REFERENCES, NO_REFERENCES), _joined, max_leaves=6)
