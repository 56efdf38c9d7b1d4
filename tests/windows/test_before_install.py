"""Funnelbook in a Python for Windows, before it is put into Excel: it starts, and gives what it gives on Linux."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.compare import assert_same, tables

pytestmark = pytest.mark.windows


@pytest.mark.parametrize("code_page", ["936", "1252"])
def test_python_starts_in_the_code_page_of_the_computer(computer, code_page):
    there = computer(code_page)
    told = there.run(
        there.python, "-c", "import ctypes, sys; print(ctypes.windll.kernel32.GetACP(), *sys.version_info[:2])"
    )
    assert told.stdout.split() == [code_page, "3", "13"]


def test_what_is_there_computes(windows):
    code = "from funnelbook.engine.excel_cells import self_test; print(self_test())"
    told = windows.run(windows.python, "-P", "-c", code)
    assert told.stdout.startswith("funnelbook "), told.stderr


def test_a_workbook_is_refreshed_to_the_same_tables_as_on_linux(windows, demo_book, tmp_path):
    here, there = tmp_path / "漏斗.xlsx", windows.prefix / "drive_c" / "漏斗.xlsx"
    here.write_bytes(demo_book(refreshed=False))
    shutil.copy(here, there)
    told = windows.funnelbook("refresh", windows.dos(there), "--as-of", "2026-05-20")
    assert "已刷新" in told.stdout, told.stdout + told.stderr
    assert refresh_file(here, date(2026, 5, 20), "zh").status == "done"
    assert_same(tables(OoxmlBook(there)), tables(OoxmlBook(here)))


def test_the_doctor_says_what_is_missing(windows):
    told = windows.funnelbook("doctor", "--lang", "en")
    assert told.returncode == 1
    assert "Windows does not know the engine of Funnelbook" in told.stdout, told.stderr
    assert "XLSTART" in told.stdout
