"""What adopt, log and refresh of 10,000 customers cost now, in CPU, against an earlier version in another checkout.

Run: `git worktree add ../base 6b915f6`, `uv sync` there, then `uv run python tests/bench/against.py ../base`. Both run in turn, so that
whatever else the machine does meets both alike; the medians are compared.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))  # a script's own folder is on the path, not the one above

from support.large import AS_OF, large

HERE = Path(__file__).parents[2]
ALLOWED = 1.15
STEPS = ("adopt", "log of 3 calls", "first refresh", "next refresh")
_CODE = """
import json, sys, time
from datetime import date, timedelta
from pathlib import Path
from funnelbook.commands.adopt import adopt
from funnelbook.commands.log_call import log_call
from funnelbook.commands.refresh_files import refresh_file
path, day = Path(sys.argv[1]), date.fromisoformat(sys.argv[2])

def refresh(day):
    report = refresh_file(path, day)
    assert report.status == "done", report

def log():
    for number in ("K000001", "K000002", "K000003"):
        log_call(path, number, {"outcome": "占线", "note": "再打"}, as_of=day)

spent = []
steps = (lambda: adopt(path, as_of=day), log, lambda: refresh(day + timedelta(days=1)), lambda: refresh(day + timedelta(days=2)))
for step in steps:
    start = time.process_time()
    step()
    spent.append(time.process_time() - start)
print(json.dumps(spent))
"""


@click.command()
@click.argument("base", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rounds", default=5, show_default=True)
def main(base: Path, rounds: int) -> None:
    """Prints CPU seconds of each step then and now, and their ratio; exits 1 where one is above 1.15."""
    book, runs = large(0.1), {base.resolve(): [], HERE: []}
    for number in range(rounds):
        order = list(runs) if number % 2 else list(runs)[::-1]
        for checkout in order:
            runs[checkout].append(_spent(checkout, book))
    then, now = (list(map(median, zip(*spent, strict=True))) for spent in runs.values())
    table = Table(title=f"10,000 customers, 50,000 activities: CPU seconds, medians of {rounds} paired runs")
    for header in ("step", "before", "now", "ratio"):
        table.add_column(header, justify="left" if header == "step" else "right")
    for step, before, after in zip(STEPS, then, now, strict=True):
        table.add_row(step, f"{before:.2f}", f"{after:.2f}", f"{after / before:.2f}")
    Console(width=100).print(table)
    sys.exit(any(after > ALLOWED * before for before, after in zip(then, now, strict=True)))


def _spent(checkout: Path, book: Path) -> list[float]:
    """CPU seconds of each step in a process of its own, on a copy of the workbook."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book.xlsx"
        shutil.copy(book, copy)
        command = [checkout / ".venv" / "bin" / "python", "-c", _CODE, copy, str(AS_OF)]
        run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=checkout)
        return json.loads(run.stdout)


if __name__ == "__main__":
    main()
