"""Grammars of how people and machines write dates, times, amounts, durations and phones: each text with what it means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st

WIDE = str.maketrans("0123456789:/.-+,()", "０１２３４５６７８９：／．－＋，（）")
MONTHS = {
    "January": "Januar janvier Jan janv.", "February": "Februar février Feb févr.", "March": "März mars Mar Mrz",
    "April": "avril Apr avr.", "May": "Mai mai", "June": "Juni juin Jun", "July": "Juli juillet Jul juil.",
    "August": "août Aug Aug.", "September": "septembre Sep Sept.", "October": "Oktober octobre Oct Okt",
    "November": "novembre Nov Nov.", "December": "Dezember décembre Dec Dez",
}  # fmt: skip
NAMES = [[name, *more.split()] for name, more in MONTHS.items()]
WEEKDAYS = ["星期一", "周二", "礼拜三", "Thursday", "Fri", "Samstag", "dim."]


def maybe_wide(text: str, wide: bool) -> str:
    return text.translate(WIDE) if wide else text


@st.composite
def clocks(draw) -> tuple[str, time]:
    """A time of day, with or without seconds and a half of the day."""
    hour, minute, second = draw(st.integers(0, 23)), draw(st.integers(0, 59)), draw(st.integers(0, 59))
    kind = draw(st.sampled_from(["24", "am", "上午", "点", "点分", "h"]))
    pad, seconds = draw(st.booleans()), draw(st.booleans())
    twelve, two = hour % 12 or 12, f"{minute:02}"
    whole = f"{two}:{second:02}" if seconds and kind in ("24", "am", "上午") else two
    if kind == "24":
        said = f"{hour:02}:{whole}" if pad else f"{hour}:{whole}"
    elif kind == "am":
        half = draw(st.sampled_from([("AM", "PM"), ("am", "pm"), ("a.m.", "p.m.")]))[hour >= 12]
        said = f"{twelve}:{whole}{draw(st.sampled_from(['', ' ']))}{half}"
    elif kind == "上午":
        said = f"{'下午' if hour >= 12 else '上午'}{twelve}:{whole}"
    elif kind == "h":
        said = f"{hour}h{two}"
    else:
        minute = 0 if kind == "点" else minute
        said = f"{hour}点{minute}分" if minute else f"{hour}点"
    shown = second if seconds and kind in ("24", "am", "上午") else 0
    return said, time(hour, minute, shown)


@st.composite
def days(draw) -> tuple[str, date]:
    """A day that can be read in one way only."""
    day = draw(st.dates(date(1960, 1, 1), date(2099, 12, 31)))
    pad = draw(st.booleans())
    m, d = (f"{day.month:02}", f"{day.day:02}") if pad else (f"{day.month}", f"{day.day}")
    name = draw(st.sampled_from(NAMES[day.month - 1]))
    forms = [f"{day.year}{sign}{m}{sign}{d}" for sign in "-/."]
    forms += [f"{day.year}年{m}月{d}日", f"{day.year}年{m}月{d}号", f"{day:%Y%m%d}", f"{day.year} 年 {m} 月 {d} 日"]
    forms += [f"{d} {name} {day.year}", f"{name} {d}, {day.year}", f"{d}-{name}-{day.year}", f"{d}. {name} {day.year}"]
    if day.day > 12:
        forms += [f"{a}{sign}{b}{sign}{day.year}" for sign in "-/." for a, b in ((m, d), (d, m))]
    said = draw(st.sampled_from(forms))
    weekday = draw(st.sampled_from(["", "", *WEEKDAYS]))
    said = f"{weekday} {said}" if weekday and not said.isdecimal() and draw(st.booleans()) else said
    return maybe_wide(said, draw(st.sampled_from([False, False, True]))), day


@st.composite
def moments(draw) -> tuple[str, datetime]:
    """A day and a time of day, with an offset or none; in Beijing time."""
    day = draw(st.dates(date(1992, 1, 1), date(2099, 12, 31)))  # China had summer times until 1991
    said, clock = draw(clocks())
    offset = draw(st.sampled_from([None, None, "Z", "+08:00", "-0500", "+05:30", " UTC", " +0200"]))
    date_said = draw(st.sampled_from([f"{day}", f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日"]))
    apart = "T" if draw(st.booleans()) and said[0].isdigit() and ":" in said and date_said == f"{day}" else " "
    meant = datetime.combine(day, clock)
    if offset is None or "m" in said or not said[0].isdigit() or "点" in said or "h" in said:
        return f"{date_said}{apart}{said}", meant
    plain = offset.strip().replace(":", "")
    away = timedelta() if plain in ("Z", "UTC") else timedelta(hours=int(plain[1:3]), minutes=int(plain[3:]))
    away = -away if plain[0] == "-" else away
    return f"{date_said}{apart}{said}{offset}", meant - away + timedelta(hours=8)


@st.composite
def amounts(draw) -> tuple[str, float]:
    """An amount that can be read in one way only."""
    cents = draw(st.integers(0, 10**9))
    size = Decimal(cents) / 100
    sign = draw(st.sampled_from(["", "", "-", "("]))
    unit = draw(st.sampled_from(["", "", "", "万", "千", "k", "w", "亿"]))
    mark, end = draw(
        st.sampled_from(
            [("", ""), ("￥", ""), ("¥", ""), ("USD ", ""), ("", " 元"), ("", "元"), ("€", ""), ("", " EUR"), ("$", "")]
        )
    )
    end = "" if unit and end == " EUR" else end
    form = draw(st.sampled_from(["plain", "comma", "swiss", "german", "french"]))
    said = {
        "plain": f"{size:.2f}", "comma": f"{size:,.2f}", "swiss": f"{size:,.2f}".replace(",", "'"),
        "german": f"{size:,.2f}".translate(str.maketrans(",.", ".,")), "french": f"{size:,.2f}".translate(str.maketrans(",.", " ,")),
    }[form]  # fmt: skip
    said = f"{mark}{said}{unit}{end}"
    said = f"({said})" if sign == "(" else sign + said
    power = {"": 0, "千": 3, "k": 3, "万": 4, "w": 4, "亿": 8}[unit]
    meant = float(f"{size}e{power}")
    return maybe_wide(said, draw(st.booleans())) if form == "plain" else said, -meant if sign else meant


@st.composite
def durations(draw) -> tuple[str, float]:
    """A duration with its unit, and its minutes."""
    seconds = draw(st.integers(1, 4 * 3600))
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    whole = seconds // 60
    forms = [f"{whole}:{rest:02}", f"{hours}:{minutes:02}:{rest:02}", f"{hours:02}:{minutes:02}:{rest:02}.000"]
    forms += [
        f"{seconds}秒",
        f"{seconds} s",
        f"{seconds} sec",
        f"{seconds}s",
        f"{whole}分{rest}秒",
        f"{whole}分钟{rest}秒",
    ]
    forms += [
        f"{whole}m {rest}s",
        f"{whole} min {rest} sec",
        f"{hours}小时{minutes}分{rest}秒",
        f"{hours}h {minutes}m {rest}s",
        f"PT{hours}H{minutes}M{rest}S",
    ]
    forms += [f"{whole}分半"] if rest == 30 else []
    forms += [f"{whole}'{rest:02}\"", f"{whole}′{rest:02}″"]
    return maybe_wide(draw(st.sampled_from(forms)), draw(st.booleans())), seconds / 60


@st.composite
def phones(draw) -> tuple[str, str]:
    """A number of China or abroad that exists, and its one spelling."""
    kind = draw(st.sampled_from(["mobile", "mobile", "landline", "abroad"]))
    if kind == "mobile":
        plain = (
            draw(st.sampled_from(["138", "139", "150", "186", "199", "177"])) + f"{draw(st.integers(0, 10**8 - 1)):08}"
        )
        sign = draw(st.sampled_from(["", " ", "-", "\u00a0"]))
        body = sign.join((plain[:3], plain[3:7], plain[7:]))
        said = draw(st.sampled_from(["", "", "+86", "0086", "+86 ", "86-", "(+86)", "tel: ", "0"])) + body
    elif kind == "landline":
        area, rest = draw(st.sampled_from(["010", "021", "0512", "0571"])), f"6{draw(st.integers(0, 10**7 - 1)):07}"
        plain = area + rest
        said = draw(
            st.sampled_from(
                [
                    f"{area}-{rest}",
                    f"({area}){rest}",
                    f"（{area}）{rest}",
                    f"{area} {rest}",
                    f"+86 {area[1:]} {rest}",
                    f"{area}-{rest[:4]} {rest[4:]}",
                ]
            )
        )
    else:
        plain = "+1415555" + f"{draw(st.integers(100, 199)):04}"
        said = draw(
            st.sampled_from(
                [plain, f"+1 (415) 555-{plain[-4:]}", f"001 415 555 {plain[-4:]}", f"+1-415-555-{plain[-4:]}"]
            )
        )
    if kind == "landline" and draw(st.booleans()):
        extension = f"{draw(st.integers(100, 9999))}"
        return said + draw(st.sampled_from([" 转 ", "转", " ext. ", " 分机"])) + extension, f"{plain},{extension}"
    return maybe_wide(said, draw(st.booleans())), plain


@st.composite
def people(draw: st.DrawFn, names: list[str]) -> tuple[str, str]:
    """How a phone system or a list may write one of a team, and who is meant."""
    name = draw(st.sampled_from(names))
    account, extension = draw(st.from_regex(r"[a-z]{5,8}", fullmatch=True)), draw(st.integers(8000, 8999))
    forms = [
        "{name}",
        " {name} ",
        "{name}({extension})",
        "{name}（{account}）",
        "{extension} - {name}",
        '"{name}" <{extension}>',
        "{name}|{account}",
    ]
    text = draw(st.sampled_from(forms)).format(name=name, account=account, extension=extension)
    return draw(st.sampled_from([text, text.upper(), text.lower(), text.title()])), name


def placeholders() -> st.SearchStrategy[str]:
    """What exports write where there is nothing."""
    said = st.sampled_from(
        ["NULL", "null", "(null)", "\\N", "N/A", "n/a", "-", "--", "—", "/", "无", "暂无", "None", "nil"]
    )
    return st.builds(
        lambda text, before, after: f"{before}{text}{after}",
        said,
        st.sampled_from(["", " "]),
        st.sampled_from(["", " ", "\t"]),
    )
