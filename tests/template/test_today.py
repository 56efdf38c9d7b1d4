"""The page Today in a real LibreOffice: it says what the result tables say of the team and of a person, or why there is nothing."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from funnelbook import sample, template
from funnelbook.book.labels import sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.book.told_chance import chance_text
from funnelbook.commands.pictures import convert
from funnelbook.commands.show import show
from funnelbook.template.build import build
from support.external import need

TEAM = sample.team(1, "zh")
SCREEN_HIGH, SCREEN_WIDE = 584, 1267  # pixels of 1366 x 768 that LibreOffice leaves to cells
_PIXELS = 96 / 72  # a point
_DIGIT = {"zh": 8.9, "en": 7.15}  # pixels, as LibreOffice measures them in the font of the language


@pytest.fixture(scope="module")
def book(tmp_path_factory, demo_book) -> Path:
    path = tmp_path_factory.mktemp("book") / "team.xlsx"
    path.write_bytes(demo_book("zh"))
    return path


def seen(book: Path, folder: Path, person: str = "") -> list[list[str]]:
    """The cells of the page as LibreOffice shows them once a person is typed in, hidden ones left out."""
    typed = folder / "typed.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(typed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if person and name.startswith("xl/worksheets/") and b"today_Desk_person" in data:
                value = rf'\1 t="inlineStr"><is><t>{person}</t></is></c>'
                text, changed = re.subn(r'(<c r="E1"[^>]*?) t="\w+">.*?</c>', value, data.decode())
                assert changed == 1
                data = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", text).encode()  # what they held is of the team
            new.writestr(name, data)
    convert([typed], "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", folder)
    with open(next(folder.glob("*.csv")), encoding="utf-8") as made:
        return [row[1:16] for row in csv.reader(made)]


def below(cells: list[list[str]], head: str) -> tuple[int, int]:
    """Row and column of the cell that begins so."""
    return next((i, j) for i, row in enumerate(cells) for j, text in enumerate(row) if text.startswith(head))


def of_person(book: Path, name: str, person: str):
    return show(book, TABLES[name], as_of=TEAM.as_of, person=person).iloc[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_first_shown_and_fits_a_small_screen(language):
    path = template.path(language)
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    assert (sheet.title, made.active.title) == (sheet_name("today", language),) * 2
    bottom = int(sheet.print_area.rpartition("$")[2])  # below it only the list of all sheets
    rows = [sheet.row_dimensions[i].height or 18 for i in range(1, bottom + 1)]
    assert sum(rows) * _PIXELS <= SCREEN_HIGH
    columns = [d for d in sheet.column_dimensions.values() if not d.hidden]
    assert sum((d.max - d.min + 1) * d.width * _DIGIT[language] for d in columns) <= SCREEN_WIDE
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert {sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth} == {None}, (
        "on one page, which is what none means"
    )
    assert len(sheet._charts) == 1


@pytest.mark.live
def test_of_the_team_it_says_what_the_tables_say(book, tmp_path):
    need("libreoffice")
    cells = seen(book, tmp_path)
    board = show(book, TABLES["Board"], as_of=TEAM.as_of)
    team, shapes = board[board["person"].isna()].iloc[0], show(book, TABLES["Shapes"], as_of=TEAM.as_of).iloc[0]
    assert cells[4][0] == f"{team['orders']:.0f} / {team['target']:.0f} 单"
    assert cells[4][3] == f"{team['amount'] / 1e4:.1f}万 / {shapes['target_amount'] / 1e4:.1f}万"
    assert cells[4][9] == chance_text(shapes["chance"])
    desk = show(book, TABLES["Desk"], as_of=TEAM.as_of)
    assert cells[4][12] == f"{desk['days_left'][0]:.0f} 天"
    sentences = show(book, TABLES["Diagnosis"], as_of=TEAM.as_of).dropna(subset="sentence").set_index("person")
    i, j = below(cells, "今天要谈的三个人")
    first = desk.dropna(subset="talk").sort_values("talk")["person"].tolist()[:3]
    assert [(row[j], row[j + 2]) for row in cells[i + 1 : i + 4]] == [(p, sentences["sentence"][p]) for p in first]
    i, j = below(cells, "业务员")
    working = desk.dropna(subset=["person", "calls_to_make"])
    columns = ["person", "calls_to_make", "calls_overdue", "calls_done", "promises_missed"]
    wanted = [[p, *(f"{n:.0f}" for n in numbers)] for p, *numbers in working[columns].head(8).to_numpy().tolist()]
    assert [row[j : j + 5] for row in cells[i + 1 : i + 1 + len(wanted)]] == wanted
    listed = show(book, TABLES["CallList"], as_of=TEAM.as_of)
    assert [int(row[1]) for row in wanted] == [(listed["person"] == row[0]).sum() for row in wanted]
    severity = show(book, TABLES["Problems"], as_of=TEAM.as_of)["severity"]
    assert any(f"{(severity == 'error').sum()} 条错误" in text for row in cells for text in row)
    assert no_errors(cells)


@pytest.mark.live
def test_of_a_person_it_says_what_is_his(book, tmp_path):
    need("libreoffice")
    person = TEAM.rows["People"][3]["person"]
    cells = seen(book, tmp_path, person)
    board, shapes = of_person(book, "Board", person), of_person(book, "Shapes", person)
    assert cells[4][0] == f"{board['orders']:.0f} / {board['target']:.0f} 单"
    assert cells[4][9] == chance_text(shapes["chance"])
    calls = show(book, TABLES["CallList"], as_of=TEAM.as_of, person=person)
    i, j = below(cells, "今天先打的三个客户")
    assert [row[j] for row in cells[i + 1 : i + 4]] == calls["name"].tolist()[:3]
    assert all(phone in row[j + 2] for phone, row in zip(calls["phone"], cells[i + 1 : i + 4], strict=False))
    i, j = below(cells, "业务员")
    assert [row[j] for row in cells[i + 1 : i + 3]] == [person, ""]
    assert no_errors(cells)


@pytest.mark.live
def test_without_data_it_says_what_to_do(tmp_path):
    need("libreoffice")
    path = tmp_path / "new.xlsx"
    path.write_bytes(build("zh"))
    (tmp_path / "a").mkdir()
    cells = seen(path, tmp_path / "a")
    texts = [text for row in cells for text in row if text]
    assert no_errors(cells)
    for begins in ("还没有数据", "还没有在跟的客户", "刷新以后", "还没有业务员"):
        assert any(text.startswith(begins) for text in texts), begins


def no_errors(cells: list[list[str]]) -> bool:
    return not [text for row in cells for text in row if text.startswith(("#", "Err"))]
