"""A number that chooses the words beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Self, TypeAlias

Rule: TypeAlias = Callable[[int], int]  # count -> which of the forms a text offers

_CHOICE = re.compile(r"\{(\w+):(?:[^{}|]*\|)+([^{}|]*)\}")


def for_many(text: str) -> str:
    """A text as it reads for large numbers, its fields still to be filled in: {rows:row|rows} is {rows} rows."""

    def last(found: re.Match[str]) -> str:
        field, form = f"{{{found[1]}}}", found[2]
        return form.replace("#", field) if "#" in form else f"{field} {form}"

    return _CHOICE.sub(last, text)


class Counted(int):
    """A number whose format may list forms: {rows:row|rows} is "1 row" or "3 rows", {open:# is|# are} "1 is"."""

    rule: Rule

    @classmethod
    def by(cls, rule: Rule, count: int) -> Self:
        """The number, its forms chosen by a language's rule."""
        made = cls(count)
        made.rule = rule
        return made

    def __format__(self, spec: str) -> str:
        forms = spec.split("|")
        if len(forms) == 1:
            return super().__format__(spec)
        form = forms[self.rule(int(self))]
        return form.replace("#", str(int(self))) if "#" in form else f"{int(self)} {form}"
