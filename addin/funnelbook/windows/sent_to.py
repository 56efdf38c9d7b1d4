"""`pythonw -P -m funnelbook.windows.sent_to LANGUAGE [FILE ...]`: what Explorer's links start. It reads the clock.

For who has WPS, or an Excel in which macros are forbidden: a closed workbook is sent here, refreshed, and opened again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.setup import last_errors
from funnelbook.windows.screen import Screen, WindowsScreen
from funnelbook.words import choose, say

_LINES = 12  # of workbooks, in one message


def refresh(paths: Sequence[Path], day: date, language: str, screen: Screen) -> None:
    """Refreshes workbooks and those in folders, asked for where none is given, and tells what came of each.

    One that is not set up yet is, if its user wants that.
    """
    from funnelbook.commands.refresh_files import FileReport, file_told, refresh_file, workbooks  # noqa: PLC0415 - seconds

    def refreshed(path: Path) -> FileReport:
        return screen.working(
            say("refreshing_file", language, file=path.name), partial(refresh_file, path, day, told=language)
        )

    files = workbooks(paths or screen.choose())
    if len(files) == 1:
        (path,) = files
        report = refreshed(path)
        if report.status == "left_out":
            if not screen.asks(say("set_up_now", language, file=path.name)):
                return
            screen.working(say("setting_up", language, file=path.name), partial(_set_up, path, day, language))
            report = refreshed(path)
        if report.status in ("refused", "left_out"):
            screen.tell(report.message)
        elif screen.asks(f"{file_told(report, language)}\n\n{say('open_now', language)}"):
            try:
                screen.open(path)
            except OSError:
                screen.tell(say("cannot_open", language, file=path.name))
    elif files:
        reports = [refreshed(path) for path in files]
        lines = [r.message if r.status in ("refused", "left_out") else file_told(r, language) for r in reports]
        more = [say("and_more", language, count=len(lines) - _LINES)] if len(lines) > _LINES else []
        screen.tell("\n".join([*lines[:_LINES], *more]))
    elif paths:
        screen.tell(say("no_workbooks", language, folder=paths[0]))


def _set_up(path: Path, day: date, language: str) -> None:
    from funnelbook.commands.adopt import adopt  # noqa: PLC0415

    adopt(path, as_of=day, language=language)


def main(language: str, *paths: str, screen: Screen | None = None) -> None:
    """Does it for today; whatever goes wrong is told, never a traceback."""
    screen = screen or WindowsScreen()
    choose(language)
    try:
        refresh([Path(path) for path in paths], date.today(), language, screen)
    except BookError as error:
        screen.tell(error.text(language))
    except Exception as error:
        last_errors.keep(error, "send to", datetime.now())
        detail = f"{type(error).__name__}: {error}"
        screen.tell(say("unexpected", language, file="Funnelbook", detail=detail))


if __name__ == "__main__":
    main(*sys.argv[1:])
