"""Formulas as they read when filled down."""

from __future__ import annotations

import re

from funnelbook.hosts.ooxml.columns import column_letters, column_number

_PARTS = re.compile(r""""[^"]*"|'[^']*'|\[[^\[\]]*\]|(?<![A-Za-z0-9_.$])(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\w.(])""")


def moved(formula: str, rows: int, columns: int = 0) -> str:
    """A formula so many rows and columns further on: references not fixed by $ move with it."""

    def one(found: re.Match[str]) -> str:
        if not found[2]:  # a text, a sheet's name, a column of a table
            return found[0]
        letters = found[2] if found[1] or not columns else column_letters(column_number(found[2]) + columns)
        return f"{found[1]}{letters}{found[3]}{found[4] if found[3] else int(found[4]) + rows}"

    return _PARTS.sub(one, formula)


def refers_to_cells(formula: str) -> bool:
    """Whether a formula holds references such as A1, other than by the names of tables and columns."""
    return any(found[2] for found in _PARTS.finditer(formula))
