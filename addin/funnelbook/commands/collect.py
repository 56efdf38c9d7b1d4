"""`funnelbook collect`: what people changed in the workbooks handed to them, brought back into the team's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from funnelbook.book import ownership, result_tables
from funnelbook.book.decode import Inputs
from funnelbook.book.edit import table_edit
from funnelbook.book.encode import encode
from funnelbook.book.handout_copy import EXCHANGED, Base, keyed, read_base
from funnelbook.book.identity import activity_ids, as_made
from funnelbook.book.locate import Located, locate
from funnelbook.book.parts import placed
from funnelbook.book.ports import Book, BookError, TableEdit, TableWrite
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.book.seal import Seal
from funnelbook.commands import handout_keys
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.collected_calls import (
    corrected,
    drafted_since,
    from_list,
    logged_since,
    new_orders,
    tiers_written,
    with_tiers_of,
)
from funnelbook.commands.missing_sheets import add_missing
from funnelbook.commands.open import mapping_of, open_book, read_inputs
from funnelbook.commands.refresh_files import FileReport, workbooks
from funnelbook.domain.merge import merge
from funnelbook.refresh import refuse_without_customers
from funnelbook.results.call_entries import DRAFTED, Columns
from funnelbook.words import say

_FEWEST_KNOWN = 0.5  # of the customers handed out that must still be the team's own
_UNPROVED = {Seal.UNSIGNED: "unsigned", Seal.OTHER_KEY: "other_key"}
_COLLECTED = (
    "cells",
    "added",
    "orders",
    "problems",
    "of_files",
    "ours",
    "ids",
)  # of _Team, what taking a file in changes


@dataclass(frozen=True)
class CollectReport:
    """What was brought back: cells of customers and activities set, new rows, what was left to decide, and each file's fate."""

    cells: int
    customers: int
    activities: int
    problems: pd.DataFrame  # rows of Problems
    files: list[FileReport]
    written: bool
    orders: int = 0

    def text(self, language: str) -> str:
        """What came of it in one line, the files refused after it."""
        refused = [file.message for file in self.files if file.status == "refused"]
        fields = self.as_dict() | {"files": len(self.files) - len(refused), "refused": len(refused)}
        return say("done_collect", language, **fields, reasons="".join(f"\n{reason}" for reason in refused))

    def as_dict(self) -> dict[str, object]:
        return {
            "cells": self.cells,
            "customers": self.customers,
            "activities": self.activities,
            "orders": self.orders,
            "conflicts": len(self.problems),
            "files": [file.as_dict() for file in self.files],
            "written": self.written,
        }


def collect(path: Path, folder: Path, *, as_of: date, allow_protected: bool = False) -> CollectReport:
    """The report of a folder of handed-out workbooks collected into the team's; doing it again changes nothing.

    New activities and customers are added, cells only the person changed are set; a cell both sides changed stays and is listed
    in Problems. A file that is damaged or was not handed out from here is refused and named, the others are collected.
    """
    found = [file for file in workbooks([folder]) if file.resolve() != path.resolve()]
    if not folder.is_dir() or not found:
        raise BookError("no_workbooks", folder=str(folder))
    return collect_book(open_book(path, allow_protected=allow_protected), found, as_of=as_of)


def collect_book(book: Book, files: Sequence[Path], *, as_of: date) -> CollectReport:
    """As `collect`, of a team workbook in any host."""
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    refuse_without_customers(book, located)
    inputs = read_inputs(book, as_of)
    if "Activities" not in located.whole and add_missing(book, located, inputs.settings.language):
        located = locate(book, mapping_of(book))
    team = _Team(book, located, inputs, handout_keys.known())
    reports = []
    for file in files:
        try:
            if file.is_symlink():  # it would be read where nobody put it for us
                raise BookError("linked_handout", file=file.name)
            team.take(open_book(file), as_of)
            reports.append(FileReport(str(file), "done"))
        except BookError as error:
            reports.append(FileReport(str(file), "refused", message=error.text(inputs.settings.language)))
        except Exception as error:  # whatever is wrong with one file, the others are collected
            unknown = BookError("unexpected", file=file.name, detail=f"{type(error).__name__}: {error}")
            reports.append(FileReport(str(file), "refused", message=unknown.text(inputs.settings.language)))
    problems = team.listed()
    written = book.write(team.problem_writes(problems), placed(team.edits(), team.located))
    counts = {name: sum(map(len, team.added[name])) for name in EXCHANGED}
    cells = sum(len(rows) for of in team.cells.values() for rows in of.values())
    orders = sum(map(len, team.orders))
    return CollectReport(cells, counts["Customers"], counts["Activities"], problems, reports, written, orders)


@dataclass
class _Team:
    """The team's workbook with what has been collected so far."""

    book: Book
    located: Located
    inputs: Inputs
    keys: list[bytes]
    cells: dict[str, dict[str, dict[int, object]]] = field(
        default_factory=lambda: {name: defaultdict(dict) for name in EXCHANGED}
    )
    added: dict[str, list[pd.DataFrame]] = field(default_factory=lambda: {name: [] for name in EXCHANGED})
    orders: list[pd.DataFrame] = field(default_factory=list)  # drafted from calls
    problems: Problems = field(default_factory=Problems)
    of_files: list[pd.DataFrame] = field(default_factory=list)  # what could not be read in the files

    def __post_init__(self) -> None:
        self.language = self.inputs.settings.language
        frames = self.inputs.frames
        self.ours = {name: keyed(name, frames[name]) for name in EXCHANGED}
        self.rows = {name: dict(zip(self.ours[name].index, frames[name]["row"], strict=True)) for name in EXCHANGED}
        calls = frames["Activities"]
        self.without_id = set(self.ours["Activities"].index[calls["activity_id"].isna().to_numpy(bool)])
        self.as_collected = set(calls["activity_id"][as_made(TABLES["Activities"], calls)])
        self.ids = {key: key for key in self.without_id}  # what a call's id is to be when the call changes

    def take(self, theirs: Book, as_of: date) -> None:
        """Takes in one person's workbook whole, or when it fails nothing of it. BookError when it is not one handed out from here."""
        before = deepcopy({name: getattr(self, name) for name in _COLLECTED})
        try:
            self._take(theirs, as_of)
        except Exception:  # whatever it is, the caller tells it; here only what was taken in so far is put back
            vars(self).update(before)
            raise

    def _take(self, theirs: Book, as_of: date) -> None:
        base = read_base(theirs, self.keys)
        self._refuse_strange(theirs.name, base.frames["Customers"])
        if base.seal in _UNPROVED:
            self.problems.add("Customers", None, _UNPROVED[base.seal], [np.nan], [base.person], file=theirs.name)
        given = read_inputs(theirs, as_of)
        if not set(EXCHANGED) <= given.present:
            raise BookError("not_handout", file=theirs.name)
        entries, listed, faults = from_list(theirs, given, base, self.inputs, Columns.of(self.located), as_of)
        unread = given.problems.frame(self.language)
        unread = pd.concat([unread[unread["table"].isin(EXCHANGED)], faults], ignore_index=True)
        frames = {name: given.frames[name] for name in EXCHANGED}
        strange = self._of_others(theirs.name, frames["Customers"], base.frames["Customers"])
        customers = frames["Customers"][~frames["Customers"]["id"].isin(strange)]
        frames["Customers"] = with_tiers_of(base, customers, tiers_written(theirs, base.day))
        log = frames["Activities"]
        if len(entries):
            log = pd.concat([log, entries.reindex(columns=log.columns)], ignore_index=True)
        log = log[~logged_since(log, self.ours["Activities"], base) & ~log["id"].isin(strange).to_numpy(bool)]
        frames["Activities"] = self._as_activities(log, base.person, base.frames["Activities"])
        bases = dict(base.frames)
        frames["Activities"], bases["Activities"] = self._known_again(frames["Activities"], bases["Activities"])
        for name, frame in frames.items():
            self._merge(name, theirs.name, frame, bases[name], given.problems)
        self._take_orders(theirs.name, pd.concat([given.frames["Orders"], listed], ignore_index=True), base, strange)
        self.of_files.append(unread.assign(problem=f"{theirs.name}: " + unread["problem"], row=np.nan))

    def _take_orders(self, file: str, theirs: pd.DataFrame, base: Base, strange: Sequence[str]) -> None:
        """Takes in the orders drafted from calls since the handout; one that says something else than the team's is listed."""
        known = {key for key in self.ours["Customers"].index if key not in strange}
        drafted = drafted_since(theirs, base.day)
        drafted = drafted[drafted["id"].isin(known).to_numpy(bool)]
        ours = pd.concat([self.inputs.frames["Orders"], *self.orders], ignore_index=True)
        fresh, other = new_orders(drafted, ours, theirs["order_id"])
        self.orders.append(fresh)
        for key, amount in other:
            self.problems.add("Orders", "amount", "order_differs", [np.nan], [amount], file=file, key=key)

    def _refuse_strange(self, file: str, base: pd.DataFrame) -> None:
        names = self.ours["Customers"]["name"].reindex(base.index)
        if len(base) and (names == base["name"]).mean() < _FEWEST_KNOWN:
            raise BookError("other_team", file=file, team=self.book.name)

    def _of_others(self, file: str, frame: pd.DataFrame, base: pd.DataFrame) -> list[str]:
        """Ids of a person's new customers that are those of other customers of the team; they are listed."""
        theirs, ours = keyed("Customers", frame), self.ours["Customers"]
        new = theirs.index.difference(base.index).intersection(ours.index)
        strange = new[theirs.loc[new, "name"] != ours.loc[new, "name"]]
        for key in strange:
            self._note("Customers", "id", "other_customer", key, file, theirs, called=theirs.loc[key, "name"])
        return list(strange)

    def _as_activities(self, frame: pd.DataFrame, person: str, base: pd.DataFrame) -> pd.DataFrame:
        """A person's log: new rows are theirs, and an id that is somebody else's call already gives way to one of the content."""
        ids = activity_ids(TABLES["Activities"], frame)
        new = ~ids.isin(base.index).to_numpy(bool)
        owner = frame["owner"].where(~(new & frame["owner"].isna()), person)
        frame = frame.assign(activity_id=ids.where(~(new & frame["activity_id"].isna()), None), owner=owner)
        ours = self.ours["Activities"].reindex(frame["activity_id"])
        content = keyed("Activities", frame)
        same = (ours[["at", "id"]].to_numpy(object) == content[["at", "id"]].to_numpy(object)).all(axis=1)
        taken = new & frame["activity_id"].isin(self.ours["Activities"].index).to_numpy(bool) & ~same
        frame = frame.assign(activity_id=frame["activity_id"].where(~taken, None))
        return frame.assign(activity_id=activity_ids(TABLES["Activities"], frame))

    def _known_again(self, frame: pd.DataFrame, base: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """A person's log with calls corrected since they were collected under their old ids, and the base they went on from."""
        ours = self.ours["Activities"]
        old = corrected(frame, ours[ours.index.isin(self.rows["Activities"].keys() - self.without_id)], base)
        self.ids |= {key: new for new, key in old.items() if key in self.as_collected}
        went_on = ours.loc[old[old.isin(list(self.as_collected))].to_numpy(object), base.columns]
        return frame.assign(activity_id=frame["activity_id"].replace(old.to_dict())), pd.concat([base, went_on])

    def _merge(self, name: str, file: str, frame: pd.DataFrame, base: pd.DataFrame, unread: Problems) -> None:
        theirs, ours, table = keyed(name, frame), self.ours[name], TABLES[name]
        at = {key: i for i, key in enumerate(theirs.index)}
        for column in theirs.columns:  # what cannot be read is no change
            bad = theirs.index[frame["row"].isin(unread.rows(name, column)).to_numpy(bool)].intersection(base.index)
            theirs.loc[bad, column] = base.loc[bad, column]
        found = merge(base, ours, theirs)
        place = self.located.places[name]
        for key, column in found.take:
            row = self.rows[name].get(key)  # none: it came with a file before this one
            if column not in place.columns:
                self._note(name, column, "no_column_for", key, file, theirs)
            elif code := self._to_decide(name, key, column):
                was, new = (frame.loc[key, column] or "-" for frame in (ours, theirs))
                self._note(name, column, code, key, file, theirs, was=was, new=new)
            elif row is None or row in self.inputs.problems.rows(name, column):
                self._note(name, column, "both_changed", key, file, theirs)
            else:
                ours.loc[key, column] = theirs[column].loc[key]
                self.cells[name][column][row] = frame[column].iloc[at[key]]
                if (
                    name == "Activities" and key in self.ids
                ):  # its content changes, and with it the id by which it is known
                    self.cells[name]["activity_id"][row] = self.ids[key]
        for key, column in found.conflicts:
            self._note(name, column, "both_changed", key, file, theirs)
        for key in found.gone:
            self._note(name, table.keys[0], "row_gone", key, file, theirs)
        if found.added:
            self.ours[name] = pd.concat([ours, theirs.loc[found.added]])
            self.added[name].append(frame.iloc[[at[key] for key in found.added]])

    def _to_decide(self, name: str, key: str, column: str) -> str | None:
        """The code of a change that only the manager makes: whose a customer or a call is, and that one may be called again."""
        if column == "owner":
            return "owner_change"
        return "call_again" if column == "do_not_call" and self.ours[name].loc[key, column] == "1" else None

    def _note(
        self, name: str, column: str, code: str, key: str, file: str, theirs: pd.DataFrame, **fields: object
    ) -> None:
        value = key if column in TABLES[name].keys else theirs.loc[key, column]
        self.problems.add(name, column, code, [self.rows[name].get(key, np.nan)], [value], file=file, key=key, **fields)

    def listed(self) -> pd.DataFrame:
        """What was left to decide, as rows of Problems."""
        return pd.concat([self.problems.frame(self.language), *self.of_files], ignore_index=True)

    def problem_writes(self, rows: pd.DataFrame) -> list[TableWrite]:
        """The write that lists them in the team's workbook after what stands there."""
        standing = result_tables.read_all(self.book).get("Problems")
        if standing is None or rows.empty:
            return []
        both = pd.concat([rows, standing.frame], ignore_index=True).astype(standing.frame.dtypes)
        both = both.drop_duplicates(["table", "row", "column", "problem"]).reset_index(drop=True)
        return [encode(TABLES["Problems"], both, self.language, standing.user)]

    def edits(self) -> list[TableEdit]:
        """The edits of the team's tables."""
        edits = []
        for name in EXCHANGED:
            if not self.cells[name] and not self.added[name]:
                continue
            place = self.located.places[name]
            added = pd.concat(self.added[name], ignore_index=True).drop(columns="row") if self.added[name] else None
            edit = table_edit(self.book, place, self.language, added=added)
            cells: dict[tuple[int, int], object] = {}
            for column, values in self.cells[name].items():
                series = pd.Series(list(values.values()), dtype=self.inputs.frames[name][column].dtype)
                changed = pd.DataFrame({"row": list(values), column: series})
                cells |= table_edit(self.book, place, self.language, changed=changed).cells
            edits.append(replace(edit, cells=cells))
        if len(orders := pd.concat([pd.DataFrame(), *self.orders])):
            place = self.located.places["Orders"]
            there = [name for name in DRAFTED if name in place.columns]
            edits.append(table_edit(self.book, place, self.language, added=orders[there]))
        return edits


def pressed(press: ButtonPress) -> ButtonResult:
    """What the workbooks of a folder brought back into the workbook in front."""
    files = [file for file in workbooks([press.path]) if file.name != press.book.name]
    if not files:
        raise BookError("no_workbooks", folder=str(press.path))
    return ButtonResult(collect_book(press.book, files, as_of=press.day).text(press.language), waits=True)
