"""Input tables as typed frames: what people typed, read as they meant it, with a row in Problems for what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.cell_readers import SPECIAL, tier_words
from funnelbook.book.labels import normalise
from funnelbook.book.left_out import LeftOut
from funnelbook.book.locate import Located
from funnelbook.book.named_customers import with_ids
from funnelbook.book.numbers import REFERRING, Numbers
from funnelbook.book.person_names import first_of_several, one_each
from funnelbook.book.place import row_said
from funnelbook.book.ports import Book, BookError
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.book.settings import Settings
from funnelbook.book.table_reader import Rows, TableReader, frame_of
from funnelbook.domain.dtypes import At, Objects
from funnelbook.domain.tiers import BadTiers, Tiers
from funnelbook.words import LANGUAGES

_OWNED, _MOST_PEOPLE = ("Customers", "Activities", "Orders"), 1_000


@dataclass(frozen=True)
class Inputs:
    """The input tables of a workbook.

    `frames`: by table name, every schema column and `row`, the row in the sheet; a table that is not there is empty. Columns:
    float64 for numbers, datetime64 for days (DATE without time), bool for flags, else object with None for blanks; tiers and
    words as codes. `present`: the tables found. `problems`: what could not be read. `typed_below`: by table name how many rows
    right below its ListObject were read as its own. `numbers`: those made for customers without one. `sheets`: by table
    in parts, the names of its sheets. `stages`: rows of Tiers that the customers' tiers say. `header_rows`: of the sheet, by table.
    `left_out`: by table, rows among its own that are its headers again or totals.
    """

    frames: dict[str, pd.DataFrame]
    present: frozenset[str]
    settings: Settings
    tiers: Tiers
    problems: Problems
    typed_below: Mapping[str, int] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)
    sheets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stages: Rows = field(default_factory=list)
    header_rows: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, Sequence[LeftOut]] = field(default_factory=dict)

    def with_rows(self, rows: Mapping[str, Rows]) -> Inputs:
        """The same with rows in tables that had none."""
        return replace(self, frames=self.frames | {name: frame_of(TABLES[name], of) for name, of in rows.items()})

    def said_rows(self, table: str, rows: At) -> Objects | At:
        """Rows of a frame as people find them: with their sheet where the table is in parts."""
        sheets = self.sheets.get(table)
        return np.array([row_said(row, sheets) for row in rows], dtype=object) if sheets else rows

    @cached_property
    def customer_at(self) -> Mapping[str, At]:
        """By table, the position of each row's customer among the Customers; -1 for an unknown one or none."""
        customers = pd.Index(self.frames["Customers"]["id"])
        return {
            name: customers.get_indexer(self.frames[name]["id"].to_numpy(object)) for name in ("Activities", "Orders")
        }


def decode(book: Book, located: Located, as_of: date, stages: Callable[[Objects], Rows] | None = None) -> Inputs:
    """The Inputs of a workbook. BookError when its tiers cannot be used. Source: workbook.md, Input tables.

    `stages`: in a workbook without Tiers, their rows by what its customers' tiers say.
    """
    problems = Problems()
    reader = TableReader(book, as_of, problems, [located.places.get(name) for name in REFERRING])
    frames = {name: reader.frame(TABLES[name], located.places.get(name)) for name in _FIRST}
    settings, unusable = Settings.from_frame(frames["Settings"])
    for one in unusable:
        problems.add("Settings", one.column, one.code, [one.row], [one.value])
    found = stages(reader.tiers_said(located.places.get("Customers"))) if stages and frames["Tiers"].empty else []
    said = _without_special(frame_of(TABLES["Tiers"], found) if found else frames["Tiers"], problems)
    frames["Tiers"] = _within_bounds(said, problems)
    tiers = _tiers(frames["Tiers"])
    reader.zone, reader.country = settings.zone, settings.country
    reader.tiers = tier_words(tiers.codes, tiers.names)
    for table in TABLES.inputs:
        if table.name not in _FIRST:
            frames[table.name] = reader.frame(table, located.places.get(table.name))
    if orders := located.places.get("Orders"):
        known = frames["Customers"], settings.country, problems
        frames["Orders"] = with_ids(book, orders, frames["Orders"], *known)
    _with_one_owner(frames, problems)
    _with_people_once(frames)
    for rival in located.rivals:
        taken = located.places[rival.table]
        problems.add(
            rival.table, None, "two_tables", [rival.header_row], [rival.sheet], taken=taken.sheet, row=taken.header_row
        )
    for place in located.places.values():
        for name in place.lacks:
            problems.add(place.table, name, "missing_column", [place.header_row], [None])
    sheets = {name: [p.sheet for p in place.whole] for name, place in located.places.items() if place.parts}
    below, numbers = reader.typed_below, reader.numbers
    heads = {name: place.header_row for name, place in located.places.items()}
    return Inputs(
        frames,
        frozenset(located.places),
        settings,
        tiers,
        problems,
        below,
        numbers,
        sheets,
        found,
        heads,
        reader.left_out,
    )


def _with_one_owner(frames: dict[str, pd.DataFrame], problems: Problems) -> None:
    """Makes the first of several people in a cell the owner, and says how often."""
    listed = [*map(str, frames["People"]["person"].dropna())]
    said = pd.unique(pd.concat([frames[name]["owner"] for name in _OWNED], ignore_index=True).dropna())
    if len(said) > _MOST_PEOPLE or not (first := first_of_several(listed, [*map(str, said)])):
        return
    for name in _OWNED:
        owner, rows = frames[name]["owner"], frames[name]["row"].to_numpy()
        if len(at := np.flatnonzero(owner.isin([*first]))):
            text = owner.iloc[at[0]]
            problems.add(name, "owner", "several_owners", rows[at[:1]], [text], count=len(at), person=first[text])
            frames[name] = frames[name].assign(owner=owner.where(~owner.isin([*first]), owner.map(first)))


def _with_people_once(frames: dict[str, pd.DataFrame]) -> None:
    """Makes one of the spellings of one person."""
    listed = [*map(str, frames["People"]["person"].dropna())]
    said = pd.concat([frames[name]["owner"] for name in _OWNED], ignore_index=True).value_counts()
    if len(said) > _MOST_PEOPLE or not (same := one_each(listed, [*map(str, said.index)])):
        return
    for name in _OWNED:
        owner = frames[name]["owner"]
        if owner.isin([*same]).any():
            frames[name] = frames[name].assign(owner=owner.where(~owner.isin([*same]), owner.map(same)))


def settings_of(book: Book, located: Located, as_of: date) -> Settings:
    """The Settings of a workbook, read without its other tables."""
    frame = TableReader(book, as_of, Problems()).frame(TABLES["Settings"], located.places.get("Settings"))
    return Settings.from_frame(frame)[0]


_FIRST = ("Settings", "Tiers")  # the others are read by what these say


def _tiers(frame: pd.DataFrame) -> Tiers:
    if frame["code"].notna().sum() == 0:
        return Tiers.default()
    try:
        return Tiers.from_frame(frame)
    except BadTiers as error:
        raise BookError(error.code, **error.fields) from error


def _within_bounds(frame: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """Rows of Tiers without numbers that cannot be: the default stands for them."""
    number = {name: frame[name].to_numpy(float) for name in ("rate", "dwell_days", "cadence_days", "minutes")}
    wrong = {name: of < 0 if name == "rate" else of <= 0 for name, of in number.items()}
    wrong["rate"] |= number["rate"] > 1
    for name, rows in wrong.items():
        problems.add("Tiers", name, "tier_number", frame["row"][rows].to_numpy(), frame[name][rows].to_numpy(object))
    return frame.assign(**{name: np.where(wrong[name], np.nan, of) for name, of in number.items()})


def _without_special(frame: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """The rows of Tiers but for those called Won, Lost, an order or the team: every funnel has these, and they are no tiers."""
    taken = frame["code"].map(lambda code: normalise(code) in SPECIAL, na_action="ignore").eq(True)
    problems.add("Tiers", "code", "tier_special", frame["row"][taken].to_numpy(), frame["code"][taken].to_numpy(object))
    said = {normalise(codes.special(code, language)) for code in (codes.WON, codes.LOST) for language in LANGUAGES}
    named = ~taken & frame["name"].map(lambda name: normalise(name) in said, na_action="ignore").eq(True)
    problems.add(
        "Tiers", "name", "tier_special_name", frame["row"][named].to_numpy(), frame["name"][named].to_numpy(object)
    )
    return frame.assign(name=frame["name"].where(~named, None))[~taken].reset_index(drop=True)
