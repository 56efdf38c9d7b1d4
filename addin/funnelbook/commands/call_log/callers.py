"""Whose calls the rows of a log are: which customer's, by the numbers, and which of the team's people spoke."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd

from funnelbook.book import person_names, values
from funnelbook.book.arrays import array_of, through
from funnelbook.book.labels import normalise
from funnelbook.book.person_names import Staff
from funnelbook.commands.call_log.log_sheet import LogSheet, distinct
from funnelbook.domain import phone
from funnelbook.domain.dtypes import Flags, Objects
from funnelbook.words import spellings

_DIRECTIONS = ("outbound", "inbound", "internal")
_LONGEST_EXTENSION = 6  # digits
_OUTGOING, _INCOMING = (
    ("number", "called", "caller"),
    ("number", "caller", "called"),
)  # where the customer's number stands, likelier first


@dataclass
class Callers:
    """The customer of each row, None where nobody has its number; by line what is not certain about them.

    `unknown`: numbers nobody has; `differ`: ids that name another customer than the number does; `shared`: numbers of several
    customers. `without`: lines of calls that say neither.
    """

    key: Objects
    unknown: dict[int, object] = field(default_factory=dict)
    differ: dict[int, object] = field(default_factory=dict)
    shared: dict[int, object] = field(default_factory=dict)
    without: list[int] = field(default_factory=list)


def inbound(log: LogSheet) -> Flags:
    """Which rows the log says are calls that came in."""
    return _directed(log, "inbound")


def owners(log: LogSheet, came_in: Flags, names: Sequence[str], known_as: Mapping[str, str]) -> Objects:
    """Who of the team spoke, by name, account or extension (`known_as`: extension -> person); what names nobody as it is.

    Which extension is whose is also learnt from the log, where it writes both, as "Ann" <201>.
    """
    own, other = log.cells("caller"), log.cells("called")
    ours, theirs = np.where(came_in, other, own), np.where(came_in, own, other)
    columns = [log.cells(role) for role in ("agent", "account", "extension")]
    columns += [ours] if log.has("direction") else [ours, theirs]
    columns += [np.where(came_in, array_of([None] * len(log)), log.cells("caller_id"))]
    by_name = Staff(names, known_as)
    told = person_names.paired(map(str, distinct(*columns, log.cells("caller_id"))))
    staff = Staff(names, {number: by_name.who(name) or name for number, name in told.items()} | dict(known_as))
    found = array_of([None] * len(log))
    for column in columns:
        who = {text: staff.who(text) for text in distinct(column)}
        found = np.where(found == None, array_of([who.get(text) for text in column]), found)  # noqa: E711 (elementwise)
    for column in columns[:2]:
        found = np.where(found == None, column, found)  # noqa: E711 (elementwise)
    return found


def callers(log: LogSheet, came_in: Flags, spoke: Objects, customers: pd.DataFrame, country: str) -> Callers | None:
    """The customers, by their numbers; by an id where the log has no number of them. None where it has neither.

    A number that only counts the rows of the log is never a customer's id. Of several customers with one number the one meant is
    that of the id, else that of who spoke, else the first.
    """
    by_phone, ids = _by_phone(customers, country), set(customers["id"])
    numbers = {role: log.cells(role) for role in _OUTGOING if log.has(role)}
    said = log.cells("id")
    if not numbers and _are_phones(said, by_phone, ids, country):
        numbers, said = {"number": said}, log.cells("id")[:0]
    elif not numbers and not log.has("id"):
        said = log.cells("running")
        if not _are_ids(said, ids):
            return None
    named = through(said, values.identifier)[0] if len(said) else array_of([None] * len(log))
    known = {text: _of_number(text, by_phone, country) for text in distinct(*numbers.values())}
    owner = dict(zip(customers["id"], customers["owner"], strict=True))
    found, start = Callers(array_of([None] * len(log))), log.cells("start")
    for i, line in enumerate(log.line.tolist()):
        roles = _INCOMING if came_in[i] else _OUTGOING
        texts = [text for role in roles if role in numbers and (text := numbers[role][i]) is not None]
        keys = next((known[text] for text in texts if known[text]), ())
        if len(keys) > 1:
            meant = [key for key in keys if key == named[i]] or [
                key for key in keys if owner[key] == spoke[i] is not None
            ]
            if len(meant) != 1:
                found.shared[line] = texts[0]
            keys = tuple(meant[:1]) or keys
        if keys:
            found.key[i] = keys[0]
            if named[i] in ids and named[i] != keys[0]:
                found.differ[line] = named[i]
        elif named[i] is not None and (named[i] in ids or not numbers):
            found.key[i] = named[i]
        elif texts and not (
            len(texts) > 1 and all(map(_is_extension, texts))
        ):  # a call from desk to desk is no customer's
            found.unknown[line] = next((text for text in texts if not _is_extension(text)), texts[0])
        elif not texts and start[i] is not None and log.filled[i] > 1:  # a lone cell is a remark below the list
            found.without.append(line)
    at_home = set(log.line[_directed(log, "internal")].tolist())
    found.unknown = {line: text for line, text in found.unknown.items() if line not in at_home}
    found.without = [line for line in found.without if line not in at_home]
    return found


def _directed(log: LogSheet, direction: str) -> Flags:
    words = {normalise(text) for text in spellings(f"logs.{direction}")}
    said = log.cells("direction")
    is_it = {text: normalise(text) in words for text in distinct(said)}
    return np.fromiter((is_it.get(text, False) for text in said), bool, len(said))


def _by_phone(customers: pd.DataFrame, country: str) -> dict[str, tuple[str, ...]]:
    """The customers of each number in one spelling; of a first number only those who have it as their first."""
    numbers = customers.dropna(subset="phone")
    listed = [(phone.every(str(text), country), key) for text, key in zip(numbers["phone"], numbers["id"], strict=True)]
    first: dict[str, tuple[str, ...]] = {}
    further: dict[str, tuple[str, ...]] = {}
    for every, key in listed:
        for i, one in enumerate(dict.fromkeys(every)):
            place = further if i else first
            place[one] = (*place.get(one, ()), key)
    return further | first


def _of_number(text: object, by_phone: Mapping[str, tuple[str, ...]], country: str) -> tuple[str, ...]:
    said = str(text)  # mostly in the one spelling already; others take a hundred times as long to read
    return by_phone.get(said) or next((by_phone[one] for one in phone.of_log(said, country) if one in by_phone), ())


def _are_phones(said: Objects, by_phone: Mapping[str, tuple[str, ...]], ids: set[str], country: str) -> bool:
    """Whether what is headed as the customer's number holds phones: some are known, and none is an id."""
    texts = distinct(said)
    return not any(values.identifier(text) in ids for text in texts) and any(
        _of_number(text, by_phone, country) for text in texts
    )


def _are_ids(said: Objects, ids: set[str]) -> bool:
    """Whether numbers under a header that may mean any are ids of customers: all are known, and they do not only count the rows."""
    texts = [values.identifier(text) for text in said if text is not None]
    if not texts or not all(text in ids for text in texts):
        return False
    counted = [int(text) for text in texts if text and text.isdecimal()]
    steps = [b - a for a, b in pairwise(counted)]
    return len(counted) < len(texts) or not (all(s > 0 for s in steps) or all(s < 0 for s in steps))


def _is_extension(text: object) -> bool:
    return len(re.sub(r"\D", "", str(text))) <= _LONGEST_EXTENSION
