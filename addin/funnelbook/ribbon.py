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
    if name == TAKE_BACK:
        return _taken_back(workbook, language)
    _begin_with_taking_back(workbook, language)
    book, ask = excel.ExcelBook(workbook, _folder()), partial(excel_app.says_yes, workbook)
    try:
        done = press_button(name, book, date.today(), as_of=as_of, path=path, language=language, ask=ask)
    except Exception as error:  # whatever it is, sheets added on the way go again
        if book.abandon():
            raise
        detail = error.text(language) if isinstance(error, BookError) else excel_app.said(error)
        raise BookError("excel_refused_back", file=workbook.name, detail=detail) from error
    book.keep()
    if done.opens:
        book.open_beside(done.opens)
    if done.sheet:
        # what was done is told even where its sheet cannot be shown
        with suppress(Exception) if done.line else nullcontext():
            book.show(done.sheet)
    return done


def _taken_back(workbook: xw.Book, language: str) -> ButtonResult:
    found = take_back(workbook.app, _folder())
    if lost := [*found.failed, *found.lost]:
        raise BookError("not_taken_back", file=", ".join(lost))
    code = "taken_back" if found.back else "nothing_to_take_back"
    return ButtonResult(say(code, language, file=", ".join(found.back)), waits=True)


def _begin_with_taking_back(workbook: xw.Book, language: str) -> None:
    """Takes back what an engine killed earlier has left half written, if who has worked on since says yes."""

    def wanted(file: str) -> bool:
        return excel_app.says_yes(workbook, say("take_back_first", language, file=file))

    found = take_back(workbook.app, _folder(), wanted)
    if found.failed:
        raise BookError("not_taken_back", file=", ".join(found.failed))
    if found.lost:
        excel_app.say_told(workbook, say("cut_short_before", language, file=", ".join(found.lost)))


def _folder() -> Path:
    return half_done.folder_of(last_errors.of_user())
