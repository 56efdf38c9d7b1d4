"""Every host tells when a program last saved what the workbook holds, and that nobody knows once it was changed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from funnelbook import template
from funnelbook.hosts.excel import ExcelBook
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.fake_excel import App

SAVED = datetime(2026, 5, 29, 16, 30, tzinfo=UTC)


def package(modified: str = "2026-05-29T16:30:00Z") -> bytes:
    """A workbook whose core properties say when it was saved."""
    given, made = zipfile.ZipFile(io.BytesIO(template.build("zh", tables=["Funnel"]))), io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name in given.namelist():
            data = given.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + modified.encode(), data)
            out.writestr(name, data)
    return made.getvalue()


def file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("modified", "told"),
    [
        ("2026-05-29T16:30:00Z", SAVED),
        ("2026-05-30T00:30:00+08:00", SAVED),
        ("2026-05-29T16:30:00", SAVED),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_file_tells_it_in_its_properties(tmp_path, modified, told):
    assert OoxmlBook(file(tmp_path, package(modified))).saved == told


def test_excel_tells_it_until_somebody_types():
    workbook = App().new(package())
    book = ExcelBook(workbook)
    assert book.saved is None  # the workbook was never saved: Excel raises, or has no day
    workbook.api.last_saved, workbook.api.Saved = datetime(2026, 5, 29, 18, 0), True
    assert book.saved == datetime(2026, 5, 29, 18, 0).astimezone()
    workbook.api.Saved = False
    assert book.saved is None


@pytest.mark.live
def test_libreoffice_tells_it_until_somebody_types(office, opened, tmp_path):
    document = opened(file(tmp_path, package()))
    book = office.book(document)
    assert book.saved == SAVED
    document.Sheets.getByIndex(0).getCellByPosition(0, 50).setString("x")
    assert book.saved is None
