"""The signature of a handout's hidden copy: over what it says, so that it holds whoever saves the workbook."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from funnelbook.domain.plain import line

_ALGORITHM = "sha256"
_NAME_LENGTH = 12


class Seal(Enum):
    """What a signature tells: the copy is as it was signed, or was changed, or it cannot be told."""

    HOLDS = auto()
    BROKEN = auto()
    UNSIGNED = auto()
    OTHER_KEY = auto()


def signed(rows: Iterable[Sequence[str]], key: bytes) -> str:
    """The signature of rows: the name of its key, which gives nothing of it away, and the HMAC."""
    return f"{_name(key)}:{hmac.digest(key, _content(rows), _ALGORITHM).hex()}"


def seal(rows: Iterable[Sequence[str]], signature: str, keys: Sequence[bytes]) -> Seal:
    """What `signature` tells of rows to who has the keys."""
    name = signature.partition(":")[0]
    key = next((key for key in keys if _name(key) == name), None)
    if not signature:
        return Seal.UNSIGNED
    if key is None:
        return Seal.OTHER_KEY
    return Seal.HOLDS if hmac.compare_digest(signed(rows, key).encode(), signature.encode()) else Seal.BROKEN


def _name(key: bytes) -> str:
    return hmac.digest(key, b"name", _ALGORITHM).hex()[:_NAME_LENGTH]


def _content(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows in one order; spaces and line ends, which programs write each in their way, count as one space."""
    return json.dumps(sorted([line(cell) for cell in row] for row in rows)).encode()
