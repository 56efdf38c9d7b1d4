"""The buttons of Excel's ribbon: `press` is what VBA calls. It reads the clock and tells the user what came of it."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path

import xlwings as xw

from funnelbook.book.ports import BookError
from funnelbook.commands.buttons import ButtonResult, NotWanted, press_button, told
from funnelbook.files import half_done
from funnelbook.hosts import excel, excel_app
from funnelbook.hosts.excel_unfinished import take_back
from funnelbook.menu import Does, named
from funnelbook.setup import last_errors
from funnelbook.words import chosen, say

TAKE_BACK = "take_back"  # no button: VBA presses it when the engine was killed at one


def press(name: str, as_of: str = "", path: str = "", workbook: xw.Book | None = None) -> None:
    """Does what a button of the ribbon is for, and says in one line what came of it, or why nothing did.

    `path`: the folder or file of a button that asks for one. `workbook`: the one the button was pressed in, as Windows hands it
    over; a Mac asks xlwings for it.
    """
    language = chosen()
    workbook = workbook or xw.Book.caller()
    try:
        with excel_app.left_alone(workbook.app):
            done = _done(name, as_of, path, language, workbook)
        excel_app.say_told(workbook, done.line) if done.waits else excel_app.say_done(workbook, done.line)
    except NotWanted as error:
        excel_app.say_done(workbook, error.text(language))
    except BookError as error:
        excel_app.say_refused(workbook, error.text(language))
    except Exception as error:  # a button never shows a traceback
        last_errors.keep(error, name, datetime.now())
        detail = f"{type(error).__name__}: {excel_app.said(error)}"
        excel_app.say_refused(workbook, say("unexpected", language, file="Funnelbook", detail=detail))


def drop_ended() -> None:
    """Removes what lies on the disk of writes into Excels that have ended: nothing can be taken back there."""
    half_done.drop(_folder())


def _done(name: str, as_of: str, path: str, language: str, workbook: xw.Book) -> ButtonResult:
    if name != TAKE_BACK and (command := named(name)).does is Does.TELL:
        return told(command, language)
    back = take_back(workbook.app, _folder())
    if back is False:
        raise BookError("not_taken_back")
    if name == TAKE_BACK:
        return ButtonResult(say("taken_back" if back else "nothing_to_take_back", language), waits=True)
    if back:
        excel_app.say_told(workbook, say("taken_back", language))
    book, ask = excel.ExcelBook(workbook, _folder()), partial(excel_app.says_yes, workbook)
    try:
        done = press_button(name, book, date.today(), as_of=as_of, path=path, language=language, ask=ask)
    except Exception:  # whatever it is, sheets added on the way go again
        book.abandon()
        raise
    book.keep()
    if done.opens:
        book.open_beside(done.opens)
    if done.sheet:
        # what was done is told even where its sheet cannot be shown
        with suppress(Exception) if done.line else nullcontext():
            book.show(done.sheet)
    return done


def _folder() -> Path:
    return half_done.folder_of(last_errors.of_user())
