"""A folder that refreshes itself: what was saved and closed, and nothing by its own writing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from funnelbook.book.ports import BookError
from funnelbook.commands.refresh_files import FileReport
from funnelbook.commands.watch import watch
from funnelbook.files.state import left_as
from support.packages import plain
from support.waiting import until


@pytest.fixture
def watched(tmp_path) -> Iterator[tuple[Path, Queue[str]]]:
    """A folder with a.xlsx in it, and the contents of the files as they were when each was refreshed, by which `!` is added."""
    done: Queue[str] = Queue()
    seen, stop = threading.Event(), threading.Event()
    (tmp_path / "a.xlsx").write_text("there before")

    def refresh(path: Path) -> FileReport:
        if path.stem == "ready":
            seen.set()
        else:
            done.put(f"{path.name} {path.read_text()}")
            path.write_text(path.read_text() + "!")
        return FileReport(str(path), "done", state=left_as(path, path.read_bytes()))

    thread = threading.Thread(target=lambda: list(watch(tmp_path, refresh, stop=stop)))
    thread.start()
    for _ in range(20):  # the first saves may come before anybody watches
        (tmp_path / "ready.xlsx").write_text("ready")
        if seen.wait(4):
            break
    yield tmp_path, done
    threading.Event().wait(4)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert done.empty(), "what it writes itself sets nothing off"


def test_a_workbook_is_refreshed_when_it_is_saved_and_closed(watched):
    folder, done = watched
    (folder / "~$a.xlsx").write_text("")
    (folder / "a.xlsx").write_text("first")
    (folder / "notes.txt").write_text("no workbook")
    (folder / "b.xlsx").write_text("new")
    assert done.get(timeout=20) == "b.xlsx new", "a is still open"
    (folder / "a.xlsx").write_text("second")
    (folder / "~$a.xlsx").unlink()
    assert done.get(timeout=20) == "a.xlsx second"


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BookError) as caught:
        next(watch(tmp_path / "nowhere", lambda path: FileReport(str(path), "done")))
    assert caught.value.code == "no_folder"


def test_the_command_says_a_sentence_a_file_and_ends_cleanly(tmp_path):
    said = tmp_path / "said"
    folder = tmp_path / "folder"
    folder.mkdir()
    # whoever is started behind something has it ignored
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from funnelbook.cli import main; main()"
    with (
        said.open("w") as out,
        subprocess.Popen(
            [sys.executable, "-c", code, "watch", str(folder)],
            stdout=out,
            stderr=out,
            env=os.environ | {"PYTHONUNBUFFERED": "1", "FUNNELBOOK_LANG": "zh", "PYTHONUTF8": "1"},
        ) as run,
    ):
        until(lambda: "正在看着" in said.read_text(encoding="utf-8"))
        seen = plain(tmp_path / "list.xlsx").read_bytes()
        until(lambda: "list.xlsx" in said_after(said, folder / "list.xlsx", seen))
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 0
    lines = said.read_text(encoding="utf-8").splitlines()
    assert "funnelbook adopt" in lines[1]
    assert lines[-1] == "已结束，不再自动刷新。"


def said_after(said: Path, path: Path, content: bytes) -> str:
    """What is said four seconds after a file is saved."""
    path.write_bytes(content)
    threading.Event().wait(4)
    return said.read_text(encoding="utf-8")
