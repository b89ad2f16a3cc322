"""`pik-excel schema`: what holds, where it comes from, and its exports."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.report.schema_data import schema_toml, table_schema
from pik_excel.report.schema_text import schema_text
from pik_excel.schema import built_in, load
from tests.cli.commands import pik

WORKBOOKS = Path(__file__).parent.parent.parent / "workbooks"
OWN = """
[settings]
land = "NRW"
[limits]
jump = 0.4
own_share = 0.1
[fields.stadtbezirk]
name = "Stadtbezirk"
headers = ["Stadtbezirk", "Bezirk \\"alt\\""]
[words]
total = ["Endstand"]
[aliases]
"Haus für Kinder" = ["KiTa Süd"]
[eligibility.own]
programme = ["Sommer"]
source = ["Bund"]
not_eligible = ["Mietkosten"]
"""
# What the Table Schema standard knows (datapackage.org/standard/table-schema, version 1 and 2 alike).
TYPES = {"string", "integer", "number", "date", "year", "boolean"}
KEYS = {
    "name",
    "title",
    "type",
    "format",
    "constraints",
    "decimalChar",
    "groupChar",
    "bareNumber",
    "trueValues",
    "falseValues",
}
CONSTRAINTS = {
    "string": {"required", "unique", "pattern", "enum"},
    "number": {"required", "unique", "minimum", "maximum", "enum"},
    "integer": {"required", "unique", "minimum", "maximum", "enum"},
    "date": {"required", "unique", "minimum", "maximum", "enum"},
    "year": {"required", "unique", "minimum", "maximum", "enum"},
    "boolean": {"required", "unique", "enum"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pik-excel.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


class TestText:
    def test_each_part_names_its_file_and_line(self, tmp_path: Path) -> None:
        shown = pik("schema", cwd=tmp_path).out
        assert "Land: Baden-Württemberg (BW)" in shown
        assert "[limits.toml:" in shown and "[fields.toml:" in shown and "[accounts.toml:" in shown
        assert "43 Transferaufwendungen" in shown
        assert "31 Soziale Hilfen" in shown
        assert max(map(len, shown.splitlines())) <= 80
        assert "\x1b" not in shown

    def test_what_is_adapted_is_marked(self, folder: Path) -> None:
        lines = [" ".join(line.split()) for line in pik("schema", cwd=folder).out.splitlines()]
        text = " ".join(lines)
        assert "Angepasst durch" in text
        assert "Nordrhein-Westfalen (NRW)" in text
        assert any(line.startswith("Sprung von Jahr zu Jahr") and "0,4" in line for line in lines)
        assert "pik-excel.toml:5]" in text
        assert "Stadtbezirk (stadtbezirk): Text" in text
        assert "Haus für Kinder: KiTa Süd" in text

    def test_the_assumptions_of_a_workbook_go_first(self) -> None:
        shown = " ".join(pik("schema", WORKBOOKS / "haushalt.xlsx").out.split())
        assert "OMID: Höchstbetrag 290.000 [Annahmen!H7]" in shown

    def test_every_limit_has_words(self) -> None:
        schema = built_in()
        shown = schema_text(schema)
        for index, key in enumerate(vars(schema.limits)):
            value = Decimal(7_000_001 + index)
            assert f"{value:,}".replace(",", ".") in schema_text(
                replace(schema, limits=replace(schema.limits, **{key: value}))
            ), key
        assert "7.000.0" not in shown

    def test_it_speaks_of_a_path_that_is_not_there(self, tmp_path: Path) -> None:
        ended = pik("schema", "fehlt.xlsx", cwd=tmp_path)
        assert ended.code == 2
        assert "fehlt.xlsx" in ended.err

    def test_a_bad_configuration_ends_with_2(self, tmp_path: Path) -> None:
        (tmp_path / "pik-excel.toml").write_text("[limits]\njmup = 1\n", encoding="utf-8")
        ended = pik("schema", cwd=tmp_path)
        assert ended.code == 2
        assert "pik-excel.toml:2: limits.jmup" in ended.err

    def test_the_result_can_go_to_a_file(self, tmp_path: Path) -> None:
        assert pik("schema", "-o", "schema.txt", cwd=tmp_path).out == ""
        assert (tmp_path / "schema.txt").read_text(encoding="utf-8").startswith("Maßnahmenschema")

    def test_its_help_says_what_overlays_what(self) -> None:
        shown = " ".join(pik("schema", "--help").out.split())
        for word in ("pik-excel.toml", "Annahmen", "table-schema", "toml", "--output"):
            assert word in shown


class TestJson:
    def test_it_holds_every_section_and_origin(self, folder: Path) -> None:
        document = pik("schema", "--format", "json", cwd=folder).json
        assert document["schema"] == "pik-excel/schema/1"
        assert document["settings"]["land"] == "NRW"
        assert document["fields"]["traeger"]["type"] == "string"
        assert document["origins"]["limits.jump"].endswith("pik-excel.toml:5")
        assert document["origins"]["limits.similar"].startswith("limits.toml:")
        assert document["chart"]["BW"]["43"] == "Transferaufwendungen"


class TestToml:
    def test_it_can_be_used_as_configuration(self, folder: Path, tmp_path: Path) -> None:
        here = load(folder)
        there = tmp_path / "anderswo"
        there.mkdir()
        (there / "pik-excel.toml").write_text(schema_toml(here), encoding="utf-8")
        again = load(there)
        assert replace(again, origins={}, workbooks=()) == replace(here, origins={}, workbooks=())

    def test_ours_too(self, tmp_path: Path) -> None:
        text = pik("schema", "--format", "toml", cwd=tmp_path).out
        assert tomllib.loads(text)["limits"]["similar"] == 0.72
        (tmp_path / "pik-excel.toml").write_text(text, encoding="utf-8")
        assert replace(load(tmp_path), origins={}) == replace(built_in(), origins={})


class TestTableSchema:
    @pytest.fixture
    def exported(self, folder: Path) -> dict:
        return json.loads(table_schema(load(folder)))

    def test_fields_are_as_the_standard_asks(self, exported: dict) -> None:
        names = [field["name"] for field in exported["fields"]]
        assert len(set(names)) == len(names)
        for field in exported["fields"]:
            assert field["type"] in TYPES
            assert {key for key in field if not key.startswith("pik:")} <= KEYS
            assert set(field.get("constraints", {})) <= CONSTRAINTS[field["type"]], field
            if "decimalChar" in field:
                assert field["type"] == "number"

    def test_money_is_written_the_german_way(self, exported: dict) -> None:
        amount = next(field for field in exported["fields"] if field["name"] == "betrag")
        assert (amount["type"], amount["decimalChar"], amount["groupChar"]) == ("number", ",", ".")
        assert (amount["bareNumber"], amount["pik:unit"], amount["constraints"]["minimum"]) == (False, "EUR", 0)

    def test_keys_and_missing_values(self, exported: dict) -> None:
        names = {field["name"] for field in exported["fields"]}
        assert set(exported["primaryKey"]) <= names
        assert exported["primaryKey"][0] == "bezeichnung"
        assert all(isinstance(value, str) for value in exported["missingValues"])
        assert {"", "–", "k. A."} <= set(exported["missingValues"])

    def test_what_is_ours_stands_under_pik(self, exported: dict) -> None:
        ours = {key for key in exported if key.startswith("pik:")}
        assert {"pik:land", "pik:accountGroups", "pik:limits", "pik:units"} <= ours
        assert set(exported) - ours == {"$schema", "name", "title", "fields", "missingValues", "primaryKey"}
        assert (
            next(field for field in exported["fields"] if field["name"] == "stadtbezirk")["pik:headers"][1]
            == 'Bezirk "alt"'
        )
