"""The keys by which a user knows what he handed out: in his own folder, one a line, never in a workbook.

The first one signs, all of them verify. Whoever has a key can forge the hidden copy of a handout; to be rid of it delete the
file, or put a new line on top. A workbook signed with a key that is not there is collected as one that is not signed.
"""

from __future__ import annotations

import re
import secrets

from funnelbook.book.ports import BookError
from funnelbook.commands import profile

_FILE = "handout.key"
_BYTES = 32
_KEY = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")


def known() -> list[bytes]:
    """The keys there are, the one that signs first; none where nothing was handed out from here yet."""
    path = profile.folder() / _FILE
    try:
        return _keys(path.read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BookError("no_key", file=str(path), detail=error.strerror or str(error)) from error


def signing() -> bytes:
    """The key that signs, made where there is none. BookError when it cannot be kept."""
    path = profile.folder() / _FILE
    try:
        found = _keys(profile.keep_new(_FILE, f"{secrets.token_hex(_BYTES)}\n".encode()).decode(errors="replace"))
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no home folder
        raise BookError("no_key", file=str(path), detail=getattr(error, "strerror", None) or str(error)) from error
    if not found:
        raise BookError("no_key", file=str(path), detail="64 x 0-9 a-f")
    return found[0]


def _keys(text: str) -> list[bytes]:
    return [bytes.fromhex(line) for line in text.split() if _KEY.fullmatch(line)]
