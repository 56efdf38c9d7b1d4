"""What adopt, import, log and refresh cost now, in CPU, against an earlier version in another checkout.

Run: `git worktree add ../base 6b915f6`, `uv sync` there, then `uv run python tests/bench/against.py ../base` for 10,000 customers, with
`--large` for adopt and import of 100,000. Both run in turn, so that whatever else the machine does meets both alike; the medians are
compared.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))  # a script's own folder is on the path, not the one above

from support.large import ACTIVITIES, AS_OF, CUSTOMERS, large
from support.large_log import large_log

HERE = Path(__file__).parents[2]
STEPS = ("adopt", "import", "log of 3 calls", "first refresh", "next refresh")
_CODE = """
import json, sys, time
from datetime import date, timedelta
from pathlib import Path
from funnelbook.commands.adopt import adopt
from funnelbook.commands.import_calls import import_calls
from funnelbook.commands.log_call import log_call
from funnelbook.commands.refresh_files import refresh_file
path, calls, day, count = Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3]), int(sys.argv[4])

def take():
    report = import_calls(path, [calls], as_of=day)
    assert report.written and report.added, report

def refresh(day):
    report = refresh_file(path, day)
    assert report.status == "done", report

def log():
    for number in ("K000001", "K000002", "K000003"):
        log_call(path, number, {"outcome": "占线", "note": "再打"}, as_of=day)

spent = []
steps = (
    lambda: adopt(path, as_of=day), take, log, lambda: refresh(day + timedelta(days=1)), lambda: refresh(day + timedelta(days=2))
)
for step in steps[:count]:
    start = time.process_time()
    step()
    spent.append(time.process_time() - start)
print(json.dumps(spent))
"""


@dataclass(frozen=True)
class Task:
    """A workbook `scale` times the large one, a log of as many calls as it has customers, the steps taken with them, and what each
    may cost at most of before."""

    scale: float
    steps: tuple[str, ...]
    allowed: float


@click.command()
@click.argument("base", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rounds", default=5, show_default=True)
@click.option("--large", "is_large", is_flag=True, help="100,000 customers.")
def main(base: Path, rounds: int, is_large: bool) -> None:
    """Prints CPU seconds of each step then and now, and their ratio; exits 1 where one is above what is allowed."""
    task = Task(1.0, STEPS[:2], 1.3) if is_large else Task(0.1, STEPS, 1.15)
    runs: dict[Path, list[list[float]]] = {base.resolve(): [], HERE: []}
    for number in range(rounds):
        order = list(runs) if number % 2 else list(runs)[::-1]
        for checkout in order:
            runs[checkout].append(_spent(checkout, task))
    then, now = (list(map(median, zip(*spent, strict=True))) for spent in runs.values())
    title = f"{CUSTOMERS * task.scale:,.0f} customers, {ACTIVITIES * task.scale:,.0f} activities"
    table = Table(title=f"{title}: CPU seconds, medians of {rounds} paired runs")
    for header in ("step", "before", "now", "ratio", "allowed"):
        table.add_column(header, justify="left" if header == "step" else "right")
    for step, before, after in zip(task.steps, then, now, strict=True):
        table.add_row(step, f"{before:.2f}", f"{after:.2f}", f"{after / before:.2f}", f"{task.allowed}")
    Console(width=100).print(table)
    sys.exit(any(after > task.allowed * before for before, after in zip(then, now, strict=True)))


def _spent(checkout: Path, task: Task) -> list[float]:
    """CPU seconds of each step in a process of its own, on a copy of the workbook."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book.xlsx"
        shutil.copy(large(task.scale), copy)
        log = large_log(task.scale)
        command = [checkout / ".venv" / "bin" / "python", "-c", _CODE, copy, log, str(AS_OF), str(len(task.steps))]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=checkout)
        return json.loads(run.stdout)


if __name__ == "__main__":
    main()
