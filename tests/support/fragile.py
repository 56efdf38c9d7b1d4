"""Work on a file that does what the file's name says."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from pathlib import Path


def fragile(tried: Path, path: Path) -> str:
    """The name in capitals, unless it says what becomes of the process; that it was tried, and by which, is noted in `tried`."""
    with tried.open("a") as log:
        log.write(f"{path.name} {os.getpid()}\n")
    first = tried.read_text().count(f"{path.name} ") == 1
    if path.name == "abort" or (path.name == "once" and first):
        faulthandler.disable()  # pytest's would print where
        os.abort()
    if path.name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name.startswith("endless"):
        time.sleep(600)
    if path.name == "raises":
        raise ValueError(path.name)
    return path.name.upper()
