"""How long a refresh of a large workbook takes, against the floor of reading and writing its cells measured in the same run.

Run: `uv run pytest tests/bench -o addopts= -s`. It takes about ten minutes and prints the
table of docs/performance.md.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from rich.console import Console
from rich.table import Table as Grid

from funnelbook.book.encode import encode
from funnelbook.book.result_tables import present, read_all
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml import cell_xml
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.hosts.ooxml.styles import CellStyles
from support.large import ACTIVITIES, AS_OF, CUSTOMERS, ORDERS, large

MOST_OF_FLOOR, LEAST_OF_BASELINE, MOST_FOR_TWICE, MOST_GB = 3.5, 8.0, 2.2, 2.0
INPUT_SHEETS = ("客户", "跟进记录", "订单", "目标")
_seconds: dict[str, float] = {}


@pytest.fixture(scope="module")
def adopted(tmp_path_factory) -> dict[float, Path]:
    """The large workbook and one of twice the rows, adopted and not yet refreshed."""
    folder = tmp_path_factory.mktemp("bench")
    books = {}
    for scale in (1.0, 2.0):
        books[scale] = folder / f"adopted{scale:g}.xlsx"
        shutil.copy(large(scale), books[scale])
        adopt(books[scale], as_of=AS_OF)
    return books


def _best(benchmark, name: str, rounds: int, work, *arguments) -> None:
    """Times `work`, the best of some rounds."""
    runs = []

    def timed() -> None:
        start = time.perf_counter()
        work(*arguments)
        runs.append(time.perf_counter() - start)

    benchmark.pedantic(timed, rounds=rounds)
    _seconds[name] = min(runs)


def _refresh(book: Path, folder: Path) -> tuple[float, float]:
    """Seconds and peak GB of a refresh in a process of its own, as a person runs it."""
    copy = folder / "book.xlsx"
    shutil.copy(book, copy)
    code = (
        "import re, sys, time; from datetime import date; from pathlib import Path\n"
        "from funnelbook.commands.refresh_files import refresh_file\n"
        "start = time.perf_counter(); report = refresh_file(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))\n"
        "assert report.status == 'done', report\n"
        "seconds = time.perf_counter() - start\n"
        "print(seconds, int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1e6)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(copy), str(AS_OF)], capture_output=True, text=True, check=True
    )
    seconds, gigabytes = map(float, run.stdout.split())
    return seconds, gigabytes


def _floor(book: Path, writes) -> int:
    """Reads the input tables with the fastest reader and writes as many result cells with the fastest writer we know."""
    workbook = CalamineWorkbook.from_path(str(book))
    for name in INPUT_SHEETS:
        workbook.get_sheet_by_name(name).to_python()
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    size = 0
    for write in writes:
        plain = [None] * len(write.columns)
        for _start, lines in cell_xml.rows(
            write.columns, plain, [0] * len(plain), 1, 2, "", False, CellStyles(None, "")
        ):
            size += len(packer.compress("".join(lines).encode()))
    return size + len(packer.flush())


def test_floor(benchmark, adopted, tmp_path):
    refreshed = tmp_path / "book.xlsx"
    shutil.copy(adopted[1.0], refreshed)
    refresh_file(refreshed, AS_OF)
    book = OoxmlBook(refreshed)
    writes = [
        encode(TABLES[name], result.frame, "zh") for name, result in read_all(book).items() if name in present(book)
    ]
    _seconds["cells"] = sum(len(write.columns) * write.rows for write in writes)
    del book
    _best(benchmark, "floor", 3, _floor, large(), writes)


def test_refresh(benchmark, adopted, tmp_path):
    runs = []
    benchmark.pedantic(lambda: runs.append(_refresh(adopted[1.0], tmp_path)), rounds=3)
    _seconds["refresh"], _seconds["memory"] = min(r[0] for r in runs), max(r[1] for r in runs)
    assert _seconds["memory"] <= MOST_GB
    assert _seconds["refresh"] <= MOST_OF_FLOOR * _seconds["floor"]


def test_twice_the_rows(benchmark, adopted, tmp_path):
    runs = []
    benchmark.pedantic(lambda: runs.append(_refresh(adopted[2.0], tmp_path)), rounds=3)
    _seconds["twice"] = min(r[0] for r in runs)
    assert _seconds["twice"] <= MOST_FOR_TWICE * _seconds["refresh"]


def test_openpyxl_and_pandas(benchmark, tmp_path):
    copy = tmp_path / "book.xlsx"
    shutil.copy(large(), copy)
    script = Path(__file__).with_name("openpyxl_baseline.py")
    command = [sys.executable, str(script), str(copy), str(AS_OF)]
    _best(benchmark, "baseline", 1, lambda: subprocess.run(command, check=True))
    _print()
    assert _seconds["baseline"] >= LEAST_OF_BASELINE * _seconds["refresh"]


def _print() -> None:
    s = _seconds
    title = f"{CUSTOMERS:,} customers, {ACTIVITIES:,} activities, {ORDERS:,} orders, {s['cells']:,.0f} result cells"
    grid = Grid(title=f"{title}; Python {platform.python_version()}, {platform.machine()}")
    for text in ("what", "seconds", "ratio", "allowed"):
        grid.add_column(text, justify="left" if text == "what" else "right")
    rows = (
        ("floor: read the tables, write as many cells (best of 3)", s["floor"], 1.0, ""),
        ("refresh (best of 3)", s["refresh"], s["refresh"] / s["floor"], f"at most {MOST_OF_FLOOR} x floor"),
        (
            "refresh of twice the rows (best of 3)",
            s["twice"],
            s["twice"] / s["refresh"],
            f"at most {MOST_FOR_TWICE} x refresh",
        ),
        ("openpyxl + pandas", s["baseline"], s["baseline"] / s["refresh"], f"at least {LEAST_OF_BASELINE:g} x refresh"),
    )
    for what, seconds, ratio, allowed in rows:
        grid.add_row(what, f"{seconds:.1f}", f"{ratio:.2f}", allowed)
    grid.add_row("peak memory of refresh", f"{s['memory']:.2f} GB", "", f"at most {MOST_GB} GB")
    Console(width=110).print(grid)
