"""A template package: every sheet of the contract drawn from the schema with XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from math import ceil
from pathlib import Path

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from funnelbook.book import codes, labels
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import PAGES, SEEN_AT_FIRST, TABLES, Column, Kind, Role, Table
from funnelbook.domain.plain import looks_like_formula
from funnelbook.hosts.ooxml.chart_labels import explicit
from funnelbook.hosts.ooxml.package import Package
from funnelbook.template import (
    charts,
    guide,
    print_titles,
    rules,
    today,
    tracking,
    what_if,
    what_if_cells,
    what_if_sums,
)
from funnelbook.template.defaults import Rows, default_rows
from funnelbook.template.looks import HEADER_LINE, TAB_COLOURS, Looks, display_width, width
from funnelbook.template.named import Named
from funnelbook.template.quick_sheet import QuickSheet
from funnelbook.words import say, texts

EXTRAS = frozenset(PAGES)
_MADE = datetime(2026, 1, 1)  # not when: the same code gives the same bytes
_INPUT_ROWS = 5_000  # lists and colours reach so far down
_CHART_BAND = 14  # rows
_A4 = 9
_PAGE_PIXELS = 850  # across a page of A4 on its side, less a fifth: where a font is missing another is wider
_WIDEST_PAGE = 280  # digits: what is wider is printed on two pages side by side, so that it can be read
_FIRST_BODY_ROW = 5  # of a sheet with one table and no pictures; what is printed grows with the table
_GAP_BELOW_TABLE = 3


def sheets(language: str, tables: Collection[str] | None = None) -> list[tuple[str, str]]:
    """(key, name) of the sheets a template with these tables has, in tab order; None: all. EXTRAS are asked for by their key."""
    wanted = {*TABLES, *EXTRAS} if tables is None else set(tables)
    used = {table.sheet for table in TABLES.values() if table.name in wanted} | (wanted & EXTRAS)
    return [(key, sheet_name(key, language)) for key in TABLES.sheets if key in used]


def build(
    language: str,
    *,
    tables: Collection[str] | None = None,
    rows: Mapping[str, Rows] | None = None,
    called: Mapping[str, str] | None = None,
    id_: str = "template",
    person: str = "",
) -> bytes:
    """A workbook package with these tables (None: all) as ListObjects, empty but for `rows` and the defaults, all of it marked.

    `rows`: by table, one dict a row by schema name, tiers and words as codes; of results those that stand last on their sheet. `called`: by the usual name another for a
    table or a defined name; `id_`: the workbook's, "" for sheets that go into another one; `person`: whom the pages are about, "" the team. The same arguments give the same bytes.
    """
    wanted = set(TABLES) if tables is None else set(tables)
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    workbook.set_properties({"created": _MADE, "title": say("guide.title", language)})
    given = default_rows(language) | dict(rows or {})
    book = _Build(workbook, language, wanted, given, Named(workbook, called or {}), person)
    book.handed_out = bool(person and id_)
    if id_:
        book.names.mark_book(id_)
    made = sheets(language, tables)
    if not any(key in SEEN_AT_FIRST for key, _ in made):
        workbook.add_worksheet("-")  # a workbook has a sheet that shows
    for key, name in made:
        book.sheet(key, name)
    workbook.close()
    package = Package(out.getvalue(), "template")
    for part in [name for name in package.names if name.startswith("xl/charts/chart")]:
        package.put(part, explicit(package.read(part)))
    package.put("xl/workbook.xml", print_titles.grouped(package.read("xl/workbook.xml")))
    return package.to_bytes()


def rows_of(table: Table, frame: pd.DataFrame) -> Rows:
    """A frame of Inputs as `build` takes rows; columns it lacks are blank."""
    columns = [
        [None if pd.isna(v) else v for v in frame[name].tolist()] if name in frame else [None] * len(frame)
        for name in table.names
    ]
    return [dict(zip(table.names, row, strict=True)) for row in zip(*columns, strict=True)]


def path(language: str) -> Path:
    """The committed template of a language: in the checkout, else in the installed package."""
    package = Path(__file__).parents[1]
    checkout = package.parents[1] / "workbook_templates"
    folder = checkout if (checkout / "README.md").exists() else package / "workbook_templates"
    return folder / say("language.tag", language) / say("language.template_file", language)


def names() -> list[str]:
    """Every name a template gives to tables and lists, where it is free."""
    return [*TABLES, *rules.names(), *today.names(), *tracking.names(), *what_if_cells.names(), guide.SEVERITIES]


class _Build:
    def __init__(
        self,
        workbook: Workbook,
        language: str,
        wanted: set[str],
        rows: Mapping[str, Rows],
        names: Named,
        person: str,
    ) -> None:
        self.workbook, self.language, self.wanted, self.rows, self.names = workbook, language, wanted, rows, names
        self.handed_out, self.who = False, person or codes.special(codes.TEAM, language)
        self.looks = Looks(workbook, language)
        self._lines: dict[tuple[str, int], int] = {}  # of text in a row, where more than one
        self.behind = person or say("charts_behind", language)
        self.tier_codes = [str(row["code"]) for row in rows["Tiers"]]

    def sheet(self, key: str, name: str) -> None:
        sheet = self.workbook.add_worksheet(name, QuickSheet)
        sheet.hide_gridlines(2)
        sheet.set_default_row(18)
        if key in PAGES:
            self.names.mark_cells(key, name, 0, 0, 2, 1)
        if key not in SEEN_AT_FIRST:
            sheet.hide()
        match key:
            case "today":
                sheet.set_tab_color(TAB_COLOURS[Role.RESULT])
                tiers = len(self.tier_codes)
                today.write(self.names, self.workbook, sheet, self.looks, self.language, tiers, self._there(), self.who)
            case "guide":
                sheet.set_tab_color(TAB_COLOURS["guide"])
                guide.write(self.names, sheet, self.looks, self.language, self.wanted, self.rows["Tiers"])
            case "what_if":
                sheet.set_tab_color(TAB_COLOURS["guide"])
                what_if.write(self.names, sheet, self.looks, self.language, self.who)
            case "what_if_sums":
                what_if_sums.write(self.names, sheet, self.looks, self.language, self.rows["Tiers"])
            case "tracking":
                sheet.set_tab_color(TAB_COLOURS[Role.RESULT])
                tracking.write(self.names, sheet, self.looks, self.language, self.rows["Tiers"], self.who)
            case _:
                self._tables(sheet, key, name)

    def _there(self) -> set[str]:
        """Tables and pages of the workbook: one handed out has those made here, in any other stand all results and pages."""
        return self.wanted if self.handed_out else self.wanted | {table.name for table in TABLES.results} | EXTRAS

    def _tables(self, sheet: Worksheet, key: str, name: str) -> None:
        """Title, purpose and tables of a sheet."""
        tables = [t for t in TABLES.values() if t.sheet == key and t.name in self.wanted]
        role, pages = tables[0].role, 1
        sheet.set_tab_color(TAB_COLOURS[role])
        title, purpose = texts(f"pages.{key}", self.language)
        sheet.write_string(0, 0, title, self.looks.title)
        sheet.write_string(1, 0, purpose, self.looks.purpose)
        sheet.set_row(0, 30)
        if key == "bookkeeping" or (len(tables) > 1 and role is Role.INPUT):
            self._side_by_side(sheet, tables)
        elif role is Role.INPUT:
            self._input(sheet, tables[0], 3, 0)
            sheet.freeze_panes(4, 2)
            sheet.repeat_rows(3)
        else:
            pages = ceil(self._results(sheet, key, name, tables) / _WIDEST_PAGE)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        if printed := next((t for t in tables if t.printed), None):
            self._printed(sheet, printed, printed.up_to(printed.printed or ""))
        elif key != "settings":  # its tables stand side by side: on one page nobody could read them
            sheet.fit_to_pages(pages, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(say("language.footer", self.language))

    def _printed(self, sheet: Worksheet, table: Table, columns: Sequence[Column]) -> None:
        """Prints the first columns of a table, one page wide. Excel heeds no page breaks on sheets that are fitted to pages."""
        widths = [width(column, header(table, column.name, self.language)) for column in columns]
        sheet.print_area(0, 0, _FIRST_BODY_ROW, len(columns) - 1)
        sheet.set_print_scale(int(100 * _PAGE_PIXELS / sum(int(7 * w + 5) for w in widths)))

    def _side_by_side(self, sheet: Worksheet, tables: Sequence[Table]) -> None:
        left = 0
        for table in tables:
            sheet.write_string(3, left, labels.title(table, self.language), self.looks.section)
            self._input(sheet, table, 4, left)
            left += len(table.columns) + 1
            sheet.set_column(left - 1, left - 1, 3)
        sheet.freeze_panes(5, 0)

    def _input(self, sheet: Worksheet, table: Table, row: int, left: int) -> None:
        """A table for people to fill in, its header in `row`."""
        for j, column in enumerate(table.columns):
            sheet.set_column(left + j, left + j, width(column, header(table, column.name, self.language)))
        body = self.rows.get(table.name, []) if table.role is Role.INPUT else []
        self._table(sheet, table, row, left, body)
        lists = rules.Lists(self.language, self.wanted, self.tier_codes, self.names)
        rules.validate(sheet, table, row + 1, row + _INPUT_ROWS, left, lists)
        rules.colour_input(sheet, table, row + 1, row + _INPUT_ROWS, left, self.looks, self.language, self.tier_codes)
        for name, formula in lists.defined(table):
            self.names.define(name, formula)

    def _results(self, sheet: Worksheet, key: str, name: str, tables: Sequence[Table]) -> float:
        """Pictures on top, then each table under its title and a line for notes; how wide they are, in digits."""
        pictures = any(table.charts for table in TABLES.values() if table.sheet == key)
        row = 3 + _CHART_BAND if pictures else 2
        places: dict[str, tuple[int, int]] = {}
        top = row
        widest = max(len(t.columns) for t in tables)
        for table in tables:
            if pictures:
                sheet.write_string(row, 0, labels.title(table, self.language), self.looks.section)
                sheet.set_row(row, 22)
            top = row + 2
            sheet.write_string(top - 1, 0, say("not_yet_line", self.language), self.looks.note)
            over = _runs_over(table, len(table.columns) - 1, widest)
            self._table(sheet, table, top, 0, self.rows.get(table.name, []), runs_over=over)
            if table.row_lines > 1 and not over:
                sheet.set_row(top + 1, 4 + 14 * table.row_lines)  # the host gives every row the height of the first
            rules.colour_result(sheet, table, top + 1, self.looks, self.language, self.tier_codes)
            entries = [column for column in table.columns if column.entry]
            lists = rules.Lists(self.language, self.wanted, self.tier_codes, self.names)
            rules.validate(sheet, table, top + 1, top + 1, 0, lists, entries)
            places[table.name] = (top + 1, 0)
            row = top + 1 + _GAP_BELOW_TABLE
        wide = 0.0
        for j in range(widest):
            room = [
                width(t.columns[j], header(t, t.columns[j].name, self.language))
                for t in tables
                if j < len(t.columns) and not _runs_over(t, j, widest)
            ]
            sheet.set_column(j, j, max(room))
            wide += max(room)
        if pictures:
            charts.draw(self.workbook, sheet, reversed(tables), self.language, places, 3, self.who, self.behind)
        else:
            last = tables[-1]
            sheet.freeze_panes(top + 1, len(last.up_to(last.frozen or last.names[0])))
        sheet.repeat_rows(top)  # of several the last is the long one
        return wide

    def _table(
        self, sheet: Worksheet, table: Table, row: int, left: int, body: Rows, *, runs_over: bool = False
    ) -> None:
        """The ListObject, its header in `row`; without rows one blank one, as Excel wants. `runs_over`: its last column does."""
        heads = [header(table, c.name, self.language) for c in table.columns]
        bottom = row + max(1, len(body))
        columns = [
            {"header": text, "header_format": self.looks.header(table.role, column)}
            for text, column in zip(heads, table.columns, strict=True)
        ]
        sheet.add_table(
            row,
            left,
            bottom,
            left + len(heads) - 1,
            {"name": self.names[table.name], "columns": columns, "style": None, "autofilter": True},
        )
        self.names.mark_cells(table.name, str(sheet.name), row, left, row, left + len(heads) - 1)
        sheet.set_row(row, 30 if max(map(display_width, heads)) > HEADER_LINE else 24)
        looks = [self.looks.body(c, wrapped=not (runs_over and c is table.columns[-1])) for c in table.columns]
        for i in range(max(1, len(body))):
            values = body[i] if i < len(body) else {}
            self._make_room(sheet, row + 1 + i, table, heads, values)
            for j, column in enumerate(table.columns):
                self._cell(sheet, row + 1 + i, left + j, column, values.get(column.name), looks[j])

    def _make_room(
        self, sheet: Worksheet, row: int, table: Table, heads: list[str], values: Mapping[str, object]
    ) -> None:
        """Gives a row the height of its longest wrapped text; tables side by side share their rows."""
        needed = [
            ceil(display_width(str(values.get(column.name) or "")) / (width(column, head) - 2))
            for column, head in zip(table.columns, heads, strict=True)
            if column.wrap
        ]
        lines = max(needed, default=1)
        if lines > self._lines.get((str(sheet.name), row), 1):
            self._lines[str(sheet.name), row] = lines
            sheet.set_row(row, 4 + 14 * lines)

    def _cell(self, sheet: Worksheet, row: int, at: int, column: Column, value: object, looks: Format) -> None:
        value = self._shown(column, value)
        match value:
            case None:
                sheet.write_blank(row, at, None, looks)
            case bool():
                sheet.write_string(row, at, codes.flag(value, self.language), looks)
            case float() | int():
                sheet.write_number(row, at, value, looks)
            case datetime() | date():
                sheet.write_datetime(row, at, value, looks)  # pyright: ignore[reportArgumentType] - a day will do
            case time():
                sheet.write_string(row, at, f"{value:%H:%M}", looks)
            case _:
                text = str(value)
                sheet.write_string(row, at, text, self.looks.quoted(looks) if looks_like_formula(text) else looks)

    def _shown(self, column: Column, value: object) -> object:
        if column.kind is Kind.TIER and value in (codes.WON, codes.LOST, codes.ORDER):
            return codes.special(str(value), self.language)
        if column.kind is Kind.CODE and isinstance(value, str):
            return codes.word(column.codes or "", value, self.language)
        if column.name == "person" and value == codes.TEAM:
            return codes.special(codes.TEAM, self.language)
        return value


def _runs_over(table: Table, at: int, widest: int) -> bool:
    """Whether a column's text has the free cells right of its table to run over, a longer table standing below it."""
    return table.columns[at].wrap and at == len(table.columns) - 1 < widest - 1
