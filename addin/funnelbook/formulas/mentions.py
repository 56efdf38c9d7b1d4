"""What a formula consists of: whether it asks for one of ours, and whether it means the same cells wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.formulas.syntax import Call, Node, Reference, parsed

_CELLS = re.compile(
    r"(?:.*!)?(?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3})", re.IGNORECASE
)
_FIXED = re.compile(r"(?:.*!)?\$[A-Z]{1,3}(?:\$\d+)?(?::\$[A-Z]{1,3}(?:\$\d+)?)?", re.IGNORECASE)


def mentions_ours(formula: str) -> bool:
    """Whether a formula asks for an FB_ formula anywhere."""
    node = parsed(formula)
    return node is not None and any(isinstance(n, Call) and n.name in FORMULAS for n in _parts(node))


def is_fixed(node: Node) -> bool:
    """Whether the cells that a defined name refers to are the same wherever it is used."""
    cells = (n.text for n in _parts(node) if isinstance(n, Reference) and _CELLS.fullmatch(n.text))
    return all(map(_FIXED.fullmatch, cells))


def _parts(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Call):
        for argument in node.arguments:
            yield from _parts(argument)
