"""New customers put below those that are there, each on the sheet of its owner where there is one a salesperson."""

from __future__ import annotations

import pandas as pd

from funnelbook.book import codes
from funnelbook.book.edit import table_edit
from funnelbook.book.labels import normalise
from funnelbook.book.locate import Located
from funnelbook.book.parts import owner_of
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, BookError, TableEdit
from funnelbook.words import say

_NOBODY = "–"


def is_by_sheet(customers: Place) -> bool:
    """Whether the sheet a customer stands on says whose it is, unless a column does."""
    return bool(customers.parts)


def put_below(book: Book, located: Located, rows: pd.DataFrame, language: str) -> list[TableEdit]:
    """The edits that add customers, what the table has no column for left out.

    Who has no sheet where each salesperson has one is named in the column of owners; BookError `no_sheet_of` where there is none.
    """
    customers = located.places["Customers"]
    if not is_by_sheet(customers):
        return [_edit(book, customers, rows, language)]
    said = rows["owner"].map(normalise, na_action="ignore").fillna("")
    sheets = {normalise(name): part for part in customers.whole if (name := owner_of(part.sheet))}
    lost = ~said.isin(list(sheets))
    if lost.any() and "owner" not in customers.columns:
        without = rows["owner"][lost].fillna(_NOBODY).unique()
        raise BookError("no_sheet_of", file=book.name, people=say("listed", language).join(without))
    nobodys = rows.assign(owner=rows["owner"].fillna(codes.nobody(language)))
    on_sheet = [_edit(book, sheets[str(owner)], of, language) for owner, of in rows[~lost].groupby(said, sort=False)]
    return [*on_sheet, *([_edit(book, customers, nobodys[lost], language)] if lost.any() else [])]


def _edit(book: Book, part: Place, rows: pd.DataFrame, language: str) -> TableEdit:
    return table_edit(book, part, language, added=rows[[name for name in rows if name in part.columns]])
