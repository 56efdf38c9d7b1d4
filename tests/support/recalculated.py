"""What LibreOffice makes of formulas put into workbooks, as an independent judge."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import openpyxl

from funnelbook.commands.pictures import convert
from support.external import need


def values_of(books: Mapping[Path, list[str]], folder: Path) -> dict[Path, list[str]]:
    """What LibreOffice gives for formulas put into each workbook."""
    need("libreoffice")
    probes = {}
    for number, (path, formulas) in enumerate(books.items()):
        workbook = openpyxl.load_workbook(path)
        sheet = workbook.create_sheet("probe", 0)
        for row, formula in enumerate(formulas, 1):
            sheet.cell(row, 1, f"={formula}")
        workbook.active = 0
        probes[path] = folder / f"probe{number}.xlsx"
        workbook.save(probes[path])
    convert(list(probes.values()), "csv", folder / "out", time_limit_s=900)
    found = {}
    for path, probe in probes.items():
        with (folder / "out" / f"{probe.stem}.csv").open(encoding="utf-8", newline="") as file:
            found[path] = [line[0] if line else "" for line in csv.reader(file)]
    return found
