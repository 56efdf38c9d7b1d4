"""The buttons of Excel's ribbon: `press` is what VBA calls. It reads the clock and tells the user what came of it."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import date, datetime
from functools import partial

import xlwings as xw

from funnelbook.book.ports import BookError
from funnelbook.commands.buttons import ButtonResult, NotWanted, press_button, told
from funnelbook.hosts import excel
from funnelbook.menu import Does, named
from funnelbook.setup import last_errors
from funnelbook.words import chosen, say


def press(name: str, as_of: str = "", path: str = "", workbook: xw.Book | None = None) -> None:
    """Does what a button of the ribbon is for, and says in one line what came of it, or why nothing did.

    `path`: the folder or file of a button that asks for one. `workbook`: the one the button was pressed in, as Windows hands it
    over; a Mac asks xlwings for it.
    """
    language = chosen()
    workbook = workbook or xw.Book.caller()
    try:
        with excel.left_alone(workbook.app):
            done = _done(name, as_of, path, language, workbook)
        excel.say_told(workbook, done.line) if done.waits else excel.say_done(workbook, done.line)
    except NotWanted as error:
        excel.say_done(workbook, error.text(language))
    except BookError as error:
        excel.say_refused(workbook, error.text(language))
    except Exception as error:  # a button never shows a traceback
        last_errors.keep(error, name, datetime.now())
        detail = f"{type(error).__name__}: {excel.said(error)}"
        excel.say_refused(workbook, say("unexpected", language, file="Funnelbook", detail=detail))


def _done(name: str, as_of: str, path: str, language: str, workbook: xw.Book) -> ButtonResult:
    command = named(name)
    if command.does is Does.TELL:
        return told(command, language)
    book, ask = excel.ExcelBook(workbook), partial(excel.says_yes, workbook)
    try:
        done = press_button(name, book, date.today(), as_of=as_of, path=path, language=language, ask=ask)
    except Exception:  # whatever it is, sheets added on the way go again
        book.abandon()
        raise
    if done.opens:
        book.open_beside(done.opens)
    if done.sheet:
        # what was done is told even where its sheet cannot be shown
        with suppress(Exception) if done.line else nullcontext():
            book.show(done.sheet)
    return done
