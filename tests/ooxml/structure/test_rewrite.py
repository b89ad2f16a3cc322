"""A part rewritten by rules stays well-formed, and the same where no rule speaks."""

from __future__ import annotations

from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.parts import sheet_rules
from pik_excel.ooxml.structure.rewrite import rewritten

VALIDATION = (
    '<worksheet><extLst><ext><x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1>'
    "<xm:f>Blatt!${0}$4</xm:f></x14:formula1><xm:sqref>{1}1</xm:sqref></x14:dataValidation></x14:dataValidations>"
    "</ext></extLst></worksheet>"
)


def test_a_newer_validation_keeps_the_element_that_holds_its_formula() -> None:
    moved = rewritten(VALIDATION.format("C", "D").encode(), sheet_rules("Blatt", Move("Blatt", Axis.COLUMN, 2, 1)))
    assert moved.decode() == VALIDATION.format("D", "E")
