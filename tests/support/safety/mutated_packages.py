"""Packages with members dropped, renamed, cut, flipped, doubled or lied about: read as ever or refused by name, nothing lost."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from funnelbook.commands.adopt import adopt
from funnelbook.commands.log_call import log_call
from support.packages import packed
from support.safety import books
from support.safety.foreign import content, parts_of
from support.safety.watched import HarmError, attempted

_MAY_CHANGE = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/calcChain\.xml|docProps/.*|_rels/\.rels",
    re.IGNORECASE,
)
Parts = dict[str, bytes]


def trial(rng: random.Random, folder: Path) -> str:
    """A package mutated once or twice, then refreshed, logged into or adopted."""
    what = rng.choices(("refresh", "log", "adopt"), (6, 2, 2))[0]
    kind = rng.choice(books.KINDS)
    parts = dict(_parts(what == "adopt", kind))
    done = []
    for _ in range(rng.choice([1, 1, 2])):
        mutate = rng.choice(OF_MEMBERS)
        done.append(f"{mutate.__name__} {mutate(parts, rng)}")
    if rng.random() < 0.5:
        parts = dict(_parts(what == "adopt", kind))
        done = []
    data = packed(parts)
    if not done or rng.random() < 0.2:
        twist = rng.choice(OF_BYTES)
        data = twist(data, rng)
        done.append(twist.__name__)
    path = folder / "book.xlsx"
    path.write_bytes(data)
    try:
        return _tried(path, what, kind, rng)
    except HarmError as harm:
        raise HarmError(f"{harm} ({what}, {kind}, {', '.join(done)})") from harm


def _tried(path: Path, what: str, kind: str, rng: random.Random) -> str:
    before = path.read_bytes()
    said = attempted(lambda: _WORK[what](path))
    after = path.read_bytes()
    if said != "done":
        if after != before:
            raise HarmError(f"written, though refused: {said}")
        if others := [p.name for p in path.parent.iterdir() if p != path]:
            raise HarmError(f"left lying: {others}")
        return said
    if after != before:
        _judge(before, after, kind, edited=what == "log")
    if rng.random() < 0.1 and (again := attempted(lambda: books.refresh(path))) not in ("done", "not_adopted"):
        raise HarmError(f"what was written is refused: {again}")
    return said


def _judge(before: bytes, after: bytes, kind: str, edited: bool) -> None:
    """Every member of the user's that could be read before is the same; all of the package can be read."""
    now = parts_of(after)
    theirs = {name.casefold() for name in _parts(True, kind)}
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        for info in archive.infolist():
            name = info.filename
            plain = name.replace("\\", "/").lstrip("/").casefold()
            if _MAY_CHANGE.fullmatch(plain) or (
                plain in theirs and edited and re.search(r"worksheets/sheet[12]\.xml|tables/", plain)
            ):
                continue
            if plain in theirs and now.get(name, now.get(name.replace("\\", "/"))) != content(archive, info, before):
                raise HarmError(f"{name} is not what it was")


_WORK: dict[str, Callable[[Path], object]] = {
    "refresh": books.refresh,
    "log": lambda path: log_call(path, "K1", {"outcome": "占线", "note": "再打"}, as_of=books.DAY),
    "adopt": lambda path: adopt(path, as_of=books.DAY),
}


@cache
def _parts(bare: bool, kind: str) -> Parts:
    return parts_of((books.untouched if bare else books.adopted)(kind))


def _any(parts: Parts, rng: random.Random) -> str:
    """A member, those that hold the workbook together more often."""
    weighty = [
        n
        for n in parts
        if re.search(r"rels$|workbook\.xml|Content_Types|styles|sharedStrings|sheet[123]\.xml|table[12]\.xml", n)
    ]
    return rng.choice(weighty if rng.random() < 0.6 else sorted(parts))


def dropped(parts: Parts, rng: random.Random) -> str:
    name = _any(parts, rng)
    del parts[name]
    return name


def renamed(parts: Parts, rng: random.Random) -> str:
    name = _any(parts, rng)
    new = rng.choice([
        name.replace("/", "\\"), name.upper(), "/" + name, "./" + name, name.replace("/", "//", 1), "../" + name, name + " ", "xl/../" + name,
        name.replace("xml", "XML"), "客户/" + name, "C:/" + name, name.rpartition("/")[2],
    ])  # fmt: skip
    parts[new] = parts.pop(name)
    return f"{name} to {new}"


def all_backslashes(parts: Parts, rng: random.Random) -> str:
    renamed = {name.replace("/", "\\"): content for name, content in parts.items()}
    parts.clear()
    parts.update(renamed)
    return ""


def cut(parts: Parts, rng: random.Random) -> str:
    name = _any(parts, rng)
    parts[name] = parts[name][: rng.randrange(len(parts[name]) + 1)]
    return f"{name} to {len(parts[name])}"


def flipped(parts: Parts, rng: random.Random) -> str:
    name = _any(parts, rng)
    data = bytearray(parts[name] or b"\0")
    for _ in range(rng.choice([1, 1, 5, 50])):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    parts[name] = bytes(data)
    return name


def swapped(parts: Parts, rng: random.Random) -> str:
    one, other = _any(parts, rng), _any(parts, rng)
    parts[one], parts[other] = parts[other], parts[one]
    return f"{one} and {other}"


def emptied(parts: Parts, rng: random.Random) -> str:
    name = _any(parts, rng)
    parts[name] = rng.choice(
        [
            b"",
            b"\0" * 100,
            b"<",
            b"<a/>",
            b"<?xml version='1.0'?>",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            "文字".encode(),
            b"<a>" * 50_000,
            b"<a " + b"b='1' " * 3 + b"/>",
        ]
    )
    return name


def odd_number(parts: Parts, rng: random.Random) -> str:
    """A number in an attribute that is none, or a huge one."""
    name = _any(parts, rng)
    found = list(re.finditer(rb'="(\d+)"', parts[name]))
    if not found:
        return name
    at = rng.choice(found)
    new = rng.choice(
        [b"-1", b"99999999999", b"4294967295", b"NaN", b"", b"0", b"1e9", b"true", b" 1 ", b"0x1F", "９".encode()]
    )
    parts[name] = parts[name][: at.start(1)] + new + parts[name][at.end(1) :]
    return f"{name} {at[0].decode()} {new.decode()}"


def odd_reference(parts: Parts, rng: random.Random) -> str:
    """A range of cells in an attribute that is none, or a huge one."""
    name = _any(parts, rng)
    found = list(re.finditer(rb'(?:ref|sqref|r)="([A-Z$]+\d+(?::[A-Z$]+\d+)?)"', parts[name]))
    if not found:
        return name
    at = rng.choice(found)
    new = rng.choice(
        [
            b"A1:XFD1048576",
            b"A:J",
            b"1:9",
            b"",
            b"XFE1",
            b"A0",
            b"#REF!",
            b"A1:A1048577",
            b"B9:A1",
            b"$A$1:$C$4",
            b"A1:B2 C3",
            b"a1:h4",
            b"Sheet1!A1",
        ]
    )
    parts[name] = parts[name][: at.start(1)] + new + parts[name][at.end(1) :]
    return f"{name} {at[1].decode()} {new.decode()}"


def odd_target(parts: Parts, rng: random.Random) -> str:
    """A relationship that leads elsewhere."""
    name = rng.choice([n for n in parts if n.endswith(".rels")] or sorted(parts))
    found = list(re.finditer(rb'(?:Target|Id|Type)="([^"]*)"', parts[name]))
    if not found:
        return name
    at = rng.choice(found)
    new = rng.choice(
        [
            b"../../../etc/passwd",
            b"",
            b"/",
            b"worksheets/sheet1.xml",
            b"workbook.xml",
            b"nowhere.xml",
            b"%2e%2e/a.xml",
            b"rId1",
            b"..\\worksheets\\sheet1.xml",
            b"file:///c:/a.xml",
            b"#a",
        ]
    )
    parts[name] = parts[name][: at.start(1)] + new + parts[name][at.end(1) :]
    return f"{name} {at[1].decode()} {new.decode()}"


def declared(parts: Parts, rng: random.Random) -> str:
    """Declarations of a document type: entities that grow, or lead to files."""
    name = _any(parts, rng)
    bomb = (
        b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;'>]>"
    )
    remote = b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>"
    padding = rng.choice([b"", b"<!--" + b" " * 5000 + b"-->"])
    head = re.match(rb"(<\?xml[^>]*\?>)?", parts[name])[0]
    parts[name] = head + padding + rng.choice([bomb, remote]) + parts[name][len(head) :]
    return name


def other_encoding(parts: Parts, rng: random.Random) -> str:
    name = _any(parts, rng)
    try:
        text = parts[name].decode()
    except UnicodeDecodeError:
        return name
    encoding = rng.choice(["utf-16", "utf-16-le", "gb18030", "utf-8-sig", "utf-32", "latin-1"])
    said = rng.choice([encoding, "x-none", "UTF-7", "utf-8"])
    parts[name] = re.sub(r'encoding="[^"]*"', f'encoding="{said}"', text, count=1).encode(encoding, "xmlcharrefreplace")
    return f"{name} {encoding} said to be {said}"


def bloated(parts: Parts, rng: random.Random) -> str:
    """More than can be meant: elements without end, a deep tree, a member of blanks."""
    name = _any(parts, rng)
    close = parts[name].rfind(b"</")
    more = rng.choice(
        [b"<a>" * 3000 + b"</a>" * 3000, b"<a/>" * 100_000, b" " * 5_000_000, b"<!--" + b"x" * 1_000_000 + b"-->"]
    )
    if close > 0:
        parts[name] = parts[name][:close] + more + parts[name][close:]
    return name


OF_MEMBERS: tuple[Callable[[Parts, random.Random], str], ...] = (
    dropped, renamed, all_backslashes, cut, flipped, swapped, emptied, odd_number, odd_reference, odd_reference, odd_target, declared, other_encoding, bloated,
)  # fmt: skip


def cut_file(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def flipped_file(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 3, 100])):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def flipped_directory(data: bytes, rng: random.Random) -> bytes:
    """Bytes of the central directory."""
    changed, start = bytearray(data), data.index(b"PK\x01\x02")
    for _ in range(rng.choice([1, 2, 5])):
        changed[rng.randrange(start, len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def junk_around(data: bytes, rng: random.Random) -> bytes:
    return rng.choice(
        [
            data + b"\0" * 50,
            b"MZ" + b"\0" * 200 + data,
            data + data,
            data + b"PK\x05\x06" + b"\0" * 18,
            b"PK" + data,
            b"\n" + data,
        ]
    )


def doubled(data: bytes, rng: random.Random) -> bytes:
    """A member twice, of one name or of names that differ in case."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        info = rng.choice(archive.infolist())
        content = archive.read(info)
        name = rng.choice([info.filename, info.filename.upper(), info.filename.replace("/", "\\")])
        added = zipfile.ZipInfo(name)
        with archive.open(added, "w") as member:
            member.write(rng.choice([content, b"<a/>", b""]))
    return out.getvalue()


def huge_size(data: bytes, rng: random.Random) -> bytes:
    """A size, place or checksum of the directory that is not so."""
    changed = bytearray(data)
    at = rng.choice([m.start() for m in re.finditer(b"PK\x01\x02", data)])
    field = rng.choice([16, 20, 24, 42])
    struct.pack_into("<I", changed, at + field, rng.choice([0, 1, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 2**30]))
    return bytes(changed)


def odd_flags(data: bytes, rng: random.Random) -> bytes:
    """Flags, method, version, lengths of names and extras."""
    changed = bytearray(data)
    at = rng.choice([m.start() for m in re.finditer(b"PK\x01\x02", data)])
    field = rng.choice([4, 6, 8, 10, 28, 30, 32, 34])
    struct.pack_into("<H", changed, at + field, rng.choice([0, 1, 8, 9, 12, 14, 93, 99, 0x800, 0x41, 0xFFFF, 45]))
    return bytes(changed)


def other_method(data: bytes, rng: random.Random) -> bytes:
    """Stored, or packed another way; with descriptors, comments, 64-bit fields, folders, as other programs do."""
    out, parts = io.BytesIO(), parts_of(data)
    method = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    names = list(parts)
    if rng.random() < 0.5:
        rng.shuffle(names)
    target = _Unseekable(out) if rng.random() < 0.4 else out
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, (2044, 12, 31, 23, 59, 58))
            info.compress_type = method if rng.random() < 0.3 else zipfile.ZIP_DEFLATED
            info.external_attr, info.comment, info.extra = (
                0o100644 << 16,
                rng.choice([b"", b"c" * 300]),
                rng.choice([b"", b"\xfe\xca\x04\x00abcd"]),
            )
            with archive.open(info, "w", force_zip64=rng.random() < 0.2) as member:
                member.write(parts[name])
        if rng.random() < 0.3:
            archive.writestr("xl/worksheets/", b"")
            archive.writestr("照片/图.txt", b"x")
        archive.comment = rng.choice([b"", "说明".encode() * 100])
    return out.getvalue()


def bomb(data: bytes, rng: random.Random) -> bytes:
    """A member that unpacks to far more than it is packed in, its sizes said or not."""
    out = io.BytesIO(data)
    name = rng.choice(["xl/media/image9.png", "xl/worksheets/sheet99.xml", "xl/theme/theme9.xml"])
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(name, b" " * rng.choice([80_000_000, 200_000_000]))
    changed = bytearray(out.getvalue())
    if rng.random() < 0.5:
        at = max(m.start() for m in re.finditer(b"PK\x01\x02", bytes(changed)))
        struct.pack_into("<I", changed, at + 24, rng.choice([10, 1000, zlib.crc32(b"")]))
    return bytes(changed)


class _Unseekable(io.RawIOBase):
    """A stream that cannot go back, so that zipfile writes sizes after the content."""

    def __init__(self, out: io.BytesIO) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:
        return self._out.write(data)


OF_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut_file, flipped_file, flipped_directory, flipped_directory, junk_around, doubled, huge_size, huge_size, odd_flags, odd_flags, other_method, other_method, bomb,
)  # fmt: skip
