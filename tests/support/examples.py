"""How many examples a property is shown: the profile's share of what its test asks for."""

from __future__ import annotations

from hypothesis import settings

_AS_ASKED = 100  # examples of the profile under which a test has the number it names


def examples(asked: int) -> int:
    """Examples for a test that needs `asked` to mean something; at least 3, whatever the profile."""
    return max(3, asked * settings.default.max_examples // _AS_ASKED)
