"""`funnelbook watch`: the workbooks of a folder, each refreshed when somebody has saved and closed it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import watchfiles

from funnelbook.book.ports import BookError
from funnelbook.commands.refresh_files import FileReport, is_workbook, workbooks
from funnelbook.hosts.ooxml.save import refuse_locked

_LOOK_MS = 1000  # a file that was written is left alone until it stays as it is from one look to the next
_POLL_MS = 5000
_Glimpse = (
    tuple[int, int] | None
)  # size and time of the last change; None where there is no file, or what it was is not known


def watch(
    folder: Path, refresh: Callable[[Path], FileReport], *, poll: bool = False, stop: threading.Event | None = None
) -> Iterator[FileReport]:
    """A report of each workbook of the folder that was saved and closed since, once `refresh` has done it; it ends with `stop`.

    `poll`: looks at the folder every few seconds, for shares that do not tell what others change. What was refused is tried
    again when it is next saved. BookError when there is no such folder.
    """
    if not folder.is_dir():
        raise BookError("no_folder", folder=str(folder))
    left = {path: _glimpse(path) for path in workbooks([folder])}
    waiting: dict[Path, _Glimpse] = {}
    looks = watchfiles.watch(
        folder,
        watch_filter=None,
        recursive=False,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        force_polling=poll,
        poll_delay_ms=_POLL_MS,
        stop_event=stop,
    )
    for changes in looks:
        waiting |= {path: None for _, name in changes if is_workbook(path := folder / Path(name).name)}
        for path, seen in list(waiting.items()):
            now = _glimpse(path)
            if now is None or now == left.get(path):  # gone, or what we wrote ourselves
                del waiting[path]
            elif now != seen or _is_open(path):
                waiting[path] = now
            else:
                report = refresh(path)
                if report.status == "refused" and _is_open(path):
                    continue
                del waiting[path]
                left[path] = (report.state.size, report.state.mtime_ns) if report.state else None
                yield report


def _glimpse(path: Path) -> _Glimpse:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _is_open(path: Path) -> bool:
    try:
        refuse_locked(path)
    except BookError as error:
        return error.code == "open_elsewhere"
    return False
