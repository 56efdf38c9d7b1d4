"""What else than columns the text of a greeting can name in braces."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    "festival": ("节日",),
    "last_order": ("上次订单",),
}
