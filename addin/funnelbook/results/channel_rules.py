"""The rules of the Channels table as the call list uses them: hours, length of a message, what must be confirmed by a call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.book.channel_words import EMAIL_CHANNELS, PHONE_CHANNELS, SMS_CHANNELS
from funnelbook.book.dates import clock
from funnelbook.book.frames import rows_of
from funnelbook.book.labels import normalise
from funnelbook.domain import sent_messages
from funnelbook.domain.dtypes import NO_DAY, At, Flags, Moments, Objects
from funnelbook.results.situation import Situation
from funnelbook.words import say

_DAY = "datetime64[D]"


@dataclass(frozen=True)
class ChannelRules:
    """What the Channels table says, asked by channels as people type them; of several rows of one the first counts.

    Source: method E8, numbers.md 9.
    """

    situation: Situation

    @cached_property
    def _table(self) -> pd.DataFrame:
        frame = self.situation.frames["Channels"]
        frame = frame.assign(said=frame["channel"].map(normalise)).drop_duplicates("said", ignore_index=True)
        return frame.assign(
            opens=frame["from"].map(_minutes).astype(float),
            closes=frame["to"].map(_minutes).astype(float),
        )

    @cached_property
    def phone(self) -> str:
        """The channel that is proposed unless something else is: the phone, as the table calls it."""
        voice = self._table.loc[self._table["said"].isin(PHONE_CHANNELS), "channel"]
        return voice.iloc[0] if len(voice) else say("phone_channel", self.situation.language)

    def hours(self, channel: pd.Series) -> Objects:
        """When each channel is open, as 08:30–20:00; None without limits."""
        table = self._table
        limited = table["opens"].notna() | table["closes"].notna()
        first, last = table["opens"].fillna(0.0), table["closes"].fillna(1440.0)
        shown = [f"{_clock(a)}–{_clock(b)}" if t else None for a, b, t in zip(first, last, limited, strict=True)]
        return np.array([*shown, None], dtype=object)[self._at(channel)]

    def closed(self, channel: pd.Series) -> Flags:
        """Whether each channel is closed all day: its latest time is not after its earliest."""
        shut = (self._table["closes"] <= self._table["opens"]).to_numpy()
        return np.append(shut, False)[self._at(channel)]

    def too_long(self, channel: pd.Series, text: pd.Series) -> Flags:
        """Whether a text is longer than its channel takes; without a limit nothing is."""
        most = np.append(self._table["max_chars"].to_numpy(float), np.nan)[self._at(channel)]
        sms = _folded(channel).isin(SMS_CHANNELS).to_numpy()
        checked = np.flatnonzero(text.notna().to_numpy() & (sms | ~np.isnan(most)))
        long = np.zeros(len(text), dtype=bool)
        long[checked] = [
            sent_messages.sms_too_long(said, limit) if short else len(said) > limit
            for said, limit, short in zip(text.to_numpy(object)[checked], most[checked], sms[checked], strict=True)
        ]
        return long

    @cached_property
    def confirmations(self) -> tuple[Moments, Objects]:
        """By customer the day by which what was sent must be confirmed (datetime64[D], NaT: nothing to), and by which channel.

        Confirmed is what was followed by a contact that got through in the channel to confirm by.
        """
        situation = self.situation
        done = situation.activities[["at", "customer", "channel", "is_call", "connected"]]
        done = done[done["customer"] >= 0].sort_values("at", kind="stable").reset_index(drop=True)
        said = _folded(done["channel"].fillna(""))
        due = np.full(len(situation.customers), NO_DAY, dtype=_DAY)
        by = np.full(len(due), None, dtype=object)
        for rule in rows_of(self._table):
            days, calendar = rule.confirm_days, situation.calendar
            if np.isnan(days) and rule.said in EMAIL_CHANNELS:
                days, calendar = situation.settings.email_wait_days, None
            if np.isnan(days):
                continue
            answer = normalise(rule.confirm_by or self.phone)
            through = done["is_call"] if answer in PHONE_CHANNELS else said == answer
            sent = self._last(done, said == rule.said)
            open_ = (sent >= 0) & (self._last(done, through & done["connected"]) < sent)
            at = done["at"].to_numpy(_DAY)[sent[open_]]
            until = np.full(len(due), NO_DAY, dtype=_DAY)
            until[open_] = sent_messages.confirm_by(at, days, calendar)
            first = open_ & ~(due <= until)
            due[first], by[first] = until[first], rule.confirm_by or self.phone
        return due, by

    def _last(self, done: pd.DataFrame, which: pd.Series) -> At:
        """Position of each customer's last row of those picked, -1 without one."""
        rows = np.flatnonzero(which)
        last = np.full(len(self.situation.customers), -1)
        last[done["customer"].to_numpy()[rows]] = rows
        return last

    def _at(self, channel: pd.Series) -> At:
        """Row of each channel in the table, -1 for one that has none."""
        return pd.Index(self._table["said"]).get_indexer(pd.Index(_folded(channel)))


def _folded(channel: pd.Series) -> pd.Series:
    """Channels as they are compared, each distinct one folded once."""
    codes, texts = pd.factorize(channel)
    return pd.Series(np.array([*map(normalise, texts), None], dtype=object)[codes], index=channel.index)


def _minutes(text: object) -> float:
    found = clock(text)
    return float(found) if isinstance(found, int) else np.nan


def _clock(minutes: float) -> str:
    return f"{int(minutes) // 60:02d}:{int(minutes) % 60:02d}"
