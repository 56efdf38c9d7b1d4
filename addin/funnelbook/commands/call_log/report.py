"""What an import of call logs came to, in numbers and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from funnelbook.book import read_otherwise
from funnelbook.book.read_otherwise import Otherwise
from funnelbook.words import say

_WORDS_SHOWN, _COLUMNS_SHOWN = 5, 8


@dataclass(frozen=True)
class ImportReport:
    """What an import came to: calls added, calls there already and how many of them it completed, rows of Problems (row: the line in
    the log). Of the added ones: `minutes` on average of those that took any, the share `connected`, NaN for none; numbers nobody has.
    `unread`: by word how many calls ended in something nobody knows, the commonest first. `otherwise`: by header the cells that are read
    as something else than they say. `unused`: headers of columns that are read as nothing. `spared`: customers not to be called again.
    """

    added: int
    known: int
    completed: int
    minutes: float
    connected: float
    unknown: int
    problems: pd.DataFrame
    written: bool
    unread: Mapping[str, int] = field(default_factory=dict)
    otherwise: Mapping[str, Otherwise] = field(default_factory=dict)
    unused: Sequence[str] = ()
    spared: int = 0

    def as_dict(self) -> dict[str, object]:
        told = {
            name: None if np.isnan(value) else round(value, 3)
            for name, value in (("minutes", self.minutes), ("connected", self.connected))
        }
        counts = {"added": self.added, "known": self.known, "completed": self.completed, "unknown": self.unknown}
        otherwise = {head: of._asdict() for head, of in self.otherwise.items()}
        rest = {
            "unread": dict(self.unread),
            "otherwise": otherwise,
            "unused": list(self.unused),
            "spared": self.spared,
            "problems": len(self.problems),
            "written": self.written,
        }
        return {**counts, **told, **rest}

    def text(self, language: str) -> str:
        """What is added, in a sentence or two that somebody can say yes or no to."""
        minutes, connected = (
            "" if np.isnan(size) else say(f"import_{name}", language, **{name: format(size, form)})
            for name, size, form in (("minutes", self.minutes, ".1f"), ("connected", self.connected, ".0%"))
        )
        told = say(
            "import_told",
            language,
            calls=self.added,
            minutes=minutes,
            connected=connected,
            unknown=self.unknown,
            completed=self.completed,
        )
        spared = say("import_spared", language, count=self.spared) if self.spared else ""
        told = " ".join(filter(None, [told, spared, self._unread(language) if self.unread else ""]))
        return "\n".join(filter(None, [told, read_otherwise.told(self.otherwise, language), self._left(language)]))

    def done(self, language: str) -> str:
        """What was written."""
        counts = {"added": self.added, "known": self.known, "completed": self.completed}
        return say("done_import", language, **counts, problems=len(self.problems))

    def _left(self, language: str) -> str:
        shown = list(self.unused[:_COLUMNS_SHOWN])
        more = len(self.unused) - len(shown)
        heads = say("listed", language).join([*shown, *([say("and_more", language, count=more)] if more else [])])
        return say("adopt_left", language, columns=heads) if shown else ""

    def _unread(self, language: str) -> str:
        shown = [
            say("import_word", language, word=word, count=count)
            for word, count in list(self.unread.items())[:_WORDS_SHOWN]
        ]
        more = len(self.unread) - len(shown)
        words = say("listed", language).join([*shown, *([say("and_more", language, count=more)] if more else [])])
        return say("import_unread", language, words=words)
