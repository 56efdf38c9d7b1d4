"""Readers of a VBA project that share nothing with what writes it: the dir stream by our own eyes, source text by oletools."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass, field

import olefile
from oletools.olevba import VBA_Parser, decompress_stream

_SIZES = {
    0x01: 4, 0x4A: 4, 0x02: 4, 0x14: 4, 0x03: 2, 0x07: 4, 0x08: 4, 0x0F: 2, 0x13: 2, 0x31: 4, 0x1E: 4, 0x2C: 2,
    0x21: 0, 0x22: 0, 0x2B: 0, 0x10: 0,
}  # fmt: skip


@dataclass
class Listed:
    """A module as the dir stream has it."""

    name: str
    stream: str = ""
    offset: int = -1
    standard: bool = False
    ended: bool = False


@dataclass
class Project:
    """What the dir stream says, and the streams themselves."""

    name: str = ""
    code_page: int = 0
    references: list[str] = field(default_factory=list)
    count: int = -1
    modules: list[Listed] = field(default_factory=list)
    streams: dict[str, bytes] = field(default_factory=dict)


def vba_project(package: bytes) -> bytes:
    """xl/vbaProject.bin of a workbook package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read("xl/vbaProject.bin")


def read(raw: bytes) -> Project:
    """A VBA project by [MS-OVBA] 2.3.4.2; AssertionError where the stream breaks its rules or goes on after its end."""
    container = olefile.OleFileIO(io.BytesIO(raw))
    project = Project(streams={"/".join(s): container.openstream(s).read() for s in container.listdir()})
    data = decompress_stream(bytearray(project.streams["VBA/dir"]))
    at, ended = 0, False
    while at < len(data):
        assert not ended, f"{len(data) - at} bytes after the end"
        code, size = struct.unpack_from("<HI", data, at)
        assert code not in _SIZES or size == _SIZES[code], f"record {code:#x} of {size} bytes"
        body = data[at + 6 : at + 6 + (6 if code == 0x09 else size)]
        at += 6 + (6 if code == 0x09 else size)
        ended = _take(project, code, bytes(body))
    assert ended and at == len(data)
    return project


def _take(project: Project, code: int, body: bytes) -> bool:
    module = project.modules[-1] if project.modules else None
    match code:
        case 0x03:
            (project.code_page,) = struct.unpack("<H", body)
        case 0x04:
            project.name = body.decode("ascii")
        case 0x16:
            project.references.append(body.decode("ascii"))
        case 0x0F:
            (project.count,) = struct.unpack("<H", body)
        case 0x19:
            assert module is None or module.ended
            project.modules.append(Listed(body.decode("ascii")))
        case 0x47:
            assert body.decode("utf-16-le") == module.name
        case 0x1A:
            module.stream = body.decode("ascii")
        case 0x32:
            assert body.decode("utf-16-le") == module.stream
        case 0x31:
            (module.offset,) = struct.unpack("<I", body)
        case 0x21:
            module.standard = True
        case 0x2B:
            module.ended = True
        case 0x10:
            return True
    return False


def source(project: Project, module: Listed) -> str:
    """The text of a module, decompressed from its offset on."""
    return decompress_stream(bytearray(project.streams[f"VBA/{module.stream}"][module.offset :])).decode("ascii")


def by_olevba(package: bytes) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """What olevba reads: the text of each module, and the (type, keyword) it warns of."""
    parser = VBA_Parser("funnelbook.xlam", data=package)
    try:
        texts = {name.rsplit(".", 1)[0]: text for _, _, name, text in parser.extract_macros()}
        return texts, {(kind, keyword) for kind, keyword, _ in parser.analyze_macros()}
    finally:
        parser.close()
