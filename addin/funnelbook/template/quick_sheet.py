"""A worksheet of XlsxWriter that is quick with the formulas of a template, which are many and the same in every workbook."""

from __future__ import annotations

from functools import lru_cache

from xlsxwriter.worksheet import Worksheet

_REMEMBERED = 1 << 13  # formulas: those of the templates of two languages


class QuickSheet(Worksheet):
    """A worksheet that looks only once for the newer functions in a formula: XlsxWriter searches each for every one of them."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return _prepared(formula, expand_future_functions)

    def prepared(self, formula: str, expand_future_functions: bool) -> str:
        """The formula as XlsxWriter writes it."""
        return super()._prepare_formula(formula, expand_future_functions)


@lru_cache(_REMEMBERED)
def _prepared(formula: str, expand_future_functions: bool) -> str:
    return QuickSheet().prepared(formula, expand_future_functions)
