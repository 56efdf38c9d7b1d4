"""What is said of entries that were taken from notes."""

from __future__ import annotations

from collections.abc import Iterator

from funnelbook.results.noted import Noted
from funnelbook.words import say

_LONGEST = 24  # signs of an entry that is shown


def notes_told(found: Noted, language: str, file: str, *, written: bool = True) -> Iterator[str]:
    """Sentences on what was taken, with examples, on what was not, and how to take it back."""
    if not found.count:
        if found.left:
            yield say("notes_left", language, count=found.left)
        return
    shown = [
        say("notes_example", language, customer=customer, day=day, text=_short(text))
        for customer, day, text in found.examples
    ]
    examples = say("notes_examples", language, examples=say("listed", language).join(shown))
    yield say("notes_taken" if written else "notes_to_take", language, count=found.count, examples=examples)
    if found.orders:
        yield say("notes_orders" if written else "notes_orders_to_take", language, orders=found.orders)
    if found.unpriced:
        yield say("notes_unpriced", language, count=found.unpriced)
    if found.undone:
        yield say("notes_undone", language, count=found.undone)
    if found.left:
        yield say("notes_left", language, count=found.left)
    if written:
        yield say("notes_off", language, file=file)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
