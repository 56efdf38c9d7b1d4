"""What setting a workbook up would make of it, header by header and sheet by sheet, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from funnelbook.book import codes, marks, ownership, values
from funnelbook.book.column_letters import column_letters
from funnelbook.book.decode import Inputs
from funnelbook.book.guess import is_alike
from funnelbook.book.labels import header, in_one_line, normalise
from funnelbook.book.left_out import LeftOut
from funnelbook.book.locate import Located
from funnelbook.book.named_customers import saying
from funnelbook.book.note_columns import is_note, sold_columns
from funnelbook.book.other_headers import other_headers
from funnelbook.book.phone_columns import further_phones, is_phone
from funnelbook.book.place import Place
from funnelbook.book.ports import Book
from funnelbook.book.read_otherwise import Otherwise, read_otherwise, short
from funnelbook.book.schema import TABLES
from funnelbook.book.split_names import split_names
from funnelbook.book.state_columns import special_tier, state_columns
from funnelbook.commands.call_log.columns import log_columns
from funnelbook.commands.understood import Understood
from funnelbook.words import LANGUAGES, say

_DEPTH, _EXAMPLES = 60, 2  # rows looked through for examples; how many


class How(StrEnum):
    """How a header was matched; the words are those of `preview.how_...`."""

    OURS = "ours"  # called as we call it
    KNOWN = "known"  # as others are known to call it
    ALIKE = "alike"
    CONTENT = "content"
    CHOSEN = "chosen"  # by its user
    NOTES = "notes"  # besides the note: only dated entries are read
    STATE = "state"  # besides the tier: who is won or lost
    ALSO = "also"  # besides the phone: its numbers are known too
    JOINED = "joined"  # first and last names, to one
    LEFT = "left"


GUESSED = (How.ALIKE, How.CONTENT)
_TOGETHER = (How.NOTES, How.ALSO, How.JOINED)
BESIDES = (*_TOGETHER, How.STATE)  # a column that is read together with the one called so


@dataclass(frozen=True)
class Head:
    """A header of the user's: the table and the sheets it stands on, the column it is read as ("" none), and what stands below it.

    `otherwise`: how many cells below are read differently from how they stand, with an example; None where none is.
    """

    table: str
    sheets: tuple[str, ...]
    text: str
    column: str
    how: How
    examples: tuple[str, ...]
    otherwise: Otherwise | None = None

    def read_otherwise(self, language: str) -> str:
        """How its cells are read that say something else; "" where all are read as they stand."""
        return self.otherwise.text(language) if self.otherwise else ""


@dataclass(frozen=True)
class Unread:
    """A sheet that is not read, and why: it repeats a table, lacks a column that it needs, or nothing in it says what it is."""

    sheet: str
    why: str  # preview.unread_...
    table: str = ""
    column: str = ""

    def text(self, language: str) -> str:
        """The reason, with the sheet."""
        table = TABLES.get(self.table)
        fields = {"column": header(table, self.column, language)} if table and self.column else {}
        return say(f"preview.unread_{self.why}", language, sheet=self.sheet, **fields)


@dataclass(frozen=True)
class Look:
    """All headers of the tables found, ours and others, the sheets that are not read, and columns (客户!D 电话): called as one before,
    read though they stand across a blank column, and not read because what stands there is another list;
    `left_out`: rows among those of the tables that are none of theirs;
    `further`: columns whose phones are known besides those of the one that is the phone."""

    heads: tuple[Head, ...]
    unread: tuple[Unread, ...]
    repeated: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    further: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        told: dict[str, object] = asdict(self)
        return told | {
            "heads": [asdict(h) | {"otherwise": h.otherwise and h.otherwise._asdict()} for h in self.heads],
            "left_out": [of._asdict() for of in self.left_out],
        }


def look_at(book: Book, found: Understood, as_of: date, language: str) -> Look:
    """The Look of a workbook, values told in `language`."""
    otherwise = read_otherwise(book, found.located, found.inputs, as_of, language)
    heads = tuple(
        head
        for table in TABLES.inputs
        if (place := found.located.places.get(table.name)) and not place.lacks
        for head in _heads(book, place, found, otherwise, language)
    )
    added = {(column.place.sheet, column.place.columns["id"]) for column in found.new}
    columns = (_repeated(book, found.located), _across(found.located, added), _elsewhere(book, found.located))
    left_out = tuple(of for each in found.inputs.left_out.values() for of in each)
    further = tuple(_further(book, found.located))
    return Look(heads, tuple(_unread(book, found.located)), *map(tuple, columns), left_out=left_out, further=further)


def _repeated(book: Book, located: Located) -> Iterator[str]:
    """The columns with a header that is that of a column which is read."""
    for place in located.places.values():
        read = {normalise(text) for text in place.headers.values()}
        for at, text in other_headers(book, place).items() if not place.lacks else ():
            if normalise(text) in read and not (place.table == "Customers" and is_phone(text)):
                yield f"{place.sheet}!{column_letters(at)} {text}"


def _further(book: Book, located: Located) -> Iterator[str]:
    """The columns with further phones of the customers."""
    customers = located.whole.get("Customers")
    for part, at in further_phones(book, customers) if customers else ():
        yield f"{part.sheet}!{column_letters(at)} {other_headers(book, part)[at]}"


def _parts(located: Located) -> list[Place]:
    """Where the tables that are read stand, each on all its sheets."""
    return [part for place in located.whole.values() for part in place.whole]


def _across(located: Located, added: Collection[tuple[str, int]]) -> Iterator[str]:
    """The columns that are read though they stand across a blank column, but for those that are `added`."""
    for place in _parts(located):
        for name in place.headers:
            if name in place.across and (place.sheet, at := place.columns[name]) not in added:
                yield f"{place.sheet}!{column_letters(at)} {in_one_line(place.headers[name])}"


def _elsewhere(book: Book, located: Located) -> Iterator[str]:
    """The columns of the header row that are another list's, and are no table of ours either."""
    read = {(place.sheet, at) for place in _parts(located) for at in place.columns.values()}
    for place in _parts(located):
        line = book.head(place.sheet, place.header_row)[place.header_row - 1]
        for at in sorted(place.elsewhere):
            if at <= len(line) and line[at - 1] not in (None, "") and (place.sheet, at) not in read:
                yield f"{place.sheet}!{column_letters(at)} {in_one_line(str(line[at - 1]))}"


def _heads(
    book: Book, place: Place, found: Understood, otherwise: Mapping[tuple[str, str], Otherwise], language: str
) -> Iterator[Head]:
    """The headers of a table from left to right, each text once; a column we add for numbers has none yet."""
    table, sheets = place.table, tuple(part.sheet for part in place.whole)
    added = {column.place.columns["id"] for column in found.new if column.beside}
    mine = {at: name for name, at in place.columns.items() if at not in added}
    others = {at: text for at, text in other_headers(book, place).items() if at not in added}
    texts = others | {at: in_one_line(place.headers[name]) for at, name in mine.items()}
    body = book.head(place.sheet, place.header_row + _DEPTH)[place.header_row :]
    taken = {normalise(place.headers[name]) for name in mine.values()}
    whose = {at for at, _ in saying(book, place).values()} if table == "Orders" else set()
    states, names = dict(state_columns(place, others)), split_names(place, others) or ()
    sold = (
        sold_columns(place, book.head(place.sheet, place.header_row)[place.header_row - 1])
        if table == "Customers"
        else None
    )
    for at in sorted(texts):
        name, text = mine.get(at, "id" if at in whose else ""), texts[at]
        if not name and normalise(text) in taken:
            continue  # of two columns called the same the first is read
        taken.add(normalise(text))
        how = _how(table, name, text, found) if name else How.LEFT
        if how is How.LEFT and table == "Customers" and is_note(text) and normalise(text) not in place.unused:
            name, how = "note", How.NOTES
        if how is How.LEFT and sold and at in (sold.amount, sold.day):
            name, how = "note", How.NOTES
        if how is How.LEFT and (at in states or at in names):
            name, how = ("tier", How.STATE) if at in states else ("contact", How.JOINED)
        if how is How.LEFT and "phone" in place.columns and table == "Customers" and is_phone(text):
            name, how = ("", How.LEFT) if normalise(text) in place.unused else ("phone", How.ALSO)
        examples = dict.fromkeys(short(said) for row in body if len(row) >= at and (said := values.text(row[at - 1])))
        of = _stated(found.inputs, text, language) if how is How.STATE else otherwise.get((table, name))
        yield Head(table, sheets, text, name, how, tuple(examples)[:_EXAMPLES], None if how in _TOGETHER else of)


def _stated(inputs: Inputs, header: str, language: str) -> Otherwise | None:
    """Whose tier a column of states says, and not the tier's own."""
    said = (of for of in inputs.problems.found if of.code == "state_not_tier" and of.fields["header"] == header)
    if (of := next(said, None)) is None:
        return None
    state = special_tier(of.values[0])
    return Otherwise(int(str(of.fields["count"])), values.text(of.values[0]) or "", codes.special(str(state), language))


def _how(table: str, column: str, text: str, found: Understood) -> How:
    """How the header of a column was matched."""
    ours = {normalise(header(TABLES[table], column, each)) for each in LANGUAGES} | {normalise(column)}
    if normalise(text) in ours:
        return How.OURS
    if (table, column) in found.guessed:
        return How.ALIKE if is_alike(text, column) else How.CONTENT
    return How.CHOSEN if (table, column) in found.settled else How.KNOWN


def _unread(book: Book, located: Located) -> Iterator[Unread]:
    """The sheets with something on them that are neither read nor ours."""
    own, places = ownership.owned(book), located.places.values()
    known = {part.sheet for place in places if not place.lacks for part in place.whole}
    known |= {lo.sheet for lo in own.tables.values()} | set(own.pages.values())
    if preview := marks.preview_of(book.names(), book.sheets()):
        known.add(preview[0])
    rivals = {place.sheet: place for place in located.rivals}
    lacking = {place.sheet: place for place in places if place.lacks}
    for sheet in book.sheets():
        if sheet in known or not any(cell not in (None, "") for row in book.head(sheet, _DEPTH) for cell in row):
            continue
        if place := rivals.get(sheet):
            yield Unread(sheet, "again", place.table)
        elif place := lacking.get(sheet):
            calls = place.table == "Activities" and log_columns([*map(list, book.head(sheet, _DEPTH))], {})
            yield Unread(sheet, "calls" if calls else "lacks", place.table, place.lacks[0])
        else:
            yield Unread(sheet, "unknown")
