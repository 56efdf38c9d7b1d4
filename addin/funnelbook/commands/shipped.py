"""The built add-in that comes with Funnelbook."""

from __future__ import annotations

from pathlib import Path


def addin_path() -> Path:
    """Where funnelbook.xlam lies: in the checkout, else in the installed package."""
    package = Path(__file__).parents[1]
    checkout = package.parent / "excel"
    folder = checkout if (checkout / "imagemso.txt").exists() else package / "excel"
    return folder / "funnelbook.xlam"


def addin() -> bytes:
    """The bytes of funnelbook.xlam."""
    return addin_path().read_bytes()
