"""How fast the sample's days run: working days, festivals, and the year of a Chinese sales team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from funnelbook.domain.workdays import WorkCalendar

# By month, 1 over the year: hardly anybody buys around the Spring Festival, most in March and April, September and at the year's end
_SEASON = np.array([0.90, 0.70, 1.15, 1.10, 1.00, 0.95, 0.88, 0.87, 1.10, 1.05, 1.10, 1.20])
_OFF = 0.06  # of what a working day brings, on a day off: who works then does so by chance


@dataclass(frozen=True)
class Clock:
    """The days from `first` on, each worth so many working days: `run[i]` is the worth of all up to and with day i."""

    first: np.datetime64
    worked: np.ndarray
    worth: np.ndarray
    run: np.ndarray

    @classmethod
    def of(cls, calendar: WorkCalendar, first: date, last: date) -> Clock:
        worked, weight = calendar.working(first, last)
        days = np.datetime64(first, "D") + np.arange(len(worked))
        month = days.astype("datetime64[M]").astype(int) % 12
        worth = np.where(worked, weight, _OFF) * _SEASON[month]
        return cls(days[0], worked, worth, np.cumsum(worth))

    def __len__(self) -> int:
        return len(self.run)

    def number(self, day: date | np.ndarray) -> np.ndarray:
        """Days since `first`."""
        return (np.asarray(day, dtype="datetime64[D]") - self.first).astype(int)

    def days(self, number: np.ndarray) -> np.ndarray:
        """The days (datetime64[D]) so many days after `first`."""
        return self.first + np.asarray(number)

    def after(self, start: np.ndarray, wait: np.ndarray) -> np.ndarray:
        """The day's number on which `wait` working days since the evening of day `start` are over; len(self) beyond the last."""
        return np.searchsorted(self.run, self.run[start] + wait)

    def next_worked(self, number: np.ndarray) -> np.ndarray:
        """Each day if it is worked, else the next that is; len(self) beyond the last."""
        worked = np.append(np.flatnonzero(self.worked), len(self))
        return worked[np.minimum(np.searchsorted(worked, number), len(worked) - 1)]
