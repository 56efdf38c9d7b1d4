"""All FB_ formulas by name, and those that speak of the others."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module

from funnelbook import __version__
from funnelbook.formulas import cells as c
from funnelbook.formulas import functions
from funnelbook.formulas.cells import Grid
from funnelbook.formulas.errors import Explained, FormulaError
from funnelbook.formulas.formula import Argument, Formula
from funnelbook.words import say

# As function wizards and the docs show them, in this order
CATEGORIES = ("tiers", "plan", "team", "followup", "help")


def why(function_name: object = None, *arguments: object, language: str) -> str:
    """In words, why a formula with these arguments gives an error; that it gives none, if so. Source: workbook.md FB_WHY."""
    name = str(c.text(c.grid(function_name))).strip().upper().lstrip("=").split("(")[0].replace("FB.", "FB_")
    formula = FORMULAS.get(name) or FORMULAS.get(f"FB_{name}")
    if formula is None:
        return say("reasons.no_such", language, name=name)
    try:
        result = formula.result(arguments, language)
    except FormulaError as error:
        return error.text(language)
    for i, row in enumerate(result, 1):
        for j, value in enumerate(row, 1):
            if isinstance(value, c.CellError):
                said = value.error.text(language) if isinstance(value, Explained) else say("reasons.no_value", language)
                return say("reasons.cell", language, row=i, column=j, value=value.code, reason=said)
    return say("reasons.fine", language)


def version() -> str:
    """The version of Funnelbook."""
    return __version__


_HELP = (
    Formula(
        "FB_WHY", why, "help",
        (
            Argument("function_name", c.text),
            Argument("arguments", c.cells, repeats=True),
        ),
        '=FB_WHY("FB_NEED", 15, {40;12}, {0.5})', (("几个参数的个数不一致：2, 1。",),), speaks=True,
    ),
    Formula("FB_VERSION", version, "help", (), "=FB_VERSION()", ((__version__,),)),
)  # fmt: skip


def _declared() -> dict[str, Formula]:
    """All formulas by name, category by category, as the files of `functions` and this one declare them."""
    modules = [import_module(m.name) for m in pkgutil.iter_modules(functions.__path__, f"{functions.__name__}.")]
    found: dict[str, Formula] = {}
    for formula in (*(f for module in modules for f in module.FORMULAS), *_HELP):
        if formula.category not in CATEGORIES:
            raise ValueError(f"{formula.name}: there is no category {formula.category}, only {', '.join(CATEGORIES)}")
        if found.setdefault(formula.name, formula) is not formula:
            raise ValueError(f"there are two formulas {formula.name}")
    return dict(sorted(found.items(), key=lambda item: CATEGORIES.index(item[1].category)))


FORMULAS = _declared()


def call(name: str, arguments: Sequence[object], language: str, *, date1904: bool = False) -> Grid:
    """The result of a formula as rows of plain cells. KeyError for a name that is none.

    `date1904`: days given as numbers count from 1904.
    """
    before = c.date1904.set(date1904)
    try:
        return FORMULAS[name].call(arguments, language)
    finally:
        c.date1904.reset(before)
