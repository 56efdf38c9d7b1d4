"""What a file is at one moment: enough to tell from its folder alone, later, that nobody has written it since."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

_SECOND_NS = 1_000_000_000


@dataclass(frozen=True)
class State:
    """Size, time of the last change and content (SHA-256) of a file."""

    size: int
    mtime_ns: int
    sha256: str


def left_as(path: Path, content: bytes) -> State | None:
    """The state of a file that holds `content`; None when it holds something else, or is written this moment."""
    try:
        before, there, after = path.stat(), path.read_bytes(), path.stat()
    except OSError:
        return None
    if there != content or _known(before) != _known(after):
        return None
    return State(*_known(after), _hash(content))


def still(path: Path, state: State) -> State | None:
    """The state a file is in now when its content is that of an earlier `state`, which size and time tell; None otherwise.

    The content is read where the time is another, or one of whole seconds, in which a file can be written twice. OSError when
    it cannot be.
    """
    size, mtime_ns = _known(path.stat())
    if size != state.size:
        return None
    if mtime_ns == state.mtime_ns and mtime_ns % _SECOND_NS:
        return state
    return State(size, mtime_ns, state.sha256) if _hash(path.read_bytes()) == state.sha256 else None


def _known(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
