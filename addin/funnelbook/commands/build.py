"""`funnelbook build`: the files of the project that are made from its code."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from funnelbook import template
from funnelbook.book.labels import LANGUAGES
from funnelbook.book.ports import BookError


def build(*, only_check: bool = False) -> list[Path]:
    """Built files that were not current; they are written unless `only_check`.

    Only in a checkout of the project: an installed Funnelbook carries its built files.
    """
    stale = []
    for language in LANGUAGES:
        path = template.path(language)
        if not path.parent.parent.joinpath("README.md").exists():
            raise BookError("no_checkout")
        data = template.build(language)
        if not path.exists() or _parts(path.read_bytes()) != _parts(data):
            stale.append(path)
            if not only_check:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
    return stale


def _parts(package: bytes) -> dict[str, bytes]:
    """Uncompressed: zlib versions may compress the same part to other bytes."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
