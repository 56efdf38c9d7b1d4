"""Run by the rig's Python: stands for Excel with a list of its user's own, with the members that reading it asks for. Set up is pressed.

Argument `waits`: whoever reads cells first waits for a line of input, in which time the engine may be killed; then it is asked as
FbWatch asks it in VBA. Each line printed is one thing that happened: `reading`, `put ...`, `Open`, `gone SECONDS HRESULT`,
`there VALUE`, `message TEXT`, and what stands in the cells in the end.
"""

from __future__ import annotations

import sys
import time

import pythoncom
import pywintypes
import stand_in
import win32com.client.dynamic
import win32event
from stand_in import tell
from win32com.server.exception import COMException
from win32com.server.util import Collection, wrap

ROWS: list[list[object]] = [
    ["公司名称", "手机", "跟进人"],
    ["甲公司", "13800138001", "陈刚"],
    ["乙公司", "13900139002", "李娜"],
]
_REFUSED = -2146827284  # as Excel refuses
reading: list[bool] = []


class Counted:
    _public_methods_ = ()
    _public_attrs_ = ("Count",)

    def __init__(self, count: int) -> None:
        self.Count = count


class Listed(Collection):
    """A collection as Excel has them: asked for by number from one, or by name; its size an attribute."""

    _public_methods_ = ("Item",)
    _public_attrs_ = ("Count",)

    def __init__(self, *items: Sheet | Workbook) -> None:
        self.data, self.Count = list(map(wrap, items)), len(items)
        self._known = {key: found for n, found in enumerate(self.data) for key in (n + 1, items[n].Name)}

    def Item(self, *key: int | str) -> object:
        if not key or key[0] not in self._known:
            raise COMException(f"no item {key}", _REFUSED)
        return self._known[key[0]]

    _value_ = Item


class Range:
    _public_methods_ = ()
    _public_attrs_ = ("Row", "Column", "Rows", "Columns", "Count", "Worksheet", "Value", "Formula")

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self._at = top, left, bottom, right
        self._sheet, self.Row, self.Column = sheet, top, left

    Worksheet = property(lambda self: wrap(self._sheet))
    Rows = property(lambda self: wrap(Counted(self._at[2] - self._at[0] + 1)))
    Columns = property(lambda self: wrap(Counted(self._at[3] - self._at[1] + 1)))
    Count = property(lambda self: (self._at[2] - self._at[0] + 1) * (self._at[3] - self._at[1] + 1))

    def _value_(self, row: int, column: int) -> object:
        return self._sheet.Cells(self.Row + row - 1, self.Column + column - 1)

    @property
    def Value(self) -> object:
        if not reading and sys.argv[1:] == ["waits"]:
            tell("reading")
            sys.stdin.readline()
        reading.append(True)
        top, left, bottom, right = self._at
        rows = [row[left - 1 : right] for row in ROWS[top - 1 : bottom]]
        return rows if self.Count > 1 else rows[0][0]

    @Value.setter
    def Value(self, new: object) -> None:
        tell(f"put {self._at} {new}")
        raise COMException("this sheet is only read", _REFUSED)

    Formula = Value


class Sheet:
    _public_methods_ = ("Cells", "Range", "Activate")
    _public_attrs_ = ("Name", "ListObjects", "UsedRange", "ProtectContents", "Visible", "Parent")
    Name, ProtectContents, Visible = "名单", False, -1
    Parent = property(lambda self: wrap(self._workbook))
    ListObjects = property(lambda self: wrap(Listed()))
    UsedRange = property(lambda self: wrap(self.kind(self, 1, 1, len(ROWS), len(ROWS[0]))))
    kind = Range

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook

    def Cells(self, row: int, column: int) -> object:
        return wrap(self.kind(self, row, column, row, column))

    def Range(self, first: object, last: object) -> object:
        top, bottom = map(win32com.client.dynamic.Dispatch, (first, last))
        return wrap(self.kind(self, top.Row, top.Column, bottom.Row, bottom.Column))

    def Activate(self) -> None:
        """It is in front already."""


class Workbooks(Listed):
    """Asked to open the template, whose sheets would be put into the workbook: the first that would change it."""

    _public_methods_ = ("Item", "Open")

    def Open(self, *_: object) -> object:
        tell("Open")
        raise COMException("this one opens nothing", _REFUSED)


class Application(stand_in.Application):
    _public_attrs_ = (
        *stand_in.Application._public_attrs_,
        *("Workbooks", "ScreenUpdating", "Calculation", "DisplayAlerts", "EnableEvents"),
    )
    ScreenUpdating, Calculation, DisplayAlerts, EnableEvents = True, -4105, True, True
    Workbooks = property(lambda self: wrap(Workbooks(Workbook())))


class Workbook(stand_in.Workbook):
    _public_attrs_ = (*stand_in.Workbook._public_attrs_, "Worksheets", "Names", "ActiveSheet", "Date1904")
    Date1904 = False
    Worksheets = property(lambda self: wrap(Sheets(self)))
    Names = property(lambda self: wrap(Listed()))
    ActiveSheet = property(lambda self: wrap(Sheet(self)))

    def __init__(self) -> None:
        self.Application = wrap(Application())


class Sheets(Listed):
    _public_attrs_ = ("Count", "Parent")

    def __init__(self, workbook: Workbook) -> None:
        super().__init__(Sheet(workbook))
        self._workbook = workbook

    Parent = property(lambda self: wrap(self._workbook))


def main() -> None:
    engine = win32com.client.dynamic.Dispatch("Funnelbook.Engine")
    engine.formula("FB_VERSION", ())
    engine.press(wrap(Workbook()), "adopt", "2026-05-20", "")
    until = time.monotonic() + stand_in.FOR_S
    message = ""
    while time.monotonic() < until and not message and not (reading and sys.argv[1:] == ["waits"]):
        win32event.MsgWaitForMultipleObjects((), False, 20, win32event.QS_ALLINPUT)  # hundreds of calls are to come
        pythoncom.PumpWaitingMessages()
        message = stand_in.close_message()
    if message:
        tell(f"message {message}")
    start = time.monotonic()
    try:
        tell(f"there {engine.formula('FB_VERSION', ())[0][0]}")
    except pywintypes.com_error as error:
        tell(f"gone {time.monotonic() - start:.2f} {error.hresult & 0xFFFFFFFF:08x}")
    print(ROWS, flush=True)


if __name__ == "__main__":
    main()
