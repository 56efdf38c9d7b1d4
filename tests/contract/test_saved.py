"""Every host tells when a program last saved what the workbook holds, and that nobody knows once it was changed."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from funnelbook import template
from funnelbook.hosts.excel import ExcelBook
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.fake_excel import App

SAVED = datetime(2026, 5, 29, 16, 30, tzinfo=UTC)


def package(modified: str = "2026-05-29T16:30:00Z", by: str = "Microsoft Excel") -> bytes:
    """A workbook whose properties say when it was saved, and by which program."""
    given, made = zipfile.ZipFile(io.BytesIO(template.build("zh", tables=["Funnel"]))), io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name in given.namelist():
            data = given.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + modified.encode(), data)
            if name == "docProps/app.xml":
                data = re.sub(rb"(<Application>)[^<]*", rb"\g<1>" + by.encode(), data)
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


def test_libreoffice_writes_the_time_of_its_clock_and_calls_it_utc(tmp_path, monkeypatch):
    """17:30 in Shanghai stands there as 17:30Z (LibreOffice 7.4): read as UTC it would be the next day."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        data = package("2026-05-31T17:30:00Z", by="LibreOffice/7.4.7.2$Linux_X86_64")
        saved = OoxmlBook(file(tmp_path, data)).saved
        assert saved == datetime(2026, 5, 31, 9, 30, tzinfo=UTC)
        assert saved.astimezone().date() == date(2026, 5, 31)
    finally:
        monkeypatch.undo()
        time.tzset()


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
