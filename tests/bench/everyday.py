"""What everyday work costs, against the floor of merely reading the tables and writing as many cells, all measured in one run.

Run: `uv run python tests/bench/everyday.py`, alone on the machine; `--scale 0.1` for 10,000 customers, `--write` puts the table into
docs/performance.md. Every step runs in a process of its own, imports not counted, in turn with the others, so that whatever else the
machine does meets all alike; the medians are compared.
"""

from __future__ import annotations

import json
import pickle
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import click

sys.path.insert(0, str(Path(__file__).parents[1]))  # a script's own folder is on the path, not the one above

from funnelbook.book.encode import encode
from funnelbook.book.result_tables import read_all
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml import cell_xml
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.hosts.ooxml.styles import CellStyles
from support.large import ACTIVITIES, AS_OF, CUSTOMERS, ORDERS, large

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
SMALL, SMALL_DAY = ROOT / "tests" / "made_by_0_1" / "used.zh.xlsx", date(2026, 5, 20)
INPUT_SHEETS = ("客户", "跟进记录", "订单", "目标")
BARE = "import numpy, pandas, scipy.special, python_calamine"
_START, _END = "<!-- everyday -->", "<!-- /everyday -->"


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds of a step, and the most memory its process had, in GB."""

    cpu: float
    wall: float
    memory: float


def floor(read: Callable[[Path], object]) -> Callable[[Path], Callable[[], object]]:
    """A step that reads the input tables, and writes the cells of the results with the fastest writer measured."""

    def prepared(folder: Path) -> Callable[[], object]:
        columns = pickle.loads((folder / "cells").read_bytes())

        def work() -> None:
            read(folder / "raw.xlsx")
            packer = zlib.compressobj(1, zlib.DEFLATED, -15)
            for each in columns:
                plain = [None] * len(each)
                for _, lines in cell_xml.rows(each, plain, [0] * len(plain), 1, 2, "", False, CellStyles(None, "")):
                    packer.compress("".join(lines).encode())
            packer.flush()

        return work

    return prepared


def _with_fastexcel(path: Path) -> None:
    import fastexcel  # noqa: PLC0415 - no other step has it in its memory

    reader = fastexcel.read_excel(path)
    for name in INPUT_SHEETS:
        reader.load_sheet(name)


def _with_calamine(path: Path) -> None:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - likewise

    workbook = CalamineWorkbook.from_path(str(path))
    for name in INPUT_SHEETS:
        workbook.get_sheet_by_name(name).to_python()


def refreshed(name: str, days: int, status: str) -> Callable[[Path], Callable[[], object]]:
    """A step that refreshes a copy of one of the workbooks as of so many days later."""

    def prepared(folder: Path) -> Callable[[], object]:
        copy = folder / f"{name}-{days}.copy.xlsx"
        shutil.copy(folder / f"{name}.xlsx", copy)

        def work() -> None:
            report = refresh_file(copy, AS_OF + timedelta(days=days))
            assert report.status == status, report

        return work

    return prepared


STEPS: Mapping[str, Callable[[Path], Callable[[], object]]] = {
    "floor, read by fastexcel": floor(_with_fastexcel),
    "floor, read by calamine": floor(_with_calamine),
    "first refresh": refreshed("adopted", 0, "done"),
    "next day's refresh": refreshed("refreshed", 1, "done"),
    "nothing changed": refreshed("refreshed", 0, "unchanged"),
}
FLOOR, NEXT_DAY = "floor, read by fastexcel", "next day's refresh"


def prepare(folder: Path, raw: Path) -> int:
    """Puts the workbooks that the steps take into a folder; how many cells the results have."""
    shutil.copy(raw, folder / "raw.xlsx")
    shutil.copy(raw, folder / "adopted.xlsx")
    adopt(folder / "adopted.xlsx", as_of=AS_OF)
    shutil.copy(folder / "adopted.xlsx", folder / "refreshed.xlsx")
    refresh_file(folder / "refreshed.xlsx", AS_OF)
    found = read_all(OoxmlBook(folder / "refreshed.xlsx"))
    writes = [encode(TABLES[name], result.frame, "zh") for name, result in found.items()]
    (folder / "cells").write_bytes(pickle.dumps([write.columns for write in writes]))
    return sum(len(write.columns) * write.rows for write in writes)


def cost(step: str, folder: Path) -> Cost:
    """What a step costs in a process of its own."""
    run = subprocess.run(
        [sys.executable, __file__, "--step", step, "--folder", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Cost(**json.loads(run.stdout))


def of_step(step: str, folder: Path) -> Cost:
    """What a step costs in this process."""
    work = STEPS[step](folder)
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    spent = time.process_time() - cpu, time.perf_counter() - wall
    memory = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return Cost(*spent, memory=int(memory[1]) / 1e6 if memory else 0.0)


def _children(command: Sequence[str]) -> float:
    """CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # 1 where a workbook has problems in its data
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def small(rounds: int, folder: Path) -> tuple[float, float, float]:
    """CPU seconds of the bare imports, of a whole `refresh` process of a small team's workbook, and of its next day in a warm process."""
    bare, cold, warm = [], [], []
    copy = folder / "small.xlsx"
    for number in range(rounds):
        shutil.copy(SMALL, copy)
        bare.append(_children([sys.executable, "-c", BARE]))
        day = SMALL_DAY + timedelta(days=1)
        cold.append(
            _children([str(Path(sys.executable).with_name("funnelbook")), "refresh", str(copy), "--as-of", str(day)])
        )
        before = time.process_time()
        refresh_file(copy, day + timedelta(days=1 + number))
        warm.append(time.process_time() - before)
    return median(bare), median(cold), median(warm[1:] or warm)


def table(title: str, costs: Mapping[str, Sequence[Cost]]) -> str:
    """The medians as a table of the page."""
    least = median(cost.cpu for cost in costs[FLOOR])
    lines = [f"| {title} | CPU s | s | x floor | GB |", "|---|---:|---:|---:|---:|"]
    for step, each in costs.items():
        cpu, wall, memory = (median(getattr(cost, name) for cost in each) for name in ("cpu", "wall", "memory"))
        lines.append(f"| {step} | {cpu:.2f} | {wall:.2f} | {cpu / least:.2f} | {memory:.2f} |")
    return "\n".join(lines)


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--scale", default=1.0, show_default=True, help="Of 100,000 customers.")
@click.option("--write", is_flag=True, help="Put the tables into docs/performance.md.")
@click.option("--step", type=click.Choice(list(STEPS)), hidden=True)
@click.option("--folder", type=click.Path(path_type=Path), hidden=True)
def main(rounds: int, scale: float, write: bool, step: str | None, folder: Path | None) -> None:
    """Prints what first, next and needless refreshes cost against the floor, and what a small team's costs cold and warm."""
    if step and folder:
        print(json.dumps(vars(of_step(step, folder))))
        return
    parts = [f"{date.today()}, Python {platform.python_version()}, {platform.machine()}, medians of {rounds} rounds"]
    with tempfile.TemporaryDirectory() as scratch:
        for kind, shared in (("texts in the cells", False), ("shared texts, as Excel writes them", True)):
            place = Path(scratch) / str(shared)
            place.mkdir()
            cells = prepare(place, large(scale, shared=shared))
            costs: dict[str, list[Cost]] = {name: [] for name in STEPS}
            for number in range(rounds):
                for name in list(STEPS)[:: -1 if number % 2 else 1]:
                    costs[name].append(cost(name, place))
            counts = [
                f"{n * scale:,.0f} {what}"
                for n, what in zip((CUSTOMERS, ACTIVITIES, ORDERS), ("customers", "activities", "orders"), strict=True)
            ]
            parts.append(table(f"{', '.join(counts)}, {cells:,} result cells; {kind}", costs))
        bare, cold, warm = small(rounds, Path(scratch))
    parts.append(
        "| a small team's workbook made by 0.1.0 | CPU s | above the bare imports |\n|---|---:|---:|\n"
        f"| numpy, pandas, scipy.special, calamine imported | {bare:.2f} | |\n"
        f"| `funnelbook refresh` | {cold:.2f} | {cold - bare:.2f} |\n"
        f"| next day's refresh in a warm process | {warm:.2f} | |"
    )
    text = "\n\n".join(parts)
    print(text)
    if write:
        page = PAGE.read_text(encoding="utf-8")
        pattern = re.compile(f"{_START}.*{_END}", re.DOTALL)
        PAGE.write_text(pattern.sub(lambda _: f"{_START}\n{text}\n{_END}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
