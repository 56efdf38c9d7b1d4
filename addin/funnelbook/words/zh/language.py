"""What is particular to the language."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "name": "中文",
    "sentence": "{text}。",
    "gap": "",  # between sentences
    "tag": "zh-CN",  # of web pages and folders
    "office_locale": "zh-CN",  # of LibreOffice
    "nsis": "SimpChinese",  # of the installer
    "font": "微软雅黑",
    "footer": "&L&A&R第 &P / &N 页",
    "template_file": "销售漏斗.xlsx",
}

windows_id = 4  # primary language identifier
called = frozenset({"zh", "zh-cn", "中文"})
slanted = False  # notes stand in italics
sms_characters = 70  # of one message
large_money = (10_000, 100_000_000)  # from which on each unit is used, the smallest first
page_column = 8.7  # digits a column of a page is wide
# The State Council's notice for each year: name, first day off, last day off, weekend days worked
holidays = {
    2025: (
        ("元旦", (1, 1), (1, 1), ()),
        ("春节", (1, 28), (2, 4), ((1, 26), (2, 8))),
        ("清明节", (4, 4), (4, 6), ()),
        ("劳动节", (5, 1), (5, 5), ((4, 27),)),
        ("端午节", (5, 31), (6, 2), ()),
        ("国庆节、中秋节", (10, 1), (10, 8), ((9, 28), (10, 11))),
    ),
    2026: (
        ("元旦", (1, 1), (1, 3), ((1, 4),)),
        ("春节", (2, 15), (2, 23), ((2, 14), (2, 28))),
        ("清明节", (4, 4), (4, 6), ()),
        ("劳动节", (5, 1), (5, 5), ((5, 9),)),
        ("端午节", (6, 19), (6, 21), ()),
        ("中秋节", (9, 25), (9, 27), ()),
        ("国庆节", (10, 1), (10, 7), ((9, 20), (10, 10))),
    ),
}


def plural(count: int) -> int:
    """Which of the forms a text offers goes with a count: there is one."""
    return 0
