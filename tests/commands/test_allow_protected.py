"""What a user protected is refused on the command line, and written with their word; it stays protected."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from funnelbook.book import result_tables
from funnelbook.book.labels import sheet_name
from funnelbook.book.ports import TableEdit
from funnelbook.book.schema import TABLES
from funnelbook.cli import main
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.external import SHARED, need
from support.packages import CUSTOMERS, bend, members, plain, sheet_part

DAY = ["--as-of", "2026-05-20", "--lang", "en"]
LOCKED = b'<workbookProtection workbookPassword="CBEB" lockStructure="1"/>'
RESERVED = b'<fileSharing userName="Li" reservationPassword="CBEB"/>'


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*map(str, arguments), *DAY])
    return done.exit_code, done.output


def refused(path: Path, *arguments: object) -> str:
    """What is said where nothing is done: one line, the file as it was."""
    before = path.read_bytes()
    code, said = run(*arguments)
    *before_it, _ = said.splitlines()
    assert (code, len(before_it)) == (2, int("import" in arguments)), said  # which says first what it would take in
    assert path.read_bytes() == before
    return said


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    need("shared")
    path = tmp_path_factory.mktemp("made") / "team.xlsx"
    shutil.copyfile(SHARED / "cases" / "host" / "t_tab_protect.xlsx", path)
    assert run("adopt", path)[0] == 0
    return path


@pytest.fixture
def protected(made, tmp_path) -> Path:
    """The manager's workbook whose two lists are protected with a password, adopted."""
    return Path(shutil.copy(made, tmp_path))


def activities(path: Path) -> int:
    return openpyxl.load_workbook(path)["跟进记录"].max_row


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl tells what it would lose if it saved
def test_calls_are_not_logged_into_a_protected_sheet_unless_the_user_says_so(protected):
    before = activities(protected)
    for customer in ("K001", "K002", "K003"):
        assert "跟进记录" in refused(protected, "log", protected, customer, "--note", "再约")
    for customer in ("K001", "K002", "K003"):
        assert run("log", protected, customer, "--note", "再约", "--allow-protected")[0] == 0
    assert activities(protected) == before + 3
    for sheet in ("客户", "跟进记录"):
        assert b'<sheetProtection password="DAA7" sheet="1"' in members(protected)[sheet_part(protected, sheet)]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_was_typed_into_the_call_list_waits_when_activities_are_protected_and_the_rest_is_shown(protected):
    assert run("refresh", protected)[0] in (0, 1)
    book = OoxmlBook(protected)
    place = result_tables.present(book)["CallList"]
    at = list(TABLES["CallList"].names).index("remark") + place.area.left
    book.write(
        [], [TableEdit(place.sheet, place.area.top, place.area.bottom, cells={(place.area.top + 1, at): "再约"})]
    )
    before = activities(protected)
    code, said = run("refresh", protected)
    assert (code, activities(protected)) == (1, before), said
    grid = OoxmlBook(protected).grid(sheet_name("problems", "en"))
    assert any("is protected" in str(value) for row in grid for value in row)
    assert run("refresh", protected, "--allow-protected")[0] in (0, 1)
    assert activities(protected) == before + 1


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_other_command_that_writes_into_it_asks_for_the_same_word(protected, tmp_path):
    log = tmp_path / "calls.csv"
    log.write_text("客户编号,时间,业务员,接通\nK002,2026-05-19 10:00,李四,是\n", encoding="utf-8")
    for arguments in (("transfer", protected, "张三", "李四"), ("import", log, "--to", protected)):
        assert "protected" in refused(protected, *arguments)
        assert run(*arguments, "--allow-protected")[0] == 0


def test_sheets_are_added_to_a_workbook_of_locked_structure_on_the_users_word_and_it_stays_locked(tmp_path):
    path = bend(
        plain(tmp_path / "book.xlsx"), workbook_xml=lambda x: x.replace(b"<bookViews>", LOCKED + b"<bookViews>")
    )
    assert "structure" in refused(path, "adopt", path)
    assert run("adopt", path, "--allow-protected")[0] == 0
    assert LOCKED in members(path)["xl/workbook.xml"]
    code, said = run("refresh", path)  # no sheet is added: nothing to ask for
    assert "refreshed" in said
    assert code in (0, 1)


def test_a_file_with_a_password_to_modify_is_written_on_the_users_word(tmp_path):
    path = bend(
        plain(tmp_path / "book.xlsx"), workbook_xml=lambda x: re.sub(rb"<workbookPr\b", RESERVED + rb"\g<0>", x)
    )
    assert "password" in refused(path, "adopt", path)
    assert run("adopt", path, "--allow-protected")[0] == 0
    assert RESERVED in members(path)["xl/workbook.xml"]


def test_protection_that_is_switched_off_or_on_another_sheet_is_no_matter(tmp_path):
    off = b'<sheetProtection selectLockedCells="1" sheet="0"/>'
    path = plain(tmp_path / "book.xlsx", *CUSTOMERS)
    bend(path, sheet1_xml=lambda x: x.replace(b"</sheetData>", b"</sheetData>" + off))
    assert run("adopt", path)[0] == 0
    assert run("log", path, "K1", "--note", "再约")[0] in (0, 1)
