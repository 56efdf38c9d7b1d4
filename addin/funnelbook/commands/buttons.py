"""A button: what its handler is given, what it gives back, and how it is found, in any host."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from funnelbook.book import dates, values
from funnelbook.book.labels import sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.ownership import owned
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import language_of, mapping_of
from funnelbook.menu import Command, Does, load, named

Ask = Callable[[str], bool]


class NotWanted(BookError):
    """What a person who was asked said no to: the workbook is as before, and nothing is wrong."""


@dataclass(frozen=True)
class ButtonPress:
    """A button that was pressed: on which workbook, for which day, and in which language its user is told.

    `path` is the folder or the file of a button that asks for one. `ask` has its user say yes or no; None where there is nobody to
    ask.
    """

    command: Command
    book: Book
    day: date
    path: Path
    language: str
    ask: Ask | None = None

    @property
    def books_language(self) -> str:
        """The language of the workbook, that of the user where it says none."""
        located = locate(self.book, mapping_of(self.book))
        return language_of(self.book, located, self.day) if "Settings" in located.places else self.language


@dataclass(frozen=True)
class ButtonResult:
    """What to tell when a button is done: one line, the sheet to show, whether it waits to be read, a file to open beside."""

    line: str = ""
    sheet: str = ""
    waits: bool = False
    opens: Path | None = None


def press_button(
    name: str,
    book: Book,
    today: date,
    *,
    as_of: str = "",
    path: str = "",
    language: str,
    ask: Ask | None = None,
) -> ButtonResult:
    """What came of a button of the ribbon. BookError when it is refused or there is no such button: then the workbook is as before.

    `as_of` as typed, blank for `today`; `path`: the folder or file of a button that asks for one; `language` where the workbook
    says none; `ask` as of ButtonPress.
    """
    command = named(name)
    if command.does is Does.TELL:
        return told(command, language)
    day = day_typed(as_of, today)
    match command.does:
        case Does.DAY:
            return ButtonResult()  # it goes with the buttons pressed after it
        case Does.SHEET:
            return ButtonResult(sheet=_sheet_of(book, command.sheet, language))
        case Does.RUN | Does.FOLDER | Does.FILE:
            press = ButtonPress(command, book, day, Path(path), language, ask)
            result = load("commands", command.handler)(press)
            return replace(result, sheet=result.sheet or _sheet_if(book, command.sheet))


def told(command: Command, language: str) -> ButtonResult:
    """What a button says that has nothing to do with a workbook."""
    return ButtonResult(load("commands", command.handler)(language), waits=True)


def day_typed(text: str, today: date) -> date:
    """The day a user typed in the box; blank is today. BookError when it is none."""
    found = dates.moment(text, date1904=False, as_of=today)
    if found is values.BAD:
        raise BookError("bad_day", text=text)
    return found.date() if found else today


def _sheet_of(book: Book, key: str, language: str) -> str:
    """The name of a sheet as it stands in the workbook, whatever users named it. BookError when there is none."""
    found = _sheet_if(book, key)
    if not found:
        raise BookError("no_sheet", file=book.name, sheet=sheet_name(key, language))
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
