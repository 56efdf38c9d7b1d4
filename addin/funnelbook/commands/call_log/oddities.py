"""What is odd about the calls of a log: it is asked about, a line each."""

from __future__ import annotations

import pandas as pd

from funnelbook.book.decode import Inputs
from funnelbook.book.problems import Problems
from funnelbook.commands.call_log.log_rows import LogRows

_LOG = "Activities"
_LONG_CALL = 120  # minutes
_FEWEST_CALLS = 10  # for it to be odd that nobody was reached, or that all numbers are unknown


def reached(calls: pd.DataFrame, inputs: Inputs) -> pd.Series:
    """Which calls somebody answered, as the calls or their outcomes say."""
    outcomes = inputs.frames["Outcomes"]
    by_outcome = calls["outcome"].isin(outcomes["outcome"][outcomes["connected"].to_numpy(bool)])
    return calls["connected"].eq(True) | by_outcome


def unread(rows: LogRows) -> dict[str, list[int]]:
    """The lines of each word for what came of a call that nobody knows, the commonest first."""
    words = rows.kept["unread"].dropna()
    found = {str(word): of.index.tolist() for word, of in words.groupby(words, sort=False)}
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def tell(problems: Problems, rows: LogRows, calls: pd.DataFrame, inputs: Inputs) -> None:
    """What is odd about the calls of a log, one line each."""
    first: dict[str, int] = {}
    for line, said in rows.of.unknown.items():
        first.setdefault(str(said), line)
    problems.add(_LOG, "id", "unknown_phone", list(first.values()), list(first))
    for code, lines in (("id_differs", rows.of.differ), ("shared_phone", rows.of.shared)):
        for line, said in list(lines.items())[:1]:
            problems.add(_LOG, "id", code, [line], [said], count=len(lines))
    problems.add(_LOG, "at", "cut_off", [rows.cut] if rows.cut else [], None)
    problems.add(_LOG, "at", "no_line_end", [rows.unended] if rows.unended else [], None)
    without = [line for line in rows.of.without if line != rows.cut]
    for column, code, lines in (("id", "no_number", without), ("at", "line_twice", rows.repeated)):
        problems.add(_LOG, column, code, lines[:1], None, count=len(lines))
    for word, lines in unread(rows).items():
        problems.add(_LOG, "outcome", "unknown_disposition", lines[:1], [word], count=len(lines), word=word)
    long = calls[calls["minutes"] > _LONG_CALL]
    if len(long):
        problems.add(
            _LOG, "minutes", "long_calls", long["row"].iloc[:1], [f"{long['minutes'].iloc[0]:.0f}"], count=len(long)
        )
    if len(calls) >= _FEWEST_CALLS and not reached(calls, inputs).any():
        problems.add(_LOG, "connected", "nobody_reached", calls["row"].iloc[:1], None, count=len(calls))
    if len(rows.of.unknown) >= _FEWEST_CALLS and not len(calls):
        problems.add(_LOG, "id", "all_unknown", list(first.values())[:1], list(first)[:1], count=len(first))
