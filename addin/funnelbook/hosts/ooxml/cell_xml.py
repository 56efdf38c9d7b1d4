"""Cells and rows as XML, column by column: fast enough for a million of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from funnelbook.book.column_letters import column_letters
from funnelbook.book.ports import CellError, Cells, Link
from funnelbook.domain.dtypes import Moments, Numbers
from funnelbook.domain.plain import looks_like_formula
from funnelbook.hosts.ooxml.styles import CellStyles

LONGEST_TEXT = 32_767
_EPOCH, _EPOCH_1904 = np.datetime64("1899-12-30", "s"), np.datetime64("1904-01-01", "s")
_DAY_S = 86_400
_CHUNK = 8_192  # rows rendered at a time
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\r]")
_TEXT, _END_OF_TEXT = ' t="inlineStr"><is><t>', "</t></is></c>"
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def text_xml(text: str) -> str:
    """Text as it stands in a cell: XML escaped, what XML cannot hold as _xHHHH_, cut where Excel's limit is."""
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1] + "…"
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _ILLEGAL.sub(lambda m: f"_x{ord(m[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def body(value: object, style: int, date1904: bool, styles: CellStyles) -> str:
    """What follows the cell's address: its style, type and content up to its end.

    Text is never a formula, and does not become one when somebody presses F2 and Enter in its cell.
    """
    if not isinstance(value, str):
        style = styles.plain(style)
    elif value.isalnum() and len(value) <= LONGEST_TEXT:  # most texts are, and such a text stands in XML as it is
        return f'" s="{style}"{_TEXT}{value}{_END_OF_TEXT}' if style else f'"{_TEXT}{value}{_END_OF_TEXT}'
    elif looks_like_formula(value):
        style = styles.quoted(style)
    styled = f'" s="{style}"' if style else '"'
    match value:
        case None | "":
            return f"{styled}/>"
        case bool():
            return f'{styled} t="b"><v>{value:d}</v></c>'
        case Link():
            return f"{styled}><f>{text_xml(value.formula())}</f><v>{value:d}</v></c>"
        case float() | int():
            return f"{styled}><v>{number_text(float(value))}</v></c>" if np.isfinite(value) else f"{styled}/>"
        case datetime() | date():
            return f"{styled}><v>{number_text(serial(value, date1904))}</v></c>"
        case time():
            return f"{styled}><v>{number_text((value.hour * 3600 + value.minute * 60 + value.second) / _DAY_S)}</v></c>"
        case timedelta():
            return f"{styled}><v>{number_text(value.total_seconds() / _DAY_S)}</v></c>"
        case CellError():
            return f'{styled} t="e"><v>{value.code}</v></c>'
        case _:
            text = text_xml(str(value))
            space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
            return f'{styled} t="inlineStr"><is><t{space}>{text}{_END_OF_TEXT}'


def rows(
    columns: Sequence[Cells],
    formulas: Sequence[str | None],
    styles: Sequence[int],
    left: int,
    top: int,
    date1904: bool,
    formats: CellStyles,
) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table's body in runs: (number of the first row, one string a row from its first to its last cell).

    `columns` hold the values as in TableWrite; where `formulas` has one, every cell of the column holds it instead.
    """
    count = len(columns[0]) if columns else 0
    for start in range(0, count, _CHUNK):
        stop = min(start + _CHUNK, count)
        numbers = [str(n) for n in range(top + start, top + stop)]
        cells = []
        for j, (values, formula, style) in enumerate(zip(columns, formulas, styles, strict=True)):
            opening = f'<c r="{column_letters(left + j)}'
            if formula is not None:
                plain = formats.plain(style)
                same = (f'" s="{plain}"' if plain else '"') + f"><f>{text_xml(formula)}</f></c>"
                bodies: Sequence[str] = [same] * len(numbers)
            else:
                bodies = _bodies(values[start:stop], style, date1904, formats)
            cells.append([opening + n + b for n, b in zip(numbers, bodies, strict=True)])
        yield top + start, ["".join(row) for row in zip(*cells, strict=True)]


def _bodies(values: Cells, style: int, date1904: bool, formats: CellStyles) -> Sequence[str]:
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        values = serials(values, date1904)
    if isinstance(values, np.ndarray) and values.dtype.kind in "fiu":
        numbers = values.astype(float)
        there = np.isfinite(numbers)
        style = formats.plain(style)
        styled = f'" s="{style}"' if style else '"'
        if there.all() and (numbers == np.floor(numbers)).all() and (np.abs(numbers) < 2**53).all():
            return [f"{styled}><v>{n}</v></c>" for n in numbers.astype(np.int64).tolist()]
        blank = f"{styled}/>"
        return [
            f"{styled}><v>{number_text(v)}</v></c>" if ok else blank
            for v, ok in zip(numbers.tolist(), there.tolist(), strict=True)
        ]
    objects = np.empty(len(values), dtype=object)
    objects[:] = values
    if set(map(type, values)) & {bool, Link}:
        return [body(v, style, date1904, formats) for v in values]  # True and 1 are equal, and not the same cell
    codes, uniques = pd.factorize(objects)
    known = np.array(
        [*(body(v, style, date1904, formats) for v in uniques), body(None, style, date1904, formats)], dtype=object
    )
    return known[codes].tolist()


def serials(values: Moments | Numbers, date1904: bool) -> Numbers:
    """Days since the epoch of the date system of datetime64; NaN for NaT."""
    moments = values.astype("datetime64[s]")
    days = (moments - (_EPOCH_1904 if date1904 else _EPOCH)).astype(np.int64) / _DAY_S
    return np.where(np.isnat(moments), np.nan, days)


def serial(value: datetime | date, date1904: bool) -> float:
    """A day or moment as the number of its cell."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return float(serials(np.array([np.datetime64(moment, "s")]), date1904)[0])


def number_text(value: float) -> str:
    """A number as it stands in a cell."""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
