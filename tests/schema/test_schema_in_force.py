"""The measures schema and what a pik-excel.toml makes of it."""

from __future__ import annotations

import re
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.errors import BadConfiguration
from pik_excel.schema import built_in, configured_workbooks, load
from pik_excel.schema.files import BUILT_IN, parsed
from pik_excel.schema.records import Limits


def written(folder: Path, text: str) -> Path:
    (folder / "pik-excel.toml").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path, text: str) -> BadConfiguration:
    with pytest.raises(BadConfiguration) as caught:
        load(written(folder, text))
    return caught.value


def test_without_a_file_ours_holds(tmp_path: Path) -> None:
    assert load(tmp_path) is built_in()


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    own = load(written(tmp_path, ""))
    assert (own.fields, own.words, own.limits) == (built_in().fields, built_in().words, built_in().limits)


def test_every_field_has_headers_and_a_name() -> None:
    assert all(rule.headers and rule.name and rule.english for rule in built_in().fields.values())
    assert built_in().account_groups["43"] == "Transferaufwendungen"


def test_lists_are_added_to_and_single_values_replaced(tmp_path: Path) -> None:
    own = load(
        written(
            tmp_path,
            """
            workbooks = ["plan.xlsx"]
            [limits]
            jump = 0.5
            [words]
            total = ["Endstand"]
            [fields.traeger]
            headers = ["Verein"]
            [aliases]
            "Dolmetschereinsätze" = ["Dolmetscherkosten"]
            """,
        )
    )
    assert own.limits.jump == Decimal("0.5")
    assert own.limits.jump_from == built_in().limits.jump_from
    assert {"Summe", "Endstand"} <= set(own.words.total)
    assert own.fields["traeger"].headers[-1] == "Verein"
    assert own.aliases["Dolmetschereinsätze"] == ("Dolmetscherkosten",)


def test_a_field_of_ones_own_may_be_added(tmp_path: Path) -> None:
    own = load(written(tmp_path, '[fields.stadtbezirk]\nheaders = ["Stadtbezirk"]\n'))
    assert own.fields["stadtbezirk"].type == "string"


def test_tables_of_ones_own_are_added(tmp_path: Path) -> None:
    own = load(
        written(
            tmp_path,
            """
            [settings]
            land = "HE"
            [land.HE]
            name = "Hessen"
            complete = ["6"]
            [chart.HE]
            62 = "Personalaufwendungen"
            [products.HE]
            01 = "Innere Verwaltung"
            [account_words.print]
            words = ["Druck"]
            unlikely = ["Personalaufwendungen"]
            [account_words.licences]
            words = ["Cloud"]
            [cost_types]
            Druckkosten = ["Druck"]
            [eligibility.own]
            programme = ["Sommerprogramm"]
            source = ["Stiftung"]
            not_eligible = ["Druckkosten"]
            [own_share]
            sources = ["Diözese"]
            """,
        )
    )
    assert own.account_groups == {"62": "Personalaufwendungen"}
    assert (own.lands["HE"].name, own.lands["HE"].complete) == ("Hessen", ("6",))
    assert own.products["HE"] == {"01": "Innere Verwaltung"}
    assert own.account_words["print"].words == ("Druck",)
    assert {"Lizenz*", "Cloud"} <= set(own.account_words["licences"].words)
    assert own.eligibility["own"].not_eligible == ("Druckkosten",)
    assert "Diözese" in own.own_share.sources
    assert own.origins["eligibility.own.not_eligible"].path == tmp_path / "pik-excel.toml"


def test_each_section_stands_in_one_of_our_files() -> None:
    files = sorted(BUILT_IN.glob("*.toml"))
    sections = [section for path in files for section in parsed(path)[0]]
    assert len(files) >= 6
    assert len(sections) == len(set(sections))


def test_every_land_says_where_its_chart_is_from() -> None:
    schema = built_in()
    assert set(schema.charts) == set(schema.lands)
    assert all(land.source for land in schema.lands.values())
    assert set(schema.products) <= set(schema.lands)
    names = {name for groups in schema.charts.values() for name in groups.values()}
    for words in schema.account_words.values():
        assert set(words.unlikely) | set(words.likely) <= names


def test_a_part_knows_its_file_and_line(tmp_path: Path) -> None:
    own = load(written(tmp_path, "# ours\n[limits]\njump = 0.5\n"))
    assert own.origins["limits.jump"].path == tmp_path / "pik-excel.toml"
    assert own.origins["limits.jump"].line == 3
    assert own.origins["limits.similar"].path.name == "limits.toml"


def test_every_limit_that_can_be_set_is_asked_for() -> None:
    package = BUILT_IN.parent
    asking = "".join(file.read_text("utf-8") for file in package.rglob("*.py") if file.parent != BUILT_IN)
    unused = [field.name for field in fields(Limits) if not re.search(rf"limits\.{field.name}\b", asking)]
    assert unused == []


def test_the_nearest_file_above_holds(tmp_path: Path) -> None:
    written(tmp_path, "[limits]\njump = 0.5\n")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert load(below).limits.jump == Decimal("0.5")


def test_workbooks_are_named_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "eins.xlsx").touch()
    (tmp_path / "zwei.xlsx").touch()
    written(tmp_path, 'workbooks = ["zwei.xlsx", "*.xlsx"]')
    assert [path.name for path in configured_workbooks(tmp_path)] == ["zwei.xlsx", "eins.xlsx"]


@pytest.mark.parametrize(
    ("text", "line", "key", "hint"),
    [
        ("[limits]\n\njmup = 0.5\n", 3, "limits.jmup", "jump"),
        ("[limit]\njump = 0.5\n", 1, "limit", "limits"),
        ('[limits]\njump = "viel"\n', 2, "limits.jump", "eine Zahl"),
        ("[limits]\njump = -1\n", 2, "limits.jump", "ab 0"),
        ("[limits]\njump = true\n", 2, "limits.jump", "eine Zahl"),
        ('[settings]\nland = "XX"\n', 2, "settings.land", "BW"),
        ('[projection]\ndefault_rule = "raten"\n', 2, "projection.default_rule", "halten"),
        ('[fields.traeger]\nheader = ["Verein"]\n', 2, "fields.traeger.header", "headers"),
        ('[fields.neu]\ntype = "string"\n', 1, "fields.neu", "headers"),
        ('[fields.neu]\nheaders = ["Neu"]\ntype = "geld"\n', 3, "fields.neu.type", "money"),
        ("[words]\ntotal = 3\n", 2, "words.total", "…"),
        ('[chart.BW]\nx = "y"\n', 2, "chart.BW.x", "Ziffern"),
        ("limits = 3\n", 1, "limits", "[limits]"),
        ('[products.BW]\n111 = "y"\n', 2, "products.BW.111", "zwei Ziffern"),
        ('[land.BW]\nsorce = "y"\n', 2, "land.BW.sorce", "source"),
        ("[land.HE]\ncomplete = 4\n", 2, "land.HE.complete", "…"),
        ('[account_words.own]\nlikely = ["Personalaufwendungen"]\n', 1, "account_words.own", "words"),
        ('[account_words.own]\nwords = ["x"]\nwhere = ["y"]\n', 3, "account_words.own.where", "unlikely"),
        ("[own_share]\nsources = 3\n", 2, "own_share.sources", "…"),
        ('[own_share]\nsource = ["x"]\n', 2, "own_share.source", "sources"),
        ('[eligibility.own]\nprogramme = ["x"]\n', 1, "eligibility.own", "source"),
        (
            '[eligibility.own]\nprogramme = ["x"]\nsource = ["Land"]\nnot_eligible = ["Dinge"]\n',
            4,
            "eligibility.own.not_eligible",
            "Sachkosten",
        ),
        ("[cost_types]\nDruck = 3\n", 2, "cost_types.Druck", "…"),
        ("[limits]\nown_share = -0.1\n", 2, "limits.own_share", "ab 0"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(tmp_path: Path, text: str, line: int, key: str, hint: str) -> None:
    error = refused(tmp_path, text)
    assert error.message.startswith(f"{tmp_path / 'pik-excel.toml'}:{line}: {key}: ")
    assert hint in error.hint


def test_bad_syntax_names_the_file_and_the_line(tmp_path: Path) -> None:
    error = refused(tmp_path, "[limits]\njump == 3\n")
    assert str(tmp_path / "pik-excel.toml") in error.message
    assert "line 2" in error.message


def test_the_workbooks_of_a_folder_share_one_schema_until_its_file_says_something_else(tmp_path: Path) -> None:
    configured = tmp_path / "pik-excel.toml"
    configured.write_text('[settings]\ndefault_unit = "TEUR"\n', "utf-8")
    first = load(tmp_path)
    assert load(tmp_path) is first
    configured.write_text('[settings]\ndefault_unit = "EUR"\n', "utf-8")
    assert load(tmp_path).default_unit == "EUR"
    assert first.default_unit == "TEUR"
