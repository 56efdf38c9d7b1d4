"""The button that shows of a table only the rows that a line of Problems speaks of, and all of them when it is pressed again."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book import result_tables
from funnelbook.book.edit import last_filled
from funnelbook.book.labels import title
from funnelbook.book.locate import Located, locate
from funnelbook.book.place import ROWS, Place
from funnelbook.book.ports import Book, BookError, Screen
from funnelbook.book.schema import TABLES
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of
from funnelbook.domain.dtypes import At
from funnelbook.refresh import compute
from funnelbook.words import say


def pressed(press: ButtonPress) -> ButtonResult:
    """What is shown now. BookError where the cell chosen is in no line of Problems, nor on a sheet with rows that were hidden."""
    book = press.book
    if not isinstance(book, Screen):
        raise BookError("only_on_screen", file=book.name)
    standing = result_tables.read_all(book)
    chosen, problems = book.selected(), standing.get("Problems")
    if problems is None:
        raise BookError("not_adopted", file=book.name)
    located = locate(book, mapping_of(book))
    language = press.books_language
    if chosen and chosen[0] != problems.place.sheet:
        return _all(book, book, located, chosen[0], language)
    at = np.flatnonzero(problems.rows == (chosen[1] if chosen else 0))
    if not len(at):
        raise BookError("no_problem_line", file=book.name)
    line = problems.frame.iloc[int(at[0])]
    made, shown = compute(book, located, standing, press.day)
    found = made["Problems"]
    rows = _rows(line, found.rows, found.problems.rows_of_lines(shown))
    place = located.places.get(str(line["table"]))
    if rows is None or place is None:
        raise BookError("problem_gone", file=book.name)
    return _only(book, book, place, rows, language)


def _rows(line: pd.Series, lines: pd.DataFrame, rows: list[At]) -> At | None:
    """The rows of the line that says what one in the sheet does; None where it is told no more, or of no row."""
    columns = ["table", "column", "problem"]
    same = (lines[columns].fillna("") == line[columns].fillna("")).all(axis=1).to_numpy()
    at = np.flatnonzero(same)
    return rows[int(at[0])] if len(at) and len(rows[int(at[0])]) else None


def _only(book: Book, screen: Screen, place: Place, rows: At, language: str) -> ButtonResult:
    """Shows the rows of a table alone; all where they are alone already. Sheets of which none is meant stay."""
    parts = [(part, rows[rows // ROWS == i] % ROWS) for i, part in enumerate(place.whole)]
    parts = [(part, of) for part, of in parts if len(of)]
    alone = all(_alone(screen, book, part, of) for part, of in parts)
    for part, of in parts:
        screen.hide(part.sheet, part.header_row + 1, _last(book, part), hidden=not alone)
        for run in np.split(of, np.flatnonzero(np.diff(of) != 1) + 1) if not alone else []:
            screen.hide(part.sheet, int(run[0]), int(run[-1]), hidden=False)
    screen.show(parts[0][0].sheet)
    table = title(TABLES[place.table], language)
    return ButtonResult(
        say("all_rows", language, table=table) if alone else say("only_rows", language, table=table, count=len(rows))
    )


def _alone(screen: Screen, book: Book, part: Place, rows: At) -> bool:
    others = np.setdiff1d(np.arange(part.header_row + 1, _last(book, part) + 1), rows)
    return (
        bool(len(others))
        and screen.is_hidden(part.sheet, int(others[0]))
        and not screen.is_hidden(part.sheet, int(rows[0]))
    )


def _all(book: Book, screen: Screen, located: Located, sheet: str, language: str) -> ButtonResult:
    """Shows all rows of the tables on a sheet."""
    here = [part for place in located.places.values() for part in place.whole if part.sheet == sheet]
    if not here:
        raise BookError("no_problem_line", file=book.name)
    for part in here:
        screen.hide(sheet, part.header_row + 1, _last(book, part), hidden=False)
    return ButtonResult(say("all_rows", language, table=title(TABLES[here[0].table], language)))


def _last(book: Book, part: Place) -> int:
    """The last row of a table that holds anything, at least its first."""
    return max(last_filled(book, part), part.header_row + 1)
