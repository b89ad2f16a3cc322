"""What is left of the results when nothing that stands in a cell may be seen?

Places, rules and counts stay; messages, hints, labels, years and amounts go. Names of files and sheets stay: without
them nobody finds the place.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from pik_excel.checks.catalogue import catalogue
from pik_excel.checks.finding import Finding
from pik_excel.errors import PikError
from pik_excel.language import _
from pik_excel.report.checked import Checked, Table
from pik_excel.report.understood import Understood


def without_values(result: Checked) -> Checked:
    """The same results to be shown to people who must not see the workbook."""
    return replace(
        result,
        tables=tuple(_table(one) for one in result.tables),
        findings=tuple(_finding(one) for one in result.findings),
        unread=tuple(_("{sheet}: Inhalt nicht lesbar.").format(sheet=_sheet(one)) for one in result.unread),
        suppressed=tuple(
            replace(one, finding=_finding(one.finding), reason=_("(ausgeblendet)")) for one in result.suppressed
        ),
        remarks=tuple(_("Eine Ausnahme wirkt nicht (ausgeblendet).") for _one in result.remarks),
        refused=result.refused and _refused(result.path, result.refused),
        excerpts={},
        views=(),
        understood=tuple(Understood(one.at, one.family, ()) for one in result.understood),
    )


def _refused(path: PurePath, refused: PikError) -> PikError:
    message = _("{file} wird nicht gelesen ({code}).").format(file=path.name, code=refused.code)
    return type(refused)(refused.code, message, refused.hint)


def _finding(finding: Finding) -> Finding:
    title = _(catalogue()[finding.code].title)
    return replace(
        finding,
        stated=None,
        expected=None,
        message=f"{finding.sheet}!{finding.range.partition(':')[0]}: {title}",
        hint=_("Was zu tun ist, erklärt: pik-excel explain {code}").format(code=finding.code),
    )


def _table(table: Table) -> Table:
    return replace(table, unit=None, years=())


def _sheet(unread: str) -> str:
    return unread.partition(": ")[0]
