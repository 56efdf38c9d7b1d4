"""A formula as it is written: its name and arguments, with constants as values and the rest as references."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CALL = re.compile(r"=?\s*(?:_xldudf_|\[\d+\]!|'[^']*'!)?(FB_[A-Z]+)\((.*)\)\s*", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?%?", re.IGNORECASE)
_OPEN, _CLOSE = "({[", ")}]"


@dataclass(frozen=True)
class Reference:
    """An argument that stands for cells: A1:B5, 客户!C:C, Customers[级别], a defined name, or another formula."""

    text: str


def parsed(formula: str) -> tuple[str, list[object]] | None:
    """Name and arguments of a formula that is one FB_ call; None for any other.

    Arguments: float, str, bool, rows of these for an array constant, None when left out, else a Reference.
    """
    found = _CALL.fullmatch(formula)
    if not found:
        return None
    parts = _split(found[2], ",")
    if parts is None:
        return None
    return found[1].upper(), [] if not found[2].strip() else [_argument(part.strip()) for part in parts]


def _argument(text: str) -> object:
    if not text:
        return None
    if text.startswith("{") and text.endswith("}"):
        rows = _split(text[1:-1], ";") or []
        return [[_constant(cell.strip()) for cell in _split(row, ",") or []] for row in rows]
    value = _constant(text)
    return Reference(text) if value is _NONE else value


_NONE = object()


def _constant(text: str) -> object:
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        inside = text[1:-1].replace('""', "\0")
        return inside.replace("\0", '"') if '"' not in inside else _NONE
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if _NUMBER.fullmatch(text):
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    return text if text.startswith("#") else _NONE


def _split(text: str, mark: str) -> list[str] | None:
    """Parts between marks that stand outside quotes and brackets; None when these do not close."""
    parts, depth, quote, start = [], 0, "", 0
    for i, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth -= 1
            if depth < 0:
                return None
        elif letter == mark and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return None if quote or depth else [*parts, text[start:]]
