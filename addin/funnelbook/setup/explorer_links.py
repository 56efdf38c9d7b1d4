"""The ways to Funnelbook that Windows itself shows: "Send to" of a file in Explorer, and an entry on the desktop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from funnelbook.words import abreast

MODULE = "funnelbook.windows.sent_to"


def file_name() -> str:
    """What the links are called, in any language: who installs in another one has them replaced."""
    return abreast("commands.tab", between=" ") + ".lnk"


def arguments(language: str) -> str:
    """What Python is given; Explorer adds the files. -P and -X as of the engine, and files are read as UTF-8."""
    return f"-X utf8 -P -m {MODULE} {language}"


def link(target: Path, given: str, icon: Path) -> bytes:
    """A link as Windows itself makes it; it is shown with an icon, for Python's own says nothing to whoever looks for Funnelbook."""
    import pythoncom  # noqa: PLC0415 - on Windows only
    from win32com.shell import shell  # noqa: PLC0415

    made: Any = pythoncom.CoCreateInstance(
        shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
    )
    made.SetPath(str(target))
    made.SetArguments(given)
    made.SetIconLocation(str(icon), 0)
    stream: Any = pythoncom.CreateStreamOnHGlobal()
    made.QueryInterface(pythoncom.IID_IPersistStream).Save(stream, True)
    stream.Seek(0, 0)
    return stream.Read(stream.Stat()[2])
