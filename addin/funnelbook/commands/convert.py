"""Lists in formats that cannot hold our sheets (.xls, .csv): a workbook made beside them, and that one set up."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from funnelbook.book import dates, values
from funnelbook.book.locate import locate
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES, Kind
from funnelbook.commands.adopt import AdoptReport, adopt
from funnelbook.commands.put import put_new
from funnelbook.hosts.delimited import SUFFIXES, Grid, read_csv
from funnelbook.hosts.memory import MemoryBook
from funnelbook.hosts.ooxml.read import given_up
from funnelbook.words import DEFAULT

_CFB, _ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_TAKEN_FOR_ELSE = re.compile(r"[-+=@].*|[\d.,/:% ]+", re.DOTALL)  # what Excel makes no text of when it is typed again
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME, _LONGEST_TEXT, _LAST_ROW, _LAST_COLUMN = 31, 32_767, 1_048_576, 16_384
_EARLIEST = 1900


@dataclass(frozen=True)
class Foreign:
    """A sheet of another format: its rows, and whether it is shown."""

    name: str
    rows: Sequence[Sequence[object]]
    shown: bool = True


def adopt_file(
    path: Path,
    mapping: Mapping[tuple[str, str], str] | None = None,
    *,
    as_of: date,
    language: str = DEFAULT,
    dry_run: bool = False,
    allow_protected: bool = False,
    as_xlsx: bool = False,
) -> AdoptReport:
    """As `adopt`; of a .csv, or with `as_xlsx` of an .xls, the workbook FILE.xlsx made beside it, itself never touched.

    BookError when FILE.xlsx is there already, or an .xls is given without `as_xlsx`: formulas, looks, charts and macros would stay
    behind, and the user is told first.
    """
    old = is_xls(path)
    if not old and path.suffix.lower() not in SUFFIXES:
        return adopt(path, mapping, as_of=as_of, language=language, dry_run=dry_run, allow_protected=allow_protected)
    target = path.with_suffix(".xlsx")
    if target.exists():
        raise BookError("exists", file=target.name)
    if old and not (as_xlsx or dry_run):
        raise BookError("xls_copy", file=path.name, target=target.name)
    sheets = sheets_of_xls(path) if old else [_of_text(path, as_of)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / target.name
        copy.write_bytes(workbook(sheets, path.name))
        report = adopt(copy, mapping, as_of=as_of, language=language, dry_run=dry_run)
        if not dry_run:
            put_new({target: copy.read_bytes()}, like=path)
    return replace(report, made_from=path.name)


def workbook(sheets: Sequence[Foreign], name: str) -> bytes:
    """A new package with these sheets: values only, texts as texts. BookError when a sheet or cell is larger than Excel takes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        looks = {
            key: made.add_format({"num_format": code})
            for key, code in (
                ("text", "@"),
                ("day", "yyyy-mm-dd"),
                ("moment", "yyyy-mm-dd hh:mm"),
                ("span", "[h]:mm:ss"),
            )
        }
        for sheet in sheets:
            page = made.add_worksheet(sheet.name)
            if not sheet.shown:
                page.hide()
            if len(sheet.rows) > _LAST_ROW or max(map(len, sheet.rows), default=0) > _LAST_COLUMN:
                raise BookError("too_many_rows", file=name, table=sheet.name, rows=len(sheet.rows))
            for i, row in enumerate(sheet.rows):
                for j, value in enumerate(row):
                    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
                        raise BookError("cell_too_long", file=name, row=i + 1, column=j + 1)
                    _put(page, i, j, value, looks)
    return out.getvalue()


def _put(page: Worksheet, i: int, j: int, value: object, looks: Mapping[str, Format]) -> None:
    match value:
        case None | "":
            return
        case bool():
            page.write_boolean(i, j, value)
        case float() | int() if isfinite(value):
            page.write_number(i, j, value)
        case datetime() if value.year >= _EARLIEST:
            page.write_datetime(i, j, value, looks["day" if value.time() == time() else "moment"])
        case date() if value.year >= _EARLIEST:
            page.write_datetime(i, j, value, looks["day"])  # pyright: ignore[reportArgumentType] - a day will do
        case time() | timedelta():
            page.write_datetime(i, j, value, looks["span"])  # pyright: ignore[reportArgumentType] - it takes these too
        case _:
            text = str(value)
            page.write_string(i, j, text, looks["text"] if _TAKEN_FOR_ELSE.fullmatch(text) else None)


def is_xls(path: Path) -> bool:
    """Whether a file is a workbook of Excel 97, whatever it is called."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_CFB))
            return start == _CFB and _ENCRYPTED not in file.read()
    except OSError:
        return False  # whoever reads it says what is wrong


def sheets_of_xls(path: Path) -> list[Foreign]:
    """The sheets of an old workbook. BookError when it cannot be read."""
    try:
        book = CalamineWorkbook.from_path(path)
        return [
            Foreign(
                meta.name,
                book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False),
                meta.visible == SheetVisibleEnum.Visible,
            )
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise BookError("encrypted", file=path.name) from error
    except BaseException as error:
        if not given_up(error):
            raise
        raise BookError("broken", file=path.name, detail=str(error)) from error


def _of_text(path: Path, as_of: date) -> Foreign:
    grid = read_csv(path)
    name = _NOT_IN_NAMES.sub("_", path.stem).strip("' ")[:_LONGEST_NAME].strip("' ")
    _type_known(grid, as_of)
    return Foreign(name if name and name.casefold() != "history" else "Sheet1", grid)


def _type_known(grid: Grid, as_of: date) -> None:
    """Numbers and days of columns we know, as such; all else, ids and phones above all, stays the text it is."""
    for place in locate(MemoryBook(grids={"text": grid})).places.values():
        for column, at in place.columns.items():
            kind = TABLES[place.table].by_name[column].kind
            for row in grid[place.header_row :]:
                said = row[at - 1] if at <= len(row) else None
                if not isinstance(said, str):
                    continue
                if kind in (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE) and _PLAIN_NUMBER.fullmatch(said):
                    found = values.number(said)
                elif kind in (Kind.DATE, Kind.MOMENT) and _DAY.fullmatch(said):
                    found = dates.moment(said, date1904=False, as_of=as_of)
                else:
                    continue
                row[at - 1] = said if found is values.BAD else found
