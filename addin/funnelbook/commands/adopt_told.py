"""What `funnelbook adopt` says of a workbook: what was found, guessed and is missing, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from funnelbook.book import left_out
from funnelbook.book.labels import header, normalise, title
from funnelbook.book.schema import TABLES, Table
from funnelbook.commands.adopt import AdoptReport
from funnelbook.commands.adopt_look import BESIDES, How
from funnelbook.commands.notes_told import notes_told
from funnelbook.words import LANGUAGES, say

SHOWN = 8  # names in a line, unless all are asked for


def told(report: AdoptReport, language: str, shown: int | None = SHOWN) -> Iterator[str]:
    """The lines, a name that is not shown counted; `shown` None: all names are."""
    names = _Names(language, shown)
    columns: dict[str, list[str]] = {}
    sheets: dict[str, str] = {}
    guessed: list[str] = []
    for row in report.matched:
        table, column = TABLES[row["table"]], row["column"]
        columns.setdefault(table.name, []).append(column)
        sheets[table.name] = row["sheet"]
        ours = {normalise(header(table, column, each)) for each in LANGUAGES} | {normalise(column)}
        if normalise(row["header"]) not in ours:
            guessed.append(_read_as(row["header"], table, column, language))
    found = [
        say("adopt_table", language, table=title(TABLES[name], language), sheet=sheets[name], columns=len(there))
        for name, there in columns.items()
    ]
    heads = report.look.heads if report.look else ()
    guessed += [
        _read_as(head.text, TABLES[head.table], head.column, language)
        for head in heads
        if head.column not in ("", *columns.get(head.table, ())) and head.how not in BESIDES
    ]
    customers = TABLES["Customers"]
    known = {*columns["Customers"], *(["owner"] if report.owners else [])}
    lacking = [header(customers, name, language) for name in customers.names if name not in known]

    if report.made_from and report.written:
        yield say("made_beside", language, file=report.file, source=report.made_from)
    yield say("adopt_found", language, tables=names(found))
    yield from facts(report, language, shown)
    if guessed:
        yield say("adopt_guessed", language, columns=names(guessed))
    if otherwise := [f"{head.text} {head.otherwise.text(language)}" for head in heads if head.otherwise]:
        yield say("adopt_otherwise", language, columns=names(otherwise))
    several = len({head.table for head in heads}) > 1
    if left := [
        f"{title(TABLES[head.table], language)}.{head.text}" if several else head.text
        for head in heads
        if head.how is How.LEFT
    ]:
        yield say("adopt_left", language, columns=names(left))
    if lacking:
        yield say("adopt_lacking", language, columns=names(lacking))
    added = names(report.added) or say("every_table_there", language)
    if report.written:
        yield say("tables_added", language, tables=added)
    else:
        yield say("tables_to_add", language, tables=added) if report.added else say("nothing_to_add", language)
    if report.problems:
        yield say("adopt_problems", language, problems=report.problems, file=report.file)


def _read_as(text: str, table: Table, column: str, language: str) -> str:
    read_as = f"{title(table, language)}.{header(table, column, language)}"
    return say("adopt_read_as", language, header=text, column=read_as)


def facts(report: AdoptReport, language: str, shown: int | None = SHOWN) -> Iterator[str]:
    """The lines on what is made, taken from the data and from notes, and which sheets are not read: of no header."""
    names = _Names(language, shown)
    if report.numbered:
        made = "numbers_made" if report.written else "numbers_to_make"
        yield say(
            made if report.number_column else "numbered",
            language,
            count=report.numbered,
            sheet=say("listed", language).join(report.sheets),
            column=report.number_column,
        )
    if report.owners:
        yield say("adopt_owners", language, owners=names(report.owners))
    for table, rows in report.proposed.items():
        yield say("adopt_proposed", language, table=title(TABLES[table], language), rows=names(rows))
    if notes := list(notes_told(report.noted, language, report.file, written=report.written)):
        yield " ".join(notes)
    for key in ("across", "elsewhere", "repeated", "further") if report.look else ():
        if columns := getattr(report.look, key):
            yield say(f"adopt_{key}", language, columns=names(columns))
    if report.look and report.look.left_out:
        yield left_out.told(report.look.left_out, language)
    if report.look and report.look.unread:
        unread = [of.text(language) for of in report.look.unread]
        yield say("adopt_unread", language, sheets=names(unread))


class _Names:
    """Names in a line, the first of them and how many more there are."""

    def __init__(self, language: str, shown: int | None) -> None:
        self._language, self._shown = language, shown

    def __call__(self, texts: Sequence[str]) -> str:
        some = list(texts[: self._shown])
        rest = [say("and_more", self._language, count=len(texts) - len(some))] if len(texts) > len(some) else []
        return say("listed", self._language).join([*some, *rest])
