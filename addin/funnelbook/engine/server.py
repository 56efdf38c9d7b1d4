"""The COM server: known to Windows before anything heavy is loaded, one for all Excels, gone an hour after the last of them."""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakSet

import pythoncom
import pywintypes
import win32event
from win32com.server import policy
from win32com.server.util import wrap

from funnelbook.engine.jobs import Jobs
from funnelbook.setup.engine_keys import CLSID

AN_HOUR = 3600.0
_LOOKS_EVERY = 10.0  # seconds; whether anybody is there still


class Engine:
    """What one Excel holds. Two methods, and nothing that runs other code."""

    _public_methods_ = ("formula", "press")

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def formula(self, name: str, given: tuple[object, ...]) -> object:
        """The rows of an FB_ formula; `given`: its arguments, values of cells or tuples of rows of them."""
        from funnelbook.engine.excel_cells import answer  # noqa: PLC0415 - loaded meanwhile by `jobs`

        return answer(name, given)

    def press(self, workbook: Any, command: str, as_of: str, path: str) -> None:
        """Takes a button's job and returns at once; the workbook itself tells what comes of it."""
        self._jobs.take(workbook, command, as_of, path)


def serve(language: str = "", ends_after: float = AN_HOUR) -> None:
    """Answers every Excel of this user; returns when none has held a reference for `ends_after` seconds."""
    given_out: WeakSet[Engine] = WeakSet()
    jobs = Jobs()
    registered = _register(given_out, jobs)
    jobs.load(language)
    used = time.monotonic()
    while time.monotonic() - used < ends_after:
        waits = int(min(_LOOKS_EVERY, ends_after) * 1000)
        win32event.MsgWaitForMultipleObjects((), False, waits, win32event.QS_ALLINPUT)
        if pythoncom.PumpWaitingMessages():  # told to quit
            break
        if given_out or not jobs.done:
            used = time.monotonic()
    pythoncom.CoRevokeClassObject(registered)


def _register(given_out: WeakSet[Engine], jobs: Jobs) -> Any:
    clsid = pywintypes.IID(CLSID)

    class Policy(policy.DesignatedWrapPolicy):
        """Makes an Engine; pywin32 would look into the registry for what to make."""

        def _CreateInstance_(self, clsid: Any, iid: Any) -> Any:
            engine = Engine(jobs)
            given_out.add(engine)
            return wrap(engine, iid)

    policy.DefaultPolicy = Policy
    factory: Any = pythoncom.MakePyFactory(clsid)
    return pythoncom.CoRegisterClassObject(clsid, factory, pythoncom.CLSCTX_LOCAL_SERVER, pythoncom.REGCLS_MULTIPLEUSE)
