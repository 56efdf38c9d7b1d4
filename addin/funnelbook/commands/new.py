"""`funnelbook new`: an empty team workbook."""

from __future__ import annotations

from pathlib import Path

from funnelbook import template
from funnelbook.book.ownership import new_id
from funnelbook.book.ports import BookError
from funnelbook.commands.put import put_new
from funnelbook.hosts.ooxml.cached import worked_out
from funnelbook.words import DEFAULT, say


def new(target: Path, language: str = DEFAULT) -> Path:
    """The path of a fresh workbook.

    `target` is a file, or a folder in which the file gets its usual name. Refuses to overwrite.
    """
    path = target / say("language.template_file", language) if target.is_dir() else target
    if path.exists():
        raise BookError("exists", file=path.name)
    if path.suffix.lower() != ".xlsx":
        raise BookError("not_xlsx", file=path.name)
    if not path.parent.is_dir():
        raise BookError("no_folder", folder=str(path.parent))
    put_new({path: worked_out(template.build(language, id_=new_id()))})
    return path
