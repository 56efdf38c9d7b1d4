"""The Tracking sheet follows the name in its cell, in a real LibreOffice, with the numbers of the result tables."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from funnelbook import sample
from funnelbook.book import codes
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.commands.pictures import convert
from funnelbook.commands.show import show
from funnelbook.results.diagnosis import QUESTIONS
from support.external import need

TEAM = sample.team(1, "zh")


@pytest.fixture(scope="module")
def book(tmp_path_factory, demo_book) -> Path:
    path = tmp_path_factory.mktemp("book") / "team.xlsx"
    path.write_bytes(demo_book("zh"))
    return path


def tracked(book: Path, person: str, tier: str, folder: Path) -> list[list[str]]:
    """The sheet's cells as LibreOffice shows them once a person and a tier are typed in."""
    sheets = openpyxl.load_workbook(book, read_only=True).sheetnames
    number = sheets.index(sheet_name("tracking", "zh")) + 1
    typed = folder / "typed.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(typed, "w") as new:
        for name in old.namelist():
            xml = old.read(name).decode() if b"track_Board_person" in old.read(name) else None
            if xml and name.startswith("xl/worksheets/"):
                for cell, text in (("C4", person), ("G4", tier)):
                    value = rf'\1 t="inlineStr"><is><t>{text}</t></is></c>'
                    xml, changed = re.subn(rf'(<c r="{cell}"[^>]*?) t="\w+">.*?</c>', value, xml)
                    assert changed == 1
                xml = re.sub(r"</f><v>[^<]*</v>", "</f>", xml)  # or what was worked out for the one before is shown
            new.writestr(name, old.read(name) if xml is None else xml)
    filters = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{number}"
    convert([typed], filters, folder)
    with open(next(folder.glob("*.csv")), encoding="utf-8") as made:
        return list(csv.reader(made))


def under(cells: list[list[str]], head: str, where: int = 0) -> list[list[str]]:
    """The filled rows below the row that holds a header, their first cell (a row number, hidden) left out."""
    tops = [i for i, row in enumerate(cells) if head in row]
    rows = cells[tops[where] + 1 :]
    last = next((i for i, row in enumerate(rows) if not row[0]), len(rows))
    return [row[1:] for row in rows[:last]]


def as_numbers(values: list[str]) -> list[float | None]:
    plain = [v.replace(",", "") for v in values]
    return [(float(v[:-1]) / 100 if v.endswith("%") else float(v)) if v else None for v in plain]


@pytest.mark.live
def test_it_follows_the_name(book, tmp_path):
    need("libreoffice")
    person = TEAM.rows["People"][3]["person"]
    cells = tracked(book, person, "D", tmp_path)
    board = show(book, TABLES["Board"], as_of=TEAM.as_of, person=person).iloc[0]
    shown = next(row for row in cells if row[0] and row[1] and cells[cells.index(row) - 1][1] == "目标")
    wanted = [board[c] for c in ("target", "orders", "completion", "time_progress", "ahead", "forecast")]
    assert as_numbers(shown[1:7]) == pytest.approx(wanted)

    funnel = show(book, TABLES["Funnel"], as_of=TEAM.as_of, person=person)
    tiers = under(cells, "现有")
    assert [row[0] for row in tiers] == ["E", "D", "C", "B", "A", "成交", "流失"]
    assert as_numbers([row[1] for row in tiers]) == funnel["stock"].tolist()
    assert as_numbers([row[5] for row in tiers[:5]]) == pytest.approx(funnel["rate"].tolist()[:5])
    summary = show(book, TABLES["Summary"], as_of=TEAM.as_of, person=person)
    assert as_numbers([row[9] for row in tiers[:5]]) == summary["done"].tolist()[:5]

    causes = show(book, TABLES["Causes"], as_of=TEAM.as_of, person=person)
    driver = header(TABLES["Causes"], "driver", "zh")
    top = next(i for i, row in enumerate(cells) if driver in row)
    shown = [row[1:] for row in cells[top + 1 : top + 1 + len(QUESTIONS)]]
    assert [row[0] for row in shown if row[0]] == [codes.word("driver", d, "zh") for d in causes["driver"]]
    for name, at in (("target", 2), ("actual", 3), ("contribution", 4)):
        assert as_numbers([row[at] for row in shown[: len(causes)]]) == pytest.approx(causes[name].tolist())
    asked = show(book, TABLES["Diagnosis"], as_of=TEAM.as_of, person=person)
    assert [row[5] for row in shown] == [codes.word("question", q, "zh") for q in asked["question"]]
    assert [row[7] for row in shown] == [codes.word("verdict", v, "zh") for v in asked["verdict"]]

    plan = show(book, TABLES["WeekPlan"], as_of=TEAM.as_of, person=person)
    orders, chosen = plan[plan["tier"] == "order"], plan[plan["tier"] == "D"]
    weeks = under(cells, "哪一周")
    assert [row[0] for row in weeks] == orders["week_days"].tolist()
    for rows, columns in ((orders, {"planned": 2, "first_plan": 3, "done": 4}), (chosen, {"first_plan": 8, "done": 9})):
        for name, at in columns.items():
            there = rows[name].astype(object).where(rows[name].notna(), None).tolist()
            assert as_numbers([row[at] for row in weeks]) == there


@pytest.mark.live
def test_nobody_is_no_error(book, tmp_path):
    need("libreoffice")
    cells = tracked(book, "没有这个人", "D", tmp_path)
    assert not [v for row in cells for v in row if v.startswith(("#", "Err"))]
    assert under(cells, "哪一周") == under(cells, "现有") == []
