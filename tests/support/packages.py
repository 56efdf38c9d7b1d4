"""Small packages for the file host's tests, made by hand or bent from a real one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import xlsxwriter

from funnelbook import template

CUSTOMERS = (
    ("客户编号", "客户名称", "业务员", "级别", "录入日期", "电话"),
    ("K1", "甲公司", "小李", "C", "2026-05-01", "021-55667788"),
    ("K2", "乙公司", "小张", "A", "2026-05-02", "021-55667799"),
)


def plain(path: Path, *rows: tuple[object, ...], sheet: str = "客户名单") -> Path:
    """A workbook of one sheet with these rows, as a manager would have it."""
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet(sheet)
        for i, row in enumerate(rows or CUSTOMERS):
            page.write_row(i, 0, row)
    return path


def team(path: Path, **rows: list[dict[str, object]]) -> Path:
    """An empty team workbook, or one with these input rows."""
    path.write_bytes(template.build("zh", rows=rows))
    return path


def members(path: Path) -> dict[str, bytes]:
    """Content by member name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def raw_members(path: Path) -> dict[str, bytes]:
    """Compressed bytes by member name, straight from the file."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        found = {}
        for info in archive.infolist():
            start = (
                info.header_offset
                + 30
                + sum(int.from_bytes(data[info.header_offset + k :][:2], "little") for k in (26, 28))
            )
            found[info.filename] = data[start : start + info.compress_size]
        return found


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bend(path: Path, **changes: Callable[[bytes], bytes]) -> Path:
    """The file with members changed; a key is the end of a member's name with `_` for what is no letter."""
    parts = members(path)
    for ending, change in changes.items():
        name = next(n for n in parts if re.sub(r"\W", "_", n).endswith(ending))
        before, parts[name] = parts[name], change(parts[name])
        assert parts[name] != before, f"{name} was not changed"
    path.write_bytes(packed(parts))
    return path


def sheet_part(path: Path, name: str) -> str:
    """The member that holds the sheet of this name."""
    parts = members(path)
    book, rels = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    rid = re.search(rf'<sheet [^>]*name="{name}"[^>]*r:id="(\w+)"', book)[1]
    tag = re.search(rf'<Relationship [^>]*Id="{rid}"[^>]*>', rels)[0]
    return "xl/" + re.search(r'Target="/?(?:xl/)?([^"]+)"', tag)[1]
