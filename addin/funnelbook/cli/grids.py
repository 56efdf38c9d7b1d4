"""What the command line draws: grids and a bar. What draws takes long to load, so nothing else here needs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from funnelbook.domain.plain import visible

PIPED_WIDTH = 120  # of tables where no terminal says how wide it is


class Plain(Console):
    """A console to which text is text: what names and cells hold steers no terminal."""

    def render_str(self, text: str, **looks: Any) -> Text:
        return super().render_str(visible(text), **looks)


def grid(headers: Sequence[str], rows: Sequence[Sequence[str]], heading: str) -> None:
    """Prints rows of texts under headers."""
    drawn = Grid(title=heading or None, title_justify="left")
    for text in headers:
        drawn.add_column(text, overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    Plain(highlight=False, markup=False, width=None if sys.stdout.isatty() else PIPED_WIDTH).print(drawn)
