"""Which footnote marks have no note, and which notes no mark? (MSR03)"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.footnotes import marks_without_note, notes_without_mark
from pik_excel.checks.wording import shortened
from pik_excel.language import _


@rule("MSR03", "footnote-unresolved", Severity.WARNING)
def footnote_unresolved(subject: Subject) -> Iterator[Found]:
    """Fußnote ohne Gegenstück

    Was: Eine Maßnahme oder ein Betrag trägt ein Zeichen (*, **, 1), ¹), das auf dem Blatt nirgends erklärt ist; oder
    unter der Tabelle steht eine Anmerkung, auf die nichts verweist. ** ist ein eigenes Zeichen, nicht zweimal *.

    Warum: An Fußnoten hängt, ob Mittel schon bereitstehen. Fehlt eine, ist der Bedarf nicht zu beurteilen.

    Quelle: § 17 GemHVO BW (Erläuterungen); Praxis der Gemeinderatsvorlagen.

    Falsch (A3):

    |   | A                                                    | B                | C                |
    |---|------------------------------------------------------|------------------|------------------|
    | 1 | Maßnahme                                             | 2022 TEUR        | 2023 TEUR        |
    | 2 | Willkommensräume*                                    | 150              | 150              |
    | 3 | Lernräume**                                          | 40               | 40               |
    | 4 | Summe                                                | =SUM(B2:B3) → 190 | =SUM(C2:C3) → 190 |
    | 5 | *Haushaltsmittel stehen auch für das Jahr 2024 bereit |                  |                  |

    Richtig:

    |   | A                                                     | B                | C                |
    |---|-------------------------------------------------------|------------------|------------------|
    | 1 | Maßnahme                                              | 2022 TEUR        | 2023 TEUR        |
    | 2 | Willkommensräume*                                     | 150              | 150              |
    | 3 | Lernräume**                                           | 40               | 40               |
    | 4 | Summe                                                 | =SUM(B2:B3) → 190 | =SUM(C2:C3) → 190 |
    | 5 | *Haushaltsmittel stehen auch für das Jahr 2024 bereit  |                  |                  |
    | 6 | **Haushaltsmittel stehen auch für 2024 und 2025 bereit |                  |                  |

    Beheben: Die Anmerkung unter der Tabelle ergänzen oder das Zeichen entfernen; eine überzählige Anmerkung streichen
    oder ihr Zeichen an die Maßnahme setzen.

    Schweigt: beim Genderstern, beim Malzeichen, bei Platzhaltern (31.60.*), bei Legenden (* = geschätzt), bei
    Aufzählungen, und wenn die Anmerkung irgendwo auf dem Blatt, in einem Kommentar oder auf einem Blatt für Fußnoten
    steht."""
    workbook, tables = subject.reading.workbook, subject.reading.budget.tables
    for mark in marks_without_note(workbook, tables):
        yield Found(
            at=mark.cells[0],
            stated=mark.mark,
            expected=None,
            message=_("{at}: „{label}“ trägt das Zeichen {mark}, auf dem Blatt fehlt die Anmerkung dazu.").format(
                at=mark.cells[0], label=mark.label, mark=mark.mark
            ),
            hint=_(
                "Bitte unter der Tabelle eine Anmerkung ergänzen, die mit {mark} beginnt, oder das Zeichen entfernen."
            ).format(mark=mark.mark),
            related=tuple(str(cell) for cell in mark.cells[1:]),
            identity=("mark", mark.mark),
        )
    for note in notes_without_mark(workbook, tables):
        yield Found(
            at=note.at,
            stated=note.mark,
            expected=None,
            message=_(
                "{at}: Die Anmerkung „{mark} {text}“ gehört zu keiner Zeile: Das Zeichen {mark} kommt sonst nicht vor."
            ).format(at=note.at, mark=note.mark, text=shortened(note.text)),
            hint=_("Bitte das Zeichen an die Maßnahme setzen, für die sie gilt, oder die Anmerkung streichen."),
            identity=("note", note.mark, note.text),
        )
