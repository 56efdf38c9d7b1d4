"""The five tiles of the page Today: orders, amount, what was paid, the chance, the days left."""

from __future__ import annotations

from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from funnelbook.template.looks import ACCENT, DEEP, GREY, PALE, put_formula
from funnelbook.template.today_cells import FIRST, LAST, Cells

_HEIGHTS = (16, 26, 13, 16)  # label, number, bar, what it means
_SQUARES = 14


class _Tile(NamedTuple):
    """Formulas."""

    label: str
    number: str
    share: str
    means: str
    behind: str  # holds where it is to be acted on
    is_share: bool = False  # the number says itself what share it is

    def beside(self, share: str) -> str:
        """The share beside the bar."""
        return "" if self.is_share else f'&"  "&{share}'


def write(cells: Cells, row: int) -> int:
    """Writes the tiles from a row on; the first row below them and the space under them."""
    tiles = (_orders(cells), _amount(cells), _paid(cells), _chance(cells), _left(cells))
    wide = (LAST - FIRST + 1) // len(tiles)
    for height, at in zip(_HEIGHTS, range(row, row + len(_HEIGHTS)), strict=True):
        cells.sheet.set_row(at, height)
    ground: dict[str, object] = {"bg_color": PALE, "align": "center", **cells.apart}
    looks = [
        cells.looks(**ground, font_color=GREY, bold=True),
        cells.looks(**ground, font_color=DEEP, bold=True, font_size=16, shrink=True),
        cells.looks(**ground, font_color=ACCENT, font_size=9),
        cells.looks(**ground, font_color=GREY, font_size=9),
    ]
    for number, tile in enumerate(tiles):
        first, last = FIRST + wide * number, FIRST + wide * (number + 1) - 1
        share = xl_rowcol_to_cell(row, LAST + 1 + number, True, True)
        squares = f"MAX(0,MIN({_SQUARES},ROUND({_SQUARES}*{share},0)))"
        bar = f'REPT("■",{squares})&REPT("□",{_SQUARES}-{squares}){tile.beside(cells.share(share))}'
        put_formula(cells.sheet, row, LAST + 1 + number, f'=IFERROR({tile.share},"")', None, "")
        told = (
            tile.label,
            f'IFERROR({tile.number},"–")',
            f'IF(ISNUMBER({share}),{bar},"")',
            f'IF({cells.row("Desk")}="","",IFERROR({tile.means},""))',
        )
        for at, (formula, look) in enumerate(zip(told, looks, strict=True), row):
            cells.across(at, first, last, f"={formula}", look)
        cells.warm((row + 2, first), (row + 3, last), f"IFERROR({tile.behind},FALSE)")
    cells.sheet.set_row(row + len(_HEIGHTS), 5)
    return row + len(_HEIGHTS) + 1


def _against(cells: Cells, done: str, target: str, number: str) -> _Tile:
    share, time = f"{done}/{target}", cells.of("Board", "time_progress")
    ahead = f"({share}-{time})"
    told = [cells.said(key, points=cells.whole(f"ABS(100*{ahead})")) for key in ("behind", "ahead")]
    apart = f"IF(ROUND(100*{ahead},0)<0,{told[0]},{told[1]})"
    in_step = f"IF(ROUND(100*{ahead},0)=0,{cells.said('in_step')},{apart})"
    means = f"IF(ISNUMBER({target}),{in_step},{cells.said('no_target')})"
    return _Tile("", number, share, means, f"ROUND(100*{ahead},0)<0")


def _orders(cells: Cells) -> _Tile:
    done, target = cells.of("Board", "orders"), cells.of("Board", "target")
    both = f'{cells.whole(done)}&IF(ISNUMBER({target})," / "&{cells.whole(target)},"")'
    return _against(cells, done, target, cells.said("number_orders", number=both))._replace(label=cells.said("orders"))


def _amount(cells: Cells) -> _Tile:
    done, target = cells.of("Board", "amount"), cells.of("Shapes", "target_amount")
    both = f'IF(ISNUMBER({done}),{cells.money(done)},"–")&IF(ISNUMBER({target})," / "&{cells.money(target)},"")'
    return _against(cells, done, target, both)._replace(label=cells.said("amount"))


def _paid(cells: Cells) -> _Tile:
    """Against its target; where nobody set one, against the orders themselves."""
    paid, due, target = cells.of("Desk", "paid"), cells.of("Board", "amount"), cells.of("Desk", "target_paid")
    of_target = _against(cells, paid, target, f'{cells.money(paid)}&" / "&{cells.money(target)}')
    both = f'IF(ISNUMBER({due}),{cells.money(paid)}&" / "&{cells.money(due)},"–")'
    owed = cells.said("owed", money=cells.money(f"({due}-{paid})"))
    means = f"IF(N({due})>0,IF({due}-{paid}>0.5,{owed},{cells.said('all_paid')}),{cells.said('no_orders')})"
    of_orders = _Tile(cells.said("paid"), both, f"{paid}/{due}", means, "FALSE")
    of_target = of_target._replace(label=cells.said("paid_of_target"))
    formulas = zip(of_target[:-1], of_orders[:-1], strict=True)
    return _Tile._make([*(f"IF(ISNUMBER({target}),{one},{other})" for one, other in formulas), False])


def _chance(cells: Cells) -> _Tile:
    chance = cells.of("Shapes", "chance")
    ends = {name: cells.whole(cells.of("Shapes", name)) for name in ("low", "expected", "high")}
    return _Tile(
        cells.said("chance"),
        cells.chance(chance),
        f'IF(ISNUMBER({chance}),{chance},"")',
        cells.said("range", **ends),
        f"AND(ISNUMBER({chance}),{chance}<0.5)",
        is_share=True,
    )


def _left(cells: Cells) -> _Tile:
    days, gap = cells.of("Desk", "days_left"), cells.of("Shapes", "gap")
    time = cells.of("Board", "time_progress")
    some = cells.said("gap", gap=cells.whole(gap), each=f'TEXT({gap}/{days},"0.0")')
    wanted = f"IF({days}>0,{some},{cells.said('gap_no_day', gap=cells.whole(gap))})"
    means = f"IF(ISNUMBER({gap}),IF({gap}>0,{wanted},{cells.said('no_gap')}),{cells.said('no_target')})"
    return _Tile(cells.said("left"), cells.said("days", days=cells.whole(days)), time, means, f"AND({gap}>0,{days}=0)")
