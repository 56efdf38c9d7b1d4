"""How the template looks: fonts, colours, number formats, column widths."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from funnelbook.book.schema import Column, Kind, Role, Tone
from funnelbook.words import particulars, say

ACCENT, DEEP, PALE, GREY, LINE, WARM, GOOD, TEXT = (
    "#1F6F8B",
    "#12475A",
    "#E8F2F5",
    "#5B6770",
    "#D5DBDF",
    "#C8502F",
    "#2E7D4F",
    "#22292E",
)
TIER_COLOURS = ("#EEF1F3", "#DCEAF0", "#BBD9E4", "#8FC1D1", "#5FA3B8")
TAB_COLOURS = {"guide": DEEP, Role.INPUT: ACCENT, Role.RESULT: WARM, Role.LOG: "#9AA5AC"}
NUMBER = "[>=1000]#,##0;General"  # as typed; of #,##0.## Excel makes "38."
_FORMATS = {
    Kind.MONEY: "#,##0", Kind.COUNT: "#,##0", Kind.NUMBER: NUMBER, Kind.RATE: "0.0%", Kind.DATE: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.ID: "@", Kind.PHONE: "@",
}  # fmt: skip
_WIDTHS = {
    Kind.ID: 11, Kind.TEXT: 14, Kind.PHONE: 16, Kind.PERSON: 12, Kind.TIER: 8, Kind.CODE: 10, Kind.COUNT: 9, Kind.NUMBER: 10, Kind.MONEY: 12,
    Kind.RATE: 10, Kind.DATE: 12, Kind.MOMENT: 17, Kind.FLAG: 8,
}  # fmt: skip
AMBER = "#B7791F"
# series of charts are pale in grey, rows in light blue
TONES = {Tone.PALE: PALE, Tone.WARM: WARM, Tone.AMBER: AMBER, Tone.GOOD: GOOD, Tone.FAINT: "#8A949A"}
ENTRY = "#FFF9E0"  # cells of a result table that people type in
HEADER_LINE = 10  # wider headers take two lines
_RIGHT = (Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.RATE)
_INDENTS = {"left": 1, "right": 2}  # of a header: as the texts below it; beside the button of the filter
_MIDDLE = (Kind.TIER, Kind.FLAG, Kind.DATE, Kind.MOMENT, Kind.CODE)


def put_formula(sheet: Worksheet, row: int, column: int, text: str, look: Format | None, value: object) -> None:
    """Writes a formula with what it gives now, a text among it: xlsxwriter's hint is that of its default, 0."""
    sheet.write_formula(row, column, text, look, value)  # pyright: ignore[reportArgumentType] - any value will do


@dataclass
class Looks:
    """The formats of one workbook, each made once."""

    workbook: Workbook
    language: str
    font: str = field(init=False)
    _made: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.font = say("language.font", self.language)
        default = self.workbook.formats[0]
        default.set_font_name(self.font)
        default.set_font_size(10)

    def quoted(self, looks: Format) -> Format:
        """The format of a text that looks like a formula, so that F2 and Enter do not make it one."""
        key = next(key for key, made in self._made.items() if made is looks)
        return self(**dict(key) | {"quote_prefix": True})

    def __call__(self, **properties: object) -> Format:
        """The format with these properties on top of the book's font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": self.font, "font_size": 10, "font_color": TEXT, "valign": "vcenter"}
            self._made[key] = self.workbook.add_format(base | properties)
        return self._made[key]

    @property
    def title(self) -> Format:
        return self(font_size=18, bold=True, font_color=DEEP)

    @property
    def purpose(self) -> Format:
        return self(font_color=GREY)

    @property
    def section(self) -> Format:
        return self(font_size=12, bold=True, font_color=ACCENT)

    @property
    def note(self) -> Format:
        return self(font_color=WARM, italic=particulars(self.language).slanted, font_size=9)

    def header(self, role: Role, column: Column) -> Format:
        """A header stands as its column does; those people fill in below are in the accent colour, those of results dark grey."""
        fill = ACCENT if column.entry or role is Role.INPUT else GREY
        properties: dict[str, object] = {"bold": True, "font_color": "#FFFFFF", "bg_color": fill, "text_wrap": True}
        align = _align(column)
        if align != "center":
            properties["indent"] = _INDENTS[align]
        return self(align=align, border=1, border_color=fill, **properties)

    def body(self, column: Column, *, wrapped: bool = True) -> Format:
        """How cells of a column look; `wrapped`: long texts take several lines."""
        align = _align(column)
        properties: dict[str, object] = {"align": align, "bottom": 1, "bottom_color": LINE}
        if align == "left":
            properties["indent"] = 1  # room after a number that ends where the text begins
        number = column.number or _FORMATS.get(column.kind)
        if number:
            properties["num_format"] = number
        if column.link:
            properties |= {"font_color": ACCENT, "underline": 1}
        if wrapped and column.wrap:
            properties["text_wrap"] = True
        if column.entry:
            properties["bg_color"] = ENTRY
        return self(**properties)


def _align(column: Column) -> str:
    if column.kind in _MIDDLE or column.centred:
        return "center"
    return "right" if column.kind in _RIGHT else "left"


_UNBROKEN = re.compile("[!-~]+")  # Chinese breaks anywhere


def width(column: Column, header: str) -> float:
    """A column's width in characters: room for its kind of values and for its header, a long one on two lines."""
    room = column.width or _WIDTHS[column.kind]
    line = display_width(header)
    if line > HEADER_LINE:
        line = max([line // 2 + 2, *map(len, _UNBROKEN.findall(header))])
    return max(room, line + 4.5)


def display_width(text: str) -> int:
    """Characters of the width of a Latin letter; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
