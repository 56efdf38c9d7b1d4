"""Text from others as it may be shown: nothing in it steers a terminal, turns the reading direction or hides, and file names from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import count

# C0 but tab and line feed, C1, surrogates, what has no width, what turns the direction, line ends few know, tags
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_ESCAPES = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # colours, moves
    "|\x1b[\\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"  # titles, links, strings
    "|\x1b[ -/]*[0-~]"
    "|\x9b[0-?]*[ -/]*[@-~]"
)
_NOT_IN_FILES = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE | re.DOTALL
)
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_FULL_WIDTH = {ord(mark): ord(mark) + 0xFEE0 for mark in r"*_~`[]<>@#|\:/!&$={}^"}
_LINK_DOT = re.compile(r"\.(?=\w)")
_LONGEST_IN_CHAT = 40
_LONGEST_BYTES = 120  # of a file's name in UTF-8, so that a folder's path and a number fit beside it


def visible(text: str) -> str:
    """The text without control characters, terminal escapes, bidi marks and characters of no width; tabs and new lines stay."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _ESCAPES.sub("", text))


def line(text: str) -> str:
    """As `visible`, on one line: white space of any kind and length is one space."""
    return " ".join(visible(text).split())


def escaped(written: str) -> str:
    """JSON that says the same with the characters `visible` leaves out as \\u escapes."""

    def as_units(found: re.Match[str]) -> str:
        units = found[0].encode("utf-16-be", "surrogatepass").hex()
        return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))

    return _UNSEEN.sub(as_units, written)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula if somebody typed it, or pressed F2 and Enter in its cell."""
    return text.startswith(_FORMULA_STARTS)


def for_chat(name: str) -> str:
    """A name as one short line in which a chat finds no markup, mention or link: such marks stand in full width."""
    plain = line(name)
    short = plain if len(plain) <= _LONGEST_IN_CHAT else f"{plain[: _LONGEST_IN_CHAT - 1]}…"
    return _LINK_DOT.sub("．", short.translate(_FULL_WIDTH))


def file_stems(names: Iterable[str]) -> list[str]:
    """A name for a file of each, without ending, that Windows, macOS and Linux take; of two alike the later gets a number.

    Nothing leads out of the folder, starts with a dot or a tilde as hidden and lock files do, or is a device such as CON.
    """
    used: set[str] = set()
    stems = []
    for name in names:
        stem = made = _file_stem(name)
        for number in count(2):
            if _as_compared(made) not in used:
                break
            made = f"{stem} ({number})"
        used.add(_as_compared(made))
        stems.append(made)
    return stems


def _file_stem(name: str) -> str:
    plain = _NOT_IN_FILES.sub("_", line(unicodedata.normalize("NFC", name)))
    plain = re.sub(r"^[.~\s]+", "_", plain)
    plain = plain.encode()[:_LONGEST_BYTES].decode(errors="ignore").rstrip(". ")
    return f"_{plain}" if not plain or _RESERVED.fullmatch(plain) else plain


def _as_compared(name: str) -> str:
    """Names that a file system may take for the same are the same here."""
    return unicodedata.normalize("NFKC", name).casefold()
