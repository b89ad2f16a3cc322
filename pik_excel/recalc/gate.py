"""Is a formula one that is calculated with certainty here? If not, why not?"""

from __future__ import annotations

from pik_excel.language import _
from pik_excel.recalc.functions import ADMITTED, DATES
from pik_excel.recalc.syntax import Beyond, Call, Constants, Node, Reference, children


def refusal(tree: Node, *, date1904: bool = False) -> str | None:
    """Why a formula of this shape is not calculated, in the language in force; None where it is.

    `tree` is resolved (see `names`).
    """
    if isinstance(tree, (Reference, Constants)) and not _is_single(tree):
        return _spill()
    return _inside(tree, date1904)


def _inside(node: Node, date1904: bool) -> str | None:
    if isinstance(node, Beyond):
        return _beyond(node.kind)
    if isinstance(node, Call):
        return _of_call(node, date1904)
    for child in children(node):
        reason = _spill() if not _is_single(child) else _inside(child, date1904)
        if reason:
            return reason
    return None


def _of_call(call: Call, date1904: bool) -> str | None:
    signature = ADMITTED.get(call.name)
    if signature is None or (date1904 and call.name in DATES):
        return _("nicht berechnet: Funktion {name}").format(name=call.name)
    kinds = signature.kinds(len(call.arguments))
    if kinds is None:
        return _("nicht berechnet: {name} mit {count} Argumenten").format(name=call.name, count=len(call.arguments))
    for kind, argument in zip(kinds, call.arguments, strict=True):
        if kind == "v" and not _is_single(argument):
            return _spill()
        reason = _inside(argument, date1904)
        if reason:
            return reason
    return None


def _is_single(node: Node) -> bool:
    return not isinstance(node, Constants) and (not isinstance(node, Reference) or node.single)


def _spill() -> str:
    return _("nicht berechnet: ein Bereich, wo ein einzelner Wert stehen muss (Matrixformel)")


def _beyond(kind: str) -> str:
    match kind:
        case "external":
            return _("nicht berechnet: Bezug auf eine andere Arbeitsmappe")
        case "3d":
            return _("nicht berechnet: Bezug über mehrere Blätter (3D-Bezug)")
        case "union":
            return _("nicht berechnet: Vereinigung oder Schnittmenge von Bereichen")
        case "array":
            return _("nicht berechnet: dynamischer Bereich (@ oder #)")
        case "name":
            return _("nicht berechnet: unbekannter Name")
        case "relative name":
            return _("nicht berechnet: Name mit relativem Bezug")
        case "table":
            return _("nicht berechnet: Bezug auf eine Excel-Tabelle")
        case "sheet":
            return _("nicht berechnet: Bezug auf ein Blatt, das es nicht gibt")
    return _("nicht berechnet: Formel nicht lesbar")


def follows(cause: str) -> str:
    """The reason of a cell that depends on one not calculated."""
    return _("nicht berechnet: hängt ab von {at}").format(at=cause)


def array() -> str:
    """The reason of a formula that fills a range, or of a data table."""
    return _("nicht berechnet: Matrixformel oder Datentabelle")


def circular() -> str:
    """The reason of a cell in a circle, or behind one."""
    return _("nicht berechnet: Zirkelbezug")


def engine_gave_up(error: str) -> str:
    """The reason of a cell for which the engine gave an error that is none of Excel's, or one nothing explains."""
    return _("nicht berechnet: das Rechenwerk meldet {error}").format(error=error)


def not_reproduced() -> str:
    """The reason of a formula whose stored value the engine does not reproduce."""
    return _("nicht berechnet: das Rechenwerk trifft den gespeicherten Wert nicht")


def as_displayed() -> str:
    """The reason of every formula in a workbook with "Genauigkeit wie angezeigt"."""
    return _("nicht berechnet: die Mappe rechnet mit „Genauigkeit wie angezeigt“")
