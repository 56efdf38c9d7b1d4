"""What is particular to the language."""

from __future__ import annotations


def plural(count: int) -> int:
    """Which of the forms a text offers goes with a count: there is one."""
    return 0
