"""The measures schema and what a pik-excel.toml makes of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.errors import BadConfiguration
from pik_excel.schema import built_in, configured_workbooks, load


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


def test_a_part_knows_its_file_and_line(tmp_path: Path) -> None:
    own = load(written(tmp_path, "# ours\n[limits]\njump = 0.5\n"))
    assert own.origins["limits.jump"].path == tmp_path / "pik-excel.toml"
    assert own.origins["limits.jump"].line == 3
    assert own.origins["limits.slip"].path.name == "measures.toml"


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
