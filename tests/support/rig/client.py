"""Excel's side of the engine: a program that calls as VBA does (vba.c), told what to call in lines."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from support.rig import make
from support.rig.wine import Windows

ERRORS = {f"{0x800A07D0 + n:08x}": text for n, text in {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 45: "#SPILL!",
}.items()}  # fmt: skip
_CODES = {text: code for code, text in ERRORS.items()}
LEFT_OUT = object()
_NULL_DAY = datetime(1899, 12, 30)


@dataclass(frozen=True)
class Range:
    """Cells that are handed over as Excel does it, as an object that has values."""

    cells: list[list[object]]


@dataclass(frozen=True)
class Answer:
    """What came of a call: HRESULT, how long it took, and the value."""

    result: int
    took_s: float
    value: object

    @property
    def ok(self) -> bool:
        return self.result == 0


class Excel:
    """A running client; it holds the engine from `create` to `release` or its end."""

    def __init__(self, windows: Windows) -> None:
        self._process = subprocess.Popen(
            ["wine", windows.dos(_program(windows.prefix / "drive_c"))],
            env=windows.environment,
            cwd=windows.prefix.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def create(self) -> Answer:
        return self._say("create")

    def release(self) -> Answer:
        return self._say("release")

    def method(self, name: str) -> Answer:
        return self._say("method", name)

    def formula(self, name: str, *given: object) -> Answer:
        return self._say("formula", name, str(len(given)), *(part for value in given for part in _written(value)))

    def calls_back(self) -> float:
        """How often the Ranges of the last formula were asked for something while the engine had them."""
        return float(str(self._say("asked").value))

    def reads(self) -> float:
        """How often they were asked by this side before."""
        return float(str(self._say("reads").value))

    def quit(self) -> None:
        """Ends as Excel does, having let go of the engine."""
        if self._process.poll() is None:
            self._process.stdin.close()
            self._process.wait(30)

    def crash(self) -> None:
        """Ends without letting go of anything."""
        self._process.kill()
        self._process.wait(30)

    def _say(self, *parts: str) -> Answer:
        self._process.stdin.write("\x1f".join(parts) + "\n")
        self._process.stdin.flush()
        if not (told := self._process.stdout.readline()):
            raise RuntimeError(f"Wine ended with {self._process.wait(30)}: {self._process.stderr.read()}")
        result, milliseconds, *rest = told.rstrip("\r\n").split("\x1f")
        return Answer(int(result, 16), float(milliseconds) / 1000, _read(iter(rest)) if any(rest) else None)


def _program(folder: Path) -> Path:
    """The client, compiled."""
    made = folder / "vba.exe"
    if not made.exists():
        source = str(Path(__file__).with_name("vba.c"))
        make.run([make.COMPILER, "-O1", "-o", str(made), source, "-lole32", "-loleaut32", "-luuid"])
    return made


def _written(value: object) -> Iterator[str]:
    if isinstance(value, Range):
        yield "R"
        yield from _written(value.cells)
    elif isinstance(value, tuple | list):  # one row of an array constant; rows of cells
        rows = value if isinstance(value, list) else [value]
        yield f"r{len(value) if isinstance(value, list) else 0}\x1f{len(rows[0])}"
        for row in rows:
            for cell in row:
                yield _cell(cell)
    else:
        yield _cell(value)


def _cell(value: object) -> str:
    match value:
        case None:
            return "_"
        case bool():
            return f"b{int(value)}"
        case int() | float():
            return f"n{value!r}"
        case datetime():
            return f"d{(value - _NULL_DAY) / timedelta(days=1)!r}"
        case Decimal():
            return f"c{int(value * 10_000)}"
        case str():
            return f"e{_CODES[value]}" if value in _CODES else f"s{value}"
    if value is LEFT_OUT:
        return "e80020004"
    raise TypeError(value)


def _read(parts: Iterator[str]) -> object:
    kind, text = (part := next(parts))[:1], part[1:]
    match kind:
        case "_":
            return None
        case "n":
            return float(text)
        case "b":
            return text == "1"
        case "s":
            return text
        case "d":
            return (_NULL_DAY + timedelta(days=float(text)) + timedelta(milliseconds=500)).replace(microsecond=0)
        case "e":
            return ERRORS.get(text, text)
        case "r":
            rows, columns = int(text), int(next(parts))
            cells = [[_read(parts) for _ in range(columns)] for _ in range(rows or 1)]
            return cells if rows else tuple(cells[0])
    raise ValueError(part)
