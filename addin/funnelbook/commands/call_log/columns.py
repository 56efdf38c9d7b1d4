"""Which column of a call log holds what: told by headers as the usual phone systems write them, or named by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from funnelbook.book import counted, values
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.schema import TABLES
from funnelbook.domain import phone
from funnelbook.hosts.delimited import Grid
from funnelbook.words import spellings

Map = Mapping[tuple[str, str], str]  # (table, column) -> header, or several, a line each
_LOG = TABLES["Activities"]
_HEADER_DEPTH = 50  # a header row is looked for in so many rows
_SAMPLE, _MOST, _FEWEST_DIGITS = 200, 0.8, 8  # rows looked at; of the cells; of a phone that nothing calls one
_LONG, _FEW_WORDS = 24, 15  # letters of a sentence; words that any list may have
_OWN = ("tier_after", "quote", "next_contact", "next_purpose", "objection", "note", "channel")  # as in Activities
# What a column is for, the surer words first, and the column of Activities whose headers mean the same
_ROLES: tuple[tuple[str, str | None], ...] = (
    ("linked", None), ("call_id", "activity_id"), ("start", "at"), ("number", None), ("called", None), ("caller", None), ("id", "id"),
    ("direction", None), ("talk", None), ("total", "minutes"), ("agent", "owner"), ("account", None), ("extension", None),
    ("caller_id", None), *((name, name) for name in _OWN), ("running", None),
)  # fmt: skip
_BY_HAND = {"at": "start", "owner": "agent", "minutes": "talk", "activity_id": "call_id", "phone": "number"}
_CALLED = ("number", "called", "caller")
_READ_FROM = {"at": ("start",), "owner": ("agent",), "minutes": ("talk", "total")}


@dataclass(frozen=True)
class LogColumns:
    """The header row of a log (its index) and the column of each role; `said`: those that say what came of the call, the surest
    first; `days` and `clocks`: those that may hold a day or a time of day alone."""

    top: int
    at: Mapping[str, int]
    said: tuple[int, ...] = ()
    outcome: int | None = None  # the one of `said` whose unknown words are outcomes
    flags: frozenset[int] = frozenset()  # those of `said` that may hold yes and no
    causes: frozenset[int] = frozenset()  # those that say how the call ended
    days: tuple[int, ...] = ()
    clocks: tuple[int, ...] = ()
    heads: Sequence[str] = field(default=())

    @property
    def unused(self) -> list[str]:
        """The headers of columns that are read as nothing."""
        used = {*self.at.values(), *self.said, *self.days, *self.clocks}
        return [head for j, head in enumerate(self.heads) if head and j not in used]

    def head(self, name: str) -> str:
        """The header of what a column of Activities is read from, "" where there is none."""
        roles = (self.at.get(role) for role in _READ_FROM.get(name, (name,)))
        at = self.outcome if name == "outcome" else next((at for at in roles if at is not None), None)
        return "" if at is None else self.heads[at]

    def unit(self, column: int) -> str:
        """ "seconds" or "minutes" where a header names the one, "" where it names neither or both."""
        return counted.time_unit(self.heads[column])


def log_columns(grid: Grid, mapping: Map) -> LogColumns | None:
    """The columns of a log by role, told from the row that names most of them; None where no row names a time and a customer."""
    depth = range(min(len(grid), _HEADER_DEPTH))
    found = [columns for i in depth if (columns := _of_row(grid, i, mapping))]
    if not found:  # no header says whose numbers stand there
        found = [columns for i in depth for columns in _by_content(grid, i, mapping)]
    return max(found, key=lambda columns: len(columns.at) + len(columns.said), default=None)


def _by_content(grid: Grid, top: int, mapping: Map) -> Iterator[LogColumns]:
    """The columns of a log whose customers' numbers stand below a header that may be any number's, or a name's."""
    for j, head in enumerate(grid[top]):
        if isinstance(head, str) and normalise(head) in _any_number() and _are_phones(grid[top + 1 :], j):
            found = _of_row(grid, top, {**mapping, (_LOG.name, "phone"): head})
            if found:
                yield found


def _are_phones(body: Grid, column: int) -> bool:
    """Whether a column holds phones, and not the numbers of its rows."""
    told = [values.text(line[column]) for line in body[:_SAMPLE] if column < len(line)]
    texts = list(dict.fromkeys(text for text in told if text))
    phones = [text for text in texts if sum(map(str.isdigit, text)) >= _FEWEST_DIGITS and phone.of_log(text)]
    counted_up = all(b - a == 1 for a, b in pairwise([int(text) for text in texts if text.isdecimal()]))
    return bool(phones) and len(phones) >= _MOST * len(texts) and (len(texts) == 1 or not counted_up)


def _is_prose(body: Grid, column: int) -> bool:
    """Whether a column holds sentences, and not words of a list."""
    texts = [text for line in body[:_SAMPLE] if column < len(line) and (text := values.text(line[column]))]
    distinct = set(texts)
    long = sum(len(text) if text.isascii() else 2 * len(text) for text in distinct) > _LONG * len(distinct)
    return long or (len(distinct) > _FEW_WORDS and len(distinct) > _MOST * len(texts))


@cache
def _any_number() -> frozenset[str]:
    return frozenset(map(normalise, spellings("logs.any_number")))


def _of_row(grid: Grid, top: int, mapping: Map) -> LogColumns | None:
    heads = [v.strip() if isinstance(v, str) else "" for v in grid[top]]
    plain = [normalise(head) for head in heads]
    unitless = [normalise(counted.without_time_unit(head)) for head in heads]
    moneyless = [normalise(counted.without_money_unit(head)) for head in heads]
    at = {
        _BY_HAND.get(column, column): plain.index(head)
        for (_, column), named in mapping.items()
        for head in reversed([normalise(line) for line in named.split("\n")])  # of several the first that is there
        if head in plain
    }
    prose = [j for j, text in enumerate(plain) if text in _words("wrap_up", None) and _is_prose(grid[top + 1 :], j)]
    said, outcome, flags = _said(["" if j in prose else text for j, text in enumerate(plain)], at)
    causes = frozenset(j for j in said if plain[j] in _words("cause", None))
    for role, column in _ROLES:
        if role in at:
            continue
        texts = unitless if role in ("talk", "total") else moneyless if role == "quote" else plain
        free = [j for j, text in enumerate(texts) if text and j not in at.values() and j not in said]
        rank = _words(role, column)
        if named := [j for j in free if texts[j] in rank]:
            at[role] = min(named, key=lambda j: rank[texts[j]])
    if "note" not in at and prose:
        at["note"] = prose[0]
    if not {"talk", "total"} & at.keys():  # a time that has a unit is how long, not when
        for j, text in enumerate(unitless):
            if text != plain[j] and j not in at.values() and text in {**_words("start", "at"), **_words("clock", None)}:
                at["total"] = j
    days, clocks = (tuple(j for j, text in enumerate(plain) if text in _words(key, None)) for key in ("day", "clock"))
    if "start" not in at and (either := [j for j in (*days, *clocks) if j not in at.values()]):
        at["start"] = either[0]
    if "start" not in at or not ({"id", "running", *_CALLED} & at.keys()):
        return None
    return LogColumns(top, at, said, outcome, flags, causes, days, clocks, heads)


def _said(plain: Sequence[str], at: Mapping[str, int]) -> tuple[tuple[int, ...], int | None, frozenset[int]]:
    """The columns that say what came of a call, that whose own words are outcomes, and those of yes and no."""
    connected, outcome = (aliases(_LOG, name) for name in ("connected", "outcome"))
    answered = {*connected, *_words("answered", None)}
    wrapped = _words("wrap_up", None)
    words = dict.fromkeys((*wrapped, *outcome, *_words("status", None), *answered, *_words("cause", None)))
    rank = {word: i for i, word in enumerate(words)}
    named = [at[name] for name in ("outcome", "connected") if name in at]
    found = [
        *named,
        *sorted(
            (j for j, text in enumerate(plain) if text in rank and j not in at.values()), key=lambda j: rank[plain[j]]
        ),
    ]
    own = [j for j in found if plain[j] in outcome or plain[j] in wrapped or j == at.get("outcome")]
    flags = frozenset(j for j in found if plain[j] in answered or j == at.get("connected"))
    spoken = [*own, *(j for j in found if j not in flags)]
    return tuple(found), (spoken[0] if spoken else None), flags


@cache
def _words(role: str, column: str | None) -> Mapping[str, int]:
    """Normalised headers of a role, the surest first; of a customer's id only those that can mean nothing else."""
    words: Iterable[str] = () if role in {"id", *_OWN} else map(normalise, spellings(f"logs.{role}"))
    own = (*aliases(_LOG, column),) if column else aliases(TABLES["Customers"], "phone") if role == "number" else ()
    vague = set(map(normalise, spellings("logs.running"))) if role == "id" else set()
    return {word: i for i, word in enumerate(dict.fromkeys((*words, *own))) if word not in vague}
