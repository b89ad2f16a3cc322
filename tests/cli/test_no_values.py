"""`check --no-values`: nothing that stands in a cell is in the output, in no form."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from pik_excel.cli.check import FORMS
from tests.cli.commands import pik

NAMES = ("Xylophonberatung", "Quittenkurse", "Zwiebelstelle", "Jodelhilfe")
AMOUNTS = ((66113, 67229), (12347, 12581), (90173, 91381), (43711, 44857))
SECRETS = (
    *NAMES,
    *(str(amount) for row in AMOUNTS for amount in row),
    "999331",
    "77.777",
    "Geheimtitel",
    "2031",
)


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with defects of many kinds, every cell of which holds something to be recognised by."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    sheet.append(["Geheimtitel in TEUR"])
    sheet.append(["Maßnahme", 2031, 2032])
    for name, amounts in zip(NAMES, AMOUNTS, strict=True):
        sheet.append([name, *amounts])
    sheet.append([NAMES[0], "77.777", None])
    sheet.append(["Summe", 999331, "=SUM(C3:C5)"])
    sheet["B3"].comment = Comment("pik: ignoriere SUM02, weil Quittenkurse geheim", "x")
    sheet["C8"] = "=1/0"
    path = tmp_path_factory.mktemp("geheim") / "plan.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_no_cell_content_is_in_the_output(form: str, secret: Path) -> None:
    open_ = pik("check", secret, "-v", "--format", form)
    hidden = pik("check", secret, "-v", "--format", form, "--no-values")
    assert any(word in open_.out for word in SECRETS)
    assert not [word for word in SECRETS if word in hidden.out + hidden.err or f"{word[:-3]}.{word[-3:]}" in hidden.out]
    assert "SUM0" in hidden.out
    assert hidden.code == open_.code


def test_a_refusal_names_no_content(tmp_path: Path) -> None:
    from tests.ooxml.building import parts, sheet, zipped

    inside = '<sheetData><row r="1"><c r="Quittenkurse"><v>1</v></c></row></sheetData>'
    (tmp_path / "a.xlsx").write_bytes(zipped(parts(sheet(inside))))
    assert "Quittenk" in pik("check", "a.xlsx", cwd=tmp_path).out
    hidden = pik("check", "a.xlsx", "--no-values", cwd=tmp_path)
    assert "Quittenk" not in hidden.out
    assert "bad-reference" in hidden.out


def test_it_does_not_go_with_what_writes_values(secret: Path) -> None:
    assert pik("check", secret, "--no-values", "--diff").code == 2
