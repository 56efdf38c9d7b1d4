"""A bar of how many of many files are done."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from funnelbook.words import say

_REMEMBERED_S = 3600  # of the pace, from which the time left is told: some files take minutes


@contextmanager
def bar(
    text: str, shown: str, *, wanted: bool = True
) -> Generator[tuple[Callable[[int], None], Callable[[object], None]]]:
    """What is to hear how many files there are, and of each that is done; `text` of `words` says what is done to them.

    Nothing is shown where it is not `wanted`.
    """
    if not wanted:
        yield _unseen, _unseen
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from funnelbook.cli.grids import Plain

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Plain(stderr=True, highlight=False, markup=False)
    with Progress(*columns, console=console, transient=True, speed_estimate_period=_REMEMBERED_S) as shows:
        task = shows.add_task(say(text, shown), total=None)
        yield lambda count: shows.update(task, total=count, visible=count > 1), lambda _done: shows.advance(task)


def _unseen(_: object) -> None:
    pass
