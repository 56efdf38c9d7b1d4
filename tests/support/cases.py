"""Cases of a parametrised test of which a plain run takes the first ones, .ci/run some more, and FUNNELBOOK_WHOLE=1 all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from support.external import WHOLE

_ONE_OF = 3


def first(count: int, cases: Iterable[object]) -> list[object]:
    """The cases, those after the first `count` marked slow, every third of them unless all are asked for; a tuple is a case of
    several arguments."""
    listed = list(cases)
    further = listed[count:] if WHOLE else listed[count:][::_ONE_OF]
    return listed[:count] + list(map(_slow, further))


def _slow(case: object) -> object:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
