import numpy as np
import pytest

from funnelbook.book.fields import filled, unknown

KNOWN = {"name": np.array(["大地", "{owner}"], dtype=object), "owner": np.array(["王芳", "李强"], dtype=object)}


def test_fields_are_filled_by_name_row_by_row():
    assert filled("{Name}您好，{ owner }", KNOWN).tolist() == ["大地您好，王芳", "{owner}您好，李强"]
    assert filled("没有字段", KNOWN).tolist() == ["没有字段", "没有字段"]


@pytest.mark.parametrize(
    "text",
    ["{name.__class__}", "{0}", "{}", "{name!r}", "{name:>999999999}", "{owner[0]}", "{__import__('os')}", "{打折}"],
)
def test_what_is_no_field_is_named_and_stays_as_typed(text):
    assert unknown(f"{text}和{{name}}", KNOWN) == [text[1:-1]]
    assert filled(text, KNOWN).tolist() == [text, text]


@pytest.mark.parametrize("text", ["{name", "name}", "%(name)s", "$name", "%s"])
def test_loose_braces_and_other_styles_do_nothing(text):
    assert unknown(text, KNOWN) == []
    assert filled(text, KNOWN).tolist() == [text, text]
