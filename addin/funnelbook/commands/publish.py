"""`funnelbook publish`: the board as a web page, a picture or a PDF, and to the team chat where the user has set one up."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from funnelbook import template
from funnelbook.book import result_tables
from funnelbook.book.encode import encode
from funnelbook.book.labels import sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands import announce
from funnelbook.commands.board_page import board_lines, board_page
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.commands.pictures import can_draw, convert, draw
from funnelbook.commands.put import put
from funnelbook.domain import phone
from funnelbook.refresh import compute, situation_of
from funnelbook.results.making import Made
from funnelbook.words import say

SUFFIXES = (".html", ".png", ".pdf")
_DPI = 110


@dataclass(frozen=True)
class Published:
    """The files written, and the number of chats or mailboxes the board was sent to."""

    files: list[Path]
    sent: int = 0


def publish(path: Path, to: Path | None, **how: Any) -> Published:
    """The board of a workbook file published; the workbook is only read. Arguments as of `publish_book`."""
    return publish_book(open_book(path), to, **how)


def publish_book(
    book: Book,
    to: Path | None,
    *,
    as_of: date,
    language: str | None = None,
    masked: bool = True,
    urls: Sequence[str] = (),
) -> Published:
    """The board as of a day in the file `to` (.html, .png or .pdf; further pages of a picture are numbered) and at `urls`.

    Worked out anew, so that it need not be refreshed first; columns that users added are left out, names of customers
    `masked`. BookError when there is nowhere to publish it or it cannot be written; an existing file is replaced at once.
    Source: method A5.
    """
    if to is None and not urls:
        raise BookError("publish_where", file=str(announce.config()))
    if to is not None:
        _refuse_target(to)
    outcome, shown = compute(book, locate(book, mapping_of(book)), result_tables.read_all(book), as_of, language)
    board = outcome["Board"]
    files = []
    if to is not None:
        if to.suffix.lower() == ".html":
            orders = _won_that_day(book, as_of, shown, masked)
            pages = [board_page(board.rows, orders, board.note, shown).encode()]
        else:
            pages = _drawn(board, shown, to.suffix.lower())
        names = [to, *(to.with_stem(f"{to.stem}-{n}") for n in range(2, len(pages) + 1))]
        files = [put(name, page) for name, page in zip(names, pages, strict=True)]
    title = f"{sheet_name('board', shown)} {as_of}"
    sent = announce.send(list(urls), title, board_lines(board.rows, shown), files) if urls else 0
    return Published(files, sent)


def pressed(press: ButtonPress) -> ButtonResult:
    """Where the board of the workbook in front lies now, and to how many it was sent."""
    language, config = press.books_language, announce.config()
    page = press.path / f"{sheet_name('board', language)}-{press.day}.html"
    done = publish_book(press.book, page, as_of=press.day, language=language, urls=announce.addresses(config))
    line = say("done_publish", language, file=page, sent=done.sent)
    if announce.read_by_others(config):
        return ButtonResult(f"{line}\n{say('read_by_others', language, file=config)}", waits=True)
    return ButtonResult(line)


def _won_that_day(book: Book, as_of: date, language: str, masked: bool) -> pd.DataFrame:
    """Orders of the day: owner, name (of the customer), amount, the largest first."""
    situation = situation_of(book, locate(book, mapping_of(book)), {}, as_of, language)
    orders = situation.orders
    orders = orders[orders["date"] >= pd.Timestamp(as_of)].sort_values("amount", ascending=False, kind="stable")
    names = situation.frames["Customers"].set_index("id")["name"]
    name = orders["id"].map(names).fillna(orders["id"])
    return orders[["owner", "amount"]].assign(name=name.map(phone.mask_name, na_action="ignore") if masked else name)


def _drawn(board: Made, language: str, suffix: str) -> list[bytes]:
    """The pages of the Board sheet alone, as LibreOffice prints it: a PDF, or a picture each."""
    if not can_draw():
        raise BookError("no_libreoffice")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "board.xlsx"
        path.write_bytes(template.build(language, tables={"Board"}))
        write = encode(TABLES["Board"], board.rows, language, None, board.note, board.chart_rows)
        open_book(path).write([write])
        if suffix == ".pdf":
            convert([path], "pdf", Path(scratch))
            made = [path.with_suffix(".pdf")]
        else:
            made = draw(path, Path(scratch) / "pages", dpi=_DPI)
        pages = [page.read_bytes() for page in made if page.exists()]
    if not pages:
        raise BookError("no_libreoffice")
    return pages


def _refuse_target(to: Path) -> None:
    if to.suffix.lower() not in SUFFIXES:
        raise BookError("publish_as", file=to.name, known=", ".join(SUFFIXES))
    if not to.parent.is_dir():
        raise BookError("no_folder", folder=str(to.parent))
