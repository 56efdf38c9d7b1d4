"""What somebody chose on the sheet 启用预览 (Set-up preview), read back into a mapping as `adopt --map` gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from funnelbook.book.column_letters import column_letters
from funnelbook.book.header_fit import not_used
from funnelbook.book.labels import Header, column_called, normalise, table_called
from funnelbook.book.locate import Located, locate
from funnelbook.book.named_customers import saying
from funnelbook.book.note_columns import is_note
from funnelbook.book.numbers import with_numbers
from funnelbook.book.other_headers import other_headers
from funnelbook.book.phone_columns import is_phone
from funnelbook.book.ports import Area, Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.book.split_names import split_names
from funnelbook.book.state_columns import state_columns
from funnelbook.commands.open import mapping_of
from funnelbook.template.preview import HEADER, READ_AS, TABLE
from funnelbook.words import in_each

_NOTE, _PHONE = ("Customers", "note"), ("Customers", "phone")


class _Choice(NamedTuple):
    """A line of the sheet: the cell with the choice, the header, the column it is to be read as ("" none)."""

    cell: str
    table: str
    text: str
    column: str


def choices(book: Book, sheet: str, heads: Area, language: str) -> dict[tuple[str, str], str]:
    """The mapping by which a workbook is read as the sheet says, below its `heads`; what is read so anyway is left out.

    BookError, which names the cell, of what cannot be: no column of ours, one for two headers, a header that is gone, nothing by which
    customers are told apart.
    """
    known, every = mapping_of(book), list(_lines(book, sheet, heads))
    plain = locate(book, known)
    besides = dict(_read_besides(book, plain))
    further = (
        _further_notes(plain, every)
        + _further_phones(plain, every)
        + [line for line in every if line.column and line.column == besides.get((line.table, normalise(line.text)))]
    )
    lines = [line for line in every if line not in further]
    _refuse_twice(book, sheet, lines)
    mapping = {(of.table, of.column): of.text for of in lines if of.column and not _reads(plain, of)}
    located = locate(book, known | mapping)
    while unwanted := {
        not_used(of.table, of.text): of.text for of in lines if _is_read_otherwise(located, of, mapping, besides.keys())
    }:
        mapping |= unwanted
        located = locate(book, known | mapping)
    _refuse_nameless(book, sheet, located, language)
    for line in lines:
        if line.column and not _reads(located, line):
            raise BookError("preview_gone", file=book.name, sheet=sheet, cell=line.cell, text=line.text)
    return mapping


def _lines(book: Book, sheet: str, heads: Area) -> Iterable[_Choice]:
    """The lines with a header, whatever stands between and around them."""
    words = set(map(normalise, in_each("preview.not_used").values()))
    for row, line in enumerate(book.grid(sheet)[heads.bottom :], heads.bottom + 1):
        table_said, text, said = (
            str(line[heads.left - 1 + at]).strip() if len(line) >= heads.left + at and line[heads.left - 1 + at] else ""
            for at in (TABLE, HEADER, READ_AS)
        )
        table = table_called(table_said, TABLES.inputs) if table_said else None
        if table is None or not text:
            continue
        cell = f"{column_letters(heads.left + READ_AS)}{row}"
        column = "" if not said or normalise(said) in words else column_called(said, table)
        if column is None:
            raise BookError("preview_no_column", file=book.name, sheet=sheet, cell=cell, text=said)
        yield _Choice(cell, table.name, text, column)


def _reads(located: Located, choice: _Choice) -> bool:
    place = located.places.get(choice.table)
    return bool(place and normalise(place.headers.get(choice.column, "")) == normalise(choice.text))


def _further_notes(plain: Located, lines: Sequence[_Choice]) -> list[_Choice]:
    """The headers called as notes are that are read for their dated entries beside the note, which is one called otherwise, else the
    one that is it anyway."""
    notes = [line for line in lines if (line.table, line.column) == _NOTE]
    if any(not is_note(line.text) for line in notes):
        return [line for line in notes if is_note(line.text)]
    note = next((line for line in notes if _reads(plain, line)), notes[0] if notes else None)
    return [line for line in notes if line is not note]


def _further_phones(plain: Located, lines: Sequence[_Choice]) -> list[_Choice]:
    """The headers called as phones are whose numbers are known besides those of the one that is the phone."""
    phones = [line for line in lines if (line.table, line.column) == _PHONE]
    chosen = [line for line in phones if not is_phone(line.text)]
    first = chosen or [line for line in phones if _reads(plain, line)] or phones
    return [line for line in phones if line not in first[:1] and line not in chosen]


def _read_besides(book: Book, located: Located) -> Iterator[tuple[tuple[str, str], str]]:
    """((table, header normalised), column) of headers that are read together with a column, or say what it is made of."""
    if orders := located.places.get("Orders"):
        for _, header in saying(book, orders).values():
            yield ("Orders", normalise(header)), "id"
    if customers := located.places.get("Customers"):
        others = other_headers(book, customers)
        for at, _ in state_columns(customers, others):
            yield ("Customers", normalise(others[at])), "tier"
        for at in split_names(customers, others) or ():
            yield ("Customers", normalise(others[at])), "contact"


def _is_read_otherwise(
    located: Located, choice: _Choice, mapping: Mapping[tuple[str, str], str], besides: Set[tuple[str, str]]
) -> bool:
    """Whether a header is read as something that was not chosen."""
    place = located.places.get(choice.table)
    if place is None or not_used(choice.table, choice.text) in mapping:
        return False
    said = normalise(choice.text)
    read = {name for name, text in place.headers.items() if normalise(text) == said}
    further = is_note(choice.text) or is_phone(choice.text)
    noted = not choice.column and choice.table == _NOTE[0] and further and said not in place.unused
    beside = not choice.column and (choice.table, said) in besides
    return bool(read - {choice.column}) or noted or beside


def _refuse_twice(book: Book, sheet: str, lines: list[_Choice]) -> None:
    cells: dict[tuple[str, str], list[_Choice]] = {}
    for choice in lines:
        if choice.column:
            cells.setdefault((choice.table, choice.column), []).append(choice)
    for (table, column), of in cells.items():
        if len(of) > 1:
            where = ", ".join(choice.cell for choice in of)
            raise BookError("preview_twice", file=book.name, sheet=sheet, cells=where, column=Header(table, column))


def _refuse_nameless(book: Book, sheet: str, located: Located, language: str) -> None:
    place = with_numbers(book, located, language)[0].places.get("Customers")
    if place is None or place.lacks:
        raise BookError("preview_nameless", file=book.name, sheet=sheet)
