"""What a button does: the command, on the workbook in front, in any host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from funnelbook import __version__
from funnelbook.book import values
from funnelbook.book.labels import LANGUAGES, SHEETS, sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.messages import say
from funnelbook.book.ownership import owned
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands import announce
from funnelbook.commands.adopt import adopt_book
from funnelbook.commands.check import check_book
from funnelbook.commands.collect import collect_book
from funnelbook.commands.find import find_book
from funnelbook.commands.handout import handout_book
from funnelbook.commands.import_calls import import_book
from funnelbook.commands.open import language_of, mapping_of
from funnelbook.commands.publish import publish_book
from funnelbook.commands.refresh_files import refresh_book, refresh_files, workbooks
from funnelbook.commands.targets import Asked, targets_book
from funnelbook.commands.transfer import transfer_leavers
from funnelbook.commands.undo import copied
from funnelbook.menu import BY_NAME, Does


@dataclass(frozen=True)
class Pressed:
    """What to tell when a button is done: one line, the sheet to show, whether it waits to be read, a file to open beside."""

    line: str = ""
    sheet: str = ""
    waits: bool = False
    opens: Path | None = None


def press(name: str, book: Book, today: date, *, as_of: str = "", folder: str = "", language: str) -> Pressed:
    """What came of a button of the ribbon. BookError when it is refused: then the workbook is as before.

    `as_of` as typed, blank for `today`; `folder` for a button that asks for one; `language` where the workbook says none.
    """
    command = BY_NAME[name]
    day = day_typed(as_of, today)
    if command.does is Does.SHEET:
        return Pressed(sheet=sheet_of(book, command.sheet, language))
    if command.does is Does.FOLDER:
        return _press_with_folder(name, book, Path(folder), day, language)
    match name:
        case "adopt":
            report = adopt_book(book, as_of=day, language=language)
            line = say("done_adopt", language, matched=len(report.matched), added=len(report.added))
            return Pressed(line, sheet_of(book, command.sheet, language))
        case "check":
            return Pressed(check_book(book, day).note, _sheet_if(book, command.sheet))
        case "refresh":
            report = refresh_book(book, day)
            code = "done_refresh" if report.written else "done_unchanged"
            return Pressed(say(code, report.language, as_of=day, problems=report.problems))
        case "log":
            report = refresh_book(book, day)
            spoken = report.language
            line = say("done_log", spoken, logged=report.logged, waiting=report.waiting)
            return Pressed(line, sheet_of(book, command.sheet, spoken))
        case "undo":
            if book.path is None:
                raise BookError("never_saved", file=book.name)
            version, copy = copied(book.path)
            line = say("opened_version", language, day=version.day(language), changes=version.text(language))
            return Pressed(line, waits=True, opens=copy)
        case "find":
            return Pressed(find_book(book, day).note, sheet_of(book, command.sheet, language))
        case "targets_propose" | "targets_split" | "targets_agree" | "targets_revise":
            report = targets_book(book, name.removeprefix("targets_"), Asked(), as_of=day)
            return Pressed(report.line, sheet_of(book, command.sheet, language))
        case "transfer":
            return Pressed(_transferred(book, day, language))
        case _:
            return Pressed(say("about", language, version=__version__), waits=True)


def _press_with_folder(name: str, book: Book, folder: Path, day: date, language: str) -> Pressed:
    match name:
        case "refresh_folder":
            return Pressed(_refreshed(folder, day, _language(book, day, language)), waits=True)
        case "import":
            return Pressed(_imported(book, folder, day, language), waits=True)
        case "collect":
            return Pressed(_collected(book, folder, day, language), waits=True)
        case "handout":
            handed = handout_book(book, folder, as_of=day)
            return Pressed(say("done_handout", language, count=len(handed), folder=folder))
        case _:
            spoken = _language(book, day, language)
            page = folder / f"{sheet_name('board', spoken)}-{day}.html"
            done = publish_book(book, page, as_of=day, language=spoken, urls=announce.addresses(announce.config()))
            line = say("done_publish", spoken, file=page, sent=done.sent)
            if announce.read_by_others(announce.config()):
                return Pressed(f"{line}\n{say('read_by_others', spoken, file=announce.config())}", waits=True)
            return Pressed(line)


def day_typed(text: str, today: date) -> date:
    """The day a user typed in the box; blank is today. BookError when it is none."""
    found = values.moment(text, date1904=False, as_of=today)
    if found is values.BAD:
        raise BookError("bad_day", text=text)
    return found.date() if found else today


def sheet_of(book: Book, key: str, language: str) -> str:
    """The name of a sheet as it stands in the workbook, whatever users named it. BookError when there is none."""
    found = _sheet_if(book, key)
    if not found:
        raise BookError("no_sheet", file=book.name, sheet=SHEETS[key][LANGUAGES.index(language)])
    return found


def _sheet_if(book: Book, key: str) -> str:
    """The sheet of ours, or where the user's own table stands; a sheet that is only called so is none."""
    own = owned(book)
    tables = [table.name for table in TABLES.values() if table.sheet == key]
    results = next((lo.sheet for name, lo in own.results.items() if name in tables), "")
    if key in own.pages or results:
        return own.pages.get(key, results)
    places = locate(book, mapping_of(book)).places
    return next((place.sheet for place in places.values() if place.table in tables), "")


def _language(book: Book, day: date, language: str) -> str:
    located = locate(book, mapping_of(book))
    return language_of(book, located, day) if "Settings" in located.places else language


def _transferred(book: Book, day: date, language: str) -> str:
    reports = transfer_leavers(book, as_of=day)
    return " ".join(say("done_transfer", language, **report.as_dict()) for report in reports)


def _imported(book: Book, folder: Path, day: date, language: str) -> str:
    logs = sorted(file for file in folder.glob("*") if file.suffix.lower() == ".csv")
    if not logs:
        raise BookError("no_logs", folder=str(folder))
    report = import_book(book, logs, {}, as_of=day)
    return say("done_import", language, added=report.added, known=report.known, problems=len(report.problems))


def _collected(book: Book, folder: Path, day: date, language: str) -> str:
    files = [file for file in workbooks([folder]) if file.name != book.name]
    if not files:
        raise BookError("no_workbooks", folder=str(folder))
    return collect_book(book, files, as_of=day).text(language)


def _refreshed(folder: Path, day: date, language: str) -> str:
    """One line of how the workbooks of a folder fared, and why some were refused."""
    reports = refresh_files(workbooks([folder]), day, told=language)
    if not reports:
        raise BookError("no_workbooks", folder=str(folder))
    statuses = ("done", "unchanged", "left_out", "refused")
    counts = {status: sum(r.status == status for r in reports) for status in statuses}
    told = [report.message for report in reports if report.status == "refused"]
    told += [say("left_out", language, count=counts["left_out"])] if counts["left_out"] else []
    reasons = "".join(f"\n{line}" for line in told)
    return say("done_folder", language, **counts, reasons=reasons)
