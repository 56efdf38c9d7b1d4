"""The results of What-if as formulas for people's own sheets: texts to copy, made by formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from funnelbook.template.named import Named
from funnelbook.template.what_if_cells import MOST_TIERS

_PLAIN, _DIGITS = "0", "0.000000000"  # as texts of small numbers would be 2.6E-05
_COMMA = '&", "&'


def formula_texts(
    used: Mapping[str, str], gap: str, named: Named, of_tier: Callable[[int, str], str]
) -> tuple[str, str, str, str, str]:
    """Formulas that give the texts of need, chance, shape, advice and weeks; `of_tier` is the cell of a tier's number."""

    def listed(column: str) -> str:
        parts = [_number(of_tier(0, column))]
        parts += [f'IF({of_tier(k, "label")}="","",";"&{_number(of_tier(k, column))})' for k in range(1, MOST_TIERS)]
        return f'"{{"&{"&".join(parts)}&"}}"'

    def call(name: str, *arguments: str) -> str:
        return f'"={name}("&{_COMMA.join(arguments)}&")"'

    stock = listed("stock")
    shape = f'"FB_SHAPE("&{stock}&", "&{listed("shape_rate")}&", "&{listed("dwell")}&")"'
    days = f'", {named["Calendar"]}[#All]"'
    weeks = f"{call('FB_WEEKS', _number(gap), _day(used['from']), _day(used['to']))}".removesuffix('&")"')
    texts = (
        call("FB_NEED", _number(used["target"]), stock, listed("rate"), _number(used["won"])),
        call(
            "FB_CHANCE", _number(gap), listed("cases"), listed("p"), _number(used["arrivals"]), _number(used["spread"])
        ),
        f'"="&{shape}',
        f'"=FB_ADVICE("&{shape}&")"',
        f'IF(AND(ISNUMBER({used["from"]}),ISNUMBER({used["to"]})),{weeks}&{days}&")","")',
    )
    of_goal = f'IF(ISNUMBER({gap}),{{}},"")'.format
    need, chance, plain, advice, plan = texts
    return of_goal(need), of_goal(chance), plain, advice, of_goal(plan)


def _number(cell: str) -> str:
    return f'IF({cell}=INT({cell}),TEXT({cell},"{_PLAIN}"),TEXT({cell},"{_DIGITS}"))'


def _day(cell: str) -> str:
    return f'"DATE("&YEAR({cell})&","&MONTH({cell})&","&DAY({cell})&")"'
