"""What everyday work costs, against the floor of merely reading the tables and writing as many cells, all measured in one run.

Run: `uv run --group bench python tests/bench/everyday.py`, alone on the machine; `--scale 0.1` for 10,000 customers, `--team` for
the small team alone, `--more` also refreshes twice the rows and workbooks of 10 to 1,000 people, and runs the scripts of polars and
of openpyxl and pandas once, `--write` puts the tables into docs/performance.md. Every step runs in a process of its own, imports
not counted, in turn with the others, so that whatever else the machine does meets all alike; the medians are compared.
"""

from __future__ import annotations

import json
import pickle
import platform
import re
import resource
import runpy
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
import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))  # a script's own folder is on the path, not the one above

from funnelbook.book.edit import table_edit
from funnelbook.book.encode import encode
from funnelbook.book.locate import locate
from funnelbook.book.result_tables import read_all
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.files import versions
from funnelbook.hosts.ooxml import cell_xml
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.hosts.ooxml.styles import CellStyles
from support.large import ACTIVITIES, AS_OF, CUSTOMERS, ORDERS, large

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
TEAM, TEAM_DAY = ROOT / "tests" / "made_by_0_1" / "sample.zh.xlsx", date(2026, 5, 20)  # 604 customers, made by 6b915f6
INPUT_SHEETS = ("客户", "跟进记录", "订单", "目标")
BOOK, LOGGED = "book.xlsx", 200
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
            read(folder / "raw" / BOOK)
            packer = zlib.compressobj(1, zlib.DEFLATED, -15)
            for each in columns:
                plain = [None] * len(each)
                for _, lines in cell_xml.rows(each, plain, [0] * len(plain), 1, 2, False, CellStyles(None, "")):
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
    """A step that refreshes a copy of one of the workbooks, and of what is kept beside it, as of so many days later."""

    def prepared(folder: Path) -> Callable[[], object]:
        copy = folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder / name, copy)

        def work() -> None:
            report = refresh_file(copy / BOOK, AS_OF + timedelta(days=days))
            assert report.status == status, report

        return work

    return prepared


def rival(script: str, name: str, *more: str) -> Callable[[Path], Callable[[], object]]:
    """A step that runs a script beside this one on a copy of a workbook, its imports counted too."""

    def prepared(folder: Path) -> Callable[[], object]:
        copy, path = folder / "rival.xlsx", str(Path(__file__).with_name(script))
        shutil.copy(folder / name / BOOK, copy)

        def work() -> None:
            sys.argv = [path, str(copy), *(text.format(folder=folder) for text in more)]
            runpy.run_path(path, run_name="__main__")

        return work

    return prepared


STEPS: Mapping[str, Callable[[Path], Callable[[], object]]] = {
    "floor, read by fastexcel": floor(_with_fastexcel),
    "floor, read by calamine": floor(_with_calamine),
    "first refresh": refreshed("adopted", 0, "done"),
    "next day's refresh": refreshed("refreshed", 1, "done"),
    f"next day's refresh, {LOGGED} calls logged and saved by Excel": refreshed("logged", 1, "done"),
    "nothing changed": refreshed("refreshed", 0, "unchanged"),
}
MORE: Mapping[str, Callable[[Path], Callable[[], object]]] = {
    "first refresh of twice the rows": refreshed("twice", 0, "done"),
    "polars, fastexcel and XlsxWriter, which read and write only": rival(
        "polars_baseline.py", "refreshed", "{folder}/to.xlsx"
    ),
    "openpyxl and pandas, which do less": rival("openpyxl_baseline.py", "raw", str(AS_OF)),
}
FLOOR = "floor, read by fastexcel"


def prepare(folder: Path, raw: Path) -> int:
    """Puts the workbooks that the steps take into folders of their own; how many cells the results have."""
    found = [folder / name / BOOK for name in ("raw", "adopted", "refreshed", "logged")]
    for book in found:
        book.parent.mkdir()
    plain, adopted, refreshed_book, logged = found
    shutil.copy(raw, plain)
    shutil.copy(raw, adopted)
    adopt(adopted, as_of=AS_OF)
    shutil.copy(adopted, refreshed_book)
    refresh_file(refreshed_book, AS_OF)
    shutil.copy(refreshed_book, logged)
    log_calls(logged)
    shutil.rmtree(logged.parent / versions.FOLDER)  # Excel saves every sheet anew: nothing kept is of this file
    results = read_all(OoxmlBook(refreshed_book))
    writes = [encode(TABLES[name], result.frame, "zh") for name, result in results.items()]
    (folder / "cells").write_bytes(pickle.dumps([write.columns for write in writes]))
    return sum(len(write.columns) * write.rows for write in writes)


def log_calls(path: Path) -> None:
    """Puts calls of the next day below those of a workbook, a third of which move a customer."""
    book = OoxmlBook(path)
    place, rng = locate(book).places["Activities"], np.random.default_rng(1)
    customers = rng.integers(0, len(book.grid(locate(book).places["Customers"].sheet)) - 1, LOGGED)
    calls = pd.DataFrame(
        {
            "at": np.datetime64(AS_OF + timedelta(days=1), "s") + rng.integers(9 * 3600, 18 * 3600, LOGGED),
            "id": [f"K{number:06d}" for number in customers],
            "tier_after": rng.choice(np.array(["C", "D", None], dtype=object), LOGGED, p=[0.1, 0.2, 0.7]),
        }
    )
    book.write([], [table_edit(book, place, "zh", added=calls)])


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
    work = (STEPS | MORE)[step](folder)
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


def of_team(rounds: int, folder: Path) -> str:
    """The table of a small team's refreshes, their parts in turn with each other: whole processes, and the same in a warm one."""
    command = [str(Path(sys.executable).with_name("funnelbook")), "refresh"]
    refreshed, other, warm_book = (folder / f"{name}.xlsx" for name in ("refreshed_team", "team", "warm_team"))
    for copy in (refreshed, warm_book):
        shutil.copy(TEAM, copy)
        refresh_file(copy, TEAM_DAY)
    spent: dict[str, list[float]] = {}
    for number in range(rounds):
        day = TEAM_DAY + timedelta(days=1)
        spent.setdefault("numpy, pandas, scipy.special, calamine imported", []).append(
            _children([sys.executable, "-c", BARE])
        )
        for what, book in (("made by 6b915f6, which gets the sheets it lacks", TEAM), ("the next day", refreshed)):
            shutil.copy(book, other)
            run = [*command, str(other), "--as-of", str(day)]
            spent.setdefault(f"`funnelbook refresh`, {what}", []).append(_children(run))
        before = time.process_time()
        report = refresh_file(warm_book, day + timedelta(days=number))
        assert report.status == "done", report
        spent.setdefault("the next day in a warm process", []).append(time.process_time() - before)
    bare, *_ = medians = [median(each) for each in spent.values()]
    above = ["", *(f"{each - bare:.2f}" for each in medians[1:-1]), ""]
    lines = ["| a small team's workbook, 604 customers | CPU s | above the imports |", "|---|---:|---:|"]
    lines += [f"| {what} | {each:.2f} | {more} |" for what, each, more in zip(spent, medians, above, strict=True)]
    return "\n".join(lines)


def of_people(rounds: int, folder: Path) -> str:
    """The table of the next day's refresh of a workbook by how many people it is of, in a warm process."""
    lines = ["| 10,000 customers, 50,000 activities of so many people | next day's refresh, CPU s |", "|---:|---:|"]
    for people in (10, 100, 1_000):
        book = Path(shutil.copy(large(0.1, people=people), folder / f"{people}.xlsx"))
        adopt(book, as_of=AS_OF)
        refresh_file(book, AS_OF)
        spent = []
        for number in range(rounds):
            before = time.process_time()
            assert refresh_file(book, AS_OF + timedelta(days=number + 1)).status == "done"
            spent.append(time.process_time() - before)
        lines.append(f"| {people:,} | {median(spent):.2f} |")
    return "\n".join(lines)


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
@click.option("--team", is_flag=True, help="The small team's workbook alone.")
@click.option("--more", is_flag=True, help="Also twice the rows, more people, polars, and openpyxl and pandas, once.")
@click.option("--step", type=click.Choice([*STEPS, *MORE]), hidden=True)
@click.option("--folder", type=click.Path(path_type=Path), hidden=True)
def main(rounds: int, scale: float, write: bool, team: bool, more: bool, step: str | None, folder: Path | None) -> None:
    """Prints what first, next and needless refreshes cost against the floor, and what a small team's costs cold and warm."""
    if step and folder:
        print(json.dumps(vars(of_step(step, folder))))
        return
    parts = [f"{date.today()}, Python {platform.python_version()}, {platform.machine()}, medians of {rounds} rounds"]
    with tempfile.TemporaryDirectory() as scratch:
        kinds = (("texts in the cells", False), ("shared texts, as Excel writes them", True))
        for kind, shared in () if team else kinds:
            place = Path(scratch) / str(shared)
            place.mkdir()
            cells = prepare(place, large(scale, shared=shared))
            costs: dict[str, list[Cost]] = {name: [] for name in STEPS}
            for number in range(rounds):
                for name in list(STEPS)[:: -1 if number % 2 else 1]:
                    costs[name].append(cost(name, place))
            if more and not shared:
                (place / "twice").mkdir()
                shutil.copy(large(2 * scale), place / "twice" / BOOK)
                adopt(place / "twice" / BOOK, as_of=AS_OF)
                costs |= {name: [cost(name, place)] for name in MORE}
            counts = [
                f"{n * scale:,.0f} {what}"
                for n, what in zip((CUSTOMERS, ACTIVITIES, ORDERS), ("customers", "activities", "orders"), strict=True)
            ]
            parts.append(table(f"{', '.join(counts)}, {cells:,} result cells; {kind}", costs))
        parts.append(of_team(rounds, Path(scratch)))
        if more:
            parts.append(of_people(rounds, Path(scratch)))
    text = "\n\n".join(parts)
    print(text)
    if write:
        page = PAGE.read_text(encoding="utf-8")
        pattern = re.compile(f"{_START}.*{_END}", re.DOTALL)
        PAGE.write_text(pattern.sub(lambda _: f"{_START}\n{text}\n{_END}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
