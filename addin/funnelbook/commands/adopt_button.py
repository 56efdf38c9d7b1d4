"""The button that sets a workbook up: pressed once it shows on a sheet what it would do, pressed again it does what stands there."""

from __future__ import annotations

from funnelbook.book import marks
from funnelbook.book.ownership import owned
from funnelbook.book.ports import Book, Screen
from funnelbook.commands.adopt import AdoptReport, adopt_book, looked_at
from funnelbook.commands.adopt_look import How
from funnelbook.commands.adopt_told import facts
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.notes_told import notes_told
from funnelbook.words import say


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of it: a sheet to look at where something is to be confirmed and somebody looks, else the workbook set up.

    BookError where what was chosen on the sheet cannot be; the sheet stays.
    """
    book, language = press.book, press.language
    if not isinstance(book, Screen) or owned(book).book:
        return _done(press, adopt_book(book, as_of=press.day, language=language))
    if preview := marks.preview_of(book.names(), book.sheets()):
        report = adopt_book(book, as_of=press.day, language=language)
        book.remove(preview[0])
        return _done(press, report)
    report = looked_at(book, as_of=press.day, language=language)
    if _is_plain(report):
        return _done(press, adopt_book(book, as_of=press.day, language=language))
    return ButtonResult(say("preview_shown", language), sheet=_shown(book, report, language))


def _done(press: ButtonPress, report: AdoptReport) -> ButtonResult:
    line = say("done_adopt", press.language, matched=len(report.matched), added=len(report.added))
    notes = notes_told(report.noted, press.language, press.book.name)
    return ButtonResult(" ".join([line, *notes]), waits=report.noted.count > 0)


def _is_plain(report: AdoptReport) -> bool:
    """Whether every header read is one of ours word for word, all cells say what is read, nothing is made, taken from
    the data or left out of it."""
    heads = report.look.heads if report.look else ()
    named = all(head.how in (How.OURS, How.LEFT) and not head.otherwise for head in heads)
    left_out = report.look and report.look.left_out
    return named and not (report.numbered or report.proposed or report.owners or report.noted.count or left_out)


def _shown(book: Book, report: AdoptReport, language: str) -> str:
    """The name of the sheet that shows what would be done, which is put behind all others."""
    from funnelbook.template import preview  # noqa: PLC0415 - what draws sheets takes long to load

    assert report.look
    lines = [
        preview.Line(
            head.table, head.sheets, head.text, head.column, head.how, head.examples, head.read_otherwise(language)
        )
        for head in report.look.heads
    ]
    package = preview.build(language, lines, [*facts(report, language, None)])
    name = preview.name(language)
    added = book.graft(package, [name])[name]
    book.write([])
    return added
