"""Which suites there are, how many trials each has, and what a run of them comes to."""

from __future__ import annotations

import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from support.safety import faults, kills, mutated_packages, mutated_sheets, odd_values
from support.safety.watched import Outcome, Trial, run

FAULTS = ("traceback", "abort", "hang", "memory", "harm")
SEED = 13
PAGE = Path(__file__).parents[3] / "docs" / "safety.md"


@dataclass(frozen=True)
class Suite:
    """`whole` and `short`: trials of a full run and of one in the default tests; `each`: things tried in a trial."""

    name: str
    trial: Trial
    whole: int
    short: int
    each: int = 1


SUITES = {
    suite.name: suite
    for suite in (
        Suite("kills", kills.trial, 400, 3),
        Suite("faults", faults.trial, 400, 3),
        Suite("packages", mutated_packages.trial, 3_000, 12),
        Suite("sheets", mutated_sheets.trial, 5_000, 5, mutated_sheets.IN_A_BOOK),
        Suite("values", odd_values.trial, 1_000, 4, odd_values.IN_A_BOOK),
    )
}


@dataclass
class Result:
    """What a run of a suite came to."""

    suite: Suite
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> list[Outcome]:
        return sorted((o for o in self.outcomes if o.fault), key=lambda o: o.number)

    def of(self, fault: str) -> int:
        return sum(o.fault == fault for o in self.outcomes)

    @property
    def row(self) -> list[str]:
        done = sum(o.said.startswith("done") for o in self.outcomes if not o.fault)
        refused = len(self.outcomes) - done - len(self.faults)
        numbers = (len(self.outcomes) * self.suite.each, done, refused, *map(self.of, FAULTS))
        peak, slowest = (max((getattr(o, name) for o in self.outcomes), default=0) for name in ("peak_mb", "seconds"))
        return [self.suite.name, *(f"{n:,}" for n in numbers), f"{peak:,}", f"{slowest:.1f}", f"{self.seconds:,.0f}"]


HEADERS = ("suite", "trials", "done", "refused", *FAULTS, "peak MB", "slowest s", "took s")


def run_suite(
    suite: Suite,
    trials: int,
    seed: int,
    workers: int = 2,
    numbers: Iterable[int] | None = None,
    heard: Callable[[Outcome], None] | None = None,
) -> Result:
    """The result of so many trials of a suite, or of those numbered."""
    start, result = time.monotonic(), Result(suite)
    for outcome in run(suite.name, suite.trial, range(trials) if numbers is None else numbers, seed, workers):
        result.outcomes.append(outcome)
        if heard:
            heard(outcome)
    result.seconds = time.monotonic() - start
    return result


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(SUITES)))
@click.option("--seed", default=SEED, show_default=True)
@click.option("--trials", type=int, help="So many of each, in place of the whole.")
@click.option("--share", default=1.0, help="Such a share of the whole, for a night of less time.")
@click.option("--only", type=int, multiple=True, help="A trial by its number.")
@click.option("--write", is_flag=True, help="Put the table into docs/safety.md.")
@click.option("--workers", default=min(2, os.cpu_count() or 1), show_default=True)
def main(
    names: tuple[str, ...],
    seed: int,
    trials: int | None,
    share: float,
    only: tuple[int, ...],
    write: bool,
    workers: int,
) -> None:
    """Tries to make Funnelbook harm a workbook, in all the ways the safety page promises it does not."""
    console, results = Console(width=150), []
    for suite in [SUITES[name] for name in names or SUITES]:
        results.append(run_suite(suite, trials or round(suite.whole * share), seed, workers, only or None))
        _tell_faults(console, results[-1])
    table = Table(title=f"seed {seed}")
    for header in HEADERS:
        table.add_column(header, justify="left" if header == "suite" else "right")
    for result in results:
        table.add_row(*result.row)
    console.print(table)
    if write:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), results, seed), encoding="utf-8")
    raise SystemExit(any(result.faults for result in results))


def with_table(page: str, results: list[Result], seed: int) -> str:
    """The safety page with the numbers of a run in it."""
    lines = ["| " + " | ".join(HEADERS) + " |", "|---|" + "---:|" * (len(HEADERS) - 1)]
    lines += ["| " + " | ".join(result.row) + " |" for result in results]
    made = f"{date.today()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, seed {seed}."
    start, end = page.index("\n", page.index("<!-- table")) + 1, page.index("<!-- end of table")
    return page[:start] + "\n" + "\n".join(lines) + f"\n\n{made}\n\n" + page[end:]


def _tell_faults(console: Console, result: Result) -> None:
    """The faults by what was said, the trials that show them, and why others were refused."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for outcome in result.faults:
        said = outcome.said.split(" | ")[-1] if outcome.fault == "traceback" else outcome.said.split(" (")[0][:60]
        kinds.setdefault((outcome.fault, said), []).append(outcome.number)
    first = {outcome.number: outcome.said for outcome in result.faults}
    for (fault, _), numbers in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        console.print(
            f"[{result.suite.name}] {len(numbers)} x {fault}: {first[numbers[0]]}  trials {numbers[:6]}",
            markup=False,
            soft_wrap=True,
        )
    codes = Counter(o.said for o in result.outcomes if not o.fault)
    console.print(f"[{result.suite.name}] {dict(codes.most_common())}", markup=False, soft_wrap=True)
