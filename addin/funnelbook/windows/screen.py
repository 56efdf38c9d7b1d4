"""What a person sees of Funnelbook where there is no Excel and no console: messages and windows of Windows' own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from funnelbook.windows import common_dialogs as dialogs

_T = TypeVar("_T")


class Screen(Protocol):
    """What can be shown and asked."""

    def tell(self, text: str) -> None:
        """Shows a text until it is closed."""
        ...

    def asks(self, text: str) -> bool:
        """Whether somebody says yes."""
        ...

    def choose(self) -> list[Path]:
        """The workbooks somebody picks; none when they think better of it."""
        ...

    def working(self, text: str, work: Callable[[], _T]) -> _T:
        """What the work gives; meanwhile the text is shown."""
        ...

    def open(self, path: Path) -> None:
        """Opens a file with the program that belongs to it, Excel or WPS."""
        ...


class WindowsScreen:
    """The one of this computer."""

    def tell(self, text: str) -> None:
        dialogs.message(text)

    def asks(self, text: str) -> bool:
        return dialogs.question(text)

    def choose(self) -> list[Path]:
        return dialogs.pick(("*.xlsx", "*.xlsm"))

    def working(self, text: str, work: Callable[[], _T]) -> _T:
        return dialogs.progress(text, work)

    def open(self, path: Path) -> None:
        os.startfile(path)  # type: ignore[attr-defined] - Windows has it
