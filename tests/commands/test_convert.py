"""Lists in .xls and .csv: a workbook beside them is set up, they are never touched, and an .xlsx there is never overwritten."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from funnelbook import template
from funnelbook.cli import main
from funnelbook.words import LANGUAGES
from support.external import need

DAY = ["--as-of", "2026-05-20", "--lang", "en"]
LIST = [
    ["客户编号", "客户名称", "业务员", "级别", "录入日期", "电话", "预计金额", "邮编"],
    ["0012", "甲公司, 上海", "小李", "C", "2026-05-01", "02155667788", "8800", "010020"],
    ["0013", "=乙公司", "小张", "A", "2026/5/2 14:05", "+8613900000001", "1,200.50", "200001"],
    ["0014", "丙公司\n分部", "小张", "B", "3/5/2026", "013900000002", "3万", "1E5"],
]
TEXT = [  # as it stands in the workbook: ids, phones and what nobody asked about as texts, days and amounts as such
    ["0012", "甲公司, 上海", "小李", "C", datetime(2026, 5, 1), "02155667788", 8800, "010020"],
    ["0013", "=乙公司", "小张", "A", datetime(2026, 5, 2, 14, 5), "+8613900000001", 1200.5, "200001"],
    ["0014", "丙公司\n分部", "小张", "B", "3/5/2026", "013900000002", "3万", "1E5"],
]


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*map(str, arguments), *DAY])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def text_of(mark: str, title: str = "") -> str:
    cell = lambda said: f'"{said}"' if mark in said or "\n" in said else said  # noqa: E731
    return title + "".join(mark.join(map(cell, row)) + "\r\n" for row in LIST)


def own_sheet(path: Path) -> Worksheet:
    """The sheet that was the list: none of those that come with a new workbook."""
    made = {name for language in LANGUAGES for _, name in template.sheets(language)}
    (found,) = [sheet for sheet in openpyxl.load_workbook(path).worksheets if sheet.title not in made]
    return found


def rows(path: Path, first: int = 2, width: int = 8) -> list[list[object]]:
    sheet = own_sheet(path)
    return [[cell.value for cell in row] for row in sheet.iter_rows(first, first + 2, max_col=width)]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ";"),
        ("gbk", "\t"),
        ("gb18030", "|"),
        ("utf-16", ","),
        ("utf-16-le", ";"),
        ("utf-16-be", "\t"),
    ],
)
def test_a_text_file_becomes_a_workbook_beside_it(tmp_path, encoding, mark):
    path = tmp_path / "名单.csv"
    path.write_bytes(text_of(mark).encode(encoding))
    before = path.read_bytes()
    code, said = run("adopt", path)
    assert "名单.xlsx" in said
    assert code in (0, 1)
    assert rows(path.with_suffix(".xlsx")) == TEXT
    assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"名单.csv", "名单.xlsx"}


def test_cells_that_look_like_formulas_or_numbers_are_texts_for_good(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text_of(","), encoding="utf-8")
    run("adopt", path)
    sheet = own_sheet(path.with_suffix(".xlsx"))
    for cell in ("A2", "F2", "H2", "B3", "F3"):
        assert (sheet[cell].data_type, sheet[cell].number_format) == ("s", "@"), cell  # typed again it stays a text


def test_a_title_above_does_not_hide_the_mark_and_quoted_ids_are_ids(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("五月客户\n" + text_of(";").replace("0012", '="0012"'), encoding="utf-8")
    run("adopt", path)
    assert rows(path.with_suffix(".xlsx"), first=3)[0] == TEXT[0]


def test_accents_of_windows_are_read_as_such(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Customer ID,Customer,Owner,Phone\nK1,Müller & Söhne,José,030123456\n".encode("cp1252"))
    run("adopt", path)
    assert rows(path.with_suffix(".xlsx"), width=4)[0] == ["K1", "Müller & Söhne", "José", "030123456"]


@pytest.mark.parametrize("dry", [True, False])
def test_a_workbook_of_that_name_is_never_overwritten(tmp_path, dry):
    path = tmp_path / "list.csv"
    path.write_text(text_of(","), encoding="utf-8")
    (tmp_path / "list.xlsx").write_bytes(b"mine")
    assert run("adopt", path, *["--dry-run"] * dry)[0] == 2
    assert (tmp_path / "list.xlsx").read_bytes() == b"mine"


def test_a_dry_run_and_a_list_without_customers_leave_nothing_behind(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text_of(","), encoding="utf-8")
    assert run("adopt", path, "--dry-run")[0] in (0, 1)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("adopt", path)[0] == 2
    assert [p.name for p in tmp_path.iterdir()] == ["list.csv"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 500,
        b"\xff\xfe",
        b"a",
        b'"',
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        ("客户编号,客户名称,业务员,电话\nK1," + "x" * 40_000).encode(),
    ],
)
def test_what_is_no_list_is_one_sentence(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    code, said = run("adopt", path)
    assert (code, said.count("\n")) == (2, 1), said
    assert [p.name for p in tmp_path.iterdir()] == ["list.csv"]


def test_other_commands_say_what_to_do_with_a_text_file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text_of(","), encoding="utf-8")
    code, said = run("refresh", path)
    assert code == 2
    assert "funnelbook adopt" in said


@pytest.fixture(scope="module")
def old(tmp_path_factory) -> bytes:
    """An .xls as LibreOffice writes it: three sheets, one hidden, a formula, a day, a phone that begins with 0."""
    need("libreoffice")
    folder = tmp_path_factory.mktemp("xls")
    with xlsxwriter.Workbook(folder / "old.xlsx") as workbook:
        sheet, other, hidden = (workbook.add_worksheet(name) for name in ("客户名单", "汇总", "底稿"))
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["客户编号", "客户名称", "业务员", "级别", "录入日期", "电话", "预计金额"])
        sheet.write_row(1, 0, ["0012", "甲公司", "小李", "C"])
        sheet.write_datetime(1, 4, datetime(2026, 5, 1), day)
        sheet.write_string(1, 5, "02155667788")
        sheet.write_number(1, 6, 8800)
        other.write_formula(0, 0, "=SUM(客户名单!G2:G9)", None, 8800)
        hidden.write_string(0, 0, "=文字")
        hidden.hide()
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xls"]
    subprocess.run([*office, "--outdir", folder, folder / "old.xlsx"], check=True, capture_output=True)
    return (folder / "old.xls").read_bytes()


@pytest.mark.live
def test_an_old_workbook_is_copied_on_the_users_word_only(tmp_path, old):
    path = tmp_path / "old.xls"
    path.write_bytes(old)
    code, said = run("adopt", path)
    assert code == 2
    assert "--as-xlsx" in said
    assert "macros" in said
    assert [p.name for p in tmp_path.iterdir()] == ["old.xls"]
    assert run("adopt", path, "--dry-run")[0] in (0, 1)
    code, said = run("adopt", path, "--as-xlsx")
    assert "old.xlsx" in said
    assert path.read_bytes() == old
    made = openpyxl.load_workbook(path.with_suffix(".xlsx"))
    assert [made[name].sheet_state for name in ("客户名单", "汇总", "底稿")] == ["visible", "visible", "hidden"]
    assert [cell.value for cell in made["客户名单"][2]] == [
        "0012",
        "甲公司",
        "小李",
        "C",
        datetime(2026, 5, 1),
        "02155667788",
        8800,
    ]
    assert made["汇总"]["A1"].value == 8800
    assert made["底稿"]["A1"].data_type == "s"
    assert run("adopt", path, "--as-xlsx")[0] == 2  # it is there already
    assert run("refresh", path.with_suffix(".xlsx"))[0] in (0, 1)


@pytest.mark.live
def test_an_old_workbook_that_is_cut_short_is_refused(tmp_path, old):
    """calamine panics where the directory of the file is gone; that is no exception of Python's."""
    path = tmp_path / "old.xls"
    for length in range(64, len(old), 256):
        path.write_bytes(old[:length])
        code, said = run("adopt", path, "--as-xlsx")
        assert code == 2, length
        assert "old.xls" in said
        assert [p.name for p in tmp_path.iterdir()] == ["old.xls"]
