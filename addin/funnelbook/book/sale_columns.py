"""Two columns of a list of customers that tell of the sale to each: for how much, and on what day (签单金额, 签单日期)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from funnelbook.book import values
from funnelbook.book.counted import power, without_money_unit
from funnelbook.book.labels import normalise
from funnelbook.words import typed


class SaleColumns(NamedTuple):
    """Columns of a sheet, and the header of the amount."""

    amount: int
    day: int
    header: str


def sale_columns(heads: Mapping[int, str]) -> SaleColumns | None:
    """The SaleColumns among headers by their column; None unless there is one of each. Source: ownbooks.md 1."""
    amount, day = (
        [at for at, text in heads.items() if normalise(without_money_unit(text)) in _called(key)]
        for key in ("sale_amount", "sale_day")
    )
    return SaleColumns(amount[0], day[0], heads[amount[0]]) if len(amount) == len(day) == 1 else None


def sales(body: Sequence[Sequence[object]], at: SaleColumns, unit: str) -> list[str | None]:
    """What a note would say of the sale in each row; None where the amount or the day lacks. `unit`: of money, as a title says it."""
    texts = {cell for line in body if len(line) >= at.amount and isinstance(cell := line[at.amount - 1], str)}
    comma = values.fractions(texts, whole=True).comma
    return [_sale(line, at, unit, comma) for line in body]


def _sale(line: Sequence[object], at: SaleColumns, unit: str, comma: bool) -> str | None:
    if len(line) < max(at.amount, at.day):
        return None
    cell, day = line[at.amount - 1], values.text(line[at.day - 1])
    amount = values.number(cell, decimal_comma=comma)
    if not day or not isinstance(amount, float) or amount <= 0:
        return None
    if not isinstance(cell, str) or cell.strip().replace(".", "", 1).isdigit():
        amount *= 10.0 ** power(at.header + unit)
    said = next(form for form in typed("sold_for") if form.isascii() == at.header.isascii())
    return f"{day} {said.format(amount=f'{round(amount, 2):.12g}')}"


@cache
def _called(key: str) -> frozenset[str]:
    return frozenset(map(normalise, typed(key)))
