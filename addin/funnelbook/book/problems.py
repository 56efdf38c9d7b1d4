"""What is wrong in a workbook's data: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from funnelbook.book import values
from funnelbook.book.consequences import consequence
from funnelbook.book.labels import header, title
from funnelbook.book.place import ROWS, row_said
from funnelbook.book.schema import TABLES
from funnelbook.book.severities import ERROR, INFO, SEVERITIES, WARNING
from funnelbook.domain.dtypes import At, Numbers
from funnelbook.words import LANGUAGES, filled, say, texts

NAMING = ("Problems", "Fixes")  # tables that name tables and columns, on a sheet as people read them
_ROWS_SHOWN, _VALUES_SHOWN = 8, 3  # of a line that speaks of many


@dataclass(frozen=True)
class Found:
    """One problem (`code`) in many rows of a column, with what the cells hold; `fields` fill its text, arrays row by row."""

    table: str
    column: str | None
    code: str
    rows: Numbers  # of the sheet
    values: list[object]
    fields: dict[str, object]


@dataclass
class Problems:
    """A growing list of problems; `frame` gives them as rows of the Problems table."""

    found: list[Found] = field(default_factory=list)

    @classmethod
    def joined(cls, parts: Iterable[Problems]) -> Problems:
        """All problems of several lists."""
        return cls([found for part in parts for found in part.found])

    def add(
        self,
        table: str,
        column: str | None,
        code: str,
        rows: Sequence[float] | At | Numbers | pd.Series,
        values: Sequence[object] | NDArray[Any] | pd.Series | None,
        **fields: object,
    ) -> None:
        """Notes one problem in many rows of a column; `fields` fill its text, arrays row by row."""
        if len(rows):
            shown: list[object] = [None] * len(rows) if values is None else list(values)
            self.found.append(Found(table, column, code, np.asarray(rows, dtype=float), shown, fields))

    def rows(self, table: str, column: str) -> Numbers:
        """Sheet rows of a column that have a problem already."""
        found = [f.rows for f in self.found if (f.table, f.column) == (table, column)]
        return np.concatenate(found) if found else np.zeros(0)

    def frame(self, language: str) -> pd.DataFrame:
        """Rows of Problems, the worst first, then by table and row. Table and column by schema name."""
        return self._each(language)[list(TABLES["Problems"].names)]

    def lines(self, language: str, sheets: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
        """As `frame`, of each cause in a column only the first row, which says how many there are, in which rows and of what cells.

        What the text says of one of them only is said as an example; a cause is what it says of all.
        `sheets`: of a table in parts their names, which go before the rows.
        """
        each = self._each(language)
        alike = each.groupby(["table", "column", "cause"], sort=False, dropna=False).ngroup()
        first = each[~alike.duplicated()].copy()
        many = alike[alike.duplicated()].unique()
        for number in many:
            rows = each[alike == number]
            said = _of_many(rows, language, (sheets or {}).get(rows["table"].iloc[0], ()))
            first.loc[rows.index[0], ["problem", "value"]] = said, _values_of(rows, language)
        for table, names in (sheets or {}).items():
            alone = first[(first["table"] == table) & ~alike[first.index].isin(many) & first["row"].notna()]
            for at, problem, row in zip(alone.index, alone["problem"], alone["row"], strict=True):
                first.loc[at, "problem"] = say("problem_at", language, problem=problem, row=row_said(row, names))
        return first.reset_index(drop=True)[list(TABLES["Problems"].names)]

    def rows_of_lines(self, language: str) -> list[At]:
        """By line of `lines` the rows it speaks of, as the frames of Inputs give them, in order."""
        each = self._each(language)
        alike = each.groupby(["table", "column", "cause"], sort=False, dropna=False)["row"]
        return [np.unique(rows.dropna().to_numpy(np.int64)) for _, rows in alike]

    def _each(self, language: str) -> pd.DataFrame:
        """Rows of Problems with their `cause`."""
        names = [*TABLES["Problems"].names, "cause"]
        parts = [_rows(found, language) for found in self.found]
        if not parts:
            return pd.DataFrame({name: pd.Series(dtype=object) for name in names})
        frame = pd.concat(parts, ignore_index=True)
        worst = frame["severity"].map({ERROR: 0, WARNING: 1, INFO: 2})
        table = frame["table"].map({name: i for i, name in enumerate(TABLES)})
        order = np.lexsort((frame["row"].to_numpy(), table.to_numpy(), worst.to_numpy()))
        return frame.iloc[order].drop_duplicates(["table", "row", "column", "problem"]).reset_index(drop=True)[names]

    def of(self, table: str) -> Problems:
        """Those of one table."""
        return Problems([found for found in self.found if found.table == table])


def _rows(found: Found, language: str) -> pd.DataFrame:
    problem, remedy = texts(f"problems.{found.code}", language)
    becomes = consequence(found.table, found.column, found.code)
    if becomes:
        told = say(f"consequences.{becomes}", language)
        problem = say("consequences.joined", language, problem=problem, consequence=told)
    each = {name: value for name, value in found.fields.items() if isinstance(value, np.ndarray)}
    of_all = [str(value) for name, value in found.fields.items() if name not in each]
    if each:
        lines = [dict(zip(each, row, strict=True)) for row in zip(*each.values(), strict=True)]
        said: object = [filled(problem, language, found.fields | line) for line in lines]
    else:
        said = filled(problem, language, found.fields)
    return pd.DataFrame(
        {
            "table": found.table,
            "row": found.rows,
            "column": found.column,
            "value": pd.Series(
                [v if v is None or isinstance(v, str) else values.text(v) for v in found.values], dtype=object
            ),
            "problem": said,
            "remedy": _named(remedy, found.fields),
            "severity": SEVERITIES[found.code],
            "cause": "\n".join([found.code, *of_all]),
        }
    )


def _named(remedy: str, fields: Mapping[str, object]) -> str:
    """A remedy with the texts among the fields that it names; other braces in it are for a template, and stay."""
    for name, said in fields.items():
        remedy = remedy.replace(f"{{{name}}}", said) if isinstance(said, str) else remedy
    return remedy


def _of_many(rows: pd.DataFrame, language: str, sheets: Sequence[str]) -> str:
    """The problem of several rows: what they say, or the first of them if they differ, how many there are and where."""
    said, numbers = rows["problem"], rows["row"].drop_duplicates()
    shown = [row_said(row, sheets) for row in numbers[:_ROWS_SHOWN]]
    where = say("listed", language).join([*shown, *(["…"] if len(numbers) > len(shown) else [])])
    key = "problem_of_many" if said.nunique() == 1 else "problem_for_example"
    return say(key, language, problem=said.iloc[0], row=shown[0], count=len(numbers), rows=where)


def _values_of(rows: pd.DataFrame, language: str) -> str | None:
    """What some of the cells hold, each once."""
    values = rows["value"].dropna().unique().tolist()
    more = [say("and_more", language, count=len(values) - _VALUES_SHOWN)] if len(values) > _VALUES_SHOWN else []
    return say("listed", language).join([*values[:_VALUES_SHOWN], *more]) or None


def shown(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Rows of a table of NAMING with the table and column as people read them; what a row that users typed names stays as it is."""
    titles = {name: title(table, language) for name, table in TABLES.items()}
    pairs = list(zip(frame["table"], frame["column"], strict=True))
    heads = {
        (t, c): header(TABLES[t], c, language) if t in TABLES and c in TABLES[t].by_name else c for t, c in set(pairs)
    }
    rows = {"row": frame["row"] % ROWS} if "row" in frame else {}
    return frame.assign(
        **rows,
        table=pd.Series([titles.get(t, t) for t, _ in pairs], index=frame.index, dtype=object),
        column=pd.Series([heads[pair] for pair in pairs], index=frame.index, dtype=object),
    )


def schema_names(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table of NAMING read back from a sheet: table and column by schema name again."""
    tables = {title(t, language): t.name for t in TABLES.values() for language in LANGUAGES}
    named = pd.Series([tables.get(name, name) for name in frame["table"]], index=frame.index, dtype=object)
    columns = {(t.name, header(t, c, language)): c for t in TABLES.values() for c in t.names for language in LANGUAGES}
    column = [columns.get(pair, pair[1]) for pair in zip(named, frame["column"], strict=True)]
    return frame.assign(table=named, column=pd.Series(column, index=frame.index, dtype=object))
