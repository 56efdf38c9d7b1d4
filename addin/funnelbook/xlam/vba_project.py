"""vbaProject.bin: a VBA project of source text only, the same bytes for the same text."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Mapping
from pathlib import Path

NAME = "Funnelbook"
# Version FFFF says: nothing compiled in here, compile from the source ([MS-OVBA] 2.3.4.1)
_NOTHING_COMPILED = bytes.fromhex("CC61FFFF000000")
_NAME_RECORD, _VERSION_RECORD, _TERMINATOR = 0x04, 0x09, 0x10


def project(book: bytes, sources: Mapping[str, str]) -> bytes:
    """The VBA project for a workbook package, whose code names are among the names of the sources."""
    # Only who builds the add-in has it.
    from pyopenvba.cfb import CFB  # noqa: PLC0415
    from pyopenvba.excel import ExcelFile  # noqa: PLC0415
    from pyopenvba.vba import compress, decompress  # noqa: PLC0415

    for name, source in sources.items():
        if not source.isascii():  # pyOpenVBA would write a question mark
            raise ValueError(f"{name} is not ASCII")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "book.xlsm"
        path.write_bytes(book)
        with ExcelFile(path) as file:
            made = file.add_vba_project()
            documents = {module.name for module in made.modules}
            for name, source in sources.items():
                if name in documents:
                    made.get_module(name).source = source
                else:
                    made.add_module(name, source)
            if documents - set(sources):
                raise ValueError(f"no source for {documents - set(sources)}")
            for module in made.modules:  # or compiled code of the template stays before the source
                module.dirty = True
            file.save()
        with ExcelFile(path) as file:
            container = CFB.from_bytes(file.vba_project_bytes())
    listed = _tidy(decompress(container.get_stream_in_storage("VBA", "dir")))
    container.write_stream_in_storage("VBA", "dir", compress(listed))
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", _NOTHING_COMPILED)
    about = container.get_stream("PROJECT").replace(b'Name="VBAProject"', f'Name="{NAME}"'.encode("ascii"))
    container.write_stream("PROJECT", about)
    return container.to_bytes()


def _tidy(listed: bytes) -> bytes:
    """The dir stream with our project name, ended where it ends: pyOpenVBA adds four bytes."""
    out, at = bytearray(), 0
    while at < len(listed):
        code, size = struct.unpack_from("<HI", listed, at)
        body = listed[at + 6 : at + 6 + (6 if code == _VERSION_RECORD else size)]  # its size field holds no size
        at += 6 + len(body)
        if code == _NAME_RECORD:
            body = NAME.encode("ascii")
            size = len(body)
        out += struct.pack("<HI", code, size) + body
        if code == _TERMINATOR:
            return bytes(out)
    raise ValueError("the dir stream has no end")
