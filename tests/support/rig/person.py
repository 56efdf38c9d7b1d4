"""Run by the rig's Python: somebody at the screen, who reads what Funnelbook asks and clicks what they were told to.

Arguments: `yes`, `no` or `ok` for each message to come. Each line printed is the text of one; it gives up after four minutes.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

import win32con
import win32gui

_FOR_S = 240.0
_BUTTONS = {"yes": win32con.IDYES, "no": win32con.IDNO, "ok": win32con.IDOK}


def messages() -> list[int]:
    """The windows of Funnelbook on the screen."""
    found: list[int] = []
    win32gui.EnumWindows(lambda window, _: found.append(window), None)
    return [window for window in found if win32gui.GetWindowText(window) == "Funnelbook"]


def text(window: int) -> str:
    texts: list[str] = []
    win32gui.EnumChildWindows(window, lambda child, _: texts.append(win32gui.GetWindowText(child)), None)
    return max(texts, key=len, default="").replace("\n", " ")


def button_of(window: int, number: int) -> int:
    """The button of a message that has such a number; 0 where it has none, as what only tells that something runs."""
    found: list[int] = []
    win32gui.EnumChildWindows(window, lambda child, _: found.append(child), None)
    buttons = {win32gui.GetDlgCtrlID(child): child for child in found if win32gui.GetClassName(child) == "Button"}
    return buttons.get(number, 0) if win32con.IDCLOSE not in buttons else 0


def click(answer: str) -> None:
    """Waits for a message with such a button, tells its text, and clicks until it is gone."""
    number, seen, said = _BUTTONS[answer], "", ""
    until = time.monotonic() + _FOR_S
    while time.monotonic() < until:
        with suppress(win32gui.error):  # windows go while they are looked at
            there = [(window, button) for window in messages() if (button := button_of(window, number))]
            now = text(there[0][0]) if there else ""
            if said and now != said:
                return
            if now and now == seen:  # one that is just being made has not all its text yet, and misses a click
                if not said:
                    print(now, flush=True)
                said = now
                win32gui.PostMessage(there[0][0], win32con.WM_COMMAND, number, there[0][1])
            seen = now
        time.sleep(0.25)
    print(f"no message with {answer}", flush=True)


for given in sys.argv[1:]:
    click(given)
