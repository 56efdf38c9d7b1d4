"""Python's search for garbage, put off while rows are read, worked with and written."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def let_lie() -> Generator[None]:
    """Looks for no garbage meanwhile: the search goes through every row again and again, and finds nothing."""
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()
