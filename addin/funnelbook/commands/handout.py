"""`funnelbook handout`: each person a workbook with their own customers, plan, call list and log."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook import template
from funnelbook.book import result_tables
from funnelbook.book.decode import Inputs
from funnelbook.book.encode import encode
from funnelbook.book.handout_copy import BASE_SHEET, EXCHANGED, base_sheet
from funnelbook.book.identity import activity_ids
from funnelbook.book.locate import Located, locate
from funnelbook.book.ownership import new_id
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands import handout_keys
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book, read_inputs
from funnelbook.commands.put import put_new
from funnelbook.domain.plain import file_stems
from funnelbook.refresh import compute, refuse_without_customers
from funnelbook.results.call_entries import ENTRIES
from funnelbook.words import say

_SHOWN = ("WeekPlan", "CallList")  # results that go along where the team's workbook has them, each person's rows


@dataclass(frozen=True)
class Handed:
    """One person's workbook."""

    person: str
    file: str
    customers: int

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def handout(path: Path, folder: Path, *, as_of: date) -> list[Handed]:
    """The workbooks made in `folder`, one a person who is active or owns customers; all are made or none.

    Each has the person's customers, with the orders and the log of these, and what else they need; a hidden sheet keeps what
    was handed out, so that `collect` can tell what was changed. BookError when one of the files is there already.
    """
    return handout_book(open_book(path), folder, as_of=as_of)


def handout_book(book: Book, folder: Path, *, as_of: date) -> list[Handed]:
    """As `handout`, of a workbook in any host."""
    located = locate(book, mapping_of(book))
    refuse_without_customers(book, located)
    inputs = read_inputs(book, as_of)
    key = handout_keys.signing()
    shown = _shown(book, located, as_of)
    persons = people(inputs)
    names = {who: folder / f"{stem}.xlsx" for who, stem in zip(persons, file_stems(persons), strict=True)}
    if not names:
        raise BookError("nobody_to_hand_to", file=book.name)
    taken = [file for file in names.values() if file.exists()]
    if taken:
        raise BookError("handout_there", file=taken[0].name, folder=str(folder))
    if not folder.parent.is_dir():
        raise BookError("no_folder", folder=str(folder.parent))
    with tempfile.TemporaryDirectory() as scratch:
        made = {}
        for number, person in enumerate(names):
            made[person] = Path(scratch) / f"{number}.xlsx"
            _make(made[person], person, inputs, shown, book.name, as_of, key)
        folder.mkdir(exist_ok=True)
        put_new({names[person]: made[person].read_bytes() for person in names}, like=book.path)
    owners = inputs.frames["Customers"]["owner"]
    return [Handed(person, str(file), int((owners == person).sum())) for person, file in names.items()]


def pressed(press: ButtonPress) -> ButtonResult:
    """How many workbooks were handed out from the one in front."""
    handed = handout_book(press.book, press.folder, as_of=press.day)
    return ButtonResult(say("done_handout", press.language, count=len(handed), folder=press.folder))


def people(inputs: Inputs) -> list[str]:
    """Active people in the order of their table, then others who own customers."""
    listed = inputs.frames["People"]
    owners = sorted(pd.unique(inputs.frames["Customers"]["owner"].dropna()))
    left = set(listed.loc[~listed["active"].astype(bool), "person"])
    return list(
        dict.fromkeys([*listed.loc[listed["active"].astype(bool), "person"], *(o for o in owners if o not in left)])
    )


def _shown(book: Book, located: Located, as_of: date) -> dict[str, pd.DataFrame]:
    """The results that go along, of the day; what was typed into the team's list stays there."""
    standing = result_tables.read_all(book)
    names = [name for name in _SHOWN if name in standing]
    if not names:
        return {}
    outcome, _ = compute(book, located, standing, as_of)
    found = {name: outcome[name].rows for name in names}
    if "CallList" in found:
        calls = found["CallList"]
        ranked = calls[calls["rank"].notna()]  # others are there only for what was typed
        found["CallList"] = ranked.assign(**dict.fromkeys(ENTRIES))
    return found


def _make(
    path: Path, person: str, inputs: Inputs, shown: dict[str, pd.DataFrame], team: str, as_of: date, key: bytes
) -> None:
    language = inputs.settings.language
    frames = _own(inputs, person)
    rows = {name: template.rows_of(TABLES[name], frame) for name, frame in frames.items() if len(frame)}
    wanted = [*(table.name for table in TABLES.inputs if table.name in rows or table.name in EXCHANGED), *shown]
    path.write_bytes(
        template.build(
            language, tables=wanted, rows={name: [] for name in wanted if name not in shown} | rows, id_=new_id()
        )
    )
    mine = open_book(path)
    writes = []
    for name, result in shown.items():
        writes.append(encode(TABLES[name], result[result["person"] == person].reset_index(drop=True), language))
    given = read_inputs(mine, as_of)  # as it will be read when it comes back
    mine.graft(base_sheet(person, team, as_of, given.frames, key), [BASE_SHEET])
    mine.write(writes)


def _own(inputs: Inputs, person: str) -> dict[str, pd.DataFrame]:
    """What of each input table is a person's; the rules of the team go whole."""
    frames = dict(inputs.frames)
    customers = frames["Customers"]
    own = customers[customers["owner"] == person]
    frames["Customers"] = own
    ids = activity_ids(TABLES["Activities"], frames["Activities"])
    frames["Activities"] = frames["Activities"].assign(activity_id=ids)  # known again whatever is changed in them
    for name in ("Activities", "Orders"):
        frame = frames[name]
        frames[name] = frame[frame["id"].isin(own["id"])]
    for name in ("People", "Leave", "Targets"):
        frame = frames[name]
        frames[name] = frame[frame["person"] == person]
    frames.pop("RewardRules")
    return frames
