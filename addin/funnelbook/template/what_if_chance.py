"""The chance of What-if as formulas: the law of the orders, summed over its waves as domain.chance does it.

Convolving BINOM.DIST tier by tier takes a cell for each tier, factor and number of orders, 30,000 of them for 200 orders; the
Fourier transform of the same convolution takes one array formula a factor, whatever the number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from funnelbook.domain.spread import MIDPOINTS, NO_SPREAD
from funnelbook.template.looks import put_formula
from funnelbook.template.what_if_cells import MOST_TIERS, WAVES_TOP, block, cell

_WAVES = 511
_LENGTH = 2 * _WAVES + 1  # numbers of orders that can be told apart
_TAIL = 30  # chance given up outside them, as an exponent
_LEFT = 8  # of the chances that a case brings nothing
(_ROUGH, _FINE, _THETA, _MEAN, _VARIANCE, _LOW, _BELOW) = range(1, 8)
_HALF, _BACK, _SIDE, _INVERSE = (block(WAVES_TOP, j, WAVES_TOP + _WAVES - 1, j) for j in range(4))


@dataclass(frozen=True)
class Side:
    """What a chance is worked out from, as cells: orders wanted, whether it fits, new prospects, spread, cases and chances by tier."""

    top: int
    wanted: str
    fits_at: str
    arrivals: str
    spread: str
    cases: str
    p: str

    def _column(self, j: int) -> str:
        return block(self.top, j, self.top + MIDPOINTS - 1, j)

    @property
    def fits(self) -> str:
        """1 where all numbers of orders there may be can be told apart, but for a chance of 1e-13 (Bernstein's inequality)."""
        far = f"{_TAIL / 3:g}+SQRT({_TAIL**2 / 9:g}+{2 * _TAIL}*MAX({self._column(_VARIANCE)}))"
        return f"IF({far}<={_WAVES},1,0)"

    @property
    def answer(self) -> str:
        """Chance of the orders wanted; blank without a target, or where it does not fit."""
        sure, able = (f"SUMPRODUCT(({self.p}{test})*{self.cases})" for test in (">=1", ">0"))
        told = f'IF({self.fits_at}=0,"",MIN(1,MAX(0,1-AVERAGE({self._column(_BELOW)}))))'
        none = f"IF({self.arrivals}>0,{told},IF({self.wanted}>{able},0,{told}))"
        return f'IF(ISNUMBER({self.wanted}),IF({self.wanted}<={sure},1,{none}),"")'

    @property
    def expected(self) -> str:
        """Orders expected."""
        return f"AVERAGE({self._column(_MEAN)})"


def waves(sheet: Worksheet, top: int) -> None:
    """Writes half the frequency of each wave, its turn less 1 (back and sideways), and 1 over the sine of the half."""
    for i in range(_WAVES):
        half = math.pi * (i + 1) / _LENGTH
        for j, value in enumerate((half, -2 * math.sin(half) ** 2, math.sin(2 * half), 1 / math.sin(half))):
            sheet.write_number(top + i, j, value)


def chance(sheet: Worksheet, side: Side, unless: str = "FALSE") -> None:
    """Writes, a row a factor all orders share, the law of the orders; nothing is summed where `unless` holds."""
    for i in range(MIDPOINTS):
        _factor(sheet, side, i)
        _below(sheet, side, i, unless)


def _factor(sheet: Worksheet, side: Side, i: int) -> None:
    """The factor, a midpoint of the Gamma law, made exact by Newton's step: Excel's inverse is a search that ends early."""
    row, shape = side.top + i, f"1/{side.spread}^2"
    level = f"{i + 0.5}/{MIDPOINTS}"
    rough, fine, theta = (cell(row, j) for j in (_ROUGH, _FINE, _THETA))
    none = f"{side.spread}<{NO_SPREAD}"

    def put(column: int, formula: str) -> None:
        put_formula(sheet, row, column, f"={formula}", None, "")

    put(_ROUGH, f"IF({none},1,GAMMAINV({level},{shape},1))")
    missed = f"(GAMMADIST({rough},{shape},1,TRUE)-{level})/GAMMADIST({rough},{shape},1,FALSE)"
    put(_FINE, f"IF({none},1,{rough}-{missed})")
    column = block(side.top, _FINE, side.top + MIDPOINTS - 1, _FINE)
    put(_THETA, f"{fine}/AVERAGE({column})")
    nothing = xl_range(row, _LEFT, row, _LEFT + MOST_TIERS - 1)
    for k in range(MOST_TIERS):
        put(_LEFT + k, f"(1-INDEX({side.p},{k + 1}))^{theta}")
    new = f"{side.arrivals}*{theta}"
    for column, part in ((_MEAN, "1-"), (_VARIANCE, f"{nothing}-{nothing}*")):
        array = f"{{=SUM(MMULT({part}{nothing},{side.cases}))+{new}}}"
        sheet.write_array_formula(row, column, row, column, array, None, 0)
    put(_LOW, f"MAX(0,ROUND({cell(row, _MEAN)},0)-{_WAVES})")


def _below(sheet: Worksheet, side: Side, i: int, unless: str) -> None:
    """The chance of fewer orders than wanted with one factor: the sum over the waves of the law's transform."""
    row = side.top + i
    nothing = xl_range(row, _LEFT, row, _LEFT + MOST_TIERS - 1)
    new, low = f"{side.arrivals}*{cell(row, _THETA)}", cell(row, _LOW)
    count = f"({side.wanted}-{low})"
    size = f"EXP(MMULT(LN(1+2*{nothing}*(1-{nothing})*{_BACK}),{side.cases})*0.5+{new}*{_BACK})"
    turn = f"MMULT(ATAN2(1+(1-{nothing})*{_BACK},(1-{nothing})*{_SIDE}),{side.cases})+{new}*{_SIDE}"
    waves = f"{size}*COS({turn}-({low}+{side.wanted}-1)*{_HALF})*SIN({count}*{_HALF})*{_INVERSE}"
    summed = f"({count}+2*SUMPRODUCT({waves}))/{_LENGTH}"
    told = f"IF({count}<=0,0,IF({count}>={_LENGTH},1,{summed}))"
    array = f"{{=IF({unless},0,IF(ISNUMBER({side.wanted}),IF({side.fits_at}=0,0,{told}),0))}}"
    sheet.write_array_formula(row, _BELOW, row, _BELOW, array, None, 0)
