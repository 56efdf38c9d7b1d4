"""After rows were added LibreOffice gives for every sum, name, chart range and pivot source what an independent recount gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from funnelbook.book.ports import BookError, TableEdit
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.external import CORPUS, WHOLE, need, validate
from support.grown_books import NEW, Made, make
from support.lint import lint
from support.packages import members, packed
from support.recalculated import values_of

_RANGE = re.compile(r"((?:'(?:[^']|'')+'|[^\s'\"!(),;:+*/&=<>^-]+)!)(\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)")
_SHOWN = re.compile(rb"<(?:c|cx|xm):f(?: [^>]*)?>([^<]+)</|<(?:\w+:)?(?:f|definedName)(?: [^>]*)?>([^<]+)</")
_SOURCE = re.compile(rb'<worksheetSource [^>]*?ref="([^"]+)"[^>]*?sheet="([^"]+)"')


def shown_ranges(path: Path) -> Iterator[str]:
    """Every range of the workbook's own sheets that charts, sparklines, names, formulas and pivot tables refer to, in order."""
    for name, xml in members(path).items():
        if name.endswith(".xml"):
            for found in _SHOWN.finditer(xml):
                text = (found[1] or found[2]).decode().replace("&apos;", "'").replace("&amp;", "&")
                yield from (
                    sheet + cells for sheet, cells in _RANGE.findall(text) if "[" not in sheet and "#" not in sheet
                )
            for found in _SOURCE.finditer(xml):
                yield "'{}'!{}".format(found[2].decode().replace("'", "''"), found[1].decode())


@pytest.mark.live
def test_workbooks_made_with_xlsxwriter_follow_three_new_rows(tmp_path):
    numbers = range(30) if WHOLE else range(0, 30, 4)
    made = [make(tmp_path, number) for number in numbers]
    expected: dict[Path, list[tuple[str, float]]] = {}
    for book in made:
        assert OoxmlBook(book.path).write([], [TableEdit(book.sheet, book.header_row, book.last_row, {}, book.added())])
        assert not OoxmlBook(book.path).write([]), "a second write has nothing to do"
        expected[book.path] = [*book.wanted.items(), *_charted(book), *_totals(book)]
        assert not lint(book.path), book.path.name
    given = values_of({path: [formula for formula, _ in pairs] for path, pairs in expected.items()}, tmp_path)
    for path, pairs in expected.items():
        for (formula, wanted), value in zip(pairs, given[path], strict=True):
            assert _number(value) == wanted, f"{path.name}: {formula} gives {value}"
    assert validate([book.path for book in made]) == {book.path: [] for book in made}


def _charted(book: Made) -> Iterator[tuple[str, float]]:
    """The values of each chart and sparkline, as they are in the file."""
    minutes = sum(row[0] for row in book.rows) + sum(new[1] for new in NEW)
    parts = members(book.path)
    chart = parts["xl/charts/chart1.xml"].decode()
    for text in re.findall(r"<c:val>.*?<c:f>([^<]+)</c:f>|<c:yVal>.*?<c:f>([^<]+)</c:f>", chart):
        yield f"SUM({''.join(text)})", minutes
    points = re.findall(r"<c:v>([^<]+)</c:v>", re.search(r"<c:(?:val|yVal)>.*?</c:(?:val|yVal)>", chart)[0])
    assert sum(map(float, points)) == minutes, "the cache of the chart"
    for xml in parts.values():
        for found in re.findall(rb"<x14:sparkline><xm:f>([^<]+)</xm:f>", xml):
            yield f"SUM({found.decode()})", minutes
    sheet = openpyxl.load_workbook(book.path)[book.sheet]
    bottom = book.last_row + len(NEW)
    assert {r.max_row for rule in sheet.conditional_formatting for r in rule.sqref.ranges} == {bottom}
    assert {r.max_row for rule in sheet.data_validations.dataValidation for r in rule.sqref.ranges} == {bottom}
    assert sheet.print_area.endswith(f"${bottom}")


def _totals(book: Made) -> Iterator[tuple[str, float]]:
    """The total below, where it stands now: below the last row, summing all."""
    if book.totals_below:
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", book.totals_below).groups()
        gap = int(row) - book.last_row
        at = max(book.last_row + len(NEW) + min(gap, 3), int(row))
        name = "'{}'!".format(book.sheet.replace("'", "''"))
        yield f"{name}{column}{at}", sum(r[0] for r in book.rows) + sum(n[1] for n in NEW)


@pytest.mark.live
def test_ranges_of_real_workbooks_sum_to_what_they_did_and_what_was_added(tmp_path):
    need("shared")
    sources = sorted(CORPUS.glob("*.xls[xm]"))
    before, after, edits = {}, {}, {}
    for source in sources if WHOLE else sources[::9]:
        original = _usable(source, tmp_path)
        if original is None:
            continue
        copy = tmp_path / source.name
        copy.write_bytes(original.read_bytes())
        edit = _three_rows(OoxmlBook(copy))
        try:
            assert edit is None or OoxmlBook(copy).write([], [edit])
        except BookError as error:
            print(f"{original.name}: refused, {error}")
            continue
        if edit:
            before[original], after[copy], edits[copy] = list(shown_ranges(original)), list(shown_ranges(copy)), edit
            assert len(before[original]) == len(after[copy]), original.name
    print(f"{len(edits)} real workbooks, {sum(map(len, after.values()))} ranges")
    folder = tmp_path / "one", tmp_path / "two"
    for made in folder:
        made.mkdir()
    old = values_of({path: [f"SUM({r})" for r in found] for path, found in before.items()}, folder[0])
    asked = {
        copy: [*(f"SUM({r})" for r in found), *(_new_cells(r, edits[copy]) for r in before[original])]
        for (copy, found), original in zip(after.items(), before, strict=True)
    }
    new = values_of(asked, folder[1])
    grown = 0
    for (original, ranges), copy in zip(before.items(), edits, strict=True):
        sums, added = new[copy][: len(ranges)], new[copy][len(ranges) :]
        for of, was, now, more in zip(ranges, old[original], sums, added, strict=True):
            grown += more != "0"
            if _number(was) is not None and not _is_row_of_values(of):
                assert _number(now) == pytest.approx(_number(was) + float(more)), f"{original.name}: {of}"
    print(f"{grown} ranges grew")


def _usable(source: Path, folder: Path) -> Path | None:
    """The workbook, with a name for its first list when nothing in it refers to one; None when it has none, or does not open here
    or as the probe of what LibreOffice makes of it."""
    try:
        book = OoxmlBook(source)
        openpyxl.load_workbook(source)
    except Exception:  # openpyxl raises anything of a workbook it cannot read, and the corpus has such
        return None
    parts = members(source)
    if any(b"RAND" in xml for xml in parts.values()):  # it sums to something else each time
        return None
    if any(True for _ in shown_ranges(source)):
        return source
    block = _first_block(book)
    if not block:
        return None
    name = f'<definedName name="Probe">{escape(block)}</definedName>'
    xml = parts["xl/workbook.xml"].decode()
    if "<definedNames>" in xml:
        xml = xml.replace("<definedNames>", f"<definedNames>{name}", 1)
    else:
        xml = xml.replace("</sheets>", f"</sheets><definedNames>{name}</definedNames>", 1)
    named = folder / f"named-{source.name}"
    named.write_bytes(packed(parts | {"xl/workbook.xml": xml.encode()}))
    return named if "Probe" in xml else None


def _first_block(book: OoxmlBook) -> str:
    """The first run of three or more rows that fill the same two or more columns, below their header; empty when there is none."""
    for sheet in book.sheets():
        filled = [tuple(j for j, v in enumerate(row, 1) if v not in (None, "")) for row in book.grid(sheet)]
        for top, columns in enumerate(filled, 1):
            same = list(takewhile(lambda other, columns=columns: other == columns, filled[top - 1 :]))
            if len(columns) >= 2 and len(same) >= 3:
                quoted = sheet.replace("'", "''")
                left, right = get_column_letter(columns[0]), get_column_letter(columns[-1])
                return f"'{quoted}'!${left}${top + 1}:${right}${top + len(same) - 1}"
    return ""


def _three_rows(book: OoxmlBook) -> TableEdit | None:
    """Three rows of numbers for the first table, or for the list that most ranges of the workbook look at."""
    for place in book.list_objects():
        box = place.area
        row = {column: 1000.0 + column for column in range(box.left, box.right + 1)}
        return TableEdit(place.sheet, box.top, box.bottom - place.totals_rows, {}, [row] * 3)
    seen = [r.rpartition("!") for r in shown_ranges(book.path)]
    for quoted, _, cells in seen:
        sheet = quoted.strip("'").replace("''", "'")
        left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        if sheet in book.sheets() and bottom > top:
            row = {column: 1000.0 + column for column in range(left, right + 1)}
            return TableEdit(sheet, max(1, top - 1), bottom, {}, [row] * 3)
    return None


def _new_cells(of: str, edit: TableEdit) -> str:
    """The formula that adds up the new cells a range must have when it covered the old ones: 0 when it did not."""
    quoted, _, cells = of.rpartition("!")
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    covers = top <= edit.header_row + 1 <= bottom and bottom >= edit.last_row > edit.header_row
    if quoted.strip("'").replace("''", "'") != edit.sheet or not covers:
        return "0"
    columns = get_column_letter(left), get_column_letter(right)
    return f"SUM({quoted}!{columns[0]}{edit.last_row + 1}:{columns[1]}{edit.last_row + len(edit.rows)})"


def _is_row_of_values(of: str) -> bool:
    """Whether a range is one row of several cells: all rows of a table of one row to a formula, a row to a chart."""
    left, top, right, bottom = range_boundaries(of.rpartition("!")[2].replace("$", ""))
    return top == bottom and left < right


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
