"""Files that commands make for users: each written at once or not at all, and the refusal when it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.files.write import safe_write, safe_write_new


def put(path: Path, data: bytes) -> Path:
    """The path of a file written; one that was there is replaced. BookError: then it is as before."""
    try:
        safe_write(path, data)
    except OSError as error:
        raise _refusal(path, error) from error
    return path


def put_new(files: Mapping[Path, bytes], *, like: Path | None = None) -> None:
    """Writes files that are not there yet, all or none, as readable as `like`. BookError where one is there already."""
    try:
        safe_write_new(files, like=like)
    except FileExistsError as error:
        taken = Path(error.filename2 or error.filename or next(iter(files)))
        raise BookError("exists", file=taken.name) from error
    except OSError as error:
        raise _refusal(next(iter(files)), error) from error


def _refusal(path: Path, error: OSError) -> BookError:
    return BookError("no_temp", file=path.name, detail=error.strerror or str(error))
