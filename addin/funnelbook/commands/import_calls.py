"""`funnelbook import`: the call log of a dialer or phone system becomes activities, however often it is imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from pathlib import Path

import numpy as np
import pandas as pd

from funnelbook.book import ownership
from funnelbook.book.arrays import array_of
from funnelbook.book.decode import Inputs
from funnelbook.book.identity import activity_ids
from funnelbook.book.locate import Located, locate
from funnelbook.book.numbers import REFERRING, number
from funnelbook.book.ports import Book, BookError
from funnelbook.book.read_otherwise import Otherwise, joined
from funnelbook.book.schema import TABLES
from funnelbook.book.set_up_heads import known_before
from funnelbook.book.table_reader import frame_of
from funnelbook.commands.asked import taken
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.call_log.columns import Map
from funnelbook.commands.call_log.completed import call_edits, complete
from funnelbook.commands.call_log.files import LOGS, copies
from funnelbook.commands.call_log.joined_legs import FILLED
from funnelbook.commands.call_log.joined_legs import matched as found_again
from funnelbook.commands.call_log.oddities import reached
from funnelbook.commands.call_log.own_words import OwnWords
from funnelbook.commands.call_log.reading import LogReader, Named
from funnelbook.commands.call_log.report import ImportReport
from funnelbook.commands.missing_sheets import add_missing
from funnelbook.commands.new_customers import put_below
from funnelbook.commands.open import log_mapping_of, mapping_of, matched, open_book, read_inputs
from funnelbook.commands.staged import Staged
from funnelbook.domain import phone
from funnelbook.results.team_data import asked_for_no_call

_LOG = "Activities"


def import_calls(
    path: Path, logs: Sequence[Path], mapping: Map | None = None, *, as_of: date, allow_protected: bool = False
) -> ImportReport:
    """The report of call logs imported into a workbook; as `stage`, and written."""
    return stage(open_book(path, allow_protected=allow_protected), logs, mapping or {}, as_of=as_of).write()


def stage(
    book: Book,
    logs: Sequence[Path],
    mapping: Map,
    *,
    as_of: date,
    add_customers: bool = False,
    zone: tzinfo | None = None,
    told_in: str | None = None,
) -> Staged[ImportReport]:
    """Call logs read for a workbook of any host, nothing written yet.

    Headers are recognised as phone systems write them, or named in `mapping` ((table, column) -> header), which the workbook
    remembers. A customer is found by phone number, else by id.
    A call keeps the log's number, or gets one that follows from its content; one that is there already
    is completed where it has blank cells. Rows that cannot be used are reported and left out. `add_customers`:
    numbers nobody has become customers. `zone`: whose clocks a log's times without an offset show; None: the
    workbook's. `told_in`: the language of the report, else the workbook's. Source: ownbooks.md 3.
    """
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    inputs = read_inputs(book, as_of)
    language = inputs.settings.language
    if _LOG not in located.whole and add_missing(book, located, language):
        located = locate(book, mapping_of(book))
    remembered = log_mapping_of(book)
    reader = LogReader(book, located, inputs, _with(remembered, mapping), Named(mapping), as_of, zone, told_in)
    prospects = frame_of(TABLES["Customers"], [])
    if add_customers:
        callers = {one for log in logs for found in reader.read(log) for one in found.numbers}
        prospects = _prospects(book, located, inputs, callers)
        with_them = pd.concat([inputs.frames["Customers"], prospects], ignore_index=True)
        reader = replace(reader, inputs=replace(inputs, frames=inputs.frames | {"Customers": with_them}))
    seen, waiting = _there(inputs)
    completed = pd.DataFrame({"row": seen["row"]}).assign(**dict.fromkeys(FILLED))
    problems: list[pd.DataFrame] = []
    known, unknown, unread, read_as = 0, set[str](), Counter[str](), list[Mapping[str, Otherwise]]()
    unused: dict[str, None] = {}
    for log, copied in zip(logs, copies(logs), strict=True):
        for found in reader.read(log):
            match = found_again(found.calls, seen)
            there = match.known >= 0
            complete(seen, completed, match.calls[there], match.known[there])
            known += int(there.sum())
            unknown |= found.numbers
            unused |= dict.fromkeys(found.unused)
            if not copied:
                unread.update(found.unread)
                read_as.append(found.otherwise)
            seen = pd.concat([seen, match.calls[~there].assign(new=True)], ignore_index=True)
            named = found.problems.lines(told_in or language)
            problems.append(named.assign(problem=f"{log.name}: " + named["problem"]) if len(logs) > 1 else named)
    reader.named.refuse_left("、".join(log.name for log in logs))
    added = seen[seen["new"].to_numpy(bool)].drop(columns=["row", "new"]).reset_index(drop=True)
    if "source" in located.places[_LOG].columns:  # a workbook made before has no such column
        added = added.assign(source="import")
    # a log of their own: its calls are known by time and customer
    if "activity_id" not in located.places[_LOG].columns:
        added = added.drop(columns="activity_id")
    edits, filled = call_edits(book, located.places[_LOG], language, added, completed, waiting)
    if len(prospects):
        edits += put_below(book, located, _new_customers(prospects, added), language)
    named_now = reader.mapping != remembered
    writes = (
        [matched(mapping_of(book), dict(reader.mapping), located, language, known_before(book))] if named_now else []
    )
    minutes = added["minutes"][added["minutes"] > 0].mean()
    answered = reached(added, inputs).mean() if len(added) else np.nan
    told = pd.concat(problems, ignore_index=True)
    words = dict(unread.most_common())
    report = ImportReport(
        len(added), known, filled, minutes, answered, len(unknown), told, False, words, joined(read_as), [*unused],
        int(added["id"][asked_for_no_call(added.assign(source="import"), inputs)].nunique()),
    )  # fmt: skip
    return Staged(report, book, edits, writes)


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of taking the call logs of a folder into the workbook in front."""
    logs = sorted(file for file in press.path.glob("*") if file.suffix.lower() in LOGS and not _is_of(file, press.book))
    if not logs:
        raise BookError("no_logs", folder=str(press.path))
    return taken(press, stage(press.book, logs, {}, as_of=press.day, told_in=press.language))


def _there(inputs: Inputs) -> tuple[pd.DataFrame, frozenset[str]]:
    """The calls that are there, each with an id, and the words of phone systems among their outcomes that can be read by now.

    Such a word is left blank: it stands for what nobody knew at an earlier import.
    """
    old = inputs.frames[_LOG]
    # a No is seen to where cells are filled
    seen = old.assign(connected=old["connected"].astype(object).where(old["connected"], None))
    seen = seen.assign(activity_id=activity_ids(TABLES[_LOG], seen), new=False)
    words, listed = OwnWords(inputs.frames["Dispositions"], None), set(inputs.frames["Outcomes"]["outcome"])
    imported = (seen["source"] == "import").to_numpy(bool)
    said = seen["outcome"][imported].dropna().unique()
    waiting = frozenset(text for text in said if text not in listed and words.of(text))
    mask = imported & seen["outcome"].isin(waiting).to_numpy()
    return seen.assign(outcome=seen["outcome"].astype(object).where(~mask, None)), waiting


def _new_customers(prospects: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Rows of Customers for numbers nobody had: owned by who called first, created that day."""
    first = added.sort_values("at", kind="stable").drop_duplicates("id").set_index("id")[["at", "owner"]]
    told = first.reindex(prospects["id"]).reset_index()
    created = told["at"].dt.normalize()
    return pd.DataFrame({"id": told["id"], "phone": prospects["phone"], "owner": told["owner"], "created": created})


def _prospects(book: Book, located: Located, inputs: Inputs, callers: Iterable[str]) -> pd.DataFrame:
    """A customer with a new id for each number that can be one."""
    country = inputs.settings.country
    phones = sorted(
        {spelt[0] for caller in callers if (spelt := phone.of_log(caller, country)) and phone.can_be(spelt[0], country)}
    )
    ids = array_of([*inputs.frames["Customers"]["id"], *[None] * len(phones)])
    ids, numbers = number(book, ids, range(len(ids)), [located.places.get(name) for name in REFERRING])
    numbers.remember(book)
    made = ids[len(ids) - len(phones) :]
    return frame_of(TABLES["Customers"], [{"id": i, "phone": p} for i, p in zip(made, phones, strict=True)])


def _with(remembered: Map, named: Map) -> Map:
    """What is remembered of logs with what is named now, which goes first."""
    each = {key: [head, *remembered.get(key, "").split("\n")] for key, head in named.items()}
    return {**remembered, **{key: "\n".join(dict.fromkeys(filter(None, heads))) for key, heads in each.items()}}


def _is_of(file: Path, book: Book) -> bool:
    return file.name.startswith("~$") or file.name == book.name
