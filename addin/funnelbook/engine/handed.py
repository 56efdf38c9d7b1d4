"""The workbook a button was pressed in, on the thread that works on it."""

from __future__ import annotations

from typing import Any

import pythoncom
import xlwings as xw
from win32com.client.dynamic import Dispatch
from xlwings import _xlwindows


def received(handed: Any) -> xw.Book:
    """The workbook from a stream of COM's; it asks again where Excel says that somebody types into a cell."""
    found = pythoncom.CoGetInterfaceAndReleaseStream(handed, pythoncom.IID_IDispatch)
    return xw.Book(impl=_xlwindows.Book(xl=_xlwindows.COMRetryObjectWrapper(Dispatch(found))))
