"""The button that says what Funnelbook is."""

from __future__ import annotations

from funnelbook import __version__
from funnelbook.words import say


def about(language: str) -> str:
    """Version and licence."""
    return say("about", language, version=__version__)
