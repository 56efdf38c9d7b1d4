"""What buttons are for, one after another on a thread of its own: cells of all Excels are answered meanwhile."""

from __future__ import annotations

import gc
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from typing import Any

import pythoncom

from funnelbook.engine.patience import be_patient


class Jobs:
    """The jobs handed over, in their order."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "jobs", _begin)
        self._last: Future[None] | None = None

    @property
    def done(self) -> bool:
        return self._last is None or self._last.done()

    def load(self, language: str) -> None:
        """Loads what formulas and buttons need, while Excel has its engine already."""
        self._last = self._thread.submit(_load, language)

    def take(self, workbook: Any, command: str, as_of: str, path: str) -> None:
        """Puts what a button is for behind the others; `workbook` as COM brought it."""
        handed = pythoncom.CoMarshalInterThreadInterfaceInStream(pythoncom.IID_IDispatch, workbook)
        self._last = self._thread.submit(_press, handed, command, as_of, path)


def _begin() -> None:
    pythoncom.CoInitialize()
    be_patient()


def _load(language: str) -> None:
    from funnelbook.words import choose  # noqa: PLC0415 - Windows knows the engine before this is loaded

    if language:
        choose(language)
    for module in ("engine.excel_cells", "ribbon"):  # a cell waits for the first
        import_module(f"funnelbook.{module}")
    import_module("funnelbook.ribbon").drop_ended()


def _press(handed: Any, command: str, as_of: str, path: str) -> None:
    from funnelbook.engine.handed import received  # noqa: PLC0415
    from funnelbook.ribbon import press  # noqa: PLC0415

    press(command, as_of, path, received(handed))
    gc.collect()  # what is left of the workbook would keep Excel from ending
