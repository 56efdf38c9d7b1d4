"""Patience with an Excel that cannot answer now, as COM's IMessageFilter, which pywin32 has not: no "waiting for another application"."""

from __future__ import annotations

import ctypes
from typing import Any

_AGAIN_IN_MS = 250
_TAKEN, _WAITS = 0, 2  # SERVERCALL_ISHANDLED, PENDINGMSG_WAITDEFPROCESS
_OK, _NO_INTERFACE = 0, -2147467262
_kept: list[Any] = []  # a filter lives as long as its thread


def be_patient() -> None:
    """Has calls from this thread that Excel rejects, while somebody edits a cell or a message waits, tried again until it takes them."""
    function, pointer, number = ctypes.WINFUNCTYPE, ctypes.c_void_p, ctypes.c_uint32  # type: ignore[attr-defined] - Windows has it
    answers = ctypes.c_int32

    def interface(this: int, _iid: int, out: Any) -> int:
        # COM itself asks, for nothing but the filter
        out[0] = this
        return _OK

    methods = (
        function(answers, pointer, pointer, ctypes.POINTER(pointer))(interface),
        function(number, pointer)(lambda _this: 1),  # references are not counted: it is kept
        function(number, pointer)(lambda _this: 1),
        function(number, pointer, number, pointer, number, pointer)(lambda *_: _TAKEN),
        function(number, pointer, pointer, number, number)(lambda *_: _AGAIN_IN_MS),
        function(number, pointer, pointer, number, number)(lambda *_: _WAITS),
    )
    table = (pointer * len(methods))(*(ctypes.cast(method, pointer).value for method in methods))
    made = pointer(ctypes.addressof(table))
    _kept.append((methods, table, made))
    ctypes.oledll.ole32.CoRegisterMessageFilter(ctypes.byref(made), None)  # type: ignore[attr-defined] - Windows has it
