"""The built add-in for Excel and extension for LibreOffice that come with Funnelbook."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parent


def addin_path() -> Path:
    """Where funnelbook.xlam lies: in the checkout, else in the installed package."""
    return _folder("excel") / "funnelbook.xlam"


def addin() -> bytes:
    """The bytes of funnelbook.xlam."""
    return addin_path().read_bytes()


def extension_path() -> Path:
    """Where funnelbook.oxt lies: in the checkout, else in the installed package."""
    return _folder("libreoffice") / "funnelbook.oxt"


def extension() -> bytes:
    """The bytes of funnelbook.oxt."""
    return extension_path().read_bytes()


def _folder(name: str) -> Path:
    in_checkout = (_CHECKOUT / "excel" / "imagemso.txt").exists()
    return (_CHECKOUT if in_checkout else _PACKAGE) / name
