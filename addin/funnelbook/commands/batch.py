"""`funnelbook refresh`: workbooks and folders of them, shared among processes or the machines of a cluster.

One that fails never stops the others; what a folder's journal says is done already is not done again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

from funnelbook.book.ports import BookError
from funnelbook.commands import journal
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.hands import OWN, Hands
from funnelbook.commands.journal import Run
from funnelbook.commands.refresh_files import FileReport, refresh_file, workbooks
from funnelbook.words import DEFAULT, say

_SLOW, _SLOW_S, _NAMED = 3, 5.0, 5  # times the usual, seconds at least; so many are named
_FEW = 5  # of fewer files none is unusual


@dataclass(frozen=True)
class Batch:
    """What became of each file, in the order of the files; `told`: sentences on what is wrong with a journal."""

    reports: list[FileReport]
    told: list[str]

    @property
    def slow(self) -> list[FileReport]:
        """The few files that took much longer than is usual here, the slowest first."""
        timed = sorted((r for r in self.reports if r.seconds), key=lambda r: -r.seconds)
        if len(timed) < _FEW:
            return []
        least = max(_SLOW * self.usual_s, _SLOW_S)
        return [report for report in timed if report.seconds >= least][:_NAMED]

    @property
    def usual_s(self) -> float:
        """The seconds that half of the files took at most."""
        return median([report.seconds for report in self.reports if report.seconds] or [0.0])


def refresh_all(
    named: Sequence[Path],
    run: Run,
    hands: Hands = OWN,
    *,
    told: str = DEFAULT,
    again: bool = False,
    begins: Callable[[int], None] = lambda files: None,
    progress: Callable[[FileReport], None] = lambda report: None,
) -> Batch:
    """What became of the files named and of the workbooks of the folders named; BookError when there are none.

    `told`: the language of refusals where that of results is each workbook's; `again`: also what is known to be done.
    `begins` hears how many files there are to do, `progress` of each as it is done.
    """
    paths = workbooks(named)
    if not paths:
        raise BookError("no_workbooks", folder=", ".join(map(str, named)))
    with ExitStack() as stack:
        folders = [path for path in named if path.is_dir()]
        kept = {
            folder: stack.enter_context(journal.kept(folder, run, again=again)) for folder in dict.fromkeys(folders)
        }
        reports = {
            path: report for path in paths if path.parent in kept and (report := kept[path.parent].already(path))
        }
        # the largest first, so that no long one is the last
        left = sorted((path for path in paths if path not in reports), key=_size, reverse=True)
        begins(len(left))
        refreshed = partial(
            refresh_file,
            as_of=run.as_of,
            language=run.language,
            told=told,
            allow_protected=run.allow_protected,
            again=again,
        )
        for path, done in hands.each(left, refreshed):
            report = replace(done, file=str(path)) if done else _died(path, run.language or told)
            reports[path] = report
            if path.parent in kept:
                kept[path.parent].note(path, report)
            progress(report)
        return Batch([reports[path] for path in paths], journal.sentences(list(kept.values()), run.language or told))


def folder_pressed(press: ButtonPress) -> ButtonResult:
    """How the workbooks of a folder fared, and why some were refused."""
    language = press.books_language
    batch = refresh_all([press.path], Run(press.day), told=language)
    counts = {status: sum(r.status == status for r in batch.reports) for status in ("done", "refused", "left_out")}
    unchanged = sum(report.status in ("unchanged", "already") for report in batch.reports)
    told = [report.message for report in batch.reports if report.status == "refused"]
    told += [say("left_out", language, count=counts["left_out"])] if counts["left_out"] else []
    reasons = "".join(f"\n{line}" for line in [*told, *batch.told])
    return ButtonResult(say("done_folder", language, unchanged=unchanged, **counts, reasons=reasons), waits=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _died(path: Path, language: str) -> FileReport:
    return FileReport(str(path), "refused", message=BookError("worker_died", file=path.name).text(language))
