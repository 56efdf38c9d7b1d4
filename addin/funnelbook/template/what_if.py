"""The What-if sheet (试算): a few input cells and live FB_ formulas on them. Funnelbook never writes it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from funnelbook.book.told_chance import CHANCE
from funnelbook.domain.backplan import ceil_shown
from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.template.defaults import Rows
from funnelbook.template.looks import ACCENT, DEEP, ENTRY, GREY, LINE, NUMBER, WARM, Looks, put_formula
from funnelbook.words import say, texts

_TARGET, _WON, _ARRIVALS, _FROM, _TO = 15.0, 2.0, 1.0, date(2026, 8, 1), date(2026, 8, 31)  # of six weeks
_STOCK = (40.0, 12.0, 9.0, 6.0, 3.0)  # the worked example of numbers.md 3
_WEEKS = 6  # a month has no more
_RIGHT = 6  # the last column


def write(sheet: Worksheet, looks: Looks, language: str, tiers: Rows) -> None:
    """Writes the sheet; cells people change are yellow, the rest is worked out by formulas."""
    _WhatIf(sheet, looks, language, tiers).write()


class _WhatIf:
    def __init__(self, sheet: Worksheet, looks: Looks, language: str, tiers: Rows) -> None:
        self.sheet, self.language, self.tiers = sheet, language, tiers
        line = {"bottom": 1, "bottom_color": LINE}
        self.title, self.purpose = looks.title, looks.purpose
        self.section = looks(font_size=12, bold=True, font_color="#FFFFFF", bg_color=ACCENT)
        self.head = looks(bold=True, font_color="#FFFFFF", bg_color=GREY, align="center", text_wrap=True)
        self.label, self.hint = looks(**line), looks(**line, font_color=GREY, indent=1)
        self.centre = looks(**line, align="center", bold=True)
        self.number_in = looks(**line, bg_color=ENTRY, num_format=NUMBER, align="right")
        self.rate_in = looks(**line, bg_color=ENTRY, num_format="0%", align="right")
        self.day_in = looks(**line, bg_color=ENTRY, num_format="yyyy-mm-dd", align="center")
        self.number, self.rate = looks(**line, num_format="#,##0"), looks(**line, num_format="0.0%")
        self.strong = looks(**line, bold=True, font_color=DEEP, num_format=CHANCE, align="left")
        self.words = looks(**line, text_wrap=True)
        self.short = looks.workbook.add_format({"font_color": WARM, "bold": True})

    def write(self) -> None:
        sheet = self.sheet
        for column, width in enumerate((3, 21, 15, 15, 15, 15, 15)):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 30)
        title, purpose = texts("pages.what_if", self.language)
        sheet.write_string(0, 1, title, self.title)
        sheet.write_string(1, 1, purpose, self.purpose)
        top = self._inputs(3)
        bottom = self._tiers(top)
        self._answers(bottom + 1)
        sheet.set_portrait()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
        sheet.set_footer(say("language.footer", self.language))

    def _inputs(self, row: int) -> int:
        self._section(row, "inputs")
        given: tuple[tuple[str, object, Format], ...] = (
            ("target", _TARGET, self.number_in),
            ("won", _WON, self.number_in),
            ("arrivals", _ARRIVALS, self.number_in),
            ("from", _FROM, self.day_in),
            ("to", _TO, self.day_in),
        )
        self.cell: dict[str, str] = {}
        for i, (key, value, looks) in enumerate(given, row + 1):
            label, hint = texts(f"what_if.{key}", self.language)
            self.sheet.write_string(i, 1, label, self.label)
            if isinstance(value, date):
                self.sheet.write_datetime(i, 2, datetime(value.year, value.month, value.day), looks)
            else:
                self.sheet.write_number(i, 2, float(value), looks)
            self._hint(i, hint)
            self.cell[key] = xl_rowcol_to_cell(i, 2)
        last = row + 1 + len(given)
        label, hint = texts("what_if.gap", self.language)
        self.sheet.write_string(last, 1, label, self.label)
        gap = f"=MAX(0,{self.cell['target']}-{self.cell['won']})"
        put_formula(self.sheet, last, 2, gap, self.number, _TARGET - _WON)
        self._hint(last, hint)
        self.cell["gap"] = xl_rowcol_to_cell(last, 2)
        return last + 2

    def _tiers(self, row: int) -> int:
        """Stock and rates to type over; beside them the chance, needed and missing of each tier."""
        self._section(row, "tiers")
        self._heads(row + 1, ("tier", "stock", "rate", "chance", "needed", "missing"))
        self.sheet.set_row(row + 1, 30)
        first, count = row + 2, len(self.tiers)
        last = first + count - 1
        rates = [float(tier["rate"]) for tier in self.tiers]
        stock = [_STOCK[i] if i < len(_STOCK) else 0.0 for i in range(count)]
        chances = [_product(rates[i:]) for i in range(count)]
        for i, tier in enumerate(self.tiers):
            self.sheet.write_string(first + i, 1, f"{tier['code']} {tier.get('name') or ''}".strip(), self.centre)
            self.sheet.write_number(first + i, 2, stock[i], self.number_in)
            self.sheet.write_number(first + i, 3, rates[i], self.rate_in)
            above = f"=PRODUCT({xl_range(first + i, 3, last, 3)})"
            put_formula(self.sheet, first + i, 4, above, self.rate, chances[i])
        self.of = {name: xl_range(first, j, last, j) for name, j in (("stock", 2), ("rates", 3), ("chance", 4))}
        self.values = {"stock": stock, "rates": rates, "chance": chances}
        call = f"FB_NEED({self.cell['target']},{self.of['stock']},{self.of['rates']},{self.cell['won']})"
        self._block(first, 5, count, 2, call, "FB_NEED", [_TARGET, stock, rates, _WON], up=True)
        short = {"type": "formula", "criteria": f"=AND(ISNUMBER($G{first + 1}),$G{first + 1}>0)", "format": self.short}
        self.sheet.conditional_format(first, 6, last, 6, short)
        return last + 1

    def _answers(self, row: int) -> None:
        self._section(row, "answers")
        of = self.of
        shape = self._single(row + 1, "shape", f"FB_SHAPE({of['stock']},{of['rates']})", "FB_SHAPE", ["stock", "rates"])
        self.sheet.set_row(row + 2, 32)
        self._single(row + 2, "advice", f"FB_ADVICE({xl_rowcol_to_cell(row + 1, 2)})", "FB_ADVICE", [shape])
        call = f"FB_CHANCE({self.cell['gap']},{of['stock']},{of['chance']},{self.cell['arrivals']})"
        self._single(row + 3, "chance", call, "FB_CHANCE", [_TARGET - _WON, "stock", "chance", _ARRIVALS])
        row += 5
        self._section(row, "weeks")
        self._heads(row + 1, ("week", "workdays", "planned"))
        call = f"FB_WEEKS({self.cell['gap']},{self.cell['from']},{self.cell['to']})"
        self._block(row + 2, 1, _WEEKS, 3, call, "FB_WEEKS", [_TARGET - _WON, _FROM, _TO])
        self.sheet.write_string(row + 3 + _WEEKS, 1, say("what_if.note", self.language), self.purpose)

    def _section(self, row: int, key: str) -> None:
        for column in range(1, _RIGHT + 1):
            self.sheet.write_blank(row, column, None, self.section)
        self.sheet.write_string(row, 1, say(f"what_if.section_{key}", self.language), self.section)
        self.sheet.set_row(row, 22)

    def _heads(self, row: int, keys: Sequence[str]) -> None:
        for j, key in enumerate(keys, 1):
            self.sheet.write_string(row, j, say(f"what_if.head_{key}", self.language), self.head)

    def _hint(self, row: int, text: str) -> None:
        for column in range(3, _RIGHT + 1):
            self.sheet.write_blank(row, column, None, self.hint)
        self.sheet.write_string(row, 3, text, self.hint)

    def _single(self, row: int, key: str, call: str, name: str, given: Sequence[object]) -> object:
        """A formula with one value, over the width of the sheet; what it gives."""
        read = [self.values.get(v, v) if isinstance(v, str) else v for v in given]
        value = FORMULAS[name].call([_column(v) for v in read], self.language)[0][0]
        self.sheet.write_string(row, 1, say(f"what_if.{key}", self.language), self.label)
        looks = self.strong if isinstance(value, float) or key == "shape" else self.words
        self.sheet.merge_range(row, 2, row, _RIGHT, None, looks)
        put_formula(self.sheet, row, 2, f"={call}", looks, value)
        return value

    def _block(
        self,
        top: int,
        left: int,
        height: int,
        width: int,
        call: str,
        name: str,
        given: Sequence[object],
        *,
        up: bool = False,
    ) -> None:
        """A formula's rows, a cell each: every Excel shows them, nothing can stand in their way, rows too many are blank.

        `up` rounds them up, as customers are shown.
        """
        rows = FORMULAS[name].call([_column(v) for v in given], self.language)
        for i in range(height):
            for j in range(width):
                value = rows[i][j] if i < len(rows) else ""
                looks = self.centre if isinstance(value, str) else self.number
                item = f"INDEX({call},{i + 1},{j + 1})"
                if up:
                    item, value = f"ROUNDUP({item},0)", float(ceil_shown(np.array(value, float)))
                put_formula(self.sheet, top + i, left + j, f'=IFERROR({item},"")', looks, value)


def _column(value: object) -> object:
    return [[v] for v in value] if isinstance(value, list) else value


def _product(values: Sequence[float]) -> float:
    total = 1.0
    for value in values:
        total *= value
    return total
