import pytest

from funnelbook.domain import sms


@pytest.mark.parametrize(
    ("text", "length", "limit"),
    [
        ("祝您中秋快乐！", 7, 70),
        ("Happy New Year!", 15, 160),
        ("100 €", 6, 160),  # the euro sign takes two places in GSM 03.38
        ("好🎉", 3, 70),  # two UTF-16 units for the picture
        ("", 0, 160),
        ("Ñandú", 5, 70),  # ú is not in the GSM alphabet
    ],
)
def test_length_and_limit(text, length, limit):
    assert (sms.length(text), sms.limit(text)) == (length, limit)
