"""A number that chooses the words beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self, TypeAlias

Rule: TypeAlias = Callable[[int], int]  # count -> which of the forms a text offers


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
