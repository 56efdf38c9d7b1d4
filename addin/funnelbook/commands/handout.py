"""`funnelbook handout`: each person a workbook with their own customers, plan, call list and log."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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
from funnelbook.book.ownership import new_id, owned
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands import handout_keys
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book, read_inputs
from funnelbook.commands.put import put_new
from funnelbook.domain.plain import file_stems
from funnelbook.refresh import compute, refuse_without_customers, situation_of
from funnelbook.results.call_entries import ENTRIES
from funnelbook.results.making import Made
from funnelbook.results.own_book import handed
from funnelbook.template import today, tracking
from funnelbook.words import say

_SHOWN = (  # results that go along where the team's workbook has them, each person's rows
    "Shapes", "Funnel", "WeekPlan", "CallList", "Board", "Diagnosis", "Causes", "Effort", "Care", "Summary", "Problems",
    "Desk", "DeskFunnel",
)  # fmt: skip
_PAGES = {"today": today.READ, "tracking": tracking.READ}  # likewise, with the tables they read


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
    pages = _pages(book, shown)
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
            _make(made[person], person, inputs, shown, pages, book.name, as_of, key)
        folder.mkdir(exist_ok=True)
        put_new({names[person]: made[person].read_bytes() for person in names}, like=book.path)
    owners = inputs.frames["Customers"]["owner"]
    return [Handed(person, str(file), int((owners == person).sum())) for person, file in names.items()]


def pressed(press: ButtonPress) -> ButtonResult:
    """How many workbooks were handed out from the one in front."""
    handed = handout_book(press.book, press.path, as_of=press.day)
    return ButtonResult(say("done_handout", press.language, count=len(handed), folder=press.path))


def people(inputs: Inputs) -> list[str]:
    """Active people in the order of their table, then others who own customers."""
    listed = inputs.frames["People"]
    owners = sorted(pd.unique(inputs.frames["Customers"]["owner"].dropna()))
    left = set(listed.loc[~listed["active"].astype(bool), "person"])
    return list(
        dict.fromkeys([*listed.loc[listed["active"].astype(bool), "person"], *(o for o in owners if o not in left)])
    )


def _shown(book: Book, located: Located, as_of: date) -> dict[str, Made]:
    """The results that go along, of the day; what was typed into the team's list stays there."""
    standing = result_tables.read_all(book)
    names = [name for name in _SHOWN if name in standing]
    if not names:
        return {}
    outcome, _ = compute(book, located, standing, as_of)
    found = {name: outcome[name] for name in names}
    if "CallList" in found:
        calls = found["CallList"].rows
        ranked = calls[calls["rank"].notna()]  # others are there only for what was typed
        found["CallList"] = replace(found["CallList"], rows=ranked.assign(**dict.fromkeys(ENTRIES)))
    return found


def _pages(book: Book, shown: Collection[str]) -> list[str]:
    """The pages that go along: those of the team's workbook that find all they read."""
    there = owned(book).pages
    return [page for page, read in _PAGES.items() if page in there and read.keys() <= set(shown)]


def _make(
    path: Path,
    person: str,
    inputs: Inputs,
    shown: Mapping[str, Made],
    pages: Sequence[str],
    team: str,
    as_of: date,
    key: bytes,
) -> None:
    language = inputs.settings.language
    frames = _own(inputs, person)
    rows = {name: template.rows_of(TABLES[name], frame) for name, frame in frames.items() if len(frame)}
    given = [table.name for table in TABLES.inputs if table.name in rows or table.name in EXCHANGED]
    rows = {name: [] for name in given} | rows
    path.write_bytes(template.build(language, tables=[*given, *shown, *pages], rows=rows, id_=new_id(), person=person))
    mine = open_book(path)
    located = locate(mine, mapping_of(mine))
    theirs = situation_of(mine, located, {}, as_of)  # as it will be read when it comes back
    mine.graft(base_sheet(person, team, as_of, theirs.frames, key), [BASE_SHEET])
    mine.write(
        [
            encode(TABLES[name], result.rows, language, None, result.note, result.chart_rows, located.places)
            for name, result in handed(shown, person, theirs).items()
        ]
    )


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
    for name in ("RewardRules", "PoolRules", "Dispositions"):  # a manager's
        frames.pop(name)
    return frames
