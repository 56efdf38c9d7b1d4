"""How result tables come about: each function says what it makes and what it needs, and they are called in that order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from graphlib import TopologicalSorter
from typing import TypeAlias, TypeVar

import pandas as pd

from funnelbook.book.frames import conform
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES, MisdeclaredError, Table
from funnelbook.results.situation import Situation


@dataclass(frozen=True)
class Made:
    """A result table in schema names and codes, and what was found wrong on the way.

    `note` is the line above it; charts draw the first `chart_rows` rows, None: all.
    """

    rows: pd.DataFrame
    problems: Problems = field(default_factory=Problems)
    note: str = ""
    chart_rows: int | None = None


Function = TypeVar("Function", bound=Callable[..., object])
# What a function needs: a table, given as its Made, or a shared step, given as what it returns
Need: TypeAlias = Table | Callable[..., object]


@dataclass(frozen=True)
class _Step:
    function: Callable[..., object]
    needs: Sequence[Need]


_STEPS: dict[Need, _Step] = {}


def step(*needs: Need) -> Callable[[Function], Function]:
    """Registers a function several results need: it is called once, with the situation and what it needs itself.

    What it finds wrong it returns: Problems, or something that has them as `problems`.
    """

    def register(function: Function) -> Function:
        _STEPS[function] = _Step(function, needs)
        return function

    return register


def makes(table: Table, *needs: Need) -> Callable[[Function], Function]:
    """Registers the function that gives the Made of a table from the situation and what it needs."""

    def register(function: Function) -> Function:
        if table in _STEPS:
            raise MisdeclaredError(f"{table.name} is made by {_STEPS[table].function.__name__} already")
        _STEPS[table] = _Step(function, needs)
        return function

    return register


def every_problem(situation: Situation, *found: object) -> Problems:
    """All that is wrong in the data and all that the other steps found: what makes of Problems needs."""
    parts = [value if isinstance(value, Problems) else getattr(value, "problems", Problems()) for value in found]
    return Problems.joined([situation.checked, *parts])


def make_all(situation: Situation, only: Collection[str] | None = None) -> dict[str, Made]:
    """Every result table by name, or `only` those asked for. ValueError names the table and column of what is not as declared, as
    `conform` says."""
    tables = TABLES.results  # their modules are loaded with them
    others = [need for need, step in _STEPS.items() if every_problem not in step.needs]
    steps = {**_STEPS, every_problem: _Step(every_problem, others)}
    values: dict[Need, object] = {}
    made: dict[str, Made] = {}
    wanted: dict[Need, Sequence[Need]] = {}
    asked: list[Need] = [need for need in steps if only is None or (isinstance(need, Table) and need.name in only)]
    while asked:
        need = asked.pop()
        wanted[need] = steps[need].needs
        asked += [other for other in wanted[need] if other not in wanted]
    for need in TopologicalSorter(wanted).static_order():
        value = steps[need].function(situation, *(values[other] for other in steps[need].needs))
        if isinstance(need, Table):
            if not isinstance(value, Made):
                raise ValueError(f"what makes {need.name} gives no Made")
            value = made[need.name] = replace(value, rows=conform(need, value.rows))
        values[need] = value
    return {table.name: made[table.name] for table in tables if table.name in made}


def make(situation: Situation, table: Table) -> Made:
    """One result table alone, with no more than it needs. ValueError as of `make_all`."""
    _ = TABLES.results  # their modules are loaded with them
    values: dict[Need, object] = {}

    def value(need: Need) -> object:
        if need not in values:
            values[need] = _STEPS[need].function(situation, *map(value, _STEPS[need].needs))
        return values[need]

    made = value(table)
    if not isinstance(made, Made):
        raise ValueError(f"what makes {table.name} gives no Made")
    return replace(made, rows=conform(table, made.rows))
