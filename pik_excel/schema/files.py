"""Which schema is in force in a folder? The TOML files beside this one, overlaid by the nearest `pik-excel.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any  # what a TOML file holds

from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.schema.ignored import ignored
from pik_excel.schema.origins import Origins, Stated
from pik_excel.schema.overlay import overlaid
from pik_excel.schema.records import (
    AccountWords,
    Eligibility,
    FieldRule,
    Land,
    Limits,
    NeedWords,
    OwnShare,
    Preflight,
    Projection,
    Schema,
    StatusWords,
    Words,
)

NAME = "pik-excel.toml"
ASSUMING = ("annahmen", "szenario")
"""Its sections that state assumptions, read by the projection."""
BUILT_IN = Path(__file__).parent  # its *.toml, one a topic


@cache
def built_in() -> Schema:
    """The schema that comes with the program."""
    stated = [Stated(path, text, tuple(_leaves(data))) for path, (data, text) in _own_files().items()]
    return _schema(_own_data(), Origins(stated))


def load(folder: Path) -> Schema:
    """The schema for the workbooks of `folder`: a `pik-excel.toml` there, or in the nearest folder above, overlays it.

    Raises BadConfiguration, naming file, line and key.
    """
    path = _nearest(folder)
    return built_in() if path is None else _overlaid(path, _text(path))


def configuration(folder: Path) -> Path | None:
    """The `pik-excel.toml` that is in force in a folder."""
    return _nearest(folder)


def configured_workbooks(folder: Path) -> tuple[Path, ...]:
    """The workbooks that the nearest `pik-excel.toml` names (`workbooks = ["haushalt.xlsx"]`), relative to it."""
    path = _nearest(folder)
    if path is None:
        return ()
    found: list[Path] = []
    for pattern in load(folder).workbooks:
        matching = sorted(path.parent.glob(pattern)) if set(pattern) & set("*?[") else [path.parent / pattern]
        found += [one for one in matching if one not in found]
    return tuple(found)


@lru_cache(maxsize=16)
def _overlaid(path: Path, text: str) -> Schema:
    """Once for all the workbooks of a folder, as long as the file says the same."""
    own = {key: value for key, value in _data(path, text).items() if key not in ASSUMING}
    data, added = overlaid(_own_data(), own, path, text)
    schema = _schema(data, Origins([Stated(path, text, tuple(added))], built_in().origins))
    return replace(schema, ignored=ignored(data.get("ignore", []), path, text))


def _nearest(folder: Path) -> Path | None:
    try:
        start = folder.resolve()
    except OSError:  # the folder we are in is gone
        return None
    return next((place / NAME for place in (start, *start.parents) if (place / NAME).is_file()), None)


def parsed(path: Path) -> tuple[dict[str, Any], str]:
    """A TOML file as data, numbers with a point as Decimal, and its text; raises `BadConfiguration` naming the file."""
    text = _text(path)
    return _data(path, text), text


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfiguration(
            "unreadable-configuration", _("{path}: nicht lesbar ({error}).").format(path=path, error=error)
        ) from None


def _data(path: Path, text: str) -> dict[str, Any]:
    import tomllib  # `--help` does not need it

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadConfiguration(
            "bad-toml",
            _("{path}: kein gültiges TOML ({error}).").format(path=path, error=error),
            _("Bitte die genannte Zeile berichtigen."),
        ) from None


@cache
def _own_files() -> dict[Path, tuple[dict[str, Any], str]]:
    """Our files as `parsed` gives them."""
    return {path: parsed(path) for path in sorted(BUILT_IN.glob("*.toml"))}


@cache
def _own_data() -> dict[str, Any]:
    """What our files say together; each section stands in one of them."""
    return {section: entry for data, _text in _own_files().values() for section, entry in data.items()}


def _schema(data: Mapping[str, Any], origins: Origins) -> Schema:
    return Schema(
        fields={key: _field(key, entry) for key, entry in data["fields"].items()},
        words=Words(**_lists(data["words"])),
        status=StatusWords(**_lists(data["status"])),
        kinds=_lists(data["kinds"]),
        units=_lists(data["units"]),
        projection=Projection(data["projection"]["default_rule"], _lists(data["projection"]["rules"])),
        limits=_limits(data["limits"]),
        land=data["settings"]["land"],
        default_unit=data["settings"]["default_unit"],
        charts={land: dict(groups) for land, groups in data["chart"].items()},
        aliases=_lists(data["aliases"]),
        lands={land: _land(land, entry) for land, entry in data["land"].items()},
        products={land: dict(areas) for land, areas in data["products"].items()},
        account_words={name: AccountWords(**_lists(entry)) for name, entry in data["account_words"].items()},
        own_share=OwnShare(**_lists(data["own_share"])),
        need=NeedWords(**_lists(data["need"])),
        cost_types=_lists(data["cost_types"]),
        eligibility={name: _eligibility(entry) for name, entry in data["eligibility"].items()},
        preflight=Preflight(**{key: int(value) for key, value in data["preflight"].items()}),
        workbooks=tuple(data.get("workbooks", ())),
        origins=origins,
    )


def _field(key: str, entry: Mapping[str, Any]) -> FieldRule:
    return FieldRule(
        key=key,
        name=entry.get("name", key),
        english=entry.get("english", key),
        headers=tuple(entry.get("headers", ())),
        type=entry.get("type", "string"),
        required=entry.get("required", False),
        unique=entry.get("unique", False),
        minimum=_decimal(entry.get("minimum")),
        maximum=_decimal(entry.get("maximum")),
        pattern=entry.get("pattern"),
        values=tuple(entry.get("values", ())),
        structural=entry.get("structural", False),
        checked_by=tuple(entry.get("checked_by", ())),
    )


def _land(key: str, entry: Mapping[str, Any]) -> Land:
    lists = {name: tuple(entry.get(name, ())) for name in ("complete", "other_products", "extraordinary")}
    words = {name: entry.get(name, "") for name in ("source", "financial_plan")}
    told: dict[str, Any] = {**words, **lists}
    return Land(entry.get("name", key), **told)


def _eligibility(entry: Mapping[str, Any]) -> Eligibility:
    lists = _lists({key: value for key, value in entry.items() if key != "basis"})
    return Eligibility(**{"programme": (), "source": (), **lists}, basis=entry.get("basis", ""))


def _limits(entry: Mapping[str, Any]) -> Limits:
    return Limits(**{key: Decimal(value) for key, value in entry.items()})


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _lists(entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in entry.items()}


def _leaves(data: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield above + key
