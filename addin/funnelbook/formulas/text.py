"""A formula as it is written: functions, constants, and references to cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_CALL = re.compile(r"(?:_xldudf_|\[\d+\]!|'[^']*'!)?([A-Z][A-Z0-9_.]*)\((.*)\)", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?%?", re.IGNORECASE)
_OPEN, _CLOSE = "({[", ")}]"
_NONE = object()


class Call(NamedTuple):
    """A function and its arguments: float, str, bool, rows of these for an array constant, None when left out, Reference, Call."""

    name: str
    arguments: list[object]


@dataclass(frozen=True)
class Reference:
    """What stands for cells: A1:B5, 客户!C:C, Customers[级别], a defined name; or anything else that is no constant."""

    text: str


def parsed(formula: str) -> Call | None:
    """A formula that is one function of its arguments; None for any other."""
    found = _node(formula.strip().removeprefix("=").strip())
    return found if isinstance(found, Call) else None


def _node(text: str) -> object:
    if not text:
        return None
    value = _constant(text)
    if value is not _NONE:
        return value
    if text.startswith("{") and text.endswith("}"):
        rows = _split(text[1:-1], ";") or []
        return [[_constant(cell.strip()) for cell in _split(row, ",") or []] for row in rows]
    found = _CALL.fullmatch(text)
    parts = _split(found[2], ",") if found else None
    if found is None or parts is None:
        return Reference(text)
    return Call(found[1].upper(), [_node(part.strip()) for part in parts] if found[2].strip() else [])


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
