"""How long a text message may be, and how long one is."""

from __future__ import annotations

GSM_LIMIT, CHINESE_LIMIT = 160, 70
# GSM 03.38: one place each, and those that take two
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWO = frozenset("\f^{}\\[~]|€")


def length(text: str) -> int:
    """Places a text takes in a message: its characters, some of them double. Source: numbers.md 9."""
    if _is_gsm(text):
        return len(text) + sum(c in _GSM_TWO for c in text)
    return len(text.encode("utf-16-le")) // 2


def limit(text: str) -> int:
    """Places one message has for such a text: 160 in GSM-7 letters, 70 as soon as one is Chinese. Source: numbers.md 9."""
    return GSM_LIMIT if _is_gsm(text) else CHINESE_LIMIT


def _is_gsm(text: str) -> bool:
    return all(c in _GSM or c in _GSM_TWO for c in text)
