"""A call that is refused, and with what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from funnelbook.book.ports import BookError


def refused(code: str, call: Callable[..., object], *arguments: object, **options: object) -> BookError:
    with pytest.raises(BookError) as caught:
        call(*arguments, **options)
    assert caught.value.code == code
    return caught.value
