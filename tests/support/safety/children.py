"""Work done in a forked child, so that it can be killed, or its calls to the system made to fail, without harm to the rest."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_WATCHED = {
    "open",
    "os.rename",
    "os.link",
    "os.symlink",
    "os.remove",
    "os.mkdir",
    "os.chmod",
    "os.chown",
    "os.utime",
    "os.truncate",
}


@dataclass(frozen=True)
class Ended:
    """How a child ended: `value` is what its work returned or raised; `killed` when it did not get so far."""

    value: object
    killed: bool


class Child:
    """A forked process that does `work`."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(write)
            return
        try:
            try:
                value = work()
            except Exception as error:  # the parent judges it
                value = error
            with os.fdopen(write, "wb") as pipe:
                pipe.write(pickle.dumps(value))
        finally:
            os._exit(0)

    def kill(self) -> None:
        os.kill(self.pid, 9)

    def ended(self) -> Ended:
        with os.fdopen(self._read, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        if os.WIFSIGNALED(status) or not said:
            return Ended(None, True)
        return Ended(pickle.loads(said), False)


def at_each_step(folder: Path, act: Callable[[int, str], None]) -> None:
    """Has `act` called before each call to the system that opens, makes, renames or removes something in a folder.

    It is given the number of the call, from 0, and its name. What it raises the call raises. There is no way back: for children.
    """
    inside, count, acting = str(folder), 0, False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count, acting
        if acting or event not in _WATCHED or not _touches(arguments, inside):
            return
        number, count, acting = count, count + 1, True
        try:
            act(number, event)
        finally:
            acting = False

    sys.addaudithook(hook)


def _touches(arguments: tuple[object, ...], folder: str) -> bool:
    named = (os.fsdecode(a) for a in arguments if isinstance(a, (str, bytes, os.PathLike)))
    return any(name.startswith(folder) for name in named)
