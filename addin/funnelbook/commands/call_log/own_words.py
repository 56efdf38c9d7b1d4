"""The table Dispositions: how the words of a phone system are read, as the workbook says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from funnelbook.book import values
from funnelbook.book.labels import normalise
from funnelbook.commands.call_log.systems import system_called
from funnelbook.template.defaults import default_rows
from funnelbook.words import LANGUAGES

_SHORT_CODE = 3  # letters: NA is no word, so na is something else


class Meant(NamedTuple):
    """What a row says of a word: the outcome it comes to and whether somebody spoke, None where it says nothing of it."""

    outcome: str | None
    connected: bool | None


class OwnWords:
    """The rows that somebody wrote or changed and that hold for logs of a system (None: one that nobody can tell).

    A row of the log's own system goes before one of any; their order means nothing. Those a workbook starts with say what is
    read without them, so they are left out: an outcome of the workbook that is called like such a word stays one.
    """

    def __init__(self, frame: pd.DataFrame, system: str | None) -> None:
        ranked: list[tuple[bool, str, str, Meant]] = []
        for profile, word, outcome, connected in zip(
            frame["profile"], frame["disposition"], frame["outcome"], frame["connected"], strict=True
        ):
            meant = Meant(outcome, None if pd.isna(connected) else bool(connected))
            of = system_called(profile)
            if (profile, word, *meant) in _shipped() or (of and system and of != system):
                continue
            ranked.append((not (of and system), normalise(profile or ""), _compared(word), meant))
        ranked.sort(key=lambda row: row[:3])
        self._meant: Mapping[str, Meant] = {word: meant for *_, word, meant in reversed(ranked)}

    def of(self, text: object) -> Meant | None:
        """What the team says of a word; None where no row of its own has it."""
        return self._meant.get(_compared(text)) if text is not None else None


def _compared(word: object) -> str:
    plain = values.fold(values.text(word) or "")
    return plain if len(plain) <= _SHORT_CODE else normalise(plain)


@cache
def _shipped() -> frozenset[tuple[object, ...]]:
    """The rows a new workbook starts with, in any language."""
    rows = [row for language in LANGUAGES for row in default_rows(language)["Dispositions"]]
    return frozenset((row["profile"], row["disposition"], row["outcome"], row["connected"]) for row in rows)
