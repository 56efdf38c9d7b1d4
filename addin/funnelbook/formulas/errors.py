"""Why a formula gives an error: the error cell with its reason."""

from __future__ import annotations

from funnelbook.book.ports import CellError
from funnelbook.words import say

NA, VALUE, NUM = CellError("#N/A"), CellError("#VALUE!"), CellError("#NUM!")


class FormulaError(Exception):
    """Why a formula gives an error: the error cell and the reason by its code in reasons.py of words."""

    def __init__(self, cell: CellError, code: str, **fields: object) -> None:
        super().__init__(cell.code, code, fields)
        self.cell, self.code, self.fields = cell, code, fields

    def text(self, language: str) -> str:
        """The reason as one sentence."""
        return say(f"reasons.{self.code}", language, **self.fields)


class Explained(CellError):
    """An error cell of a formula that answers cell by cell, and why it is one."""

    error: FormulaError

    def __init__(self, error: FormulaError) -> None:
        super().__init__(error.cell.code)
        object.__setattr__(self, "error", error)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CellError) and other.code == self.code

    __hash__ = CellError.__hash__
