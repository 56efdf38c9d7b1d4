"""The same worksheet written in the many ways XML allows, and what an XML parser reads in it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NOISE = (
    '<!-- <row r="1"><c r="T2" t="e"><v>#N/A</v></c></row> -->',
    "<!-- </c></row></sheetData> -->",
    "<?odd <c r='B2'/> ?>",
)


@dataclass(frozen=True)
class Dialect:
    """How a sheet is to be spelled; `seed` decides where a habit that is not total shows."""

    seed: int = 0
    quote: str = '"'
    spaced: bool = False  # spaces around = and before >
    prefix: str = ""
    shuffled: bool = False  # attributes
    noise: bool = False  # comments and instructions between and inside elements
    cdata: bool = False
    references: bool = False  # characters as numbers
    breaks: bool = False  # line breaks between elements
    implied: bool = False  # no addresses where they follow from what stands before
    sharp: bool = False  # > and quotes inside attributes


def respelled(xml: bytes, dialect: Dialect) -> bytes:
    """A worksheet part that reads the same, spelled otherwise."""
    return _Writer(dialect).written(xml)


class _Writer:
    def __init__(self, dialect: Dialect) -> None:
        self.d, self.random = dialect, random.Random(dialect.seed)
        self.out: list[str] = []
        self.inside: list[str] = []
        self.open = False
        self.row = self.column = 0

    def written(self, xml: bytes) -> bytes:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)
        return "".join(['<?xml version="1.0" encoding="UTF-8"?>\n', *self.out]).encode()

    def _name(self, name: str) -> str:
        return f"{self.d.prefix}:{name}" if self.d.prefix and ":" not in name else name

    def _start(self, name: str, said: dict[str, str]) -> None:
        self._closed()
        self._pause(name)
        if name == "worksheet" and self.d.prefix:
            said[f"xmlns:{self.d.prefix}"] = said.pop("xmlns")
        if self.d.implied:
            self._without_address(name, said)
        if self.d.sharp and name in ("row", "c"):
            said |= {"xmlns:q": "urn:q", "q:note": "a > b / r='T2' s=\"9\" />"}
        pairs = list(said.items())
        if self.d.shuffled:
            self.random.shuffle(pairs)
        gap, equals = ("\n  ", " = ") if self.d.spaced else (" ", "=")
        self.out.append(f"<{self._name(name)}" + "".join(f"{gap}{k}{equals}{self._value(v)}" for k, v in pairs))
        self.open = True
        self.inside.append(name)

    def _end(self, name: str) -> None:
        space = " " if self.d.spaced else ""
        if self.open and self.random.random() < 0.8:
            self.out.append(f"{space}/>")
        else:
            self._closed()
            self._pause(name)
            self.out.append(f"</{self._name(name)}{space}>")
        self.open = False
        self.inside.pop()

    def _text(self, text: str) -> None:
        self._closed()
        if self.d.noise and self.inside[-1] in ("v", "f", "t") and len(text) > 1:
            self.out.append(self._characters(text[:1]) + self.random.choice(_NOISE))
            text = text[1:]
        self.out.append(self._characters(text))

    def _characters(self, text: str) -> str:
        if self.d.cdata and self.random.random() < 0.7 and "]]>" not in text:
            return f"<![CDATA[{text}]]>"
        if self.d.references:
            return "".join(f"&#{ord(c)};" if self.random.random() < 0.3 else escape(c) for c in text)
        return escape(text)

    def _value(self, value: str) -> str:
        text = escape(value, {'"': "&quot;", "'": "&apos;", "\n": "&#10;"})
        if self.d.sharp:
            text = text.replace("&gt;", ">")
            text = text.replace("&apos;" if self.d.quote == '"' else "&quot;", "'" if self.d.quote == '"' else '"')
        if self.d.references and value.isalnum() and self.random.random() < 0.2:
            text = f"&#{ord(value[0])};{value[1:]}"
        return f"{self.d.quote}{text}{self.d.quote}"

    def _closed(self) -> None:
        if self.open:
            self.out.append(" >" if self.d.spaced else ">")
            self.open = False

    def _pause(self, name: str) -> None:
        """What may stand between elements, where no text is."""
        if self.inside and self.inside[-1] in ("sheetData", "row", "c") and name != "sheetData":
            if self.d.breaks:
                self.out.append("\n\t ")
            if self.d.noise and self.random.random() < 0.5:
                self.out.append(self.random.choice(_NOISE))

    def _without_address(self, name: str, said: dict[str, str]) -> None:
        if name == "row":
            number, self.column = int(said["r"]), 0
            if number == self.row + 1:
                del said["r"]
            self.row = number
        elif name == "c":
            column = _column(said["r"])
            if column == self.column + 1:
                del said["r"]
            self.column = column


def read(xml: bytes) -> dict[str, object]:
    """What expat reads: cells by address as (type, style, formula's attributes, formula, text), rows and all ranges around.

    ValueError of a cell or row out of order.
    """
    return _Reader().read(xml)


class _Reader:
    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], dict[str, object]] = {}
        self.rows: dict[int, dict[str, str]] = {}
        self.around: list[tuple[str, tuple[tuple[str, str], ...], str]] = []
        self.path: list[str] = []
        self.row = self.column = 0

    def read(self, xml: bytes) -> dict[str, object]:
        parser = expat.ParserCreate(namespace_separator="|")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, lambda _: self.path.pop()
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)
        return {"cells": self.cells, "rows": self.rows, "around": self.around}

    def _start(self, name: str, said: dict[str, str]) -> None:
        name = name.removeprefix(f"{MAIN}|")
        said = {k: v for k, v in said.items() if not k.startswith("urn:q|")}
        self.path.append(name)
        if name == "row":
            number = int(said.pop("r", self.row + 1))
            if number <= self.row:
                raise ValueError(f"row {number} after {self.row}")
            self.row, self.column, self.rows[number] = number, 0, said
        elif name == "c":
            place = said.pop("r", None)
            column = _column(place) if place else self.column + 1
            if column <= self.column or (place and not place.endswith(str(self.row))):
                raise ValueError(f"{place} in row {self.row} after column {self.column}")
            self.column = column
            self.cells[self.row, column] = {"t": said.get("t", "n"), "s": said.get("s", "0"), "f": None, "v": ""}
        elif name == "f":
            self.cells[self.row, self.column] |= {"f": "", "f_said": said}
        elif "sheetData" not in self.path:
            self.around.append((name, tuple(sorted(said.items())), ""))

    def _text(self, text: str) -> None:
        if self.path[-1] in ("v", "t"):
            self.cells[self.row, self.column]["v"] += text
        elif self.path[-1] == "f":
            self.cells[self.row, self.column]["f"] += text
        elif "sheetData" not in self.path and text.strip():
            self.around.append((self.path[-1], (), text))


def _column(place: str) -> int:
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number
