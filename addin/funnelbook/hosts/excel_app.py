"""Excel itself, as the user sees it: what it is told to say, ask, draw and compute."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

import xlwings as xw


def said(error: Exception) -> str:
    """What Excel says in an error of COM; else the error's own words."""
    told = getattr(error, "excepinfo", None)
    return str(told[2]) if told and len(told) > 2 and told[2] else str(error)


def say_done(workbook: xw.Book, text: str) -> None:
    """Shows one line in Excel's status bar."""
    workbook.app.status_bar = text


def say_told(workbook: xw.Book, text: str) -> None:
    """Shows a message that waits to be read."""
    workbook.app.status_bar = False
    workbook.app.alert(text, title="Funnelbook", mode="info")


def says_yes(workbook: xw.Book, question: str) -> bool:
    """Whether who sits before Excel says yes."""
    return workbook.app.alert(question, title="Funnelbook", buttons="yes_no", mode="info") == "yes"


def say_refused(workbook: xw.Book, text: str) -> None:
    """Shows why nothing was done."""
    workbook.app.status_bar = False
    workbook.app.alert(text, title="Funnelbook", mode="critical")


@contextmanager
def left_alone(app: xw.App) -> Generator[None]:
    """Excel takes neither keys nor clicks meanwhile: what was read is still there when it is written. A Mac knows no such thing."""
    if sys.platform != "win32":
        yield
        return
    app.interactive = False
    try:
        yield
    finally:
        app.interactive = True


@contextmanager
def quiet(app: xw.App) -> Generator[None]:
    """Excel neither draws, calculates, asks nor runs macros on changes meanwhile; afterwards it does as before, whatever happened."""
    before = app.screen_updating, app.calculation, app.display_alerts, app.enable_events
    try:
        app.screen_updating, app.calculation, app.display_alerts, app.enable_events = False, "manual", False, False
        yield
    finally:
        app.screen_updating, app.calculation, app.display_alerts, app.enable_events = before
