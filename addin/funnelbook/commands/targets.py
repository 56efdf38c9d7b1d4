"""`funnelbook targets` and its buttons: targets proposed, split, agreed and revised in the Targets table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import codes, ownership, result_tables
from funnelbook.book.edit import table_edit
from funnelbook.book.encode import encode
from funnelbook.book.labels import header, normalise
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.domain import periods
from funnelbook.refresh import situation_of
from funnelbook.results import targeting
from funnelbook.results.goals import goals
from funnelbook.results.revision import logged_targets
from funnelbook.results.situation import Situation
from funnelbook.results.targeting import ALL, Change
from funnelbook.words import DEFAULT, say


@dataclass(frozen=True)
class Asked:
    """What was asked for; all of it may be left out. `person`: a name, or a word for the team."""

    period: str | None = None
    person: str | None = None
    orders: float | None = None
    amount: float | None = None
    margin: float | None = None
    reason: str | None = None
    by: str | None = None

    @property
    def values(self) -> dict[str, float]:
        """The numbers given, by measure."""
        given = {"orders": self.orders, "amount": self.amount, "margin": self.margin}
        return {measure: float(value) for measure, value in given.items() if value is not None}

    def who(self, otherwise: str | None) -> str | None:
        """The person, None for the team."""
        if self.person is None:
            return otherwise
        return None if codes.special_of().get(normalise(self.person)) == codes.TEAM else self.person


@dataclass(frozen=True)
class TargetsReport:
    """Rows of Targets that were added or changed, by schema names, and one line on what was done."""

    rows: pd.DataFrame
    line: str


def targets(
    path: Path, action: str, asked: Asked, *, as_of: date, language: str = DEFAULT, allow_protected: bool = False
) -> TargetsReport:
    """What `action` (propose, split, agree, revise) did to the targets of a file; BookError when it is refused."""
    book = open_book(path, allow_protected=allow_protected)
    return targets_book(book, action, asked, as_of=as_of, language=language)


def targets_book(book: Book, action: str, asked: Asked, *, as_of: date, language: str | None = None) -> TargetsReport:
    """As `targets`, of a workbook in any host. Rows are added and blanks filled; TargetHistory gets every change at once.

    Source: method A1, A3, A9, numbers.md 7.
    """
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    standing = result_tables.read_all(book)
    now = situation_of(book, located, standing, as_of, language)
    place = located.places.get("Targets")
    if place is None or place.lacks:
        raise BookError("no_targets_table", file=book.name)
    change = _change(_of_period(now, asked.period), action, asked)
    added, changed = change.added, change.changed
    edit = table_edit(book, place, now.settings.language, changed=changed, added=added)
    after = _after(now.frames["Targets"], change)
    writes = []
    if "TargetHistory" in standing:
        log = logged_targets(now, after)
        writes.append(encode(TABLES["TargetHistory"], log, now.settings.language, standing["TargetHistory"].user))
    book.write(writes, [edit])
    rows = after[after["row"].isin(changed["row"]) if len(changed) else after["row"].isna()]
    code = f"done_{action}" if len(rows) else "done_nothing_to_split"
    line = say(code, now.language, rows=len(rows))
    if change.kept:
        measures = say("listed", now.language).join(header(TABLES["Targets"], m, now.language) for m in change.kept)
        line += say("kept_in_revision", now.language, measures=measures)
    return TargetsReport(rows[list(TABLES["Targets"].names)].reset_index(drop=True), line)


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of proposing, splitting, agreeing or revising the targets of the workbook in front."""
    action = press.command.name.removeprefix("targets_")
    return ButtonResult(targets_book(press.book, action, Asked(), as_of=press.day).line)


def _of_period(situation: Situation, text: str | None) -> Situation:
    if text is None:
        return situation
    if not periods.is_period(text):
        raise BookError("bad_period_asked", text=text)
    return situation.during(periods.parse(text))


def _change(situation: Situation, action: str, asked: Asked) -> Change:
    aims = goals(situation)
    match action:
        case "propose":
            return targeting.propose(situation, aims, asked.by, asked.who(ALL))
        case "split":
            if asked.who(None) is not None:
                raise BookError("split_for_all")
            return targeting.split(situation, aims, asked.by)
        case "agree":
            if asked.values and asked.person is None:
                raise BookError("whose_target")
            meeting = say("team_meeting", situation.language)
            return targeting.agree(situation, aims, asked.by, meeting, asked.who(ALL), asked.values)
        case _:
            return targeting.revise(situation, aims, asked.who(None), asked.values, asked.reason, asked.by)


def _after(table: pd.DataFrame, change: Change) -> pd.DataFrame:
    """The Targets table as it is once the change is made; new rows have no `row` yet."""
    after = table.astype({"row": float})
    if len(change.changed):
        new = change.changed.set_index("row")
        at = after["row"].isin(new.index)
        for column in new.columns:
            after.loc[at, column] = after.loc[at, "row"].map(new[column])
    if len(change.added):
        after = pd.concat([after, change.added.reindex(columns=after.columns)], ignore_index=True)
    return after.assign(locked=after["locked"].eq(True), agreed_on=pd.to_datetime(after["agreed_on"]))
