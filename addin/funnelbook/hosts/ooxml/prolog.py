"""What stands before the root element of an XML part, where a document type would be declared."""

from __future__ import annotations

from xml.parsers import expat

_DECLARATION = b"<!DOCTYPE"
_STARTS = (b"<", b"\xef\xbb\xbf<", b"<\x00", b"\x00<", b"\xff\xfe", b"\xfe\xff")


class _DeclaredError(Exception):
    """A document type is declared."""


class _RootError(Exception):
    """The root element begins: no document type can come any more."""


class Prolog:
    """A part fed piece by piece; `declares` tells whether it has declared a document type.

    Expat reads comments, processing instructions and encodings as whoever reads the part does. What it cannot read is
    searched whole for the bytes of a declaration.
    """

    def __init__(self) -> None:
        self.declares = False
        self._over, self._unreadable, self._tail = False, False, b""
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _declared
        self._parser.StartElementHandler = _root

    def feed(self, chunk: bytes) -> None:
        if self._over:
            return
        if not self._unreadable:
            try:
                self._parser.Parse(chunk)
            except _DeclaredError:
                self.declares = self._over = True
            except _RootError:
                self._over = True
            except (expat.ExpatError, ValueError, LookupError):  # of an encoding that expat, or Python, does not know
                self._unreadable = True
        if self._unreadable:
            plain = self._tail + chunk.replace(b"\x00", b"")
            self.declares = self._over = _DECLARATION in plain
            self._tail = plain[-len(_DECLARATION) :]


def looks_like_xml(start: bytes) -> bool:
    """Whether a part that starts so may be XML, whatever it is called."""
    return start.lstrip().startswith(_STARTS)


def _declared(*_: object) -> None:
    raise _DeclaredError


def _root(*_: object) -> None:
    raise _RootError
