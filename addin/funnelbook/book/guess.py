"""Which column is what in a list of customers where no header says so word for word: by headers that are alike, then by content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from funnelbook.book import counted, values
from funnelbook.book.cell_readers import tier_words
from funnelbook.book.header_fit import FEWEST_MATCHES
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.locate import HEADER_DEPTH
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.domain import phone
from funnelbook.domain.tiers import Tiers
from funnelbook.words import typed

_ALIKE, _MARGIN = 80.0, 10.0  # per cent of both texts; how much better than what any other column is called
_SAMPLE = 500  # rows
_FEWEST = 3  # cells that say something
_MOST = 0.8  # of those
_PHONE = re.compile(r"\+?\(?\d[\d ()\-]{8,}\d")

Headers = dict[tuple[str, str], str]  # (table, column) -> header, as `locate` takes them


def guessed(book: Book, place: Place, people: Sequence[str], wanted: Mapping[tuple[str, str], str]) -> Headers:
    """The headers of a Customers table that are probably those of columns it lacks. Source: ownbooks.md 1.

    A header that is alike says it first: it holds what a column is called, or the other way round. Then what stands below: phones,
    names of `people`, tiers, names of companies. `wanted`: what is known from the user, never guessed otherwise.
    """
    line = book.head(place.sheet, place.header_row)[place.header_row - 1]
    taken = {normalise(text) for text in [*place.headers.values(), *wanted.values()]}
    left = place.listed.left if place.listed else 1
    right = place.listed.right if place.listed else len(line)
    heads = {
        j: text.strip()
        for j, text in enumerate(line[left - 1 : right], left)
        if isinstance(text, str) and text.strip() and normalise(text) not in taken and j not in place.elsewhere
    }
    lacking = [name for name in TABLES["Customers"].names if name not in place.columns and name != "id"]
    found: dict[str, int] = {}
    for name, j in _alike(heads, lacking):
        if name not in found and j not in found.values():
            found[name] = j
    unknown = [j for j in heads if j not in found.values()]
    body = book.head(place.sheet, place.header_row + _SAMPLE)[place.header_row :] if unknown else []
    for name, fits in _by_content(people).items():
        if name in lacking and name not in found:
            columns = [j for j in unknown if j not in found.values() and fits(_cells(body, j))]
            if len(columns) == 1:  # of two nothing tells which
                found[name] = columns[0]
    return {("Customers", name): heads[j] for name, j in found.items()}


def unnamed(book: Book) -> Headers:
    """The header of the phones of the first list whose headers say nothing that we know: below it stand phones. Nothing where none is.

    BookError `no_header_row` where phones stand in a list that begins without headers.
    """
    headless = ""
    for sheet in book.sheets():
        rows = [row for row in book.head(sheet, HEADER_DEPTH + _SAMPLE) if any(cell not in (None, "") for cell in row)]
        for at, head in enumerate(rows[:HEADER_DEPTH]):
            said = [j for j, text in enumerate(head, 1) if isinstance(text, str) and text.strip()]
            phones = [j for j in said if _mostly(_cells(rows[at + 1 :], j), _is_phone)]
            named = phones and not any(_is_phone(values.fold(str(head[j - 1]))) for j in phones)
            if named and len(said) >= FEWEST_MATCHES:
                return {("Customers", "phone"): str(head[phones[0] - 1]).strip()}
        width = max(map(len, rows), default=0)
        if not headless and any(_mostly(_cells(rows, j), _is_phone) for j in range(1, width + 1)):
            headless = sheet
    if headless:
        raise BookError("no_header_row", file=book.name, sheet=headless)
    return {}


def is_alike(text: str, column: str) -> bool:
    """Whether a header holds what a column of Customers is called, or is held by it, and little more."""
    return max(_likeness(normalise(text), alias) for alias in aliases(TABLES["Customers"], column)) >= _ALIKE


def _alike(heads: Mapping[int, str], lacking: Sequence[str]) -> Iterator[tuple[str, int]]:
    """(column, position) of headers that hold what it is called, or are held by it, the best first."""
    customers = TABLES["Customers"]
    fits: list[tuple[float, str, int]] = []
    for j, text in heads.items():
        said = {name: normalise(counted.bare(text, customers.by_name[name])) for name in customers.names}
        best = {
            name: max(_likeness(said[name], alias) for alias in aliases(customers, name)) for name in customers.names
        }
        name = max(best, key=best.__getitem__)
        rest = max(score for other, score in best.items() if other != name)
        if name in lacking and best[name] >= _ALIKE and best[name] - rest >= _MARGIN:
            fits.append((best[name], name, j))
    for _, name, j in sorted(fits, key=lambda fit: (-fit[0], fit[2])):
        yield name, j


def _likeness(said: str, alias: str) -> float:
    """How much of both is the same, of 100; nothing unless one holds the other: last contact is not next contact."""
    return fuzz.ratio(said, alias) if said in alias or alias in said else 0.0


def _by_content(people: Sequence[str]) -> dict[str, Callable[[list[str]], bool]]:
    """What the cells of a column have to be, by the column it then is."""
    known = {normalise(person) for person in people}
    tiers, special = tier_words(Tiers.default().codes), tier_words(())
    ends = tuple(typed("company_end"))
    return {
        "phone": lambda cells: _mostly(cells, _is_phone),
        "owner": lambda cells: bool(known) and _mostly(cells, lambda text: normalise(text) in known),
        "tier": lambda cells: (
            len(set(cells)) > 1
            and _mostly(cells, lambda text: normalise(text) in tiers)
            and any(normalise(text) not in special for text in cells)  # else it says what calls ended in
        ),
        "name": lambda cells: _mostly(cells, lambda text: text.casefold().endswith(ends)),
    }


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return len(cells) >= _FEWEST and sum(map(fits, cells)) >= _MOST * len(cells)


def _is_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(text)) and (text[0] in "+0(" or text[0] == "1") and phone.normalise(text) is not None


def _cells(body: Sequence[Sequence[object]], column: int) -> list[str]:
    """What a column says."""
    said = (values.text(line[column - 1]) for line in body if len(line) >= column)
    return [values.fold(text) for text in said if text]
