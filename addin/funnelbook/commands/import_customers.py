"""`funnelbook import --customers`: a list of new prospects goes below the customers, nobody twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import left_out as none_of_theirs
from funnelbook.book import ownership, read_otherwise
from funnelbook.book.decode import Inputs, decode
from funnelbook.book.labels import header
from funnelbook.book.left_out import LeftOut
from funnelbook.book.locate import Located, locate
from funnelbook.book.numbers import REFERRING, number, with_numbers
from funnelbook.book.ports import Book, BookError, TableEdit
from funnelbook.book.problems import Problems
from funnelbook.book.read_otherwise import Otherwise, joined
from funnelbook.book.schema import TABLES
from funnelbook.commands.asked import taken
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.call_log.files import copies, read_log
from funnelbook.commands.listed_before import earlier, same_email, same_in_all, same_name, same_phone
from funnelbook.commands.new_customers import is_by_sheet, put_below
from funnelbook.commands.open import mapping_of, read_inputs
from funnelbook.commands.staged import Staged
from funnelbook.commands.understood import guesses, matched_in, refuse_unmatched
from funnelbook.domain.dtypes import Objects
from funnelbook.hosts.delimited import cut_in
from funnelbook.hosts.memory import MemoryBook
from funnelbook.words import say

_CUSTOMERS = TABLES["Customers"]


@dataclass(frozen=True)
class ProspectsReport:
    """What lists of prospects came to: customers added, those there already by phone or e-mail, and by a name, the same or alike.

    `problems`: rows of Problems (row: the line in the list). `left_out`: columns of the lists that the customers do not have.
    `otherwise`: by header the cells that are read as something else than they say; `rows_left_out`: headers again and totals.
    """

    added: int
    same_phone: int
    alike: int
    problems: pd.DataFrame
    left_out: Sequence[str]
    written: bool
    otherwise: Mapping[str, Otherwise]
    rows_left_out: Sequence[LeftOut] = ()

    def as_dict(self) -> dict[str, object]:
        told: dict[str, object] = asdict(self)
        otherwise = {head: of._asdict() for head, of in self.otherwise.items()}
        return told | {
            "problems": len(self.problems),
            "left_out": list(self.left_out),
            "otherwise": otherwise,
            "rows_left_out": [of._asdict() for of in self.rows_left_out],
        }

    def text(self, language: str) -> str:
        """What is added and what is not, in a sentence or two."""
        told = say("prospects_told", language, added=self.added, same=self.same_phone, alike=self.alike)
        if self.left_out:
            told = f"{told} {say('prospects_left_out', language, columns=say('listed', language).join(self.left_out))}"
        rows = none_of_theirs.told(self.rows_left_out, language)
        return "\n".join(filter(None, [told, rows, read_otherwise.told(self.otherwise, language)]))

    def done(self, language: str) -> str:
        """That it was written, or that nobody is new."""
        return say("done_prospects" if self.added else "nobody_new", language)


def stage_customers(
    book: Book,
    lists: Sequence[Path],
    mapping: Mapping[tuple[str, str], str],
    *,
    as_of: date,
    told_in: str | None = None,
) -> Staged[ProspectsReport]:
    """Lists of prospects read for a workbook of any host, nothing written yet.

    Headers and values are read as `adopt` reads those of a list. Whom the workbook or an earlier list has already, by a phone, an
    e-mail, a name that is the same or nearly, or in all that a row says, is shown and not added; of two rows of a list with one phone
    or e-mail, or that are equal, the first is. `told_in`: the language of the report, else the workbook's. Source: ownbooks.md 3.
    """
    ownership.refuse_not_set_up(book)
    located, inputs = locate(book, mapping_of(book)), read_inputs(book, as_of)
    place, language = located.places["Customers"], told_in or inputs.settings.language
    known, new, country = inputs.frames["Customers"], [], inputs.settings.country
    found, counts, left_out = [], {"same_phone": 0, "alike": 0}, []
    left, read_as, rows_left = set(mapping), list[Mapping[str, Otherwise]](), list[LeftOut]()
    for file, copied in zip(lists, copies(lists), strict=True):
        listed = _read(located, book, file, mapping, as_of, language)
        read, problems = listed.customers, listed.problems
        left -= listed.named
        if not copied:
            read_as.append(listed.otherwise)
            rows_left += listed.rows_left_out
        columns = {*place.columns, *(["owner"] if is_by_sheet(place) else [])}
        by_phone, by_email = same_phone(known, read, country), same_email(known, read)
        by_name, in_all = same_name(known, read), same_in_all(known, read, columns)
        among = np.select([by_phone >= 0, by_email >= 0, by_name >= 0], [by_phone, by_email, by_name], in_all)
        told = np.select([by_phone >= 0, by_email >= 0, among >= 0], ["phone", "email", "name"], "")
        for column in ("phone", "email", "name"):
            at = np.flatnonzero(told == column)
            who = known.iloc[among[at]]
            problems.add(
                "Customers", column, f"listed_{column}", read["row"].to_numpy()[at], read["name"].to_numpy(object)[at],
                name=who["name"].fillna("").to_numpy(object), id=who["id"].fillna("–").to_numpy(object),
            )  # fmt: skip
            counts["alike" if column == "name" else "same_phone"] += len(at)
        fresh = read[told == ""]
        by_number, equal = earlier(fresh, country)
        again = np.where(by_number >= 0, by_number, equal)
        at = np.flatnonzero(again >= 0)
        first = fresh["row"].to_numpy()[again[at]].astype(int).astype(object)
        problems.add(
            "Customers",
            "name",
            "listed_twice",
            fresh["row"].to_numpy()[at],
            fresh["name"].to_numpy(object)[at],
            first=first,
        )
        counts["same_phone"] += int((by_number >= 0).sum())
        counts["alike"] += int(((by_number < 0) & (equal >= 0)).sum())
        fresh = fresh[again < 0]
        left_out += [name for name in _CUSTOMERS.names if name not in columns and _says(read[name])]
        new.append(fresh)
        known = pd.concat([known, fresh], ignore_index=True)
        named = problems.lines(language)
        found.append(named.assign(problem=f"{file.name}: " + named["problem"]) if len(lists) > 1 else named)
    refuse_unmatched(mapping, left, "、".join(file.name for file in lists))
    added = pd.concat(new, ignore_index=True)
    edits = _edits(book, located, inputs, added, as_of) if len(added) else []
    heads = [header(_CUSTOMERS, name, language) for name in dict.fromkeys(left_out)]
    report = ProspectsReport(
        len(added), counts["same_phone"], counts["alike"], pd.concat(found), heads, False, joined(read_as), rows_left
    )
    return Staged(report, book, edits)


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of taking a list of prospects into the workbook in front."""
    return taken(press, stage_customers(press.book, [press.path], {}, as_of=press.day, told_in=press.language))


class _Listed(NamedTuple):
    """The customers of a list, what cannot be read of them, the columns of the mapping that it has, by header what is read otherwise,
    rows that are its headers again or totals."""

    customers: pd.DataFrame
    problems: Problems
    named: set[tuple[str, str]]
    otherwise: Mapping[str, Otherwise]
    rows_left_out: Sequence[LeftOut]


def _read(
    located: Located, book: Book, file: Path, mapping: Mapping[tuple[str, str], str], as_of: date, language: str
) -> _Listed:
    """A list, read by the tiers and settings of the workbook."""
    rules = {name: located.places[name] for name in ("Tiers", "Settings") if name in located.places}
    sheets = read_log(file)
    listed = MemoryBook(file.name, {name: [list(row) for row in grid] for name, grid in sheets.items()})
    there = locate(listed, mapping)
    settled = dict(mapping) | guesses(listed, there, mapping, as_of)
    there, _ = with_numbers(listed, locate(listed, settled), language)
    place = there.whole.get("Customers")
    found = matched_in(there, mapping)
    if place is None:
        refuse_unmatched(mapping, mapping.keys() - found, file.name)
        raise BookError("no_list", file=file.name)
    grids = {rule.sheet: book.grid(rule.sheet) for rule in rules.values()}
    renamed = {f"list {name}": grid for name, grid in listed.grids.items()}
    of_list = replace(
        place, sheet=f"list {place.sheet}", parts=tuple(replace(p, sheet=f"list {p.sheet}") for p in place.parts)
    )
    both, all_located = (
        MemoryBook(file.name, {name: [list(row) for row in grid] for name, grid in (grids | renamed).items()}),
        Located(rules | {"Customers": of_list}),
    )
    inputs = decode(both, all_located, as_of)
    otherwise = {
        place.headers[column]: of
        for (table, column), of in read_otherwise.read_otherwise(both, all_located, inputs, as_of, language).items()
        if table == "Customers"
    }
    frame = inputs.frames["Customers"]
    cells = frame.drop(columns=["id", "row"])
    telling = cells.where(cells.select_dtypes("bool").reindex(columns=cells.columns, fill_value=True)).notna()
    frame = frame.assign(id=None if place.numbered else frame["id"])[telling.any(axis=1)].reset_index(drop=True)
    problems = inputs.problems.of("Customers")
    problems.add("Customers", "phone", "cut_off", [cut for grid in sheets.values() if (cut := cut_in(grid))], None)
    rows = [of._replace(sheet=file.name) for of in inputs.left_out.get("Customers", ())]
    return _Listed(frame, problems, found, otherwise, rows)


def _says(column: pd.Series) -> bool:
    """Whether a column says anything; of flags, a yes."""
    return bool(column.any() if column.dtype == bool else column.notna().any())


def _edits(book: Book, located: Located, inputs: Inputs, added: pd.DataFrame, as_of: date) -> list[TableEdit]:
    """What puts the customers below those that are there; who has no number of their own gets one."""
    known = inputs.frames["Customers"]
    taken = added["id"].isin(known["id"]) | added["id"].duplicated()
    own: Objects = added["id"].astype(object).where(~taken & added["id"].notna(), None).to_numpy(object)
    ids = np.concatenate([known["id"].to_numpy(object), own])
    ids, numbers = number(book, ids, range(len(ids)), [located.places.get(name) for name in REFERRING])
    numbers.remember(book)
    rows = added.assign(id=ids[len(known) :], created=added["created"].fillna(pd.Timestamp(as_of)))
    kept = [name for name in _CUSTOMERS.names if name == "owner" or _says(rows[name])]
    return put_below(book, located, rows[kept], inputs.settings.language)
