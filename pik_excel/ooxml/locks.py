"""Does a file beside a workbook say that somebody has it open?"""

from __future__ import annotations

from pathlib import Path

from pik_excel.records import dataclass


@dataclass(frozen=True)
class Lock:
    """The lock file, the program that makes such files, and who has the workbook open ("" where it does not say)."""

    file: Path
    program: str
    owner: str


def held(workbook: Path) -> Lock | None:
    """The lock of Excel ("~$name") or LibreOffice (".~lock.name#") beside a workbook."""
    excel = workbook.with_name(f"~${workbook.name}")
    office = workbook.with_name(f".~lock.{workbook.name}#")
    if excel.is_file():
        return Lock(excel, "Excel", _excel_owner(_beginning(excel)))
    if office.is_file():
        return Lock(office, "LibreOffice", _office_owner(_beginning(office)))
    return None


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as handle:
            return handle.read(512)
    except OSError:  # Excel holds it so that nobody else can read it
        return b""


def _excel_owner(data: bytes) -> str:
    """The name stands behind its length, in the code page of Windows."""
    length = data[0] if data else 0
    return data[1 : 1 + length].decode("cp1252", "replace").strip("\0 ") if length < 60 else ""


def _office_owner(data: bytes) -> str:
    return data.decode("utf-8", "replace").split(",")[0].strip()
