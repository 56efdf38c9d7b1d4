"""LibreOffice's entry: what the extension calls for a formula in a cell, a button, a document opened or saved. It reads the clock."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path

import uno

from funnelbook.book import garbage
from funnelbook.book.ports import BookError, CellError
from funnelbook.commands.buttons import ButtonResult, NotWanted, day_typed, press_button, told
from funnelbook.formulas.catalogue import call
from funnelbook.formulas.formula import MISSING
from funnelbook.formulas.names import PREFIX
from funnelbook.hosts import libreoffice_talk as talk
from funnelbook.hosts.libreoffice import LibreOfficeBook
from funnelbook.hosts.libreoffice_names import name_with_dots
from funnelbook.hosts.libreoffice_uno import Uno
from funnelbook.hosts.libreoffice_values import CODES, Null
from funnelbook.hosts.ooxml.formula_names import name_with_underscores
from funnelbook.menu import Does, named
from funnelbook.setup import last_errors
from funnelbook.words import chosen, say

EXCEL_FILES = ("Excel 2007", "Office Open XML")  # in the names of LibreOffice's filters
_NO_NUMBER = 0x7FF8_0000_0000_0000  # its last bits tell Calc which error it is
_typed_day = ""  # "as of" as typed; blank is today


def formula(name: str, document: Uno, arguments: Sequence[object]) -> tuple[tuple[object, ...], ...]:
    """The rows an FB_ formula gives, as Calc takes them: days as numbers, errors as what Calc shows as real ones."""
    null = Null.of(document)
    given = [MISSING if argument is None else argument for argument in arguments]
    while given and given[-1] is MISSING:
        given.pop()
    rows = call(PREFIX + name, given, _language(), date1904=null.date1904)
    return tuple(tuple(_shown(value, null) for value in row) for row in rows)


def press(context: Uno, frame: Uno, name: str, given: Mapping[str, str]) -> tuple[bool, str]:
    """Whether a button of the toolbar did its work, and the line that says so, or why nothing was done.

    `given`: `AsOf` and `Path` from a program that presses it; a person is asked for them, and whether an import is right.
    """
    language = _language()
    try:
        with garbage.let_lie():
            done = _done(context, frame, name, given, language)
        line, refused = done.line, False
    except NotWanted as error:
        line, refused = error.text(language), False
    except BookError as error:
        line, refused = error.text(language), True
    except Exception as error:  # a button never shows a traceback
        last_errors.keep(error, name, datetime.now())
        detail = f"{type(error).__name__}: {error}"
        line, refused = say("unexpected", language, file="Funnelbook", detail=detail), True
    if line and talk.visible(frame):
        talk.tell(frame, line, refused=refused)
    return not refused, line


def heard(event: str, document: Uno) -> None:
    """Has formulas of a workbook made for Excel answer when it is opened, and Excel know them when it was saved."""
    if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        return
    described = {p.Name: p.Value for p in document.getArgs()}
    if not any(part in described.get("FilterName", "") for part in EXCEL_FILES):
        return
    if event == "OnLoadFinished":
        name_with_dots(document)
    elif document.getURL().startswith("file:"):
        with suppress(BookError, OSError):  # a file with a password, say: it stays as LibreOffice saved it
            name_with_underscores(Path(uno.fileUrlToSystemPath(document.getURL())))


def _done(context: Uno, frame: Uno, name: str, given: Mapping[str, str], language: str) -> ButtonResult:
    command = named(name)
    if command.does is Does.TELL:
        return told(command, language)
    as_of, path = given.get("AsOf", _typed_day), given.get("Path", "")
    if command.does is Does.DAY:
        _keep_day(
            given["AsOf"] if "AsOf" in given else talk.ask_text(context, frame, command.tip(language), _typed_day)
        )
        return ButtonResult()
    if command.does in (Does.FOLDER, Does.FILE) and not path:
        picked = talk.ask_folder(context) if command.does is Does.FOLDER else talk.ask_file(context)
        if picked is None:
            return ButtonResult()
        path = str(picked)
    ask = partial(talk.says_yes, frame) if talk.visible(frame) else None
    book = LibreOfficeBook(frame.getController().getModel(), context)
    with book.step(f"Funnelbook: {command.label(language)}"):
        done = press_button(name, book, date.today(), as_of=as_of, path=path, language=language, ask=ask)
    if done.opens:
        book.open_beside(done.opens)
    if done.sheet:
        with suppress(uno.getClass("com.sun.star.uno.Exception")):
            book.show(done.sheet)
    return done


def _keep_day(typed: str | None) -> None:
    global _typed_day  # noqa: PLW0603 - kept as long as LibreOffice runs, as the box on Excel's ribbon is
    if typed is not None:
        day_typed(typed, date.today())
        _typed_day = typed.strip()


def _language() -> str:
    return chosen()


def _shown(value: object, null: Null) -> object:
    match value:
        case CellError():
            bits = _NO_NUMBER | CODES.get(value.code, CODES["#VALUE!"])
            return struct.unpack("<d", struct.pack("<Q", bits))[0]
        case datetime():
            return null.serial(value)
        case bool():
            return float(value)
        case _:
            return value
