"""What is particular to the language."""

from __future__ import annotations


def plural(count: int) -> int:
    """Which of the forms a text offers goes with a count: one, any other."""
    return 0 if count == 1 else 1
