"""Imports by a button: what a file would bring is said in a sentence, and written once its user says that this is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import pandas as pd

from funnelbook.book.frames import rows_of
from funnelbook.commands.buttons import ButtonPress, ButtonResult, NotWanted
from funnelbook.words import say

_PROBLEMS_SHOWN = 5


class Report(Protocol):
    """What an import comes to: `text` before it is written, `done` after."""

    @property
    def problems(self) -> pd.DataFrame: ...

    def text(self, language: str) -> str: ...

    def done(self, language: str) -> str: ...


class ToWrite(Protocol):
    """An import that is read and not written."""

    @property
    def report(self) -> Report: ...

    @property
    def edits(self) -> Sequence[object]: ...

    def write(self) -> Report: ...


def taken(press: ButtonPress, staged: ToWrite) -> ButtonResult:
    """What came of an import. NotWanted where its user said no; where there is nothing to write, or nobody, nobody is asked."""
    language = press.language
    told = "\n".join([staged.report.text(language), *_problems(staged.report.problems, language)])
    asked = press.ask if staged.edits else None
    if asked and not asked(say("import_right", language, told=told)):
        raise NotWanted("import_not_taken")
    done = staged.write().done(language)
    return ButtonResult(done if asked else f"{told}\n{done}", waits=not asked)


def _problems(problems: pd.DataFrame, language: str) -> Iterator[str]:
    """The first problems, a line each."""
    for one in rows_of(problems.iloc[:_PROBLEMS_SHOWN]):
        yield say("import_problem", language, value=one.value or "", problem=one.problem, remedy=one.remedy)
    if (more := len(problems) - _PROBLEMS_SHOWN) > 0:
        yield say("and_more", language, count=more)
