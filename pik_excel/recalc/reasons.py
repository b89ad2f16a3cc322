"""In which words is it said that a formula is not calculated?"""

from __future__ import annotations

from pik_excel.language import _


def function(name: str) -> str:
    """A function that is not admitted."""
    return _("nicht berechnet: Funktion {name}").format(name=name)


def arguments(name: str, count: int) -> str:
    """A function with a number or kind of arguments that it does not take."""
    return _("nicht berechnet: {name} mit diesen {count} Argumenten").format(name=name, count=count)


def sorted_lookup() -> str:
    """A look-up that relies on a sorted list."""
    return _("nicht berechnet: Suche in sortierter Liste (ohne „genaue Übereinstimmung“)")


def blank_lookup() -> str:
    """A look-up whose key is an empty cell."""
    return _("nicht berechnet: gesucht wird eine leere Zelle")


def number_as_text(text: str) -> str:
    """A text that Excel reads as a number by the user's language."""
    return _("nicht berechnet: der Text „{text}“ wird als Zahl gelesen").format(text=text)


def characters_of_a_number() -> str:
    """A number whose characters depend on the user's language."""
    return _("nicht berechnet: eine Zahl wird als Text weiterverwendet")


def spill() -> str:
    """A range where a single value must stand."""
    return _("nicht berechnet: ein Bereich, wo ein einzelner Wert stehen muss (Matrixformel)")


def beyond(kind: str) -> str:
    """What the tree calls `Beyond`."""
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


def not_remembered() -> str:
    """A cell of another workbook whose value is not in the file."""
    return _("nicht berechnet: aus der anderen Arbeitsmappe ist kein Wert gespeichert")


def follows(cause: str) -> str:
    """A cell that depends on one not calculated."""
    return _("nicht berechnet: hängt ab von {at}").format(at=cause)


def array() -> str:
    """A formula that fills a range, or a data table."""
    return _("nicht berechnet: Matrixformel oder Datentabelle")


def circular() -> str:
    """A cell in a circle, or behind one."""
    return _("nicht berechnet: Zirkelbezug")


def engine_gave_up(error: str) -> str:
    """The engine gave an error that is none of Excel's, or one nothing explains."""
    return _("nicht berechnet: das Rechenwerk meldet {error}").format(error=error)


def stops_at_an_error() -> str:
    """AND or OR over a cell with an error, at which the engine does not look."""
    return _("nicht berechnet: UND oder ODER über einen Fehlerwert")


def sheet_name(name: str) -> str:
    """A sheet's name that the engine does not take."""
    return _("nicht berechnet: das Rechenwerk kennt keinen Blattnamen „{name}“").format(name=name)


def broke_off() -> str:
    """The engine broke off, which it does at dates that are too far away."""
    return _("nicht berechnet: das Rechenwerk bricht bei einem Datum ab, das zu weit entfernt ist")


def not_reproduced() -> str:
    """The engine does not reproduce the stored value of formulas of this shape."""
    return _("nicht berechnet: das Rechenwerk trifft den gespeicherten Wert nicht")


def as_displayed() -> str:
    """The workbook has "Genauigkeit wie angezeigt"."""
    return _("nicht berechnet: die Mappe rechnet mit „Genauigkeit wie angezeigt“")


def hidden_rows() -> str:
    """A subtotal over hidden rows."""
    return _("nicht berechnet: TEILERGEBNIS über ausgeblendete Zeilen")


def too_large() -> str:
    """Ranges over which it would take minutes."""
    return _("nicht berechnet: zu viele Formeln über sehr große Bereiche")


def long_text() -> str:
    """A text that would be longer than a cell holds."""
    return _("nicht berechnet: der Text würde länger, als eine Zelle fasst")
