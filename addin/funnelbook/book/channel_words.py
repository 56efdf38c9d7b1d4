"""Which channels are the phone, by the words that people and phone systems write for it."""

from __future__ import annotations

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
    codes, texts = pd.factorize(channel)
    return np.array([*(normalise(t) in PHONE_CHANNELS or str(t).casefold().startswith(_LINES) for t in texts), True])[
        codes
    ]


def is_known(channel: pd.Series) -> Flags:
    """Which channels are told by their words alone, whatever the workbook lists."""
    return is_call(channel) | channel.map(normalise, na_action="ignore").isin(SMS_CHANNELS | EMAIL_CHANNELS).to_numpy(
        bool
    )
