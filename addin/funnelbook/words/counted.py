"""A number that chooses the words beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Self, TypeAlias

Rule: TypeAlias = Callable[[int], int]  # count -> which of the forms a text offers
_FORMS = re.compile(r"\{(\w+):([^{}]*\|[^{}]*)\}")


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
        return _placed(form, str(int(self)))


def of_many(text: str) -> str:
    """A text as it is of many, its fields unfilled: {rows:row|rows} is "{rows} rows"."""
    return _FORMS.sub(lambda found: _placed(found[2].rpartition("|")[2], f"{{{found[1]}}}"), text)


def _placed(form: str, number: str) -> str:
    return form.replace("#", number) if "#" in form else f"{number} {form}"
