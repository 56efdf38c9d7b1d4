"""Which channels are the phone, by the words that people and phone systems write for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from funnelbook.book.labels import normalise
from funnelbook.domain.dtypes import Flags
from funnelbook.words import spellings, typed

_OF_LINES = [text for key in ("outbound", "inbound", "voice") for text in spellings(f"logs.{key}")]
PHONE_CHANNELS = frozenset(map(normalise, (*typed("phone"), *_OF_LINES))) | {""}
SMS_CHANNELS = frozenset(map(normalise, typed("sms")))
EMAIL_CHANNELS = frozenset(map(normalise, typed("email")))
_LINES = tuple(text.casefold() for text in spellings("logs.technical"))  # of a phone system, as SIP/201-0001


def is_call(channel: pd.Series) -> Flags:
    """Which channels are the phone, as a blank one is and what phone systems call their lines."""
    return _holds(channel, lambda text: normalise(text) in PHONE_CHANNELS or text.casefold().startswith(_LINES), True)


def is_known(channel: pd.Series) -> Flags:
    """Which channels are told by their words alone, whatever the workbook lists."""
    return is_call(channel) | _holds(channel, lambda text: normalise(text) in SMS_CHANNELS | EMAIL_CHANNELS, False)


def _holds(channel: pd.Series, told: Callable[[str], bool], blank: bool) -> Flags:
    """What is told of each channel; every distinct one is looked at once."""
    codes, texts = pd.factorize(channel)
    return np.array([*(told(str(text)) for text in texts), blank])[codes]
