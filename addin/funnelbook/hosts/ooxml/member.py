"""The members of a zip as they are stored: unpacked piece by piece, packed, and written one after another."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from funnelbook.hosts.ooxml.fast_zlib import fast

_LOCAL, _CENTRAL, _END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
STORED, DEFLATED = 0, 8
_UTF8, _DESCRIPTOR, _VERSION = 0x800, 0x8, 20
_EPOCH = (0, 0x21)  # 1980-01-01, the date of members we write: the same content gives the same bytes
CHUNK, _PIECE = 1 << 20, 1 << 18  # unpacked, packed
_FAST_ABOVE = 1 << 18  # larger members are deflated fast rather than small


Data = TypeVar("Data", bytes, memoryview, bytes | memoryview)


@dataclass(frozen=True)
class Member:
    """A member as it is stored."""

    name: str
    method: int
    flags: int
    crc: int
    size: int
    raw: bytes | memoryview
    stamp: tuple[int, int] = _EPOCH
    attributes: int = 0

    def chunks(self, first: int = CHUNK) -> Iterator[bytes]:
        """The content, unpacked piece by piece, each piece up to twice the one before, `first` bytes at first."""
        if self.method == STORED:
            yield from map(bytes, cut(self.raw))
            return
        inflater, length = fast.decompressobj(-zlib.MAX_WBITS), first
        raw = memoryview(self.raw)
        # by pieces, as what zlib has not consumed yet is copied each time
        for start in range(0, len(raw), _PIECE):
            data: bytes | memoryview = raw[start : start + _PIECE]
            while data:
                yield inflater.decompress(data, length)
                data, length = inflater.unconsumed_tail, min(2 * length, CHUNK)
        yield inflater.flush()


def packed(name: str, content: bytes | Iterable[bytes]) -> Member:
    """A member of that name and content."""
    chunks: Iterable[bytes] = [content] if isinstance(content, bytes) else content
    small = isinstance(content, bytes) and len(content) < _FAST_ABOVE
    packer = zlib.compressobj(6, DEFLATED, -zlib.MAX_WBITS) if small else fast.compressobj(1, DEFLATED, -zlib.MAX_WBITS)
    crc, size, out = 0, 0, []
    for chunk in chunks:
        crc, size = fast.crc32(chunk, crc), size + len(chunk)
        out.append(packer.compress(chunk))
    out.append(packer.flush())
    return Member(name, DEFLATED, 0 if name.isascii() else _UTF8, crc, size, b"".join(out))


def same(one: Member, other: Member) -> bool:
    """Whether two members have the same content."""
    return one.raw == other.raw or b"".join(one.chunks()) == b"".join(other.chunks())


def beyond(known: bytes, chunks: Iterable[bytes]) -> Iterator[bytes] | None:
    """The content that chunks make up; None when it is what is `known`, which takes no packing to tell."""
    at, left = 0, iter(chunks)
    for chunk in left:
        if not known.startswith(chunk, at):
            return chain(cut(known[:at]), [chunk], left)
        at += len(chunk)
    return None if at == len(known) else cut(known[:at])


def cut(data: Data) -> Iterator[Data]:
    """Data in pieces."""
    return (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))


def zipped(members: Iterable[Member]) -> bytes:
    """The zip of members in turn."""
    out = io.BytesIO()
    directory = []
    for member in members:
        directory.append((member, out.tell()))
        encoded = _encoded(member)
        flags = member.flags & ~_DESCRIPTOR
        head = (
            _VERSION,
            flags,
            member.method,
            *member.stamp,
            member.crc,
            len(member.raw),
            member.size,
            len(encoded),
            0,
        )
        out.write(struct.pack(_LOCAL, b"PK\x03\x04", *head) + encoded)
        out.write(member.raw)
    start = out.tell()
    for member, offset in directory:
        encoded = _encoded(member)
        flags = member.flags & ~_DESCRIPTOR
        head = (_VERSION, _VERSION, flags, member.method, *member.stamp, member.crc, len(member.raw), member.size)
        out.write(
            struct.pack(_CENTRAL, b"PK\x01\x02", *head, len(encoded), 0, 0, 0, 0, member.attributes, offset) + encoded
        )
    size = out.tell() - start
    out.write(struct.pack(_END, b"PK\x05\x06", 0, 0, len(directory), len(directory), size, start, 0))
    return out.getvalue()


def _encoded(member: Member) -> bytes:
    return member.name.encode("utf-8" if member.flags & _UTF8 else "cp437")
