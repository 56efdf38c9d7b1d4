"""`funnelbook pool` and its button: what a manager decided in the Pool (公海) carried out, and all worked out anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from funnelbook.book import ownership
from funnelbook.book.ports import Book
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book, told_besides
from funnelbook.refresh import RefreshReport
from funnelbook.words import say


@dataclass(frozen=True)
class PoolReport:
    """Customers `taken` into the pool, `given` to each person, `kept`; decisions that `waiting` could not be carried out."""

    taken: int
    given: Mapping[str, int]
    kept: int
    waiting: int
    language: str

    def as_dict(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if name != "language"}

    def text(self, language: str) -> str:
        """The same in a sentence or two."""
        listed = say("listed", language)
        to = [say("pool_given_to", language, person=person, count=count) for person, count in self.given.items()]
        parts = [
            *([say("pool_taken_told", language, count=self.taken)] if self.taken else []),
            *([say("pool_given_told", language, count=sum(self.given.values()), who=listed.join(to))] if to else []),
            *([say("pool_kept_told", language, count=self.kept)] if self.kept else []),
        ]
        done = say("done_pool", language, what=listed.join(parts)) if parts else say("done_pool_nothing", language)
        return " ".join([done, *([say("pool_waiting_told", language, count=self.waiting)] if self.waiting else [])])


def pool(path: Path, *, as_of: date, allow_protected: bool = False) -> PoolReport:
    """What came of the decisions in the Pool of a file, all in one write that can be undone; done again nothing is left to do.

    A decision whose customer stands otherwise by now, or that names nobody who works, waits with a line in Problems. BookError,
    nothing written, where a table cannot be changed or `as_of` precedes the last day logged.
    """
    return _report(pool_book(open_book(path, allow_protected=allow_protected), as_of=as_of))


def pool_book(book: Book, *, as_of: date) -> RefreshReport:
    """As `pool`, of a workbook in any host."""
    ownership.refuse_not_set_up(book)
    return refresh_book(book, as_of, decide=True)


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of the decisions in the workbook in front."""
    report = pool_book(press.book, as_of=press.day)
    return ButtonResult(" ".join([_report(report).text(report.language), *told_besides(report)]))


def _report(report: RefreshReport) -> PoolReport:
    done = report.pool
    return PoolReport(done.taken, done.given, done.kept, len(done.waiting), report.language)
