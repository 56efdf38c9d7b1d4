"""The board as a web page of its own: no script, nothing loaded from elsewhere, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from funnelbook.book.codes import TEAM, UNASSIGNED, share, special
from funnelbook.book.frames import rows_of
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import TABLES, Kind
from funnelbook.domain.plain import for_chat, visible
from funnelbook.words import say

_COLUMNS = ("rank", "person", "orders", "target", "completion", "ahead", "forecast", "amount", "margin")
_TEXTS = ("person", "owner", "name")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # were a script ever to stand in it, no browser would run it
_STYLE = """
body{font-family:"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",Calibri,Arial,sans-serif;
font-variant-numeric:tabular-nums;overflow-wrap:anywhere;color:#22292E;max-width:60em;margin:2em auto;padding:0 1em}
h1{color:#12475A;margin:0}h2{color:#1F6F8B;font-size:1.1em;margin-top:2em}p{color:#5B6770;margin:.4em 0 1.4em}
table{border-collapse:collapse;width:100%}
th{background:#5B6770;color:#fff;font-weight:normal;padding:.5em;text-align:right;white-space:nowrap}
td{border-bottom:1px solid #D5DBDF;padding:.5em;text-align:right;white-space:nowrap}
th.text,td.text{text-align:left}td.text{white-space:normal}
tr.first td{background:#E8F2F5}tr.team td{font-weight:bold;border-top:2px solid #5B6770}
td.behind{color:#C8502F}td.ahead{color:#2E7D4F}
.done{display:flex;justify-content:space-between;align-items:center;gap:.6em}
.bar{position:relative;background:#E3E8EB;height:1em;width:9em;overflow:hidden}
.bar i{position:absolute;left:0;top:0;bottom:0;background:#1F6F8B}.bar b{position:absolute;top:0;bottom:0;width:2px;background:#C8502F}
@media screen and (max-width:62em){
body{margin:1em auto}
.board,.board tr{display:grid;border:0}.board thead{display:none}
.board tbody{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(20em,100%),1fr));gap:.8em}
.board tr{grid-template-columns:repeat(12,minmax(0,1fr));gap:.5em .3em;padding:.7em;border:1px solid #D5DBDF;border-radius:.4em}
.board tr.first{background:#E8F2F5}.board tr.team{border-color:#5B6770}
.board tr td{grid-column:span 4;padding:0;border:0;text-align:left;white-space:normal;background:none}
.board td::before{content:attr(data-head);display:block;color:#5B6770;font-size:.8em;font-weight:normal}
.board td:empty{visibility:hidden}
.board tr td.rank{grid-column:span 1}.board tr td.person{grid-column:span 11}
.board td.rank,.board td.person{order:-2;font-weight:bold}
.board td.rank::before,.board td.person::before{content:none}
.board tr td.rank:empty{display:none}.board tr td.rank:empty+td.person{grid-column:1/-1}
.board tr td.completion{grid-column:1/-1;order:-1}.board .bar{flex:none;width:calc(100% - 5em)}
}
"""


_Row = dict[str, Any]  # of the Board, by schema column


def board_page(board: pd.DataFrame, orders: pd.DataFrame, note: str, language: str) -> str:
    """The page: the rows of Board (schema names) in their order, then the `orders` of the day (owner, name, amount), if any.

    What `orders` name is shown as it stands: masked by whoever calls. Source: method A5.
    """
    title = sheet_name("board", language)
    table = TABLES["Board"]
    shown = [c for c in _COLUMNS if c in ("rank", "person") or board[c].notna().any()]
    heads = {name: header(table, name, language) for name in shown}
    rows = list(_rows(board))
    decimals = {name: _decimals([row[name] for row in rows], table.by_name[name].kind) for name in shown}
    body = "".join(_row(row, heads, decimals, language) for row in rows)
    parts = [f"<h1>{escape(title)}</h1><p>{escape(note)}</p>", _table(heads, body, "board")]
    if "completion" in shown:
        parts.append(f"<p>{escape(say('line_is_time', language))}</p>")
    if len(orders):
        places = (("Orders", "owner"), ("Customers", "name"), ("Orders", "amount"))
        heads = {name: header(TABLES[place], name, language) for place, name in places}
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
    for row in _rows(board[board["person"] != UNASSIGNED]):  # nobody has done nothing
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


def _row(row: _Row, heads: Mapping[str, str], decimals: Mapping[str, int], language: str) -> str:
    table = TABLES["Board"]
    cells = []
    for name, head in heads.items():
        value = row[name]
        kind = table.by_name[name].kind
        match name:
            case "person":
                star = " ★" if row["star"] is True else ""
                cells.append(_cell(_person(row, language) + star, "text person", head))
            case "completion":
                told = "" if pd.isna(value) else _done(value, row["time_progress"])
                cells.append(_td(told, "completion", head))
            case "ahead":
                look = "" if pd.isna(value) else "behind" if value < 0 else "ahead"
                cells.append(_cell(_number(value, kind), look, head))
            case _:
                look = "rank" if name == "rank" else ""
                cells.append(_cell(_number(value, kind, decimals[name]), look, head))
    leads = row["rank"] == 1 and row["orders"] > 0
    kind = "team" if row["person"] is None or pd.isna(row["person"]) else "first" if leads else ""
    return f'<tr class="{kind}">{"".join(cells)}</tr>'


def _done(done: float, gone: float) -> str:
    mark = "" if pd.isna(gone) else f'<b style="left:{_share(gone)}%"></b>'
    bar = f'<span class="bar"><i style="width:{_share(done)}%"></i>{mark}</span>'
    return f'<div class="done">{bar}<span>{_number(done, Kind.RATE)}</span></div>'


def _share(value: float) -> str:
    return f"{100 * min(max(value, 0.0), 1.0):.1f}"


def _table(heads: Mapping[str, str], body: str, look: str = "") -> str:
    row = "".join(f"<th{_look('text' if name in _TEXTS else '')}>{escape(text)}</th>" for name, text in heads.items())
    return f"<table{_look(look)}><thead><tr>{row}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str, look: str = "", head: str = "") -> str:
    return _td(escape(text), look, head)


def _td(html: str, look: str, head: str) -> str:
    told = f' data-head="{escape(head)}"' if head else ""  # what a narrow screen shows in place of the row of heads
    return f"<td{_look(look)}{told}>{html}</td>"


def _look(name: str) -> str:
    return f' class="{name}"' if name else ""


def _person(row: _Row, language: str) -> str:
    if row["person"] == UNASSIGNED:
        return share(UNASSIGNED, language)
    return _text(row["person"]) or special(TEAM, language)


def _text(value: str | float | None) -> str:
    return "" if value is None or pd.isna(value) else visible(str(value))


def _decimals(values: Sequence[float], kind: Kind) -> int:
    """How many decimals a column needs, one for all of its numbers: they are compared from row to row."""
    return int(kind is Kind.NUMBER and any(f"{value:.1f}"[-1] != "0" for value in values if pd.notna(value)))


def _number(value: float | None, kind: Kind, decimals: int = 0) -> str:
    if value is None or pd.isna(value):
        return ""
    return f"{value:z.0%}" if kind is Kind.RATE else f"{value:z,.{decimals}f}"  # z: no -0
