"""A chance that is not certain is never called 0 or 100 %."""

import pytest

from funnelbook.book.told_chance import chance_text


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.0, "0%"),
        (0.000253, "<1%"),
        (0.0099, "<1%"),
        (0.01, "1%"),
        (0.2096, "21%"),
        (0.9949, "99%"),
        (0.995, ">99%"),
        (0.99999, ">99%"),
        (1.0, "100%"),
    ],
)
def test_whole_per_cent_and_no_false_certainty(chance, said):
    assert chance_text(chance) == said
