"""`funnelbook transfer`: a leaver's customers go to somebody else, past results stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from funnelbook.book import ownership, result_tables
from funnelbook.book.decode import Inputs
from funnelbook.book.encode import encode
from funnelbook.book.frames import rows_of
from funnelbook.book.identity import texts
from funnelbook.book.labels import aliases, header, normalise
from funnelbook.book.locate import Located, locate
from funnelbook.book.ports import Book, BookError, TableWrite
from funnelbook.book.schema import TABLES, Kind
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book, read_inputs
from funnelbook.input_edits import owner_edits
from funnelbook.refresh import refuse_without_customers, situation_of
from funnelbook.results.handing_over import handed_over
from funnelbook.results.pool_entries import GIVE
from funnelbook.results.pool_history import POOL_HISTORY, with_decided
from funnelbook.words import say, typed

_HANDED_TO = sorted(map(re.escape, typed("handed_to")), key=len, reverse=True)  # of two that begin alike the longer
_TO = re.compile(rf"(?:{'|'.join(_HANDED_TO)})[\s:：]*(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class TransferReport:
    """What was handed over: customers, and the past rows whose blank owner was filled in with the old one."""

    source: str
    to: str
    customers: int
    filled: int

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def transfer(
    path: Path,
    source: str,
    to: str,
    where: Mapping[str, Sequence[str]] | None = None,
    *,
    as_of: date,
    allow_protected: bool = False,
) -> TransferReport:
    """The report of a person's customers handed to another; `where` (Customers column -> values) picks among them, by tier as of the day.

    Activities and orders without an owner of their own counted for the customer's: they get the old owner's name, so that past
    results stay. BookError when `to` is not in People or there is nothing to hand over.
    """
    book = open_book(path, allow_protected=allow_protected)
    (report,) = transfer_book(book, {source: to}, where or {}, as_of=as_of)
    return report


def transfer_leavers(book: Book, *, as_of: date) -> list[TransferReport]:
    """The customers of everyone who has left handed to whom People names in the note (移交 小张, to Smith). BookError when none."""
    inputs = read_inputs(book, as_of)
    people, owners = inputs.frames["People"], set(inputs.frames["Customers"]["owner"].dropna())
    pairs = {
        row.person: found[1].strip()
        for row in rows_of(people)
        if not row.active and row.person in owners and (found := _TO.fullmatch(str(row.note or "").strip()))
    }
    if not pairs:
        raise BookError("no_leaver", file=book.name)
    return transfer_book(book, pairs, {}, as_of=as_of)


def transfer_book(
    book: Book, pairs: Mapping[str, str], where: Mapping[str, Sequence[str]], *, as_of: date
) -> list[TransferReport]:
    """As `transfer`, for pairs from -> to, of a workbook in any host; all are handed over or none."""
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    refuse_without_customers(book, located)
    inputs = read_inputs(book, as_of)
    customers = inputs.frames["Customers"]
    standing = customers.assign(tier=_tiers_of(book, located, as_of)) if "tier" in where else customers
    picked = _picked(standing, where)
    going, to_whom, reports = [], [], []
    for source, to in pairs.items():
        _refuse_pair(book, inputs, source, to)
        own = (customers["owner"] == source).to_numpy(bool)
        at = np.flatnonzero(own & picked)
        if not own.any():
            raise BookError("no_such_owner", file=book.name, person=source)
        if not len(at):
            raise BookError("none_fits", file=book.name, person=source, where=_Asked(where))
        past = handed_over(inputs, at, np.full(len(at), to, dtype=object))
        reports.append(TransferReport(source, to, len(at), sum(len(past[name]) for name in ("Activities", "Orders"))))
        going.append(at)
        to_whom += [to] * len(at)
    at, language = np.concatenate(going), inputs.settings.language
    changes = handed_over(inputs, at, np.array(to_whom, dtype=object))
    book.write(
        _remembered(book, customers.iloc[at], to_whom, as_of, language), owner_edits(book, located, changes, language)
    )
    return reports


def _remembered(book: Book, customers: pd.DataFrame, to: Sequence[str], as_of: date, language: str) -> list[TableWrite]:
    """The write that puts them into PoolHistory, where there is one: days and tries of the pool's rules count anew for who got them."""
    if "PoolHistory" not in (standing := result_tables.read_all(book)):
        return []
    new = pd.DataFrame(
        {
            "at": np.full(len(customers), np.datetime64(as_of, "s")),
            "id": customers["id"].to_numpy(object),
            "decision": GIVE,
            "owner": customers["owner"].to_numpy(object),
            "new_owner": np.array(to, dtype=object),
            "reason": say("pool_transferred", language),
        }
    )
    log = standing["PoolHistory"]
    return [encode(POOL_HISTORY, with_decided(log.frame, new), language, log.user)]


def pressed(press: ButtonPress) -> ButtonResult:
    """Whose customers went to whom in the workbook in front."""
    reports = transfer_leavers(press.book, as_of=press.day)
    return ButtonResult(" ".join(say("done_transfer", press.language, **report.as_dict()) for report in reports))


def parse_where(text: str) -> tuple[str, list[str]]:
    """(Customers column, values) from `tier=A,B`; BookError when it is not of that form."""
    left, equals, right = text.partition("=")
    table = TABLES["Customers"]
    name = next((n for n in table.names if normalise(left) in aliases(table, n)), None)
    wanted = [value.strip() for value in re.split("[,，、]", right) if value.strip()]
    if not (equals and name and wanted):
        raise BookError("bad_where", text=text)
    return name, wanted


def _refuse_pair(book: Book, inputs: Inputs, source: str, to: str) -> None:
    known = inputs.frames["People"]["person"]
    if source == to:
        raise BookError("same_person", person=to)
    if len(known) and to not in set(known):
        raise BookError("no_such_person", file=book.name, person=to)


def _tiers_of(book: Book, located: Located, as_of: date) -> np.ndarray:
    """The tier each customer is in on a day; the one typed into Customers is where it started."""
    situation = situation_of(book, located, result_tables.read_all(book), as_of)
    return situation.tiers.decode(situation.timeline.current["tier"])


@dataclass(frozen=True)
class _Asked:
    """Conditions as a field of a message."""

    where: Mapping[str, Sequence[str]]

    def text(self, language: str) -> str:
        """The conditions as people of a language read them."""
        heads = {name: header(TABLES["Customers"], name, language) for name in self.where}
        return " ".join(f"{heads[name]}={','.join(said)}" for name, said in self.where.items())


def _picked(customers: pd.DataFrame, where: Mapping[str, Sequence[str]]) -> np.ndarray:
    """Which customers every condition holds for."""
    table = TABLES["Customers"]
    shown = texts(table, customers)
    picked = np.ones(len(customers), dtype=bool)
    for name, wanted in where.items():
        same: Callable[[str], str] = (lambda v: v[:10]) if table.by_name[name].kind is Kind.DATE else normalise
        picked &= shown[name].map(same).isin({same(value) for value in wanted}).to_numpy(bool)
    return picked
