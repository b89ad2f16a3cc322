"""LibreOffice at work, for tests: run by the Python that has `uno`, not by the one the tests run in.

Reads JSON lists of jobs from standard input, one a line, does them in one headless LibreOffice, and prints a line with
the JSON list of answers for each.
A job names a workbook (`path`) and what is done to it (`steps`), in this order:
["insert", sheet, "column"|"row", at, count], ["delete", …], ["set", sheet, "B4", number or text], ["recalculate"],
["store", path]. The answer holds each cell's formula (or value) and value, and each name:
{"cells": {"Sheet!B4": ["=…", 1.0]}, "names": {"Name": "$Sheet.$B$4"}}.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def main() -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        pipe = f"pik{os.getpid()}"
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}",
             f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            desktop = connected(pipe)
            for line in sys.stdin:
                print(json.dumps([done(desktop, job) for job in json.loads(line)]), flush=True)
            desktop.terminate()
        finally:
            time.sleep(0.2)
            office.kill()
            office.wait()


def connected(pipe: str):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def done(desktop, job: dict) -> dict:
    document = desktop.loadComponentFromURL(
        Path(job["path"]).resolve().as_uri(), "_blank", 0, (option("Hidden", True),)
    )
    try:
        for step in job.get("steps", []):
            take(document, *step)
        return {"cells": cells(document), "names": names(document)}
    finally:
        document.close(True)


def take(document, kind: str, *given) -> None:
    if kind == "recalculate":
        document.calculateAll()
    elif kind == "store":
        document.storeToURL(Path(given[0]).resolve().as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
    elif kind == "set":
        sheet, place, content = given
        cell = document.Sheets.getByName(sheet).getCellRangeByName(place)
        if isinstance(content, str):
            cell.setString(content)
        else:
            cell.setValue(content)
    else:
        sheet, axis, at, count = given
        lines = getattr(document.Sheets.getByName(sheet), "Columns" if axis == "column" else "Rows")
        change = lines.insertByIndex if kind == "insert" else lines.removeByIndex
        change(at - 1, count)


def cells(document) -> dict:
    found = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        area = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
        formulas, values = area.getFormulaArray(), area.getDataArray()
        for row, line in enumerate(formulas):
            for column, formula in enumerate(line):
                if formula != "":
                    found[f"{sheet.Name}!{letters(column)}{row + 1}"] = [formula, values[row][column]]
    return found


def names(document) -> dict:
    return {name.Name: name.Content for name in document.NamedRanges}


def letters(column: int) -> str:
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def option(name: str, value):
    given = PropertyValue()
    given.Name, given.Value = name, value
    return given


if __name__ == "__main__":
    main()
