"""An engine that is killed at some change of a workbook in the stand-in for Excel: from then on it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from support import fake_excel as fake

_METHODS = (
    (fake.Range, "clear_contents"),
    (fake.Range, "insert"),
    (fake.Range, "delete"),
    (fake.Table, "resize"),
    (fake.Sheet, "copy"),
    (fake.Sheet, "delete"),
    (fake.Book, "close"),
    (fake.Books, "open"),
    (fake.Names, "add"),
    (fake.Name, "delete"),
)
_PROPERTIES = (
    (fake.Range, "raw_value"),
    (fake.Range, "number_format"),
    (fake.Table, "show_totals"),
    (fake.Name, "refers_to"),
)


class Killed(BaseException):
    """Nothing that a process does when it is killed."""


@contextmanager
def killed_at(change: int, *, done: bool) -> Iterator[list[str]]:
    """Kills whoever makes the change of this number, from 0, before it is `done` or after; gives the changes asked for."""
    asked: list[str] = []
    within = []  # a change of Excel's own: what it consists of is done with it

    def killing(name, make):
        def made(*arguments, **named):
            if within:
                return make(*arguments, **named)
            within.append(name)
            try:
                return counted(*arguments, **named)
            finally:
                within.clear()

        def counted(*arguments, **named):
            asked.append(name)
            if len(asked) - 1 > change:
                raise Killed
            if len(asked) - 1 == change:
                if done:
                    make(*arguments, **named)
                raise Killed
            return make(*arguments, **named)

        return made

    patches = [patch.object(of, name, killing(name, getattr(of, name))) for of, name in _METHODS]
    for of, name in _PROPERTIES:
        whole = getattr(of, name)
        patches.append(patch.object(of, name, property(whole.fget, killing(name, whole.fset))))
    for one in patches:
        one.start()
    try:
        yield asked
    except Killed:
        pass
    finally:
        for one in patches:
            one.stop()
