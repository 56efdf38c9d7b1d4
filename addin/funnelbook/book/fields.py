"""Texts with fields in braces, such as {客户名称} or {name}: filled by name only, so a text can run nothing and reach nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from funnelbook.book.labels import normalise
from funnelbook.domain.dtypes import Objects

_FIELD = re.compile(r"\{([^{}]*)\}")


def unknown(text: str, known: Mapping[str, object]) -> list[str]:
    """Fields of a text that are none of `known` (normalised names), as typed, each once."""
    return list(dict.fromkeys(name for name in _FIELD.findall(text) if normalise(name) not in known))


def filled(text: str, known: Mapping[str, Objects]) -> Objects:
    """The text once a row, its fields replaced by the rows' values (`known`: normalised name -> texts, one or more names).

    A field that is none of them stays as typed; what is filled in is not looked into again.
    """
    rows = len(next(iter(known.values())))
    whole: Objects = np.full(rows, "", dtype=object)
    for i, part in enumerate(_FIELD.split(text)):
        if i % 2 == 0:
            whole += part
        else:
            values = known.get(normalise(part))
            whole += f"{{{part}}}" if values is None else values
    return whole
