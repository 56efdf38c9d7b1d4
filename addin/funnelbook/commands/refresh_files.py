"""`funnelbook refresh`: one workbook, many, or a folder of them; one that fails never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path

from funnelbook.book import ownership, result_tables
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError
from funnelbook.commands import isolated
from funnelbook.commands.adopt import add_missing
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import language_of, mapping_of, open_book
from funnelbook.commands.targets import grid_told
from funnelbook.refresh import RefreshReport, refresh
from funnelbook.results.call_entries import Entered
from funnelbook.words import DEFAULT, say

SUFFIXES = {".xlsx", ".xlsm"}


@dataclass(frozen=True)
class FileReport:
    """What happened to one file. `status`: done, unchanged, refused or left_out (both with `message`, nothing touched)."""

    file: str
    status: str
    problems: int = 0
    message: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def workbooks(paths: Sequence[Path]) -> list[Path]:
    """Files named, and the workbooks directly in folders named, lock files and backups left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (
                p for p in sorted(path.iterdir()) if p.suffix.lower() in SUFFIXES and not p.name.startswith(("~$", "."))
            )
            found.update(dict.fromkeys(inside))
        else:
            found[path] = None
    return list(found)


def refresh_book(book: Book, as_of: date, language: str | None = None, added: Entered | None = None) -> RefreshReport:
    """The report of a workbook refreshed in any host; sheets it lacks are added. BookError when it cannot be.

    `added`: what else was entered than what stands in the call list, as in results/call_entries.py.
    """
    if not result_tables.present(book):
        raise BookError("not_adopted", file=book.name)
    ownership.mark(book)
    located = locate(book, mapping_of(book))
    if add_missing(book, located, language or language_of(book, located, as_of)):
        located = locate(book, mapping_of(book))
    return refresh(book, located, as_of, language, added)


def refresh_file(
    path: Path,
    as_of: date,
    language: str | None = None,
    told: str = DEFAULT,
    *,
    allow_protected: bool = False,
) -> FileReport:
    """The report of one file refreshed; a refusal is a report too, never an exception.

    `told`: the language of a refusal where `language` is that of each workbook.
    """
    try:
        report = refresh_book(open_book(path, allow_protected=allow_protected), as_of, language)
    except BookError as error:
        status = "left_out" if error.code == "not_adopted" else "refused"
        return FileReport(str(path), status, message=error.text(language or told))
    except Exception as error:  # whatever is wrong with one file, the others are refreshed
        unknown = BookError("unexpected", file=path.name, detail=f"{type(error).__name__}: {error}")
        return FileReport(str(path), "refused", message=unknown.text(language or told))
    besides = " ".join(told_besides(report))
    return FileReport(str(path), "done" if report.written else "unchanged", report.problems, besides)


def refresh_files(
    paths: Sequence[Path],
    as_of: date,
    *,
    language: str | None = None,
    told: str = DEFAULT,
    workers: int = 0,
    allow_protected: bool = False,
    progress: Callable[[FileReport], None] = lambda report: None,
) -> list[FileReport]:
    """Reports in the order of `paths`; `progress` hears of each as it is done.

    `workers`: so many processes share the files, and one that dies is replaced; with none the work is done in this process.
    """
    reports: dict[Path, FileReport] = {}
    refreshed = partial(refresh_file, as_of=as_of, language=language, told=told, allow_protected=allow_protected)
    for path, report in _each(paths, refreshed, language or told, workers):
        reports[path] = report
        progress(report)
    return [reports[path] for path in paths]


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of refreshing the workbook in front."""
    report = refresh_book(press.book, press.day)
    code = "done_refresh" if report.written else "done_unchanged"
    line = say(code, report.language, as_of=press.day, problems=report.problems)
    return ButtonResult(" ".join([line, *told_besides(report)]))


def told_besides(report: RefreshReport) -> list[str]:
    """Sentences on what a refresh put into the tables besides calls."""
    return [*grid_told(report.targets, report.language), *orders_told(report.ordered, report.language)]


def orders_told(orders: int, language: str) -> list[str]:
    """A sentence on orders drafted from calls."""
    return [say("done_orders", language, orders=orders)] if orders else []


def folder_pressed(press: ButtonPress) -> ButtonResult:
    """How the workbooks of a folder fared, and why some were refused."""
    language = press.books_language
    reports = refresh_files(workbooks([press.folder]), press.day, told=language)
    if not reports:
        raise BookError("no_workbooks", folder=str(press.folder))
    statuses = ("done", "unchanged", "left_out", "refused")
    counts = {status: sum(r.status == status for r in reports) for status in statuses}
    told = [report.message for report in reports if report.status == "refused"]
    told += [say("left_out", language, count=counts["left_out"])] if counts["left_out"] else []
    reasons = "".join(f"\n{line}" for line in told)
    return ButtonResult(say("done_folder", language, **counts, reasons=reasons), waits=True)


def _each(
    paths: Sequence[Path], refreshed: Callable[[Path], FileReport], told: str, workers: int
) -> Iterator[tuple[Path, FileReport]]:
    if not workers or len(paths) <= 1:
        yield from ((path, refreshed(path)) for path in paths)
        return
    for path, report in isolated.each(paths, refreshed, workers):
        died = BookError("worker_died", file=path.name)
        yield path, report or FileReport(str(path), "refused", message=died.text(told))
