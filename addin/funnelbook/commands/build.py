"""`funnelbook build`: the files of the project that are made from its code."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from funnelbook import template
from funnelbook.book.ports import BookError
from funnelbook.commands.unfinished import lacking
from funnelbook.commands.wordless import wordless
from funnelbook.files.write import safe_write
from funnelbook.formulas.page import functions_page
from funnelbook.hosts.ooxml.cached import worked_out
from funnelbook.installer import build as installer
from funnelbook.installer.payload import payload
from funnelbook.menu import COMMANDS
from funnelbook.oxt import build as oxt
from funnelbook.template.reference import reference
from funnelbook.words import DEFAULT, LANGUAGES
from funnelbook.xlam import build as xlam


def build(*, only_check: bool = False) -> list[Path]:
    """Built files that were not current; they are written unless `only_check`.

    Only in a checkout of the project: an installed Funnelbook carries its built files. BookError says what an entry of the
    registry of commands still lacks, or which text a language lacks; then nothing is written.
    """
    root = checkout()
    for fault in chain(lacking(COMMANDS), wordless()):
        raise fault
    made: dict[Path, tuple[bytes, Callable[[bytes], object]]] = {
        template.path(language): (worked_out(template.build(language)), _parts) for language in LANGUAGES
    }
    made[xlam.path()] = (xlam.build(), _parts)
    made[oxt.path()] = (oxt.build(), _parts)
    made[root / "docs" / "functions.md"] = (functions_page().encode(), bytes)
    made[root / "docs" / "reference.md"] = (reference().encode(), bytes)
    stale = []
    for path, (data, content) in made.items():
        if not path.exists() or content(path.read_bytes()) != content(data):
            stale.append(path)
            if not only_check:
                path.parent.mkdir(exist_ok=True)
                safe_write(path, data)
    return stale


def build_installer() -> Path:
    """Where Funnelbook-setup.exe was written: `dist` of the checkout. BookError where NSIS or uv is missing, or fails."""
    root = checkout()
    made = root / "dist" / installer.NAME
    made.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        staged, scratch = Path(folder) / "payload", Path(folder) / "scratch"
        scratch.mkdir()
        payload(staged, root)
        installer.build(staged, made, scratch)
    return made


def checkout() -> Path:
    """The folder of the checkout this runs in; BookError when it is no checkout."""
    root = template.path(DEFAULT).parents[2]
    if not (root / "pyproject.toml").exists():
        raise BookError("no_checkout")
    return root


def _parts(package: bytes) -> dict[str, bytes]:
    """Uncompressed: zlib versions may compress the same part to other bytes."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
