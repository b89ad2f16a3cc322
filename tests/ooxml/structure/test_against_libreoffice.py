"""Random sheets, formulas and names: after an insertion or deletion every cell says what LibreOffice makes it say.

30 cases by default, 600 with PIK_EXCEL_FULL=1. Left out are the points on which LibreOffice itself errs or differs from
Excel: whole-column references (it drops the last column of the grid), and what insertion.md lists.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import xlsxwriter

from pik_excel.ooxml.package import open_package
from pik_excel.ooxml.structure.insertion import moved
from pik_excel.ooxml.structure.move import Axis, Move
from tests.office import office

SHEETS = ("Ergebnis HH", "Übersicht", "Amt 50's", "R1C1")
CASES = 600 if os.environ.get("PIK_EXCEL_FULL") else 30
COLUMNS, ROWS = 12, 14


def cell(dice: random.Random) -> str:
    column, row = dice.randint(1, COLUMNS), dice.randint(1, ROWS)
    return f"{dice.choice(['', '$'])}{chr(64 + column)}{dice.choice(['', '$'])}{row}"


def area(dice: random.Random) -> str:
    left, right = sorted((dice.randint(1, COLUMNS), dice.randint(1, COLUMNS)))
    top, bottom = sorted((dice.randint(1, ROWS), dice.randint(1, ROWS)))
    first, second = dice.choice(["", "$"]), dice.choice(["", "$"])
    return f"{first}{chr(64 + left)}{second}{top}:{second}{chr(64 + right)}{first}{bottom}"


def sheet(dice: random.Random) -> str:
    name = dice.choice(("", "", *SHEETS))
    return "'" + name.replace("'", "''") + "'!" if name else ""


def formula(dice: random.Random) -> str:
    return dice.choice(
        [
            lambda: f"{sheet(dice)}{cell(dice)}+{cell(dice)}*2",
            lambda: f"SUM({sheet(dice)}{area(dice)})",
            lambda: f"SUM({area(dice)},{sheet(dice)}{cell(dice)})",
            lambda: f"IF({cell(dice)}>1,{sheet(dice)}{cell(dice)},LOG10(100))",
            lambda: f'"B4"&{cell(dice)}',
            lambda: f"ROUND({sheet(dice)}{cell(dice)}/1000,0)",
            lambda: f"Name{dice.randint(0, 3)}+1",
        ]
    )()


def build(path: Path, dice: random.Random) -> None:
    book = xlsxwriter.Workbook(path)
    sheets = [book.add_worksheet(name) for name in SHEETS]
    for one in sheets:
        for row in range(ROWS):
            for column in range(COLUMNS):
                if dice.random() < 0.3:
                    one.write_number(row, column, dice.randint(1, 999))
                elif dice.random() < 0.2:
                    one.write_formula(row, column, "=" + formula(dice), None, 0)
    for number in range(4):
        name = dice.choice(SHEETS).replace("'", "''")
        left, right = sorted((dice.randint(1, COLUMNS), dice.randint(1, COLUMNS)))
        book.define_name(f"Name{number}", f"='{name}'!${chr(64 + left)}$2:${chr(64 + right)}$5")
    book.close()


LOST = re.compile(r"(?:(?:\$?'(?:[^']|'')*'|\$?\w+)[.!])?[\w$:]*#REF!(?:[\w$:]|#REF!)*", re.IGNORECASE)


def plain(dump: dict) -> dict:
    """The dump with every lost reference written "#REF!": LibreOffice keeps the half of it that was not deleted, and
    then goes on with the branches of an IF that do not need it, so that values compare only where nothing was lost."""
    lost = any("#REF!" in formula.upper() for formula, _value in dump["cells"].values())
    cells = {
        place: [LOST.sub("#REF!", formula), None if lost else value]
        for place, (formula, value) in dump["cells"].items()
    }
    return {"cells": cells, "names": {name: LOST.sub("#REF!", content) for name, content in dump["names"].items()}}


def differences(own: dict, theirs: dict) -> dict:
    """What differs: (ours, LibreOffice's) by cell or name."""
    return {
        place: (own[kind].get(place), theirs[kind].get(place))
        for kind in ("cells", "names")
        for place in own[kind].keys() | theirs[kind].keys()
        if own[kind].get(place) != theirs[kind].get(place)
    }


def test_every_formula_and_name_follows_as_in_libreoffice(tmp_path: Path) -> None:
    dice = random.Random(20211)
    jobs, moves = [], []
    for number in range(CASES):
        path, ours = tmp_path / f"{number}.xlsx", tmp_path / f"{number}-moved.xlsx"
        build(path, dice)
        axis = dice.choice(list(Axis))
        move = Move(dice.choice(SHEETS), axis, dice.randint(1, 13), dice.choice([1, 2, 3, -1, -2]))
        ours.write_bytes(moved(open_package(path), move).data)
        kind = "insert" if move.count > 0 else "delete"
        steps = [[kind, move.sheet, axis.value, move.at, abs(move.count)], ["recalculate"]]
        jobs += [{"path": str(path), "steps": steps}, {"path": str(ours), "steps": [["recalculate"]]}]
        moves.append(move)
    answers = office(jobs)
    for move, theirs, own in zip(moves, answers[::2], answers[1::2], strict=True):
        assert differences(plain(own), plain(theirs)) == {}, move
