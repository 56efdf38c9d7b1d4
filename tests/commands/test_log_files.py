"""A call log as any program may write its file: encoding, marks between cells, quotes, titles above, totals below, line ends."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from funnelbook.commands.call_log.columns import log_columns
from funnelbook.commands.call_log.files import read_log
from funnelbook.commands.call_log.log_sheet import LogSheet

DAY = date(2026, 5, 20)
HEADS = {
    "zh": ["通话时间", "客户号码", "坐席姓名", "通话时长", "备注"],
    "en": ["Call time", "Phone number", "Agent", "Duration", "Note"],
}
ENCODINGS = {"zh": ["utf-8", "utf-8-sig", "utf-16", "gb18030"], "en": ["utf-8", "utf-8-sig", "utf-16", "cp1252"]}
NAMES = {"zh": ["李娜", "王小强", "欧阳明"], "en": ["Renée Dubois", "José Pérez", "Ann Baker"]}
TITLES = {"zh": ["通话明细报表", "导出时间：2026-05-20"], "en": ["Call report", "Exported 2026-05-20"]}
TOTALS = {"zh": ["合计", "3"], "en": ["Total", "3"]}


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[list[str]], list[str]]:
    language = draw(st.sampled_from(["zh", "en"]))
    notes = st.sampled_from(
        {"zh": ["", "说，再联系", "“好”", "两行\n备注"], "en": ["", "call, later", 'said "yes"', "two\nlines"]}[
            language
        ]
    )
    calls = [
        [
            f"2026-05-19 {9 + i:02d}:05:00",
            f"1380013800{i}",
            draw(st.sampled_from(NAMES[language])),
            f"0:0{i + 1}:30",
            draw(notes),
        ]
        for i in range(draw(st.integers(2, 5)))
    ]
    lines = [[title] for title in TITLES[language][: draw(st.integers(0, 2))]]
    lines += [[]] * draw(st.integers(0, 1))
    lines += [HEADS[language], *calls, *([TOTALS[language]] if draw(st.booleans()) else [])]
    text = StringIO()
    writer = csv.writer(
        text, delimiter=draw(st.sampled_from(",;\t|")), quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
    )  # fmt: skip
    writer.writerows(lines)
    return text.getvalue().encode(draw(st.sampled_from(ENCODINGS[language]))), calls, NAMES[language]


@given(files())
def test_a_log_reads_back_whatever_program_wrote_its_file(tmp_path_factory, file):
    data, calls, names = file
    path: Path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_bytes(data)
    (grid,) = read_log(path, names).values()
    columns = log_columns(grid, {})
    assert columns is not None
    log = LogSheet(grid, columns, DAY)
    read = zip(
        *(log.cells(role) for role in ("start", "number", "agent", "total" if log.has("total") else "talk", "note")),
        strict=True,
    )
    assert [["" if cell is None else str(cell) for cell in row] for row in read] == calls
    assert datetime.fromisoformat(str(log.cells("start")[0])).date() == date(2026, 5, 19)
