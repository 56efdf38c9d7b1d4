"""The last errors nobody expected, kept for the report: when, at what, of which kind and where, and nothing of what cells hold."""

from __future__ import annotations

import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path

KEPT = 20
_ENTRY = "== "


def of_user() -> Path:
    """The home of whoever runs this."""
    return Path.home()


def errors_file(home: Path) -> Path:
    """The file they are kept in, for the user whose home this is."""
    return home / ".funnelbook" / "errors.txt"


def keep(error: BaseException, doing: str, now: datetime, home: Path | None = None) -> None:
    """Writes one down; never fails. Its message is left out: it may name a customer."""
    lines = [f"{_ENTRY}{now:%Y-%m-%d %H:%M:%S} {doing}: {type(error).__name__}"]
    if isinstance(code := getattr(error, "hresult", None), int):
        lines.append(f"  0x{code & 0xFFFFFFFF:08X}")
    for frame in traceback.extract_tb(error.__traceback__):
        where = "/".join(frame.filename.replace("\\", "/").split("/")[-2:])  # not the user's folders
        lines.append(f"  {where}:{frame.lineno} {frame.name}")
    with suppress(OSError):
        path = errors_file(home or of_user())
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join([*_entries(path)[1 - KEPT :], "\n".join(lines) + "\n"]), encoding="utf-8")


def kept(home: Path) -> str:
    """What was written down, the oldest first; empty where there is nothing."""
    return "".join(_entries(errors_file(home)))


def _entries(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return [f"{_ENTRY}{entry.rstrip()}\n" for entry in f"\n{text}".split(f"\n{_ENTRY}")[1:]]
