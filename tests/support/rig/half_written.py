"""Run by the rig's Python: stands for Excel with a list of its user's own, with the members that writing into it asks for.

Arguments: what is done, and a file of JSON that keeps the workbook as it is on the screen, for Wine has to start anew where an engine
was killed. `writes FILE LIST`: a do-not-call list is taken in; whoever has put two cells waits for a line of input, in which time the
engine may be killed. `takes_back FILE`: what VBA presses then. Each line printed is one thing that happened: `put ...`, `writing`,
`message TEXT`, and what stands in the cells and the names in the end.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import own_list
import pythoncom
import stand_in
import win32com.client.dynamic
import win32con
import win32event
import win32gui
from own_list import ROWS
from stand_in import tell
from win32com.server.exception import COMException
from win32com.server.util import wrap

NAMES: dict[str, str] = {}
put: list[object] = []


class Shown:
    """Rows that no filter hides."""

    _public_methods_ = ()
    _public_attrs_ = ("Hidden",)
    Hidden = False


class Range(own_list.Range):
    _public_attrs_ = (*own_list.Range._public_attrs_, "Formula2", "EntireRow")
    EntireRow = property(lambda self: wrap(Shown()))

    @property
    def Value(self) -> object:
        top, left, bottom, right = self._at
        rows = [row[left - 1 : right] for row in ROWS[top - 1 : bottom]]
        return rows if self.Count > 1 else rows[0][0]

    @Value.setter
    def Value(self, new: object) -> None:
        top, left, _, _ = self._at
        for row, line in enumerate(new if isinstance(new, tuple) else ((new,),), top - 1):
            ROWS[row][left - 1 : left - 1 + len(line)] = [None if value == "" else value for value in line]
        tell(f"put {self._at} {new}")
        put.append(new)
        if len(put) == 2 and sys.argv[1] == "writes":
            tell("writing")
            sys.stdin.readline()

    Formula = Formula2 = Value


class Sheet(own_list.Sheet):
    kind = Range


class Name:
    _public_methods_ = ("Delete",)
    _public_attrs_ = ("Name", "RefersTo", "Visible")
    Visible = True

    def __init__(self, name: str) -> None:
        self.Name, self.RefersTo = name, NAMES[name]

    def Delete(self) -> None:
        del NAMES[self.Name]


class Names:
    _public_methods_ = ("Item", "Add")
    _public_attrs_ = ("Count",)
    Count = property(lambda self: len(NAMES))

    def Item(self, key: int | str) -> object:
        name = list(NAMES)[key - 1] if isinstance(key, int) else key
        if name not in NAMES:
            raise COMException(f"no name {name}", own_list._REFUSED)
        return wrap(Name(name))

    _value_ = Item

    def Add(self, name: str, refers_to: str) -> object:
        NAMES[name] = refers_to
        return self.Item(name)


class Application(own_list.Application):
    Workbooks = property(lambda self: wrap(own_list.Workbooks(Workbook())))


class Workbook(own_list.Workbook):
    Worksheets = property(lambda self: wrap(Sheets(self)))
    Names = property(lambda self: wrap(Names()))
    ActiveSheet = property(lambda self: wrap(Sheet(self)))

    def __init__(self) -> None:
        self.Application = wrap(Application())


class Sheets(own_list.Listed):
    _public_attrs_ = ("Count", "Parent")
    Parent = property(lambda self: wrap(self._workbook))

    def __init__(self, workbook: Workbook) -> None:
        super().__init__(Sheet(workbook))
        self._workbook = workbook


def say_yes() -> None:
    """Answers a question of Funnelbook's that is on the screen."""
    if window := win32gui.FindWindow(None, "Funnelbook"):
        win32gui.PostMessage(window, win32con.WM_COMMAND, win32con.IDYES, 0)


def main(does: str, kept: Path, path: str = "") -> None:
    state = json.loads(kept.read_text("utf-8"))
    ROWS[:] = state["rows"]
    NAMES.update(state["names"])
    engine = win32com.client.dynamic.Dispatch("Funnelbook.Engine")
    engine.formula("FB_VERSION", ())
    engine.press(wrap(Workbook()), "take_back" if does == "takes_back" else "import_do_not_call", "2026-05-20", path)
    until, message = time.monotonic() + stand_in.FOR_S, ""
    while time.monotonic() < until and not message and not (put and does == "writes"):
        win32event.MsgWaitForMultipleObjects((), False, 20, win32event.QS_ALLINPUT)
        pythoncom.PumpWaitingMessages()
        if does == "writes":
            say_yes()
        else:
            message = stand_in.close_message()
    if message:
        tell(f"message {message}")
    until = time.monotonic() + 5
    while does == "writes" and len(put) < 2 and time.monotonic() < until:
        pythoncom.PumpWaitingMessages()
    kept.write_text(json.dumps({"rows": ROWS, "names": NAMES}), "utf-8")
    print(json.dumps([ROWS, NAMES]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
