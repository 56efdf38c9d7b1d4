"""The rows of a call log as rows of Activities, before they are read as those are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.book import values
from funnelbook.book.arrays import array_of, through
from funnelbook.book.channel_words import is_call
from funnelbook.book.decode import Inputs
from funnelbook.book.labels import normalise
from funnelbook.commands.call_log import dispositions
from funnelbook.commands.call_log.callers import Callers, callers, inbound, owners
from funnelbook.commands.call_log.columns import LogColumns
from funnelbook.commands.call_log.log_sheet import LogSheet, distinct
from funnelbook.commands.call_log.own_words import OwnWords
from funnelbook.commands.call_log.systems import system_of
from funnelbook.commands.call_log.times import Plain, began, durations, names_zone, to_the_second
from funnelbook.domain.dtypes import Numbers, Objects
from funnelbook.hosts.delimited import Grid, cut_in, unended_in

_SEVERAL = re.compile(r"[\s,，、;；/|]+")  # between extensions
_AS_THEY_ARE = ("tier_after", "quote", "next_contact", "next_purpose", "objection", "note")


@dataclass(frozen=True)
class LogRows:
    """A log by schema columns: `grid` has each row where it stood, those of no customer blank; `column` of each name from 1.

    `kept`, by line: `call` what all rows of one call share (None: nothing), `legs` whether that is meant to join them, `connected`
    (None: unsaid), `whole` minutes from the first ring to the end, `zoned` whether its time names its zone, `unread` what is taken for
    the outcome though nobody knows it, of rows of customers.
    `plain`: durations whose unit nobody named. `said`: by schema column the cells of the log that say it, by line.
    `repeated`: the lines that say what an earlier one says, left out; `cut`: that in which the file
    breaks off, `unended`: that which may break off in its last cell, 0 for none.
    """

    grid: Grid
    column: dict[str, int]
    kept: pd.DataFrame
    of: Callers
    plain: list[Plain]
    said: pd.DataFrame
    repeated: list[int]
    cut: int
    unended: int


def log_rows(grid: Grid, columns: LogColumns, inputs: Inputs, as_of: date) -> LogRows | None:
    """The rows of a log; None where it has neither numbers nor ids of customers."""
    log = LogSheet(grid, columns, as_of)
    again = log.again()
    if again.any() and to_the_second(began(log)):
        repeated = log.line[again].tolist()
        log = log.without(again)
    else:
        repeated = []
    came_in = inbound(log)
    spoke = owners(log, came_in, *_staff(inputs))
    of = callers(log, came_in, spoke, inputs.frames["Customers"], inputs.settings.country)
    if of is None:
        return None
    took = durations(log)
    talk = np.full(len(log), np.nan)
    if log.has("talk"):
        talk = np.array([size if isinstance(size, float) else np.nan for size in took.talk], dtype=float)
    connected, outcome, unread = _results(log, inputs, talk)
    silent = (outcome == None) | (unread != None)  # noqa: E711 (elementwise)
    connected = np.where((connected == None) & silent & (talk > 0), True, connected)  # noqa: E711 (elementwise)
    rows: dict[str, Objects] = {
        "at": began(log),
        "id": of.key,
        "owner": spoke,
        "minutes": took.talk,
        "outcome": outcome,
    }
    rows["channel"] = _channels(log, inputs.frames["Channels"]["channel"])
    rows |= {name: log.cells(name) for name in _AS_THEY_ARE if log.has(name)}
    lines: Grid = [[] for _ in range(log.size)]
    lines[columns.top] = [*rows]
    taken = of.key != None  # noqa: E711 (elementwise)
    for line, cells in zip(
        log.line[taken].tolist(), zip(*(column[taken] for column in rows.values()), strict=True), strict=True
    ):
        lines[line - 1] = list(cells)
    linked = log.cells("linked")
    own = np.where(linked == None, log.cells("call_id"), linked)  # noqa: E711 (elementwise)
    kept = pd.DataFrame(
        {
            "call": through(own, values.identifier)[0],
            "legs": linked != None,  # noqa: E711 (elementwise)
            "connected": connected,
            "zoned": array_of([isinstance(said, str) and names_zone(said) for said in rows["at"]]).astype(bool),
            "whole": np.array([size if isinstance(size, float) else np.nan for size in took.whole], dtype=float),
            "unread": np.where(taken, unread, array_of([None] * len(log))),
        },
        index=log.line,
    )
    said = {"at": rows["at"], "owner": log.cells("agent"), "minutes": log.cells("talk" if log.has("talk") else "total")}
    if columns.outcome is not None:
        said["outcome"] = log.cells(columns.outcome)
    said |= {name: rows[name] for name in _AS_THEY_ARE if name in rows}
    return LogRows(
        lines,
        {name: i for i, name in enumerate(rows, 1)},
        kept,
        of,
        took.plain,
        pd.DataFrame(said, log.line, dtype=object),
        repeated,
        cut_in(grid),
        unended_in(grid),
    )


def _staff(inputs: Inputs) -> tuple[Sequence[str], Mapping[str, str]]:
    """The people of a team, those who own customers where there is no list of them, and whose each extension and account is."""
    listed = inputs.frames["People"].dropna(subset="person")
    names = list(listed["person"]) or [name for name in pd.unique(inputs.frames["Customers"]["owner"]) if name]
    said = listed.dropna(subset="extension")
    each = [(_SEVERAL.split(text), name) for text, name in zip(said["extension"], said["person"], strict=True)]
    return names, {one: name for several, name in each for one in several if one}


def _results(log: LogSheet, inputs: Inputs, talk: Numbers) -> tuple[Objects, Objects, Objects]:
    """Of each row whether somebody spoke, None where that is not said, its outcome, and what is taken for it and nobody knows.

    By all columns that say something of it, the surest first: what a later one says against it is left out, and what only says how
    the call ended where it was talk, in minutes, that says otherwise: nobody talks to a phone that rings. Nothing is unknown where the
    workbook has no list of outcomes.
    """
    outcomes = list(inputs.frames["Outcomes"]["outcome"].dropna())
    words = OwnWords(inputs.frames["Dispositions"], system_of(log.columns.heads))
    connected, outcome, unread = (array_of([None] * len(log)) for _ in range(3))
    nothing = unread
    for column in log.columns.said:
        cells = log.cells(column)
        told = dispositions.said(
            distinct(cells), outcomes, words, flags=column in log.columns.flags, cause=column in log.columns.causes
        )
        spoken = array_of([told[text].connected if text is not None else None for text in cells])
        by_end = array_of([text is not None and told[text].by_end for text in cells]).astype(bool)
        against = by_end & (spoken == False) & (talk > 0)  # noqa: E712 (elementwise)
        spoken = np.where(against, True, np.where(by_end & (spoken == True) & (talk == 0), False, spoken))  # noqa: E712 (elementwise)
        against |= (connected != None) & (spoken != None) & (connected != spoken)  # noqa: E711 (elementwise)
        own = column == log.columns.outcome
        came = array_of([told[t].outcome if t is not None and (own or told[t].known) else None for t in cells])
        if own and outcomes:
            strange = {text: said.outcome for text, said in told.items() if not said.known}
            unread = np.where(outcome == None, array_of([strange.get(text) for text in cells]), nothing)  # noqa: E711 (elementwise)
        connected = np.where(connected == None, spoken, connected)  # noqa: E711 (elementwise)
        outcome = np.where((outcome == None) & ~against, came, outcome)  # noqa: E711 (elementwise)
    return connected, outcome, unread


def _channels(log: LogSheet, own: pd.Series) -> Objects:
    """The channel as the team calls it; blank, a call, for what a phone system calls its lines."""
    cells = log.cells("channel")
    called = {normalise(name): name for name in own.dropna()}
    texts = list(distinct(cells))
    calls = dict(zip(texts, is_call(pd.Series(texts, dtype=object)), strict=True))
    return array_of([None if t is None else called.get(normalise(t)) or (None if calls[t] else t) for t in cells])
