"""What a person's own book shows: the person's rows of the results, and of colleagues what the Board publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from funnelbook.book.handout_copy import HandedTo
from funnelbook.book.schema import TABLES, Role
from funnelbook.results import notes
from funnelbook.results.making import Made, make_all
from funnelbook.results.situation import Situation
from funnelbook.words import say

_NOT_PUBLISHED: Mapping[str, float] = {"pending": np.nan, "star": False}


def handed(team: Mapping[str, Made], person: str, theirs: Situation) -> dict[str, Made]:
    """What a person is given of the team's results; the lines above them say no more than the day.

    Of colleagues there is the Board as it is published; the Problems are those of the person's own data, `theirs`.
    """
    found = {name: _own(name, made, person) for name, made in team.items()}
    if "Board" in team:
        found["Board"] = _published(team["Board"], person)
    if "Problems" in team:
        found["Problems"] = make_all(theirs, {"Problems"})["Problems"]
    return {name: replace(made, note=notes.as_of(theirs)) for name, made in found.items()}


def refreshed(made: Mapping[str, Made], to: HandedTo, board: pd.DataFrame, language: str) -> dict[str, Made]:
    """What a person's own refresh shows: no row that calls itself the team's, which their book knows nothing of.

    The chance it gives rests on the person's data alone, which Today and the Shapes say. `board`: the Board as it stands. Logs, and
    what people type into, are left as they are.
    """
    left = {
        name for name, table in TABLES.items() if table.role is not Role.RESULT or any(c.entry for c in table.columns)
    }
    found = {name: one if name in left else _own(name, one, to.person) for name, one in made.items()}
    alone = say("own_data_only", language)
    desk, shapes = found["Desk"], found["Shapes"]
    return found | {
        "Board": _kept_board(found["Board"], to, board, language),
        "Desk": replace(desk, rows=desk.rows.assign(note=alone)),
        "Shapes": replace(shapes, note=notes.line(shapes.note, say("language.sentence", language, text=alone))),
    }


def _own(name: str, made: Made, person: str) -> Made:
    """The rows of a person, where rows are people's."""
    column = next((c for c in ("person", "owner") if c in TABLES[name].by_name), None)
    return made if column is None else replace(made, rows=made.rows[made.rows[column] == person].reset_index(drop=True))


def _published(board: Made, person: str) -> Made:
    """The Board as everybody may see it; what it says besides stays in the row of the person."""
    rows = board.rows.copy()
    for column, blank in _NOT_PUBLISHED.items():
        rows.loc[rows["person"] != person, column] = blank
    return replace(board, rows=rows)


def _kept_board(own: Made, to: HandedTo, board: pd.DataFrame, language: str) -> Made:
    """The Board with the person's row made anew; ranks, colleagues and team stay as handed out: their own book cannot know them."""
    there = (board["person"] == to.person).to_numpy()
    if own.rows.empty or not there.any():
        return replace(own, rows=own.rows.assign(rank=np.nan))
    rows = board.copy()
    for name in rows.columns.drop("rank"):
        rows.loc[there, name] = own.rows[name].iloc[0]
    people = int(rows["rank"].notna().sum())
    told = say("board_published", language, day=to.day.isoformat())
    return replace(own, rows=rows, note=notes.line(own.note, told), chart_rows=people)
