"""`funnelbook targets` and its buttons: targets proposed, split, agreed and revised in the Targets table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import codes, ownership, result_tables
from funnelbook.book.encode import encode
from funnelbook.book.labels import header, normalise
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.domain import periods
from funnelbook.input_edits import target_edits
from funnelbook.refresh import situation_of, with_targets_typed
from funnelbook.results import targeting
from funnelbook.results.goals import goals
from funnelbook.results.making import make
from funnelbook.results.revision import logged_targets
from funnelbook.results.situation import Situation
from funnelbook.results.target_entries import TypedTargets
from funnelbook.results.target_taking import others_told
from funnelbook.results.targeting import ALL, Change
from funnelbook.words import DEFAULT, say, texts

_DONE_BY_TYPING = {"nothing_to_agree", "targets_there"}  # what was typed did it already


@dataclass(frozen=True)
class Asked:
    """What was asked for; all of it may be left out. `person`: a name, or a word for the team."""

    period: str | None = None
    person: str | None = None
    orders: float | None = None
    amount: float | None = None
    margin: float | None = None
    paid: float | None = None
    reason: str | None = None
    by: str | None = None

    @property
    def values(self) -> dict[str, float]:
        """The numbers given, by measure."""
        given = {"orders": self.orders, "amount": self.amount, "margin": self.margin, "paid": self.paid}
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
    """As `targets`, of a workbook in any host. What was typed into the grid of targets goes first; rows are added
    and blanks filled, TargetHistory gets every change at once and the grid shows it.

    Source: method A1, A3, A9, numbers.md 7.
    """
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    standing = result_tables.read_all(book)
    now = situation_of(book, located, standing, as_of, language)
    place = located.places.get("Targets")
    if place is None or place.lacks:
        raise BookError("no_targets_table", file=book.name)
    before = now.frames["Targets"]
    now = with_targets_typed(now, located, standing)
    typed, of_period = now.typed_targets, _of_period(now, asked.period)
    lines = grid_told(typed, now.language)
    try:
        change = _change(of_period, action, asked)
    except BookError as error:
        if error.code not in _DONE_BY_TYPING or not typed.taken:
            raise
        change = targeting.NO_CHANGE
    else:
        lines.insert(0, _told(change, action, asked, now.language))
    after = targeting.applied(now.frames["Targets"], change)
    whole = Change.between(before, after)
    writes = []
    if "TargetHistory" in standing:
        log = logged_targets(now, after)
        writes.append(encode(TABLES["TargetHistory"], log, now.settings.language, standing["TargetHistory"].user))
    if "TargetGrid" in standing:
        made = make(now.with_targets(after), TABLES["TargetGrid"])
        user = standing["TargetGrid"].user
        writes.append(encode(TABLES["TargetGrid"], made.rows, now.settings.language, user, made.note))
    book.write(writes, target_edits(book, located, whole, now.settings.language))
    rows = after[
        after["row"].isin(whole.changed["row"] if len(whole.changed) else []) | ~after["row"].isin(before["row"])
    ]
    return TargetsReport(rows[list(TABLES["Targets"].names)].reset_index(drop=True), " ".join(lines))


def grid_told(typed: TypedTargets, language: str) -> list[str]:
    """What became of entries of the grid of targets, in sentences."""
    said = [say("done_grid", language, taken=typed.taken), *typed.told] if typed.taken else []
    if typed.faults:
        fault = typed.faults[0]
        why = fault.why or texts(f"problems.{fault.code}", language)[0]
        said.append(say("grid_waits", language, waiting=len(typed.waiting), why=why))
    return said


def _told(change: Change, action: str, asked: Asked, language: str) -> str:
    count = len(change.changed) + len(change.added)
    line = say(f"done_{action}" if count else "done_nothing_to_split", language, rows=count)
    if change.kept:
        measures = say("listed", language).join(header(TABLES["Targets"], m, language) for m in change.kept)
        line += say("kept_in_revision", language, measures=measures)
    if action == "agree":
        line = " ".join([line, *others_told(change, asked.values, asked.who(None), language)])
    return line


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
