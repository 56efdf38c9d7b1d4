"""An Open Packaging zip: members read, staged and written back, the untouched ones as the same compressed bytes."""

from __future__ import annotations

import errno
import io
import struct
import zipfile
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.hosts.ooxml.fast_zlib import BROKEN, fast
from funnelbook.hosts.ooxml.look import FORMULA_MARK, Look
from funnelbook.hosts.ooxml.member import CHUNK, DEFLATED, STORED, Member, beyond, packed, same, zipped
from funnelbook.hosts.ooxml.prolog import Prolog, looks_like_xml
from funnelbook.hosts.ooxml.xmlscan import simple, utf8

_CFB, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# bytes unpacked in all; a member above, this much compressed, is a bomb
_LARGEST, _SUSPECT, _RATIO = 2 * 2**30, 64 * 2**20, 300
_TEXTS = (".csv", ".tsv", ".txt")


class Package:
    """The members of a package by name, in order. `put` and `drop` stage; `to_bytes` gives the package with them done."""

    def __init__(self, data: bytes, name: str, made_from: Package | None = None) -> None:
        """Refuses with a BookError what is no sound .xlsx or .xlsm package, saying why; what we just made from one is sound."""
        self.name, self._data = name, data
        self._staged: dict[str, Member | None] = {}
        self.looks: dict[str, Look] = {}  # what XML members held when they were verified
        self.with_formulas: set[str] = set()  # worksheets that may hold FB_ formulas
        self.members = stored(data, name)
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

    def chunks(self, name: str, first: int = CHUNK) -> Iterator[bytes]:
        """A member's content as staged, else as stored, piece by piece as of Member. KeyError when there is none."""
        return self.member(name).chunks(first)

    def member(self, name: str) -> Member:
        """A member as staged, else as stored. KeyError when there is none."""
        member = self._staged.get(name, self.members.get(name))
        if member is None:
            raise KeyError(name)
        return member

    @contextmanager
    def reading(self, name: str) -> Generator[None]:
        """Within it, what cannot be made out in a member is a BookError that names it."""
        try:
            yield
        except (ValueError, LookupError) as error:
            raise BookError("broken", file=self.name, detail=name) from error

    def put(self, name: str, content: bytes | Iterable[bytes], known: bytes = b"") -> None:
        """Stages a member's content; the content it has already is no change. `known`: that, where it is at hand."""
        if name in self.looks:
            self.looks[name].refers = True  # it may now
        if "worksheets/" in name and isinstance(content, bytes) and FORMULA_MARK in content:
            self.with_formulas.add(name)
        stored = self.members.get(name)
        if stored and not isinstance(content, bytes) and name not in self._staged and len(known) == stored.size:
            differing = beyond(known, content)
            if differing is None:
                return
            content = differing
        member = packed(stored.name if stored else name, content)
        if stored and (stored.crc, stored.size) == (member.crc, member.size) and same(stored, member):
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
        return zipped(self._staged.get(name) or self.members[name] for name in self.names)

    def readable(self, without: Collection[str] = ()) -> bytes:
        """The file as it was read, for readers that know UTF-8 and no comments, CDATA sections or characters by number."""
        strange = [n for n, look in self.looks.items() if n in self.members and (look.odd or look.in_utf16)]
        if not strange and not without:
            return self._data
        copy = Package(self._data, self.name, made_from=self)
        for name in without:
            copy.drop(name)
        for name in set(strange) - set(without):
            with self.reading(name):
                copy.put(name, simple(copy.text(name)))
        return copy.to_bytes()

    def _verify(self) -> None:
        """Every member unpacks to what its checksum says; no XML brings declarations of its own."""
        for name, member in self.members.items():
            crc, size, prolog = 0, 0, None
            look = Look() if is_xml(name) else None
            try:
                for chunk in member.chunks():
                    if not size:
                        prolog = Prolog() if is_xml(name) or looks_like_xml(chunk[:64]) else None
                    crc, size = fast.crc32(chunk, crc), size + len(chunk)
                    if prolog:
                        prolog.feed(chunk)
                        if prolog.declares:
                            raise BookError("doctype", file=self.name, detail=name)
                    if look:
                        look.feed(chunk)
                    if size > member.size:
                        break
            except BROKEN as error:
                raise BookError("broken", file=self.name, detail=name) from error
            if crc != member.crc or size != member.size:
                raise BookError("broken", file=self.name, detail=name)
            if look:
                look.close()
                self.looks[name] = look
                if look.with_formulas:
                    self.with_formulas.add(name)


def stored(data: bytes, name: str) -> dict[str, Member]:
    """The members of a package by name, as its directory lists them, none unpacked. BookError when it is no sound package."""
    _refuse_by_magic(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
        return _listed(infos, data, name)
    # zipfile says NotImplementedError of a zip version or compression it does not know
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, EOFError) as error:
        raise BookError("broken", file=name, detail=str(error)) from error


def _listed(infos: Sequence[zipfile.ZipInfo], data: bytes, file: str) -> dict[str, Member]:
    if sum(i.file_size for i in infos) > _LARGEST or any(
        i.file_size > _SUSPECT and i.file_size > _RATIO * max(1, i.compress_size) for i in infos
    ):
        raise BookError("bomb", file=file)
    members: dict[str, Member] = {}
    view = memoryview(data)
    for info in infos:
        name = info.filename.replace("\\", "/")  # as some programs write
        if name in members:
            raise BookError("duplicate_names", file=file, detail=name)
        if info.compress_type not in (STORED, DEFLATED) or info.flag_bits & 1:
            raise ValueError(f"{info.filename}: compression {info.compress_type}")
        at = info.header_offset
        if bytes(view[at : at + 4]) != b"PK\x03\x04":
            raise ValueError(info.filename)
        name_size, extra_size = struct.unpack_from("<2H", view, at + 26)
        begin = at + 30 + name_size + extra_size
        raw = view[begin : begin + info.compress_size]
        stamp = struct.unpack_from("<2H", view, at + 10)
        members[name] = Member(
            info.orig_filename,
            info.compress_type,
            info.flag_bits,
            info.CRC,
            info.file_size,
            raw,
            stamp,
            info.external_attr,
        )
    return members


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
