"""The two ways a formula's name is written: FB_NEED in Excel and in files, FB.NEED in LibreOffice, where a dot joins maker and name."""

from __future__ import annotations

import re

from funnelbook.formulas.catalogue import FORMULAS

PREFIX, DOTTED = "FB_", "FB."
_SHORT = "|".join(name.removeprefix(PREFIX) for name in FORMULAS)
# texts and quoted names of sheets are passed over whole
_NAME = re.compile(rf"""("(?:[^"]|"")*"|'(?:[^']|'')*')|(?<![\w.])FB[_.]({_SHORT})(?=\s*\()""", re.IGNORECASE)


def with_dots(formula: str) -> str:
    """A formula, or any text that holds one, with the names LibreOffice knows: FB.NEED."""
    return _NAME.sub(lambda found: found[1] or DOTTED + found[2].upper(), formula)


def with_underscores(formula: str) -> str:
    """A formula, or any text that holds one, with the names Excel knows: FB_NEED."""
    return _NAME.sub(lambda found: found[1] or PREFIX + found[2].upper(), formula)
