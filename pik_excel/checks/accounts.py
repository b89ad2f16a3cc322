"""Do the product and account codes of the measures exist, and do they go with the measures' names?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Measure, ProductKey
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.coded import Account, Codes, Product, codes_of
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.texts import Texts
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.schema import AccountWords, Schema

_AT_MOST = 3  # measures of one account that are named one by one
_RECIPIENT = pattern(
    r"\be\. ?V\b|gGmbH|\bgUG\b|gemeinnützig|verein|verband|stiftung|diakon|caritas|kirche|träger|rotes kreuz|\bDRK\b"
    r"|arbeiterwohlfahrt|\bAWO\b|malteser|johanniter|samariter|lebenshilfe",
    re.IGNORECASE,
)
_GRANTS = "Transferaufwendungen"


@rule("MSR05", "code-not-in-chart", Severity.WARNING, yields_to=("NUM06",))
def code_not_in_chart(subject: Subject) -> Iterator[Found]:
    """Produkt oder Konto nicht im Kontenrahmen

    Was: Eine Kontengruppe gibt es im Kontenrahmen des Landes nicht, oder sie heißt dort anders als daneben steht; oder
    ein Produkt beginnt mit einem Produktbereich, den es nicht gibt. 430 und 4318 gehören zu 43.

    Warum: Ein Betrag auf einer falschen Nummer landet im falschen Teilhaushalt oder lässt sich gar nicht buchen.

    Quelle: § 145 GemO BW; VwV Produkt- und Kontenrahmen (BW). Andere Länder: „pik-excel schema“.

    Falsch (A2):

    |   | A                                                                    | B                | C                |
    |---|----------------------------------------------------------------------|------------------|------------------|
    | 1 | Maßnahme/Kontengr.                                                   | 2022 TEUR        | 2023 TEUR        |
    | 2 | 31.60.01.00.00-500 Förderung freier Träger/460 Transferaufwendungen  |                  |                  |
    | 3 | Jobcafé                                                              | 66               | 66               |
    | 4 | Lernräume                                                            | 290              | 290              |
    | 5 | Summe                                                                | =SUM(B3:B4) → 356 | =SUM(C3:C4) → 356 |

    Richtig:

    |   | A                                                                    | B                | C                |
    |---|----------------------------------------------------------------------|------------------|------------------|
    | 1 | Maßnahme/Kontengr.                                                   | 2022 TEUR        | 2023 TEUR        |
    | 2 | 31.60.01.00.00-500 Förderung freier Träger/430 Transferaufwendungen  |                  |                  |
    | 3 | Jobcafé                                                              | 66               | 66               |
    | 4 | Lernräume                                                            | 290              | 290              |
    | 5 | Summe                                                                | =SUM(B3:B4) → 356 | =SUM(C3:C4) → 356 |

    Beheben: Die Nummer berichtigen; gibt es sie bei Ihnen doch, sie in pik-excel.toml unter [chart.BW] oder
    [products.BW] ergänzen, oder unter [settings] das richtige Land nennen.

    Schweigt: solange nichts für das Land spricht (Einstellung, „Annahmen“, ein Konto mit seinem Namen, mehrere
    Nummern des Kontenrahmens); bei Klassen, deren Kontenrahmen nicht vollständig hinterlegt ist; bei örtlichen
    Produkten innerhalb eines Produktbereichs; wenn viele Nummern abweichen (dann gilt ein anderer Kontenrahmen)."""
    codes = codes_of(subject)
    for accounts in _by_code(codes.outside_accounts()):
        yield _outside_account(codes, accounts)
    for products in _by_code(codes.outside_products()):
        yield _outside_product(codes, products)


@rule("MSR09", "account-unlikely", Severity.NOTICE, yields_to=("MSR05",))
def account_unlikely(subject: Subject) -> Iterator[Found]:
    """Name und Konto passen kaum zusammen

    Was: Der Name einer Maßnahme nennt etwas, das gewöhnlich auf einer anderen Kontengruppe gebucht wird: eine Lizenz,
    eine Miete oder ein Honorar unter Transferaufwendungen, einen Zuschuss unter Personalaufwendungen.

    Warum: Transferaufwendungen haben keine Gegenleistung. Was die Stadt kauft oder mietet, gehört zu den Sach- und
    Dienstleistungen oder den sonstigen ordentlichen Aufwendungen; davon hängen Deckungskreis und Statistik ab.

    Quelle: Zuordnungsvorschriften zum Kontenrahmen (VwV Produkt- und Kontenrahmen BW).

    Falsch (A3):

    |   | A                                                                    | B                | C                |
    |---|----------------------------------------------------------------------|------------------|------------------|
    | 1 | Maßnahme/Kontengr.                                                   | 2022 TEUR        | 2023 TEUR        |
    | 2 | 31.60.01.00.00-500 Förderung freier Träger/430 Transferaufwendungen  |                  |                  |
    | 3 | Jobcafé, Softwarelizenzen                                            | 66               | 66               |
    | 4 | Lernräume                                                            | 290              | 290              |
    | 5 | Summe                                                                | =SUM(B3:B4) → 356 | =SUM(C3:C4) → 356 |

    Richtig:

    |   | A                                                                    | B                | C                |
    |---|----------------------------------------------------------------------|------------------|------------------|
    | 1 | Maßnahme/Kontengr.                                                   | 2022 TEUR        | 2023 TEUR        |
    | 2 | 31.60.01.00.00-500 Förderung freier Träger/430 Transferaufwendungen  |                  |                  |
    | 3 | Jobcafé, Zuschuss zu Softwarelizenzen                                | 66               | 66               |
    | 4 | Lernräume                                                            | 290              | 290              |
    | 5 | Summe                                                                | =SUM(B3:B4) → 356 | =SUM(C3:C4) → 356 |

    Beheben: Das Konto prüfen und berichtigen; ist es richtig, den Namen so fassen, dass man es sieht („Zuschuss zu …“).
    Welche Wörter gegen welche Kontengruppe sprechen, steht in „pik-excel schema“ und lässt sich dort ergänzen.

    Schweigt: bei Zuschüssen, Förderungen und Erstattungen; bei Lizenzen, Mieten, Honoraren und Personalkosten eines
    Trägers, der als Empfänger daneben steht; ohne Konto und wenn nichts für den Kontenrahmen des Landes spricht."""
    codes = codes_of(subject)
    known = set[tuple[str, str]]()
    by_group: dict[tuple[str, str, str], list[tuple[Measure, AccountWords]]] = defaultdict(list)
    grouped = list(_grouped(subject, codes))
    speaking = _speaking(subject.schema, (measure for measure, _group in grouped)) if grouped else ()
    for measure, group in grouped if speaking else ():
        words = _against(speaking, measure, group)
        if words and (measure.name, group) not in known:
            known.add((measure.name, group))
            by_group[measure.at.sheet, group, words.words[0]].append((measure, words))
    for (_sheet, group, _word), found in by_group.items():
        if len(found) <= _AT_MOST:
            yield from (_unlikely(codes, measure, group, words, ()) for measure, words in found)
        else:
            yield _unlikely(codes, found[0][0], group, found[0][1], tuple(measure for measure, _words in found[1:]))


def _by_code(found: Iterable[Account | Product]) -> Iterator[list[Account | Product]]:
    """Those of one sheet and code together: they are one mistake."""
    together: dict[tuple[str, str], list[Account | Product]] = defaultdict(list)
    for one in found:
        together[one.at.sheet, one.code].append(one)
    yield from together.values()


def _outside_account(codes: Codes, found: list[Account | Product]) -> Found:
    first = found[0]
    assert isinstance(first, Account)
    land = _land_name(codes)
    meant = codes.group_by_name.get(name_key(first.name)) if first.name else None
    if meant:
        message = _("{at}: Konto {code}: „{name}“ ist im Kontenrahmen von {land} die Kontengruppe {meant}.").format(
            at=first.at, code=first.code, name=first.name, land=land, meant=meant
        )
        hint = _("Bitte die Nummer oder den Namen berichtigen.")
    else:
        message = _("{at}: Die Kontengruppe {group} (Konto {code}) gibt es im Kontenrahmen von {land} nicht.").format(
            at=first.at, group=first.group, code=first.code, land=land
        )
        hint = _("Bitte die Nummer berichtigen oder sie in pik-excel.toml unter [chart.{land}] ergänzen.").format(
            land=codes.land
        )
    return Found(
        at=first.at,
        stated=first.code,
        expected=meant,
        message=message,
        hint=hint,
        related=tuple(str(one.at) for one in found[1:]),
        identity=("account", first.code, first.name),
    )


def _outside_product(codes: Codes, found: list[Account | Product]) -> Found:
    first = found[0]
    assert isinstance(first, Product)
    return Found(
        at=first.at,
        stated=first.code,
        expected=None,
        message=_("{at}: Produkt {code}: Einen Produktbereich {area} gibt es im Produktplan von {land} nicht.").format(
            at=first.at, code=first.code, area=first.area, land=_land_name(codes)
        ),
        hint=_("Bitte die Nummer berichtigen oder sie in pik-excel.toml unter [products.{land}] ergänzen.").format(
            land=codes.land
        ),
        related=tuple(str(one.at) for one in found[1:]),
        identity=("product", first.code),
    )


def _land_name(codes: Codes) -> str:
    land = codes.schema.lands.get(codes.land)
    return land.name if land else codes.land


def _grouped(subject: Subject, codes: Codes) -> Iterator[tuple[Measure, str]]:
    """The measures with the name of the account group, where words of the schema speak against it."""
    unlikely = {group for words in subject.schema.account_words.values() for group in words.unlikely}
    known: dict[tuple[str | None, str | None], str | None] = {}
    for table in subject.reading.budget.tables:
        for measure in table.measures:
            key = measure.key
            if key is not None:
                printed = key.account_group, key.account_name
                if printed not in known:
                    known[printed] = _group_of(codes, key)
                group = known[printed]
                if group in unlikely:
                    yield measure, group


def _group_of(codes: Codes, key: ProductKey) -> str | None:
    """The name of the account group that a measure with this key is planned under."""
    if not key.account_group:
        return None
    digits = re.match(r"\s*(\d{2,8})\s*(.*)", key.account_group, re.DOTALL)
    return codes.group_name(digits[1], key.account_name or digits[2]) if digits else None


Speaking = Sequence[tuple[AccountWords, frozenset[str]]]
"""Words of the schema with the names, in lower case, that hold one of them."""


def _speaking(schema: Schema, measures: Iterable[Measure]) -> Speaking:
    """The words that any name holds: each is looked for in all names at once."""
    names = {measure.name for measure in measures}
    texts = Texts(frozenset(name.casefold() for name in names))
    found = (
        (words, texts.found_by(_pattern(words.words), fragments=[word.rstrip("*") for word in words.words]))
        for words in schema.account_words.values()
    )
    return [(words, holding) for words, holding in found if holding]


def _against(speaking: Speaking, measure: Measure, group: str) -> AccountWords | None:
    """The words that speak against the group, where the name holds one of them and nothing that excuses it."""
    name = measure.name.casefold()
    for words, names in speaking:
        if group in words.unlikely and name in names:
            if _GRANTS not in words.likely and _is_granted(measure):
                continue  # what such a recipient buys or pays is a grant to him; a grant stays one
            return None if any(word.casefold() in name for word in words.unless) else words
    return None


def _is_granted(measure: Measure) -> bool:
    recipient = measure.field("traeger")
    return recipient is not None and _RECIPIENT.search(recipient.text) is not None


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words, with * at the end their beginnings."""
    listed = (re.escape(word.rstrip("*").casefold()) + ("" if word.endswith("*") else r"(?!\w)") for word in words)
    return pattern(r"(?<!\w)(?:" + "|".join(listed) + ")")


def _unlikely(codes: Codes, measure: Measure, group: str, words: AccountWords, more: tuple[Measure, ...]) -> Found:
    key = measure.key
    assert key is not None
    usual = _(" oder ").join(_with_number(codes, name) for name in words.likely)
    return Found(
        at=measure.at,
        stated=key.account_group,
        expected=None,
        message=_("{at}: „{name}“ steht unter {group}; üblich wäre {usual}.").format(
            at=measure.at, name=measure.name, group=_with_number(codes, group, key.account_group), usual=usual
        ),
        hint=_("Bitte das Konto prüfen; ist es ein Zuschuss an andere, das im Namen sagen („Zuschuss zu …“)."),
        related=(str(key.at), *(str(one.at) for one in more)),
        identity=(measure.name, group),
    )


def _with_number(codes: Codes, name: str, code: str | None = None) -> str:
    number = codes.group_by_name.get(name_key(name)) if codes.is_known else None
    if code and code.strip().isdigit():
        number = code.strip()
    return f"{number} {name}" if number else name
