"""Call logs that are broken, hostile or far too large: a sentence, and nothing half taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from funnelbook.book.ports import BookError
from funnelbook.commands.import_calls import import_calls
from support.exchanged import rows
from support.phone_systems import phone_book

DAY = date(2026, 5, 20)
HEAD = "call time,phone,agent,duration,note\n"
CALL = "2026-05-19 09:00,13800138001,Ann,0:01:00,ok\n"


def log_of(tmp_path: Path, content: bytes, name: str = "log.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02\x03" * 500, "no_log"),  # read as UTF-16
        ((HEAD + CALL).replace("ok", "o\x00k").encode(), "not_text"),
        (b"", "no_log"),
        (b"call time,agent,duration\n2026-05-19 09:00,Ann,60\n", "no_log"),  # no column of phones
    ],
)
def test_what_is_no_log_is_refused_and_the_workbook_stays(tmp_path, content, code):
    path = phone_book(tmp_path / "team.xlsx")
    before = path.read_bytes()
    with pytest.raises(BookError) as refused:
        import_calls(path, [log_of(tmp_path, content)], as_of=DAY)
    assert (refused.value.code, path.read_bytes() == before) == (code, True)


def test_a_file_of_ten_gigabytes_is_refused_unread(tmp_path):
    path, log = phone_book(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    with log.open("wb") as file:
        file.truncate(10 << 30)
    with pytest.raises(BookError, match=r"512 MB"):
        import_calls(path, [log], as_of=DAY)


def test_a_text_of_nothing_but_cells_is_refused_before_they_are_made(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    with pytest.raises(BookError, match="60"):
        import_calls(path, [log_of(tmp_path, (HEAD + "," * 60_000_001).encode())], as_of=DAY)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_sheet_of_16384_columns_is_read_by_those_it_needs(tmp_path, suffix):
    path, log = phone_book(tmp_path / "team.xlsx"), tmp_path / f"log.{suffix}"
    lines = [line.split(",") + [f"x{i}" for i in range(16_379)] for line in (HEAD.strip(), CALL.strip())]
    if suffix == "csv":
        log.write_text("\n".join(map(",".join, lines)), "utf-8")
    else:
        with xlsxwriter.Workbook(log) as workbook:
            for i, line in enumerate(lines):
                workbook.add_worksheet("log") if not i else None
                workbook.worksheets()[0].write_row(i, 0, line)
    import_calls(path, [log], as_of=DAY)
    assert rows(path, "Activities")["id"].tolist() == ["C1"]


@pytest.mark.parametrize(("cut", "minutes"), [("0:0", None), ("0:01:3", None), ("0:01:30,", 1.5)])
def test_a_cell_in_which_a_file_breaks_off_is_not_read_as_a_whole_one(tmp_path, cut, minutes):
    path = phone_book(tmp_path / "team.xlsx")
    import_calls(
        path, [log_of(tmp_path, (HEAD + CALL + f"2026-05-19 10:00,13900139002,Ben,{cut}").encode())], as_of=DAY
    )
    taken = rows(path, "Activities")
    assert taken["id"].tolist() == ["C1", "C2"]
    assert taken["minutes"].astype(object).where(taken["minutes"].notna(), None).tolist() == [1, minutes]


def test_a_quote_that_is_never_closed_swallows_no_call(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    lines = [
        f'{quote}2026-05-19 1{i}:00,13800138001,Ann,0:01:00,"said ""yes"", twice"'
        for i, quote in enumerate(["", '"', "", ""])
    ]
    import_calls(path, [log_of(tmp_path, (HEAD + "\n".join(lines) + "\n").encode())], as_of=DAY)
    assert rows(path, "Activities")["at"].dt.hour.tolist() == [10, 11, 12, 13]


def test_a_day_in_which_a_file_breaks_off_is_told_and_not_taken(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    head, line = "phone,call time,agent\n", "13800138001,2026-05-19 09:00,Ann\n"
    report = import_calls(path, [log_of(tmp_path, (head + line + "13900139002,2026-05-1").encode())], as_of=DAY)
    assert rows(path, "Activities")["id"].tolist() == ["C1"]
    assert report.problems["row"].tolist() == [3]


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_formula_in_a_log_stays_a_text(tmp_path, text):
    path = phone_book(tmp_path / "team.xlsx")
    said = text.replace('"', '""')
    import_calls(
        path, [log_of(tmp_path, (HEAD + f'2026-05-19 09:00,13800138001,Ann,0:01:00,"{said}"\n').encode())], as_of=DAY
    )
    assert rows(path, "Activities")["note"].tolist() == [text]
    assert b"<f>" not in b"".join(_sheets(path))


def _sheets(path: Path) -> list[bytes]:
    from zipfile import ZipFile  # noqa: PLC0415

    with ZipFile(path) as package:
        return [package.read(name) for name in package.namelist() if "sheet1.xml" in name]


def named(report) -> list[tuple[int, str]]:
    """The problems of an import, without their remedies."""
    return [(int(row), text) for row, text in report.problems[["row", "problem"]].itertuples(index=False)]


def test_rows_without_a_number_are_told_in_one_line(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    lines = "2026-05-19 09:06,NULL,Ben,0:30,\n2026-05-19 09:07,,Ben,0:30,\n导出人：王,,,,\n"
    report = import_calls(path, [log_of(tmp_path, (HEAD + CALL + lines).encode())], as_of=DAY)
    assert report.added == 1
    assert named(report) == [(3, "No number of the customer: 2 rows, not imported")]


@pytest.mark.parametrize("cut", ["2026-05-1", "2026-05-19 10:00,1390013", "2026-05-19 10:00,13900139002,Ben,0:0"])
def test_where_a_file_breaks_off_is_told(tmp_path, cut):
    path = phone_book(tmp_path / "team.xlsx")
    report = import_calls(path, [log_of(tmp_path, (HEAD + CALL * 2 + cut).encode())], as_of=DAY)
    assert named(report)[-1:] == [(4, "The file breaks off in this row; the cell it breaks off in was not read")]


@pytest.mark.parametrize(
    ("end", "minutes", "outcome", "told"),
    [
        ("3:05,Answ", 3.08, None, "The file breaks off in this row; the cell it breaks off in was not read"),
        (
            "3:05,Quoted",
            3.08,
            "Quoted",
            "The last row has no line end, so the file may be incomplete; its last cell was read as it stands",
        ),
        ("3:05,Answered\n", 3.08, None, ""),
    ],
)
def test_a_last_cell_without_a_line_end_may_be_cut_off_and_is_told(tmp_path, end, minutes, outcome, told):
    """Answ stayed the outcome for good: a later export fills blanks only."""
    path = phone_book(tmp_path / "team.xlsx", [])
    head = "call time,phone,agent,duration,result\n"
    text = head + "2026-05-19 09:00,13800138001,Ann,1:00,Answered\n" * 2 + f"2026-05-19 10:00,13900139002,Ben,{end}"
    report = import_calls(path, [log_of(tmp_path, text.encode())], as_of=DAY)
    call = rows(path, "Activities").sort_values("at").iloc[-1]
    assert (round(call["minutes"], 2), call["outcome"]) == (minutes, outcome)
    assert [said for row, said in named(report) if row == 4] == ([told] if told else [])


def test_a_cell_without_end_is_called_so(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    with pytest.raises(BookError, match="row 2") as refused:
        import_calls(path, [log_of(tmp_path, (HEAD + f'2026-05-19,"{"x" * 200_000}",Ann\n').encode())], as_of=DAY)
    assert refused.value.code == "cell_unending"
