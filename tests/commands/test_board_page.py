"""The published board on a phone and on a desk: columns that compare, bars in one line, nothing beside the screen."""

from __future__ import annotations

import json
import re
import subprocess
from html import escape

import numpy as np
import pandas as pd
import pytest

from funnelbook.book.codes import UNASSIGNED
from funnelbook.commands.board_page import board_page
from support.external import browser, need

LONG = "没有空格的很长很长的名字" * 4
BOARD = pd.DataFrame(
    [
        # rank, person, orders, target, completion, ahead, forecast, amount, margin, star
        (1, "陈静", 4, 3.0, 1.333, 0.699, 4.0, 1_234_567_890.0, 27_510.0, True),
        (2, "Wolfeschlegelsteinhausenbergerdorff" * 2, 2, 2.0, 1.0, 0.3, 2.0, 32_640.0, 5_200.0, False),
        (3, LONG, 3, 4.0, 0.75, -0.001, 3.46, 42_420.0, -8_980.0, False),
        (4, "张伟", 0, 2.0, 0.0, -0.632, 0.04, 0.0, 0.0, False),
        (np.nan, UNASSIGNED, np.nan, 1.0, np.nan, np.nan, np.nan, np.nan, np.nan, False),
        (np.nan, None, 9, 12.0, 123.45, -0.01, 10.0, 1_234_642_950.0, 23_730.0, False),
    ],
    columns=["rank", "person", "orders", "target", "completion", "ahead", "forecast", "amount", "margin", "star"],
).assign(time_progress=0.632)
ORDERS = pd.DataFrame([("陈静", "大***", 44_140.0), (LONG, LONG, 1_234_567_890.0)], columns=["owner", "name", "amount"])


def page(language: str) -> str:
    return board_page(BOARD, ORDERS, f"2026-05-20 {LONG}", language)


def column(html: str, head: str) -> list[str]:
    cells = re.findall(rf'<td[^>]* data-head="{head}">(.*?)</td>', html)
    return [re.sub("<[^>]*>", "", cell) for cell in cells]


def test_numbers_of_a_column_have_equal_decimals():
    html = page("zh")
    assert column(html, "预测") == ["4.0", "2.0", "3.5", "0.0", "", "10.0"]
    assert column(html, "目标") == ["3", "2", "4", "2", "1", "12"]
    assert column(html, "超前/落后") == ["70%", "30%", "0%", "-63%", "", "-1%"]  # no -0%
    whole = board_page(BOARD.assign(forecast=[4.0, 2.0, 3.0, 0.0, np.nan, 9.0]), ORDERS, "", "zh")
    assert column(whole, "预测") == ["4", "2", "3", "0", "", "9"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_fits_a_phone_and_asks_nobody(language):
    html = page(language)
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html
    assert "@media screen and (max-width:" in html
    assert not re.search(r"https?:|//|url\(|@import|<script|<link|<img", html)
    heads = re.findall("<th(?: [^>]*)?>(.*?)</th>", html)[:9]
    first = html.split("<tbody>")[1].split("</tr>")[0]
    assert re.findall('data-head="(.*?)"', first) == heads  # what a card says in place of the row of heads


# The page lies in a frame, because a window is never narrower than 500 pixels; its own policy forbids scripts, so the copy has none.
_MEASURE = """<script>
const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.right, r.height].map(Math.round) };
const all = s => [...document.querySelectorAll(s)].map(box);
parent.document.title = JSON.stringify({
  screen: innerWidth, wide: document.documentElement.scrollWidth, bars: all('.bar'),
  cells: all('td, h1, p').filter(b => b[2]), heads: all('th').filter(b => b[2])});
</script></body>"""


@pytest.mark.live
@pytest.mark.parametrize("width", [390, 768, 1366])
def test_nothing_lies_beside_the_screen(tmp_path, width):
    need("browser")
    for language in ("zh", "en"):
        html = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page(language))
        html = escape(html.replace("</body>", _MEASURE))
        path = tmp_path / f"{language}.html"
        path.write_text(
            f'<meta charset="utf-8"><title></title><iframe width="{width}" height="900" srcdoc="{html}">',
            encoding="utf-8",
        )
        command = [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri()]
        dom = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
        measured = json.loads(dom.split("<title>")[1].split("</title>")[0])
        assert measured["screen"] == width
        assert 0 < measured["wide"] <= width
        assert max(right for _, right, _ in measured["cells"]) <= width
        assert all(height < 60 for *_, height in measured["heads"])  # never one character a line
        lengths = {right - left for left, right, _ in measured["bars"]}
        assert max(lengths) - min(lengths) <= 1  # pixels: rounded
        assert min(lengths) > 100
        if width != 768:  # two cards stand side by side there
            assert len({left for left, *_ in measured["bars"]}) == 1


def test_nobody_is_put_first_while_nobody_has_an_order():
    none = BOARD.assign(rank=1.0, orders=0.0)
    assert 'class="first"' not in board_page(none, ORDERS, "", "zh")
    assert 'class="first"' in page("zh")
