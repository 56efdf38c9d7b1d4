"""The board as a web page of its own: no script, nothing loaded from elsewhere, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

import pandas as pd

from funnelbook.book.codes import TEAM, special
from funnelbook.book.frames import rows_of
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import TABLES, Kind
from funnelbook.domain.plain import for_chat, visible
from funnelbook.words import say

_COLUMNS = ("rank", "person", "orders", "target", "completion", "ahead", "forecast", "amount", "margin")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # were a script ever to stand in it, no browser would run it
_STYLE = """
body{font-family:"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",Calibri,Arial,sans-serif;
color:#22292E;max-width:60em;margin:2em auto;padding:0 1em}
h1{color:#12475A;margin:0}h2{color:#1F6F8B;font-size:1.1em;margin-top:2em}p{color:#5B6770;margin:.4em 0 1.4em}
table{border-collapse:collapse;width:100%}th{background:#5B6770;color:#fff;font-weight:normal;padding:.5em}
td{border-bottom:1px solid #D5DBDF;padding:.5em;text-align:right;white-space:nowrap}td.text{text-align:left}
tr.first td{background:#E8F2F5}tr.team td{font-weight:bold;border-top:2px solid #5B6770}
.behind{color:#C8502F}.ahead{color:#2E7D4F}
.bar{position:relative;background:#E3E8EB;height:1em;width:9em;display:inline-block;vertical-align:middle;margin-right:.6em;overflow:hidden}
.bar i{position:absolute;left:0;top:0;bottom:0;background:#1F6F8B}.bar b{position:absolute;top:0;bottom:0;width:2px;background:#C8502F}
"""


_Row = dict[str, Any]  # of the Board, by schema column


def board_page(board: pd.DataFrame, orders: pd.DataFrame, note: str, language: str) -> str:
    """The page: the rows of Board (schema names) in their order, then the `orders` of the day (owner, name, amount), if any.

    What `orders` name is shown as it stands: masked by whoever calls. Source: method A5.
    """
    title = sheet_name("board", language)
    table = TABLES["Board"]
    shown = [c for c in _COLUMNS if c in ("rank", "person") or board[c].notna().any()]
    heads = [header(table, name, language) for name in shown]
    body = "".join(_row(row, shown, language) for row in _rows(board))
    parts = [f"<h1>{escape(title)}</h1><p>{escape(note)}</p>", _table(heads, body)]
    if "completion" in shown:
        parts.append(f"<p>{escape(say('line_is_time', language))}</p>")
    if len(orders):
        heads = [header(TABLES["Orders"], name, language) for name in ("owner", "id", "amount")]
        heads[1] = header(TABLES["Customers"], "name", language)
        cells = (
            _cell(_text(o.owner), "text") + _cell(_text(o.name), "text") + _cell(_number(o.amount, Kind.MONEY))
            for o in rows_of(orders)
        )
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        parts.append(f"<h2>{escape(say('won_that_day', language))}</h2>{_table(heads, body)}")
    return (
        f'<!DOCTYPE html>\n<html lang="{say("language.tag", language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>{''.join(parts)}</body></html>\n"
    )


def board_lines(board: pd.DataFrame, language: str) -> str:
    """The board as plain lines for a chat or a mail: rank, person, orders, completion, ahead or behind."""
    table = TABLES["Board"]
    lines = []
    for row in _rows(board):
        told = [f"{header(table, 'orders', language)} {_number(row['orders'], Kind.COUNT)}"]
        told += [
            f"{header(table, name, language)} {_number(row[name], Kind.RATE)}"
            for name in ("completion", "ahead")
            if pd.notna(row[name])
        ]
        rank = "" if pd.isna(row["rank"]) else f"{row['rank']:g}. "
        person = for_chat(_person(row, language))
        lines.append(rank + say("board_line", language, person=person, told=say("board_told", language).join(told)))
    return "\n".join(lines)


def _rows(board: pd.DataFrame) -> Iterator[_Row]:
    return ({str(name): value for name, value in row.items()} for row in board.to_dict("records"))


def _row(row: _Row, shown: Sequence[str], language: str) -> str:
    table = TABLES["Board"]
    cells = []
    for name in shown:
        value = row[name]
        match name:
            case "person":
                star = " ★" if row["star"] is True else ""
                cells.append(_cell(_person(row, language) + star, "text"))
            case "completion":
                cells.append(f"<td>{_bar(value, row['time_progress'])}{_number(value, Kind.RATE)}</td>")
            case "ahead":
                look = "" if pd.isna(value) else "behind" if value < 0 else "ahead"
                cells.append(_cell(_number(value, Kind.RATE), look))
            case _:
                cells.append(_cell(_number(value, table.by_name[name].kind)))
    kind = "team" if row["person"] is None or pd.isna(row["person"]) else "first" if row["rank"] == 1 else ""
    return f'<tr class="{kind}">{"".join(cells)}</tr>'


def _bar(done: float, gone: float) -> str:
    if pd.isna(done):
        return ""
    mark = "" if pd.isna(gone) else f'<b style="left:{_share(gone)}%"></b>'
    return f'<span class="bar"><i style="width:{_share(done)}%"></i>{mark}</span>'


def _share(value: float) -> str:
    return f"{100 * min(max(value, 0.0), 1.0):.1f}"


def _table(heads: Iterable[str], body: str) -> str:
    return f"<table><tr>{''.join(f'<th>{escape(text)}</th>' for text in heads)}</tr>{body}</table>"


def _cell(text: str, look: str = "") -> str:
    return f'<td class="{look}">{escape(text)}</td>' if look else f"<td>{escape(text)}</td>"


def _person(row: _Row, language: str) -> str:
    return _text(row["person"]) or special(TEAM, language)


def _text(value: str | float | None) -> str:
    return "" if value is None or pd.isna(value) else visible(str(value))


def _number(value: float | None, kind: Kind) -> str:
    if value is None or pd.isna(value):
        return ""
    match kind:
        case Kind.RATE:
            return f"{value:.0%}"
        case Kind.NUMBER:
            return f"{value:,.1f}".removesuffix(".0")
        case _:
            return f"{value:,.0f}"
