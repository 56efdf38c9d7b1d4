"""zlib as `fast`, where there is a wheel of isal the same in a third of the time; `BROKEN` is what both raise."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    fast = zlib
else:
    try:
        from isal import isal_zlib as fast
    except ImportError:
        fast = zlib

BROKEN = (zlib.error, fast.error)
