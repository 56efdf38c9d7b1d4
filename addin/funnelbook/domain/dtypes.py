"""What arrays hold, by name; and a day to reckon with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# numpy says what a bare integer means beside a day, or a missing day without a unit, no longer
A_DAY = np.timedelta64(1, "D")
NO_DAY = np.datetime64("NaT", "D")

Numbers = NDArray[np.float64]  # sizes, shares, days; NaN where there is none
Counts = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]  # one yes or no a row
At = NDArray[np.integer[Any]]  # places in another array or frame, of whatever width; -1 where there is none
DayNumbers = NDArray[np.integer[Any]]  # days since 1970-01-01
Moments = NDArray[np.datetime64]  # days or seconds, as the function says; NaT where there is none
Spans = NDArray[np.timedelta64]
Objects = NDArray[np.object_]  # cells or texts; None where blank
