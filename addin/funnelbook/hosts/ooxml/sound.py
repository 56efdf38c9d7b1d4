"""What is about to be saved, judged by an XML parser: nothing is written that Excel would have to repair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from xml.parsers import expat

from funnelbook.book.column_letters import column_number
from funnelbook.book.ports import Area, BookError
from funnelbook.hosts.ooxml.member import Member
from funnelbook.hosts.ooxml.package import Package, is_xml
from funnelbook.hosts.ooxml.read import Reader
from funnelbook.hosts.ooxml.sheet_parts import headers
from funnelbook.hosts.ooxml.sound_rows import are_sound
from funnelbook.hosts.ooxml.workbook import TablePart, Workbook
from funnelbook.hosts.ooxml.xmlscan import masked

_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_ROWS, _CELLS = ({f"{space}|{name}" for space in _MAIN} for name in ("row", "c"))
_COLUMNS, _PLACES = (re.compile(rb'<c r="([A-Z]{1,3})%b' % rest) for rest in (rb"", rb"(\d+)"))
_UNUSUAL = (  # each begins with fixed letters, which is what makes it fast
    re.compile(rb'<row(?=[\s/>])(?! r="\d)'),
    re.compile(rb'<c(?=[\s/>])(?! r="[A-Z]{1,3}\d)'),
    re.compile(rb"""xmlns:[\w.-]+\s*=\s*["'](?:%b)["']""" % "|".join(map(re.escape, _MAIN)).encode()),
)
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


def refuse_unsound(before: Package, after: Package, bodies: Mapping[str, Sequence[Area]]) -> None:
    """BookError when a part of `after` that is not as in `before` is unsound.

    Every such part has to be XML, and a worksheet's rows and cells stand in order, each once. A table's range, columns and header
    cells agree, and a relationship leads to a part there is, if they did so before. `bodies`: by part, the tables just written
    whole, row after row and column after column, which need not be parsed again.
    """
    changed = [name for name, member in after.members.items() if _differ(before.members.get(name), member)]
    book = Workbook(after)
    sheets = set(book.worksheets.values())
    for name in filter(_must_be_xml, changed):
        fault = _fault(b"".join(after.members[name].chunks()), name in sheets, bodies.get(name, ()))
        if fault:
            raise BookError("unsound", file=after.name, part=name, detail=fault)
    _refuse_dangling(before, book, changed)
    _refuse_at_odds(before, book, set(changed))


def _must_be_xml(name: str) -> bool:
    """Whether a part is XML by its name; drawings in VML need not be, and what Excel writes often is not."""
    return is_xml(name) and not name.lower().endswith(".vml")


def _differ(one: Member | None, other: Member) -> bool:
    return one is None or (one.crc, one.size) != (other.crc, other.size)


def _fault(xml: bytes, sheet: bool, bodies: Sequence[Area]) -> str:
    """Why a part is unsound; empty when it is not.

    Where rows and cells are all written the usual way, regular expressions look at their order: an expat handler called for each
    of a million cells would cost more than writing them.
    """
    parser = expat.ParserCreate(namespace_separator="|")
    rest, rows = _apart(xml, bodies) if sheet else (xml, [])
    usual = sheet and masked(rest) is rest and not any(pattern.search(rest) for pattern in _UNUSUAL)
    if sheet and not usual:
        parser.StartElementHandler = _Order().element
    try:
        parser.Parse(rest if usual and all(map(are_sound, rows)) else xml, True)
    except (expat.ExpatError, _DisorderError) as error:
        return str(error)
    return _disorder(rest) if usual else ""


def _apart(xml: bytes, bodies: Sequence[Area]) -> tuple[bytes, list[bytes]]:
    """A worksheet without the rows between the first and the last of each body, and those."""
    kept, rows, at = [], [], 0
    for area in sorted(bodies, key=lambda area: area.top):
        first = xml.find(b'<row r="%d"' % (area.top + 2), at)
        last = xml.find(b'<row r="%d"' % area.bottom, first)
        if at <= first < last:
            kept.append(xml[at:first])
            rows.append(xml[first:last])
            at = last
    return b"".join([*kept, xml[at:]]) if kept else xml, rows


class _DisorderError(Exception):
    """A row or cell stands where it must not."""


class _Order:
    """Elements of a worksheet as expat meets them. _DisorderError when one stands where it must not."""

    def __init__(self) -> None:
        self.row = self.column = 0

    def element(self, name: str, said: dict[str, str]) -> None:
        if name in _ROWS:
            number = _whole(said.get("r", str(self.row + 1)))
            if number <= self.row:
                raise _DisorderError(f"row {number} after row {self.row}")
            self.row, self.column = number, 0
        elif name in _CELLS:
            found = _ADDRESS.fullmatch(said["r"].strip()) if "r" in said else None
            column = column_number(found[1]) if found else self.column + 1
            if ("r" in said and (not found or int(found[2]) != self.row)) or column <= self.column:
                raise _DisorderError(f"cell {said.get('r', '')} in row {self.row} after column {self.column}")
            self.column = column


def _disorder(xml: bytes) -> str:
    """The same of a worksheet whose rows and cells are written the usual way; empty when they stand in order.

    Rows of a table have the same columns, so that most are as sound as the one before.
    """
    last_row, sound = 0, None
    for row in xml.split(b'<row r="')[1:]:
        here = row[: row.index(b'"')]
        if int(here) <= last_row:
            return f"row {int(here)} after row {last_row}"
        last_row, columns = int(here), _COLUMNS.findall(row)
        if columns != sound or row.count(here + b'"') != len(columns) + 1:
            places = [(column_number(letters.decode()), number) for letters, number in _PLACES.findall(row)]
            if any(number != here for _, number in places) or any(a >= b for (a, _), (b, _) in pairwise(places)):
                return f"cells of row {last_row}"
            sound = columns
    return ""


def _refuse_dangling(before: Package, after: Workbook, changed: Iterable[str]) -> None:
    """Links from changed parts that lead nowhere, and did not do so before."""
    for name in changed:
        folder, mark, of = name.rpartition("_rels/")
        if mark and of.endswith(".rels"):
            part = folder + of.removesuffix(".rels")
            lost = _dangling(after, part)
            if lost - (_dangling(Workbook(before), part) if lost and name in before.members else set()):
                raise BookError("unsound", file=after.package.name, part=name, detail=", ".join(sorted(lost)))


def _dangling(book: Workbook, part: str) -> set[str]:
    return {to for _, _, to in book.relationships(part) if to not in book.package and "#" not in to}


def _refuse_at_odds(before: Package, book: Workbook, changed: Set[str]) -> None:
    """Tables whose range, columns and header cells do not agree, and did so before."""
    reader = Reader(book.package, book)
    faults = {
        t.part: _at_odds(t, book, reader) for t in book.tables if {t.part, book.worksheets[t.listed.sheet]} & changed
    }
    if any(faults.values()):
        old = Workbook(before)
        known = {t.part: _at_odds(t, old, Reader(before, old)) for t in old.tables if faults.get(t.part)}
        for part, fault in faults.items():
            if fault and known.get(part) != fault:
                raise BookError("unsound", file=before.name, part=part, detail=fault)


def _at_odds(table: TablePart, book: Workbook, reader: Reader) -> str:
    """How a table disagrees with its sheet; empty when it does not."""
    xml, root = book.parsed(table.part, 0)
    area, names = table.listed.area, headers(xml)
    if len(names) != area.right - area.left + 1:
        return f"{len(names)} columns in {root.attributes.get('ref')}"
    if len({name.casefold() for name in names}) < len(names):
        return "two columns of one name"
    if root.attributes.get("headerRowCount", "1") == "0":
        return ""
    row = reader.row(table.listed.sheet, area.top)
    lost = [
        n for j, n in enumerate(names, area.left) if isinstance(t := row.get(j) or "", str) and _bare(t) != _bare(n)
    ]
    return f"no header {lost[0]!r}" if lost else ""


def _bare(text: str) -> str:
    return " ".join(text.split())


def _whole(number: str) -> int:
    return int(number) if number.strip().isdecimal() else 0
