"""An Open Packaging zip: members read, staged and written back, the untouched ones as the same compressed bytes."""

from __future__ import annotations

import errno
import io
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.hosts.ooxml.look import FORMULA_MARK, Look
from funnelbook.hosts.ooxml.prolog import Prolog, looks_like_xml
from funnelbook.hosts.ooxml.xmlscan import simple, utf8

_CFB, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST, _SUSPECT, _RATIO = (
    2 * 2**30,
    64 * 2**20,
    300,
)  # bytes unpacked in all; a member above, this much compressed, is a bomb
_TEXTS = (".csv", ".tsv", ".txt")
_LOCAL, _CENTRAL, _END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
_UTF8, _DESCRIPTOR, _DEFLATED, _VERSION = 0x800, 0x8, 8, 20
_EPOCH = (0, 0x21)  # 1980-01-01, the date of members we write: the same content gives the same bytes
_CHUNK, _PIECE = 1 << 20, 1 << 18  # unpacked, packed
_FAST_ABOVE = 1 << 18  # larger members are deflated fast rather than small


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

    def chunks(self, first: int = _CHUNK) -> Iterator[bytes]:
        """The content, unpacked piece by piece, each piece up to twice the one before, `first` bytes at first."""
        if self.method == 0:
            for start in range(0, len(self.raw), _CHUNK):
                yield bytes(self.raw[start : start + _CHUNK])
            return
        inflater, length = zlib.decompressobj(-zlib.MAX_WBITS), first
        packed = memoryview(self.raw)
        # by pieces, as what zlib has not consumed yet is copied each time
        for start in range(0, len(packed), _PIECE):
            data: bytes | memoryview = packed[start : start + _PIECE]
            while data:
                yield inflater.decompress(data, length)
                data, length = inflater.unconsumed_tail, min(2 * length, _CHUNK)
        yield inflater.flush()


class Package:
    """The members of a package by name, in order. `put` and `drop` stage; `to_bytes` gives the package with them done."""

    def __init__(self, data: bytes, name: str, made_from: Package | None = None) -> None:
        """Refuses with a BookError what is no sound .xlsx or .xlsm package, saying why; what we just made from one is sound."""
        _refuse_by_magic(data, name)
        self.name, self._data = name, data
        self.members: dict[str, Member] = {}
        self._staged: dict[str, Member | None] = {}
        self.looks: dict[str, Look] = {}  # what XML members held when they were verified
        self.with_formulas: set[str] = set()  # worksheets that may hold FB_ formulas
        try:
            self._read_directory()
        # zipfile says NotImplementedError of a zip version or compression it does not know
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, EOFError) as error:
            raise BookError("broken", file=name, detail=str(error)) from error
        if made_from is None:
            self._verify()
        else:
            self.looks, self.with_formulas = made_from.looks, made_from.with_formulas

    @classmethod
    def open(cls, path: Path) -> Package:
        """The package of a file; BookError when there is none or it cannot be used."""
        try:
            if path.exists() and not path.is_file():  # a pipe would be waited for, for ever
                raise BookError("not_workbook", file=path.name)
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise BookError("missing_file", file=path.name) from error
        except PermissionError as error:
            raise BookError("in_use", file=path.name) from error
        except OSError as error:
            code = "link_loop" if error.errno == errno.ELOOP else "unreadable"
            raise BookError(code, file=path.name, detail=error.strerror or str(error)) from error
        return cls(data, path.name)

    @property
    def original(self) -> bytes:
        """The file as it was read."""
        return self._data

    @property
    def names(self) -> list[str]:
        """Members there are, the staged ones last."""
        kept = [n for n in self.members if self._staged.get(n, self.members[n])]
        return [*kept, *(n for n, m in self._staged.items() if m and n not in self.members)]

    @property
    def staged(self) -> dict[str, Member | None]:
        """What is staged, to go back to."""
        return dict(self._staged)

    @staged.setter
    def staged(self, members: dict[str, Member | None]) -> None:
        self._staged = dict(members)

    @property
    def changed(self) -> bool:
        """Whether anything staged differs from what is stored."""
        return bool(self._staged)

    def differs(self, name: str) -> bool:
        """Whether a member is staged to be other than it is stored."""
        return name in self._staged

    def __contains__(self, name: str) -> bool:
        return (self._staged[name] is not None) if name in self._staged else name in self.members

    def read(self, name: str) -> bytes:
        """A member's content as staged, else as stored. KeyError when there is none."""
        return b"".join(self.chunks(name))

    def text(self, name: str) -> bytes:
        """A part's content in UTF-8; BookError when it is in none that can be read."""
        with self.reading(name):
            return utf8(self.read(name))

    def chunks(self, name: str, first: int = _CHUNK) -> Iterator[bytes]:
        """A member's content as staged, else as stored, piece by piece as of Member. KeyError when there is none."""
        member = self._staged.get(name, self.members.get(name))
        if member is None:
            raise KeyError(name)
        return member.chunks(first)

    @contextmanager
    def reading(self, name: str) -> Generator[None]:
        """Within it, what cannot be made out in a member is a BookError that names it."""
        try:
            yield
        except (ValueError, LookupError) as error:
            raise BookError("broken", file=self.name, detail=name) from error

    def put(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Stages a member's content; the content it has already is no change."""
        if "worksheets/" in name and isinstance(content, bytes) and FORMULA_MARK in content:
            self.with_formulas.add(name)
        stored = self.members.get(name)
        member = _packed(stored.name if stored else name, content)
        if stored and (stored.crc, stored.size) == (member.crc, member.size) and _same(stored, member):
            self._staged.pop(name, None)
        else:
            self._staged[name] = member

    def drop(self, name: str) -> None:
        """Stages that a member goes."""
        if name in self.members:
            self._staged[name] = None
        else:
            self._staged.pop(name, None)

    def to_bytes(self) -> bytes:
        """The whole package with what is staged."""
        out = io.BytesIO()
        directory = []
        for name in self.names:
            member = self._staged.get(name) or self.members[name]
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
                struct.pack(_CENTRAL, b"PK\x01\x02", *head, len(encoded), 0, 0, 0, 0, member.attributes, offset)
                + encoded
            )
        size = out.tell() - start
        out.write(struct.pack(_END, b"PK\x05\x06", 0, 0, len(directory), len(directory), size, start, 0))
        return out.getvalue()

    def readable(self) -> bytes:
        """The file as it was read, for readers that know UTF-8 and no comments, CDATA sections or characters by number."""
        strange = [n for n, look in self.looks.items() if n in self.members and (look.odd or look.in_utf16)]
        if not strange:
            return self._data
        copy = Package(self._data, self.name, made_from=self)
        for name in strange:
            with self.reading(name):
                copy.put(name, simple(copy.text(name)))
        return copy.to_bytes()

    def _read_directory(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
            infos = archive.infolist()
        if sum(i.file_size for i in infos) > _LARGEST or any(
            i.file_size > _SUSPECT and i.file_size > _RATIO * max(1, i.compress_size) for i in infos
        ):
            raise BookError("bomb", file=self.name)
        view = memoryview(self._data)
        for info in infos:
            name = info.filename.replace("\\", "/")  # as some programs write
            if name in self.members:
                raise BookError("duplicate_names", file=self.name, detail=name)
            if info.compress_type not in (0, _DEFLATED) or info.flag_bits & 1:
                raise ValueError(f"{info.filename}: compression {info.compress_type}")
            at = info.header_offset
            if bytes(view[at : at + 4]) != b"PK\x03\x04":
                raise ValueError(info.filename)
            name_size, extra_size = struct.unpack_from("<2H", view, at + 26)
            begin = at + 30 + name_size + extra_size
            raw = view[begin : begin + info.compress_size]
            stamp = struct.unpack_from("<2H", view, at + 10)
            self.members[name] = Member(
                info.orig_filename,
                info.compress_type,
                info.flag_bits,
                info.CRC,
                info.file_size,
                raw,
                stamp,
                info.external_attr,
            )

    def _verify(self) -> None:
        """Every member unpacks to what its checksum says; no XML brings declarations of its own."""
        for name, member in self.members.items():
            crc, size, prolog = 0, 0, None
            look = Look() if is_xml(name) else None
            try:
                for chunk in member.chunks():
                    if not size:
                        prolog = Prolog() if is_xml(name) or looks_like_xml(chunk[:64]) else None
                    crc, size = zlib.crc32(chunk, crc), size + len(chunk)
                    if prolog:
                        prolog.feed(chunk)
                        if prolog.declares:
                            raise BookError("doctype", file=self.name, detail=name)
                    if look:
                        look.feed(chunk)
                    if size > member.size:
                        break
            except zlib.error as error:
                raise BookError("broken", file=self.name, detail=name) from error
            if crc != member.crc or size != member.size:
                raise BookError("broken", file=self.name, detail=name)
            if look:
                look.close()
                self.looks[name] = look
                if look.with_formulas:
                    self.with_formulas.add(name)


def _refuse_by_magic(data: bytes, name: str) -> None:
    if not data:
        raise BookError("empty_file", file=name)
    if data.startswith(_CFB):
        raise BookError("encrypted" if _ENCRYPTED in data else "xls", file=name)
    if not data.startswith(_ZIP):
        raise BookError("text_file" if name.lower().endswith(_TEXTS) else "not_workbook", file=name)


def is_xml(name: str) -> bool:
    """Whether a member of that name holds XML."""
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _encoded(member: Member) -> bytes:
    return member.name.encode("utf-8" if member.flags & _UTF8 else "cp437")


def _packed(name: str, content: bytes | Iterable[bytes]) -> Member:
    chunks: Iterable[bytes] = [content] if isinstance(content, bytes) else content
    small = isinstance(content, bytes) and len(content) < _FAST_ABOVE
    packer = zlib.compressobj(6 if small else 1, _DEFLATED, -zlib.MAX_WBITS)
    crc, size, out = 0, 0, []
    for chunk in chunks:
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
        out.append(packer.compress(chunk))
    out.append(packer.flush())
    return Member(name, _DEFLATED, 0 if name.isascii() else _UTF8, crc, size, b"".join(out))


def _same(one: Member, other: Member) -> bool:
    return b"".join(one.chunks()) == b"".join(other.chunks())
