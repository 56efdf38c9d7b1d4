"""A workbook refreshed, in a file or in the application it is open in; of a file that fails there is a report, no exception."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from funnelbook import __version__
from funnelbook.book import codes, ownership, result_tables
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.missing_sheets import add_missing
from funnelbook.commands.notes_told import notes_told
from funnelbook.commands.open import language_of, left_by, mapping_of, open_book
from funnelbook.commands.targets import grid_told
from funnelbook.files.state import State, left_as
from funnelbook.refresh import RefreshReport, refresh
from funnelbook.results.call_entries import Entered
from funnelbook.results.customers_told import Told
from funnelbook.words import DEFAULT, say

SUFFIXES = {".xlsx", ".xlsm"}


_SHOWN = 5  # customers whose tier fell


@dataclass(frozen=True)
class FileReport:
    """What happened to one file. `status`: done, unchanged, already (done by an earlier run), refused or left_out (the last two
    with `message`, nothing touched). `state`: as what it was left, unless somebody has written it since.
    """

    file: str
    status: str
    problems: int = 0
    message: str = ""
    seconds: float = 0.0
    state: State | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "file": self.file,
            "status": self.status,
            "problems": self.problems,
            "message": self.message,
            "seconds": round(self.seconds, 1),
        }


def workbooks(paths: Sequence[Path]) -> list[Path]:
    """Files named, and the workbooks directly in folders named, lock files and backups left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = filter(is_workbook, sorted(path.iterdir()))
            found.update(dict.fromkeys(inside))
        else:
            found[path] = None
    return list(found)


def is_workbook(path: Path) -> bool:
    """Whether a file is called as a workbook is; lock files and backups are not."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", "."))


def refresh_book(
    book: Book,
    as_of: date,
    language: str | None = None,
    added: Entered | None = None,
    *,
    decide: bool = False,
    foreseen: Callable[[RefreshReport], None] = lambda report: None,
) -> RefreshReport:
    """The report of a workbook refreshed in any host; sheets it lacks are added. BookError when it cannot be.

    `added`: what else was entered than what stands in the call list, as in results/call_entries.py. `decide`, `foreseen`: as of `refresh`.
    """
    if not result_tables.present(book):
        raise BookError("not_adopted", file=book.name)
    ownership.mark(book)
    located = locate(book, mapping_of(book))
    if add_missing(book, located, language or language_of(book, located, as_of)):
        located = locate(book, mapping_of(book))
    return refresh(book, located, as_of, language, added, decide=decide, foreseen=foreseen)


def refresh_file(
    path: Path,
    as_of: date,
    language: str | None = None,
    told: str = DEFAULT,
    *,
    allow_protected: bool = False,
    again: bool = False,
) -> FileReport:
    """The report of one file refreshed; a refusal is a report too, never an exception.

    A file that is as the same refresh left it is known by its fingerprint, and not worked out `again` unless asked to.
    `told`: the language of a refusal where `language` is that of each workbook.
    """
    began, book = time.perf_counter(), None
    run = f"{__version__} {as_of} {language or 'own'} {'all' if allow_protected else 'open'}"
    try:
        before, content = ("", b"") if again else left_by(run, path)
        if before:
            return FileReport(
                str(path), "unchanged", int(before), "", time.perf_counter() - began, left_as(path, content)
            )
        book = opened = open_book(path, allow_protected=allow_protected)

        def remember(report: RefreshReport) -> None:
            if not _message(report, path.name):
                opened.remember(f"{run} {report.problems}")

        report = refresh_book(book, as_of, language, foreseen=remember)
        status, problems = "done" if report.written else "unchanged", report.problems
        message = _message(report, book.name)
    except BookError as error:
        status, problems = "left_out" if error.code == "not_adopted" else "refused", 0
        message = error.text(language or told)
    except Exception as error:  # whatever is wrong with one file, the others are refreshed
        unknown = BookError("unexpected", file=path.name, detail=f"{type(error).__name__}: {error}")
        status, problems, message = "refused", 0, unknown.text(language or told)
    state = left_as(path, book.content) if book and status != "refused" else None
    return FileReport(str(path), status, problems, message, time.perf_counter() - began, state)


def _message(report: RefreshReport, file: str) -> str:
    """What is told of a refresh besides how many problems it found."""
    return " ".join([*told_besides(report), *notes_told(report.noted, report.language, file)])


def file_told(report: FileReport, shown: str) -> str:
    """A sentence on a file that was refreshed."""
    told = say("file_refreshed" if report.status == "done" else "file_unchanged", shown, file=report.file)
    problems = say("data_problems", shown, problems=report.problems) if report.problems else ""
    return " ".join(filter(None, (told + problems, report.message)))


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of refreshing the workbook in front."""
    report = refresh_book(press.book, press.day)
    code = "done_refresh" if report.written else "done_unchanged"
    line = say(code, report.language, as_of=press.day, problems=report.problems)
    return ButtonResult(" ".join(filter(None, (line, _message(report, press.book.name)))))


def told_besides(report: RefreshReport) -> list[str]:
    """Sentences on what a refresh put into the tables besides calls."""
    numbered = [say("numbered", report.language, count=report.numbered)] if report.numbered else []
    lines = [*calls_told(report), *customers_told(report.told, report.language)]
    return [*numbered, *grid_told(report.targets, report.language), *lines]


def calls_told(report: RefreshReport) -> list[str]:
    """Sentences on calls that went into the log of an earlier day, and on orders drafted from them."""
    day = [say("done_day", report.language, day=report.typed_on)] if report.typed_on else []
    return [*day, *orders_told(report.ordered, report.language)]


def orders_told(orders: int, language: str) -> list[str]:
    """A sentence on orders drafted from calls."""
    return [say("done_orders", language, orders=orders)] if orders else []


def customers_told(told: Told, language: str) -> list[str]:
    """Sentences on the customers whose cells were brought up to date, and on those that could not be."""
    lines = [say("done_told", language, customers=told.customers)] if told.customers else []
    if told.lower:
        shown = [
            say("tier_fell", language, name=name, was=codes.special(was, language), now=codes.special(now, language))
            for name, was, now in told.lower[:_SHOWN]
        ]
        if more := len(told.lower) - len(shown):
            shown.append(say("and_more", language, count=more))
        lines.append(say("done_lower", language, count=len(told.lower), customers=say("listed", language).join(shown)))
    return [*lines, say("done_locked", language, customers=told.locked)] if told.locked else lines
