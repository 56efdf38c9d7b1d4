"""Dialogs of Windows through ctypes: a Python as small as the one installed has no tkinter."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")
_TITLE = "Funnelbook"
_OK, _YES_NO, _INFORMATION, _QUESTION, _IN_FRONT, _YES = 0x0, 0x4, 0x40, 0x20, 0x10000, 6
_SEVERAL, _NO_FOLDER_CHANGE, _MUST_EXIST, _EXPLORER = 0x200, 0x8, 0x1800, 0x80000
_LONGEST = 32_768  # letters of the names picked
_MARQUEE, _TIMER, _SHOW_MARQUEE = 0x400, 0x800, 0x400 + 107  # TDF_..., TDM_SET_PROGRESS_BAR_MARQUEE
_CREATED, _CLICKED, _TICKED, _STAYS = 0, 2, 4, 1  # TDN_..., S_FALSE
_CLICK, _CLOSE = 0x400 + 102, 8  # TDM_CLICK_BUTTON, IDCLOSE


def message(text: str) -> None:
    """Shows a text until it is closed."""
    _box(text, _OK | _INFORMATION)


def question(text: str) -> bool:
    """Whether somebody clicks Yes."""
    return _box(text, _YES_NO | _QUESTION) == _YES


def _box(text: str, looks: int) -> int:
    return _dll("user32").MessageBoxW(None, text, _TITLE, looks | _IN_FRONT)


class _OpenFileName(ctypes.Structure):
    """OPENFILENAMEW of comdlg32."""

    _fields_ = (
        ("size", ctypes.c_uint32), ("owner", ctypes.c_void_p), ("instance", ctypes.c_void_p), ("filter", ctypes.c_wchar_p),
        ("custom_filter", ctypes.c_void_p), ("longest_custom", ctypes.c_uint32), ("filter_index", ctypes.c_uint32),
        ("file", ctypes.c_void_p), ("longest_file", ctypes.c_uint32), ("file_title", ctypes.c_void_p),
        ("longest_title", ctypes.c_uint32), ("folder", ctypes.c_wchar_p), ("title", ctypes.c_wchar_p), ("flags", ctypes.c_uint32),
        ("file_offset", ctypes.c_uint16), ("extension", ctypes.c_uint16), ("default_extension", ctypes.c_wchar_p),
        ("data", ctypes.c_void_p), ("hook", ctypes.c_void_p), ("template", ctypes.c_wchar_p), ("reserved", ctypes.c_void_p),
        ("reserved_too", ctypes.c_uint32), ("more_flags", ctypes.c_uint32),
    )  # fmt: skip


def pick(patterns: Sequence[str]) -> list[Path]:
    """The files somebody picks of those called so; none when the dialog is cancelled."""
    names = ctypes.create_unicode_buffer(_LONGEST)
    asked = _OpenFileName(size=ctypes.sizeof(_OpenFileName), file=ctypes.addressof(names), longest_file=_LONGEST)
    asked.filter = f"{' '.join(patterns)}\0{';'.join(patterns)}\0\0"
    asked.title = _TITLE
    asked.flags = _SEVERAL | _NO_FOLDER_CHANGE | _MUST_EXIST | _EXPLORER
    if not _dll("comdlg32").GetOpenFileNameW(ctypes.byref(asked)):
        return []
    return picked("".join(names))


def picked(names: str) -> list[Path]:
    """The files in what the dialog gives back: one path, or a folder and the names in it, each ended by a null and all by another."""
    first, *more = names.partition("\0\0")[0].split("\0")
    return [Path(first, name) for name in more] or [Path(first)]


class _TaskDialogConfig(ctypes.Structure):
    """TASKDIALOGCONFIG of comctl32."""

    _pack_ = 1
    _fields_ = (
        ("size", ctypes.c_uint32), ("parent", ctypes.c_void_p), ("instance", ctypes.c_void_p), ("flags", ctypes.c_uint32),
        ("common_buttons", ctypes.c_uint32), ("title", ctypes.c_wchar_p), ("icon", ctypes.c_void_p),
        ("instruction", ctypes.c_wchar_p), ("content", ctypes.c_wchar_p), ("button_count", ctypes.c_uint32),
        ("buttons", ctypes.c_void_p), ("default_button", ctypes.c_int32), ("radio_count", ctypes.c_uint32),
        ("radios", ctypes.c_void_p), ("default_radio", ctypes.c_int32), ("verification", ctypes.c_wchar_p),
        ("expanded", ctypes.c_wchar_p), ("expanded_control", ctypes.c_wchar_p), ("collapsed_control", ctypes.c_wchar_p),
        ("footer_icon", ctypes.c_void_p), ("footer", ctypes.c_wchar_p), ("callback", ctypes.c_void_p),
        ("data", ctypes.c_void_p), ("width", ctypes.c_uint32),
    )  # fmt: skip


def progress(text: str, work: Callable[[], _T]) -> _T:
    """What the work gives; meanwhile a window says what is done. It closes with the work, not before: files are never half written.

    Without the window where this Windows has none to show.
    """
    with ThreadPoolExecutor(1, "work") as thread:
        running = thread.submit(work)

        def heard(window: int, what: int, given: int, _more: int, _data: int) -> int:
            if what == _CREATED:
                _send(window, _SHOW_MARQUEE, 1)
            elif what == _TICKED and running.done():
                _send(window, _CLICK, _CLOSE)
            elif what == _CLICKED and not running.done():
                return _STAYS
            return 0

        word = ctypes.c_ssize_t
        callback: Any = _function()(ctypes.c_long, ctypes.c_void_p, ctypes.c_uint, word, word, word)(heard)
        config = _TaskDialogConfig(size=ctypes.sizeof(_TaskDialogConfig), flags=_MARQUEE | _TIMER, common_buttons=0x20)
        config.title, config.content = _TITLE, text
        config.callback = ctypes.cast(callback, ctypes.c_void_p).value
        with suppress(AttributeError):  # comctl32 before version 6
            _dll("comctl32").TaskDialogIndirect(ctypes.byref(config), None, None, None)
        return running.result()


def _send(window: int, what: int, given: int) -> None:
    _dll("user32").SendMessageW(ctypes.c_void_p(window), what, ctypes.c_ssize_t(given), ctypes.c_ssize_t(0))


def _dll(name: str) -> Any:
    return getattr(ctypes, "windll").__getattr__(name)  # noqa: B009 - Windows has it


def _function() -> Any:
    return getattr(ctypes, "WINFUNCTYPE")  # noqa: B009 - Windows has it
