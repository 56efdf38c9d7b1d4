"""One way through: read every table, work everything out, write every result table at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import pandas as pd

from funnelbook.book import dates, garbage, result_tables, values
from funnelbook.book.decode import decode
from funnelbook.book.edit import taken_in
from funnelbook.book.encode import Waiting, encode, values_without_row
from funnelbook.book.frames import rows_of
from funnelbook.book.handout_copy import handed_to
from funnelbook.book.joining import joining_edits
from funnelbook.book.labels import Header
from funnelbook.book.locate import Located
from funnelbook.book.note_columns import further_notes
from funnelbook.book.parts import placed
from funnelbook.book.ports import OF_ONE_TABLE, Book, BookError, TableWrite
from funnelbook.book.result_tables import ResultTable
from funnelbook.book.schema import TABLES, Table
from funnelbook.book.set_up_heads import say_gone
from funnelbook.book.severities import INFO
from funnelbook.input_edits import logged_edits, ordered_edits, owner_edits, target_edits, told_edits
from funnelbook.results import own_book, target_taking
from funnelbook.results.bringing_up import brought_up, replace_kept
from funnelbook.results.call_entries import Columns, Entered, entered, held, saved_on, with_entered
from funnelbook.results.customers_told import Told
from funnelbook.results.forecast_history import FORECAST_HISTORY
from funnelbook.results.last_seen import SEEN
from funnelbook.results.making import Made, make_all
from funnelbook.results.noted import Noted, noted, with_noted
from funnelbook.results.pool_decisions import carried_out
from funnelbook.results.pool_entries import TypedPool, no_pool_typed, typed
from funnelbook.results.pool_history import POOL_HISTORY
from funnelbook.results.revision import TARGET_HISTORY
from funnelbook.results.situation import Situation
from funnelbook.results.target_entries import TypedTargets, no_targets_typed
from funnelbook.results.targeting import Change
from funnelbook.results.tier_history import HISTORY
from funnelbook.results.week_plan import PLAN_HISTORY


@dataclass(frozen=True)
class RefreshReport:
    """What a refresh found: `problems` counts errors and warnings; `written` is False when nothing had changed.

    `language` is that of the results. `logged`: entries of the call list that went into Activities, `ordered`: into Orders;
    `waiting`: those that could not. `told`: what went back into Customers. `targets`: what was typed into the grid of targets.
    `numbered`: customers who got a number. `pool`: what was decided in the Pool. `noted`: what notes told that the log did not know.
    `typed_on`: the day before `as_of` that entries of the call list were typed and logged on; None: of `as_of`, or none.
    """

    problems: int
    written: bool
    language: str
    logged: int = 0
    waiting: int = 0
    ordered: int = 0
    told: Told = field(default_factory=Told)
    targets: TypedTargets = field(default_factory=no_targets_typed)
    numbered: int = 0
    pool: TypedPool = field(default_factory=no_pool_typed)
    noted: Noted = field(default_factory=Noted)
    typed_on: date | None = None


def _unheard(_report: RefreshReport) -> None:
    pass


@garbage.let_lie()
def refresh(
    book: Book,
    located: Located,
    as_of: date,
    language: str | None = None,
    added: Entered | None = None,
    *,
    decide: bool = False,
    foreseen: Callable[[RefreshReport], None] = _unheard,
) -> RefreshReport:
    """The report of a workbook refreshed as of a day, the day included. Source: numbers.md.

    Every result table that stands in the workbook is rewritten, or none: a BookError leaves the workbook as it was. What was
    typed into the call list goes into Activities and Orders in the same write, what was `added` elsewhere before it; when
    a table cannot take it, it waits in the list, with a line in Problems. `language` of the results; None: as its
    Settings say. `decide`: what was decided in the Pool is carried out in the same write. `foreseen` hears of the report just
    before it is written, when every table can take what goes into it.
    """
    try:
        return _refreshed(book, located, as_of, language, added, decide=decide, foreseen=foreseen)
    except BookError as error:
        if error.code not in OF_ONE_TABLE or added is not None or decide:
            raise
        return _refreshed(book, located, as_of, language, refused=error)


def _refreshed(
    book: Book,
    located: Located,
    as_of: date,
    language: str | None,
    added: Entered | None = None,
    refused: BookError | None = None,
    *,
    decide: bool = False,
    foreseen: Callable[[RefreshReport], None] = _unheard,
) -> RefreshReport:
    standing = result_tables.read_all(book)
    made, situation, change = _computed(book, located, standing, as_of, language, added, refused=refused, decide=decide)
    shown, entries = situation.language, situation.entered
    without_row = _values_without_row(standing)
    writes: list[TableWrite] = []
    waiting: list[Waiting] = []
    for name, result in made.items():
        if name in standing:
            user = standing[name].user.with_values(without_row.get(name, {}))
            waiting += values_without_row(TABLES[name], result.rows, user)
            write = encode(TABLES[name], result.rows, shown, user, result.note, result.chart_rows, located.places)
            writes += filter(None, [standing[name].still_to_write(write)])
    if "Kept" in standing:
        rows = pd.DataFrame(waiting, columns=list(TABLES["Kept"].names), dtype=object)
        writes.append(encode(TABLES["Kept"], rows, shown, standing["Kept"].user))
    told = situation.noted
    every = [told.entered, *([] if added is None else [added]), entries]
    new, orders = (
        pd.concat([rows for rows in of if len(rows)] or of[:1], ignore_index=True)
        for of in zip(*((e.activities, e.orders) for e in every), strict=True)
    )
    edits = [] if refused else taken_in(located, situation.inputs)
    edits += [] if refused else situation.inputs.numbers.edits(located.places.get("Customers"))
    edits += [] if refused else joining_edits(book, located.places, shown)
    edits += logged_edits(book, located, situation, new) if len(new) + len(told.completed) else []
    edits += told_edits(book, located, situation)
    edits += ordered_edits(book, located, situation, orders) if len(orders) else []
    edits += target_edits(book, located, change, shown)
    edits += owner_edits(book, located, situation.typed_pool.changes, shown)
    if not refused:
        situation.inputs.numbers.remember(book)
    edits = placed(edits, located)
    severity = made["Problems"].rows["severity"]
    problems = int((severity != INFO).sum())
    waits, numbered = len(entries.waiting), 0 if refused else len(situation.inputs.numbers.made)
    report = RefreshReport(
        problems,
        False,
        shown,
        len(new) - told.count,
        waits,
        len(orders) - told.orders,
        situation.told,
        situation.typed_targets,
        numbered,
        situation.typed_pool,
        told,
        day if len(entries.activities) and (day := _typed_on(book, situation)) < as_of else None,
    )
    foreseen(report)
    return replace(report, written=book.write(writes, edits))


def compute(
    book: Book,
    located: Located,
    standing: dict[str, ResultTable],
    as_of: date,
    language: str | None = None,
    search: str | None = None,
) -> tuple[dict[str, Made], str]:
    """Every result table by schema name, and the language it is in; nothing is written.

    `search`: the customers to look for; None: as typed in the workbook.
    """
    made, situation, _ = _computed(book, located, standing, as_of, language, search=search)
    return made, situation.language


def _computed(
    book: Book,
    located: Located,
    standing: dict[str, ResultTable],
    as_of: date,
    language: str | None,
    added: Entered | None = None,
    search: str | None = None,
    refused: BookError | None = None,
    *,
    decide: bool = False,
) -> tuple[dict[str, Made], Situation, Change]:
    """As `compute`, and what was typed into the call list and the grid of targets: the results have it done already, unless it
    was `refused`, and so with `decide` what was decided in the Pool; the Change is that of the Targets table."""
    situation = situation_of(book, located, standing, as_of, language)
    if not (situation.before_log or refused or handed_to(book)):
        situation = _with_notes(situation, book, located)
    if added is not None:
        situation = replace(situation, inputs=with_entered(situation.inputs, added))
    entries = situation.entered
    if "CallList" in standing:
        calls, day = standing["CallList"], _typed_on(book, situation)
        entries = (
            held(calls.frame, calls.entries, refused.text(situation.language) if refused else "")
            if situation.before_log or refused
            else entered(calls.frame, calls.entries, situation.inputs, Columns.of(located), day, book.date1904)
        )
        situation = replace(
            situation,
            inputs=with_entered(situation.inputs, entries),
            entered=replace(entries, header_row=calls.place.area.top),
        )
    made_now = [entries.activities] if added is None else [added.activities, entries.activities]
    situation = replace(situation, called=frozenset(pd.concat([of["id"] for of in made_now])))
    before = situation.frames["Targets"]
    situation = with_targets_typed(situation, located, standing, refused)
    situation = _with_pool_typed(situation, book, standing, decide=decide)
    situation = replace_kept(situation, search=_search(standing) if search is None else search)
    if not (situation.before_log or refused):
        place = located.places["Customers"]
        situation = brought_up(situation, place, partial(book.closed, place.sheet))
    made = make_all(situation)
    if to := handed_to(book):
        board = standing["Board"].frame if "Board" in standing else result_tables.blank(TABLES["Board"])
        made = own_book.refreshed(made, to, board, situation.language)
    return made, situation, Change.between(before, situation.frames["Targets"])


@garbage.let_lie()
def situation_of(
    book: Book, located: Located, standing: dict[str, ResultTable], as_of: date, language: str | None = None
) -> Situation:
    """What the input tables and logs of a workbook say as of a day. BookError when it has no Customers table to read."""
    refuse_without_customers(book, located)
    inputs = decode(book, located, as_of)
    say_gone(book, located, inputs.problems)

    def logged(table: Table) -> pd.DataFrame:
        return standing[table.name].frame if table.name in standing else result_tables.blank(table)

    return Situation(
        inputs=inputs,
        as_of=as_of,
        language=language or inputs.settings.language,
        history=logged(HISTORY),
        plan_history=logged(PLAN_HISTORY),
        forecast_history=logged(FORECAST_HISTORY),
        target_history=logged(TARGET_HISTORY),
        pool_history=logged(POOL_HISTORY),
        last_seen=logged(SEEN),
        ledger=_ledger(standing, book, as_of),
    )


def _typed_on(book: Book, situation: Situation) -> date:
    """The day that what stands in the call list was typed: that of the last refresh or a later one when the workbook was saved
    last, for what is typed in the evening and refreshed the next morning is of that evening; else `as_of`."""
    last = situation.last_logged
    return (saved_on(book.saved, last, situation.as_of) if last else None) or situation.as_of


def _with_notes(situation: Situation, book: Book, located: Located) -> Situation:
    """The situation once what notes tell stands in the log."""
    more = further_notes(book, located.places["Customers"])
    found = noted(situation.inputs, Columns.of(located), more, situation.last_seen, situation.as_of)
    return replace(situation, inputs=with_noted(situation.inputs, found), noted=found)


def with_targets_typed(
    situation: Situation, located: Located, standing: dict[str, ResultTable], refused: BookError | None = None
) -> Situation:
    """The situation once what was typed into the grid of targets is in the Targets table, as far as it can be."""
    if "TargetGrid" not in standing:
        return situation
    grid, place = standing["TargetGrid"], located.places.get("Targets")
    why = refused.text(situation.language) if refused else ""
    if not refused and (place is None or place.lacks):
        why = BookError("no_targets_table", file="").text(situation.language)
    if why or situation.before_log:
        found = target_taking.waiting(grid.frame, grid.entries, why)
    else:
        situation, found = target_taking.taken(situation, grid.frame, grid.entries, place.columns if place else {})
    return replace(situation, typed_targets=replace(found, header_row=grid.place.area.top))


def _with_pool_typed(situation: Situation, book: Book, standing: dict[str, ResultTable], *, decide: bool) -> Situation:
    """The situation with what was decided in the Pool; `decide`: carried out. BookError when it looks back."""
    if "Pool" not in standing:
        return situation
    pool = standing["Pool"]
    situation = replace_kept(situation, typed_pool=typed(pool.frame, pool.entries, pool.place.area.top))
    if not decide:
        return situation
    if situation.before_log:
        last = situation.last_logged
        raise BookError("pool_looks_back", file=book.name, as_of=situation.as_of, last=last)
    return carried_out(situation)


def _search(standing: dict[str, ResultTable]) -> str:
    """What was typed to be found."""
    if "Found" not in standing:
        return ""
    typed = standing["Found"].entries["search"].dropna()
    return (values.text(typed.iloc[0]) or "") if len(typed) else ""


def refuse_without_customers(book: Book, located: Located) -> None:
    """BookError when there is no Customers table to read, saying what it lacks."""
    place = located.places.get("Customers")
    if place is None:
        raise BookError("no_customers", file=book.name)
    if place.lacks:
        raise BookError(
            "customers_lack",
            file=book.name,
            sheet=place.sheet,
            row=place.header_row,
            column=Header("Customers", place.lacks[0]),
            name=place.lacks[0],
        )


def _ledger(standing: dict[str, ResultTable], book: Book, as_of: date) -> pd.DataFrame:
    """The Rewards so far, with `row` in the sheet; `paid_on` a day or, where it cannot be read, the text people typed."""
    if "Rewards" not in standing:
        return result_tables.blank(TABLES["Rewards"]).assign(row=[])
    rewards = standing["Rewards"]
    typed = [dates.moment(v, date1904=book.date1904, as_of=as_of) for v in rewards.entries["paid_on"]]
    paid_on = [
        values.text(v) if day is values.BAD else day for v, day in zip(rewards.entries["paid_on"], typed, strict=True)
    ]
    return rewards.frame.assign(paid_on=pd.Series(paid_on, dtype=object), row=rewards.rows)


def _values_without_row(standing: dict[str, ResultTable]) -> dict[str, dict[str, dict[str, object]]]:
    """Values of user columns that wait for their row: table -> column -> row key -> value."""
    waiting: dict[str, dict[str, dict[str, object]]] = {}
    if "Kept" in standing:
        for row in rows_of(standing["Kept"].frame):
            waiting.setdefault(row.table, {}).setdefault(row.column, {})[row.row_key] = row.value
    return waiting
