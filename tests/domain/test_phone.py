import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import phone


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("013800138000", "13800138000"),
        ("010-62345678", "01062345678"),
        ("（０１０）６２３４５６７８", "01062345678"),
        ("+86 10 6234 5678", "01062345678"),
        ("010-62345678转801", "01062345678,801"),
        ("010-62345678 分机 801", "01062345678,801"),
        ("010-62345678 ext. 801", "01062345678,801"),
        ("0571-88888888-801", "057188888888,801"),
        ("021-62345678-8012", "02162345678,8012"),
        ("０２１－６２３４５６７８－８０１", "02162345678,801"),
        ("(021) 6234 5678 - 801", "02162345678,801"),
        ("+86-571-88888888-801", "057188888888,801"),
        ("010-6234-5678", "01062345678"),
        ("010-62345678 x801", "01062345678,801"),
        ("010-62345678X801", "01062345678,801"),
        ("400-800-1234", "4008001234"),
        ("62345678", "62345678"),
        ("+1 415 555 0132", "+14155550132"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_a_number_has_one_spelling(typed, spelling):
    assert phone.normalise(typed) == spelling
    assert phone.normalise(spelling) == spelling


@given(st.from_regex(r"1(3[0-9]|5[0-35-9]|8[0-9])[0-9]{8}", fullmatch=True))
def test_a_mobile_number_as_it_is_and_in_full_width_digits_are_one(number):
    wide = number.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    assert phone.normalise(number) == phone.normalise(wide) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "大地公司",
        "12",
        "电话未知",
        "99999999999999999999",
        "+999 12345678",
        "000000000",
        "138-0013-8000-123",
    ],
)
def test_what_no_number_can_be_is_none(typed):
    assert phone.normalise(typed) is None


@pytest.mark.parametrize(
    "hidden", ["138****8000", "138＊＊＊＊8000", "13800138000*", "138××××8000", "010-62345678*801"]
)
def test_a_number_with_stars_is_none(hidden):
    assert phone.normalise(hidden) is None


@pytest.mark.parametrize(
    "hidden",
    ["138x0013x8000", "138xxxx8000", "138XXXX8000", "138 xxxx 8000", "1380013800x", "138001380x0", "0216234x5678"],
)
def test_a_number_with_digits_hidden_by_x_is_none(hidden):
    assert phone.normalise(hidden) is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13800138000", "138****8000"),
        ("+86 138-0013-8000", "138****8000"),
        ("01062345678", "010****5678"),
        ("010-62345678转801", "010****5678"),
        ("62345678", "****5678"),
        ("1234567", "****4567"),
        ("+14155550132", "+14****0132"),
        ("张三丰", "张***"),
        ("李", "李***"),
        ("", ""),
        ("  王芳 ", "王***"),
        ("大地公司", "大***"),
        ("12345", "1***"),
        ("0571-88888888-801", "057****8888"),
        ("13800138000、13900139000", "138****8000、139****9000"),
        ("13800138000, 010-62345678", "138****8000, 010****5678"),
        ("13800138000/62345678;+14155550132", "138****8000/****5678;+14****0132"),
        ("01062345678,801，13800138000", "010****5678，138****8000"),
        ("张三丰、李四；王五", "张***"),
        ("张三和李四丰", "张***"),
        ("张三 和 13800138000", "张*** 和 138****8000"),
        ("李和", "李***"),
        ("和平公司", "和***"),
        ("1,200", "1***"),
        ("2026/6/3", "2***"),
        ("甲、乙、丙", "甲***"),
        ("A/B/C/D", "A***"),
        ("13800138000、张三、李四；13900139000", "138****8000、张***；139****9000"),
        ("\u202e王\u200b芳", "王***"),
    ],
)
def test_the_middle_of_a_number_and_all_but_the_first_letter_of_the_names_are_hidden(typed, shown):
    assert phone.mask(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("王", "王***"),
        ("大地公司", "大***"),
        ("13800138000", "1***"),
        ("138****8000", "1***"),
        (" ", ""),
        ("\u202e", ""),
    ],
)
def test_a_name_shows_one_letter_whatever_it_is(typed, shown):
    assert phone.mask_name(typed) == shown


def test_a_column_of_numbers_in_one_spelling():
    typed = [
        "138 0013 8000",
        "+8613800138000",
        "010-62345678",
        "(010)62345678",
        "0571-88888888-801",
        "013800138000",
        "0138-00138000",
        "123",
        "不详",
        None,
    ]
    assert phone.one_spelling(pd.Series(typed, dtype=object)).tolist() == [
        "13800138000", "13800138000", "01062345678", "01062345678", "057188888888,801", "13800138000", "13800138000", "123", None, None,
    ]  # fmt: skip


@given(st.lists(st.sampled_from(["3800138000", "7012345678", "9987654321"]), min_size=1), st.data())
def test_mobile_numbers_are_spelt_as_one_by_one(rests, data):
    marks = [data.draw(st.sampled_from(["1", "+861", "00861", "86 1", "1 "])) for _ in rests]
    typed = [mark + rest for mark, rest in zip(marks, rests, strict=True)]
    assert phone.one_spelling(pd.Series(typed)).tolist() == [phone.normalise(text) for text in typed]


@pytest.mark.parametrize(
    ("dialled", "number"),
    [
        ("13800138001", "13800138001"),
        ("1.3800138000E+10", "13800138000"),
        ("1.3800138001E+10", "13800138001"),
        ("1.38E+10", None),
        ("sip:13800138001@10.0.0.1", "13800138001"),
        ("tel:+8613800138001;phone-context=x", "13800138001"),
        ("13800138001.0", "13800138001"),
        ("14155550132", "+14155550132"),
        ("+1 415 555 0132", "+14155550132"),
        ("soon", None),
    ],
)
def test_what_a_phone_system_dialled(dialled, number):
    assert number in (phone.of_log(dialled) or [None])


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("13800138001（微信同号）", ["13800138001"]),
        ("13800138002 王总", ["13800138002"]),
        ("13800138003同微信", ["13800138003"]),
        ("13800138000(2)", ["13800138000"]),
        ("13800138006(备用)/13900139006", ["13800138006", "13900139006"]),
        ("王总13800138000 李13900139000", ["13800138000", "13900139000"]),
        ("0512-65370512 13900004555", ["051265370512", "13900004555"]),
        ("010-62345678/79", ["01062345678"]),
        ("2026-05-19 13800138000", ["13800138000"]),
        ("13800138001-8", []),
        ("13800138O01", []),
        ("138****8006", []),
    ],
)
def test_numbers_are_found_whatever_stands_around_them(typed, numbers):
    assert phone.every(typed) == numbers
    assert phone.can_be(typed) == bool(numbers)


@given(
    st.lists(st.from_regex(r"1(3[0-9]|8[0-9])[0-9]{8}", fullmatch=True), min_size=2, max_size=3, unique=True),
    st.sampled_from([" ", "\n", "、", "/", "；", ",", "或", " or ", "&", "|", "+", "\\", "—", "(备用)/", " 王总 "]),
    st.sampled_from(["{}", "{}（微信同号）", "电话：{}", "{} 李经理"]),
)
def test_several_numbers_in_a_cell_are_all_known(numbers, between, form):
    assert phone.every(form.format(between.join(numbers))) == numbers


def test_every_number_of_a_cell():
    assert phone.every("13711112222/13733334444") == ["13711112222", "13733334444"]
    assert phone.every("010-62345678 转 8001") == ["01062345678,8001", "01062345678"]
    assert phone.every("QQ") == []
