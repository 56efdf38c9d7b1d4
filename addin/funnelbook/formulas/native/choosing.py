"""Values taken out of blocks: that at a place, and by each value of another block one or the other."""

from __future__ import annotations

import numpy as np

from funnelbook.formulas.native.blocks import ERROR, TEXT, Block, Scalar, UntoldError

BEYOND = object()


def value_at(block: Block, i: int, j: int) -> object:
    """The value at a row and column, counted from 0; a single value, row or column goes with all, `BEYOND` any other."""
    height, width = block.shape
    if (height > 1 and i >= height) or (width > 1 and j >= width):
        return BEYOND
    return block.values[i if height > 1 else 0, j if width > 1 else 0]


def by_truth(asked: Block, one: Scalar | Block, other: Scalar | Block) -> Block:
    """IF by a block: each value of `one` where it says TRUE, of `other` where FALSE, an error where it has one."""
    blocks = [value if isinstance(value, Block) else Block.of([[value]]) for value in (one, other)]
    if (asked.kinds == TEXT).any():
        raise UntoldError("texts to choose by")
    shape = asked.shape
    for block in blocks:
        if not all(a in (1, b) for a, b in zip(block.shape, shape, strict=True)):
            raise UntoldError("blocks of other sizes")
    first, second = (np.broadcast_to(block.values, shape) for block in blocks)
    values = np.where(asked.kinds == ERROR, asked.values, np.where(asked.numbers != 0, first, second))
    found = Block(values)
    if asked.error is None:
        kinds = [np.broadcast_to(block.kinds, shape) for block in blocks]
        numbers = [np.broadcast_to(block.numbers, shape) for block in blocks]
        found.kinds = np.where(asked.numbers != 0, *kinds)
        found.numbers = np.where(asked.numbers != 0, *numbers)
    return found
