"""Run by the rig's Python: stands for Excel and its workbook, with the members a button uses; presses one, tells what is asked of it.

Argument: the name of the button. It edits a cell for a second first, as Excel does: whoever calls is told to try again. Each line
printed is one thing that happened: `press SECONDS`, `rejected N`, `Interactive=False`, `StatusBar=...`, `message TEXT`, `cell VALUE`.
"""

from __future__ import annotations

import ctypes
import sys
import time

import pythoncom
import pywintypes
import win32com.client.dynamic
import win32con
import win32gui
from win32com.server.util import wrap

FOR_S, EDITS_S = 60.0, 1.0
_RETRY_LATER, _TAKEN = 2, 0
told: list[str] = []


def tell(text: str) -> None:
    told.append(text)
    print(text, flush=True)


class Application:
    _public_methods_ = ()
    _public_attrs_ = ("Interactive", "StatusBar", "Hwnd", "Visible", "Version")
    Hwnd, Visible, Version = 0, True, "16.0"

    def __setattr__(self, name: str, value: object) -> None:
        tell(f"{name}={value}")
        object.__setattr__(self, name, value)


class Workbook:
    _public_methods_ = ()
    _public_attrs_ = ("Application", "Name", "FullName")
    Name = FullName = "漏斗.xlsx"

    def __init__(self) -> None:
        self.Application = wrap(Application())


def edit_a_cell(until: float) -> list[object]:
    """Calls from outside are told to try again until then. Gives what must be kept, and how many were."""
    rejected = [0]
    pointer, number, hresult = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int32

    def same(this, _iid, out):
        out[0] = this
        return 0

    def take(*_):
        if time.monotonic() > until:
            return _TAKEN
        rejected[0] += 1
        return _RETRY_LATER

    methods = (
        ctypes.WINFUNCTYPE(hresult, pointer, pointer, ctypes.POINTER(pointer))(same),
        ctypes.WINFUNCTYPE(number, pointer)(lambda _: 1),
        ctypes.WINFUNCTYPE(number, pointer)(lambda _: 1),
        ctypes.WINFUNCTYPE(number, pointer, number, pointer, number, pointer)(take),
        ctypes.WINFUNCTYPE(number, pointer, pointer, number, number)(lambda *_: 100),
        ctypes.WINFUNCTYPE(number, pointer, pointer, number, number)(lambda *_: 2),
    )
    table = (pointer * len(methods))(*(ctypes.cast(m, pointer).value for m in methods))
    made = pointer(ctypes.addressof(table))
    ctypes.oledll.ole32.CoRegisterMessageFilter(ctypes.byref(made), None)
    return [rejected, methods, table, made]


def close_message() -> str:
    """The text of a message of Funnelbook's that is on the screen; it is closed."""
    window = win32gui.FindWindow(None, "Funnelbook")
    if not window:
        return ""
    texts: list[str] = []
    win32gui.EnumChildWindows(window, lambda child, _: texts.append(win32gui.GetWindowText(child)), None)
    win32gui.PostMessage(window, win32con.WM_CLOSE, 0, 0)
    return max(texts, key=len, default="")


def main(button: str) -> None:
    engine = win32com.client.dynamic.Dispatch("Funnelbook.Engine")
    engine.formula("FB_VERSION", ())
    kept = edit_a_cell(time.monotonic() + EDITS_S)
    start = time.monotonic()
    engine.press(wrap(Workbook()), button, "", "")
    tell(f"press {time.monotonic() - start:.2f}")
    answered = False
    while time.monotonic() < start + FOR_S and not any(line.startswith("message") for line in told):
        pythoncom.PumpWaitingMessages()
        if not answered and "Interactive=False" in told:
            tell(f"cell {engine.formula('FB_VERSION', ())[0][0]}")
            answered = True
        if text := close_message():
            tell(f"message {text}")
        time.sleep(0.02)
    until = time.monotonic() + 1
    while time.monotonic() < until:
        pythoncom.PumpWaitingMessages()
        time.sleep(0.02)
    tell(f"rejected {kept[0][0]}")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except pywintypes.com_error as error:
        tell(f"error {error}")
