"""What stands in a workbook, by a reader that shares nothing with the product: zipfile and expat."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from xml.etree import ElementTree

from support.safety.watched import HarmError

Place = tuple[int, int]
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Cell:
    """A cell as it is written: attributes and content, whatever the spelling of its XML."""

    kind: str
    style: str
    formula: str
    value: str

    @property
    def blank(self) -> bool:
        return not (self.formula or self.value)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Content by member name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: content(archive, info, data) for info in archive.infolist()}


def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> bytes:
    """What a member holds; where its own header disagrees with the directory, which zipfile refuses, by the directory."""
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, NotImplementedError):  # a name that differs in its own header, a flag nobody uses
        lengths = data[info.header_offset + 26 : info.header_offset + 30]
        start = info.header_offset + 30 + sum(int.from_bytes(lengths[at : at + 2], "little") for at in (0, 2))
        stored = data[start : start + info.compress_size]
        return zlib.decompress(stored, -zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else stored


def sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Part of each worksheet by its name."""
    targets = dict(_related(parts, "xl/workbook.xml"))
    root = ElementTree.fromstring(parts["xl/workbook.xml"])
    return {e.get("name", ""): targets[e.get(_RELATIONS, "")] for e in root.iter() if _local(e) == "sheet"}


def table_areas(parts: dict[str, bytes], sheet: str) -> dict[str, tuple[int, int, int, int]]:
    """(top, left, bottom, right) of each table on a worksheet part, by name."""
    found = {}
    for _, target in _related(parts, sheet):
        if "/tables/" in target:
            root = ElementTree.fromstring(parts[target])
            ends = [place(end) for end in root.get("ref", "").split(":")]
            found[root.get("displayName", "")] = (*ends[0], *ends[-1])
    return found


def cells(xml: bytes) -> dict[Place, Cell]:
    """The cells of a worksheet part by row and column; one without address follows the one before. HarmError for one there twice."""
    found: dict[Place, Cell] = {}
    row = column = 0
    for line in ElementTree.fromstring(xml).iter():
        if _local(line) != "row":
            continue
        row, column = int(line.get("r") or row + 1), 0
        for element in line:
            if _local(element) != "c":
                continue
            at = place(element.get("r")) if element.get("r") else (row, column + 1)
            column = at[1]
            if at in found:
                raise HarmError(f"the cell {at} stands there twice")
            found[at] = Cell(
                element.get("t", "n"),
                element.get("s", "0"),
                "".join(e.text or "" for e in element if _local(e) == "f"),
                "".join(_text(e) for e in element if _local(e) in ("v", "is")),
            )
    return found


def place(address: str) -> Place:
    """Row and column of an address such as B7."""
    letters, digits = re.fullmatch(r"([A-Za-z]+)(\d+)", address).groups()
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def same_cells(
    before: dict[Place, Cell], after: dict[Place, Cell], apart: set[Place], below: int | None = None
) -> None:
    """HarmError when a cell before is not the same cell after. Those in `apart` may differ, those below a row may be further down."""
    missing = []
    for at, cell in before.items():
        if at in apart or after.get(at) == cell:
            continue
        if below is not None and at[0] >= below:
            missing.append((at[1], cell))
        elif not (cell.blank and at not in after):
            raise HarmError(f"cell {at} was {cell} and is {after.get(at)}")
    if missing and below is not None:
        there = Counter((at[1], _unmoved(cell)) for at, cell in after.items() if at[0] >= below)
        lost = Counter((column, _unmoved(cell)) for column, cell in missing if not cell.blank) - there
        if lost:
            raise HarmError(f"no longer there: {next(iter(lost))}")


def _unmoved(cell: Cell) -> Cell:
    """A cell without the row numbers in its formula, which follow what they refer to."""
    return Cell(cell.kind, cell.style, re.sub(r"\d+", "#", cell.formula), "" if cell.formula else cell.value)


def _related(parts: dict[str, bytes], part: str) -> list[tuple[str, str]]:
    folder, name = posixpath.split(part)
    rels = parts.get(f"{folder}/_rels/{name}.rels")
    if rels is None:
        return []
    found = []
    for e in ElementTree.fromstring(rels):
        target = e.get("Target", "")
        found.append(
            (
                e.get("Id", ""),
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target)),
            )
        )
    return found


def _text(element: ElementTree.Element) -> str:
    """The text of a value or a rich text; what is only said how to read it aloud is none."""
    if _local(element) in ("v", "t"):
        return element.text or ""
    return "".join(_text(e) for e in element if _local(e) in ("t", "r"))


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
