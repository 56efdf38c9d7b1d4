"""The hidden sheet behind What-if (试算过程): need, chance, shape and weeks by formulas that every spreadsheet program has.

The same sums as FB_NEED, FB_CHANCE, FB_SHAPE and FB_WEEKS. Source: desk.md 5, forecast.md 4, numbers.md 3 to 5.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from funnelbook.domain.backplan import NOISE
from funnelbook.domain.shape import FEWEST_CASES, LEVEL, SMALLEST_RATE
from funnelbook.template import what_if_cells as at
from funnelbook.template.defaults import Rows
from funnelbook.template.looks import Looks, put_formula
from funnelbook.template.named import Named
from funnelbook.template.what_if_chance import Side, chance, waves
from funnelbook.template.what_if_texts import formula_texts
from funnelbook.words import say, texts

_MOST = 1_000_000  # orders or customers of a tier
_SPREADS = (0.01, 2)
_SHAPES = (  # (holds, name), the first that holds; b, m and t are the groups from below: 1 too many, -1 too few
    ("{total}<{fewest}", "too_few"),
    ("AND({b}=0,{m}=0,{t}=0)", "ideal"),
    ("AND({t}>0,{b}<0)", "top_heavy"),
    ("{m}>0", "bulge"),
    ("AND({m}<0,{t}>=0,{b}>=0)", "hour_glass"),
    ("AND({b}>0,{t}<0)", "bottom_heavy"),
)


def write(named: Named, sheet: Worksheet, looks: Looks, language: str, tiers: Rows) -> None:
    """Writes the sheet and the names by which What-if reads it. `tiers`: those that stand there before the first refresh."""
    title, purpose = texts("pages.what_if_sums", language)
    sheet.write_string(0, 0, title, looks.title)
    sheet.write_string(1, 0, purpose, looks.purpose)
    sheet.set_column(0, len(at.TIER_COLUMNS), 14)
    at.define(named, "what_if_sums", language)
    _Sums(named, sheet, language, tiers).write()


class _Sums:
    def __init__(self, named: Named, sheet: Worksheet, language: str, tiers: Rows) -> None:
        self.named, self.sheet, self.language, self.tiers = named, sheet, language, tiers
        self.answer = {key: at.cell(at.GOALS_TOP + i, at.ANSWER_COLUMN) for i, key in enumerate(at.ANSWERS)}
        self.used = {key: at.cell(at.GOALS_TOP + i, 3) for i, key in enumerate(at.INPUTS)}
        self.now = {key: at.cell(at.GOALS_TOP + i, 1) for i, key in enumerate(at.INPUTS)}

    def write(self) -> None:
        self._goals()
        self._tiers()
        self._shape()
        self._weeks()
        waves(self.sheet, at.WAVES_TOP)
        self._answers()
        put = formula_texts(self.used, self.answer["gap"], self.named, self._of)
        for i, text in enumerate(put):
            self._put(at.GOALS_TOP + i, at.TEXT_COLUMN, text)

    def _put(self, row: int, column: int, formula: str) -> None:
        put_formula(self.sheet, row, column, f"={formula}", None, "")

    def _name(self, table: str, column: str) -> str:
        return self.named[at.name_of(table, column)]

    def _of(self, k: int, column: str) -> str:
        """A cell of the k-th tier."""
        return at.cell(at.TIERS_TOP + k, at.TIER_COLUMNS.index(column))

    def _all(self, column: str, first: int = 0) -> str:
        """A column of the tiers, from one of them on."""
        j = at.TIER_COLUMNS.index(column)
        return at.block(at.TIERS_TOP + first, j, at.TIERS_TOP + at.MOST_TIERS - 1, j)

    def _goals(self) -> None:
        """The inputs: the real number, the one typed over it, the one that counts, and whether what is typed is no such number."""
        day = "AND({0}=INT({0}),{0}>0,{0}<200000)"
        amount = f"AND({{0}}>=0,{{0}}<={_MOST})"
        right = dict.fromkeys(at.INPUTS, amount) | {"from": day, "to": day}
        right["spread"] = f"OR({{0}}=0,AND({{0}}>={_SPREADS[0]},{{0}}<={_SPREADS[1]}))"
        unset = {
            "won": "0",
            "arrivals": "0",
            "spread": "0.1",
        }  # before the first refresh; a spread as forecast.md 4 has it
        for i, key in enumerate(at.INPUTS):
            row = at.GOALS_TOP + i
            self.sheet.write_string(row, 0, texts(f"what_if.{key}", self.language)[0])
            found = f"INDEX({self._name('Trial', key)},{self.answer['here']})"
            blank = unset.get(key, '""')
            self._put(row, 1, f'IF({self.answer["here"]}="",{blank},IF({found}="",{blank},{found}))')
            self._put(row, 2, _typed(f"INDEX({self.named['try_typed']},{i + 1})"))
            now, typed, bad = (at.cell(row, j) for j in (1, 2, 4))
            self._put(row, 3, f'IF(AND({typed}<>"",{bad}=0),{typed},{now})')
            self._put(row, 4, _bad(typed, right[key]))

    def _tiers(self) -> None:
        """A row a tier, lowest first: real, typed and used numbers, what is needed and missing, the ideal share."""
        share = "AND({0}>=0,{0}<=1)"
        right = {"stock": f"AND({{0}}>=0,{{0}}<={_MOST},{{0}}=INT({{0}}))", "rate": share, "p": share}
        for j, key in enumerate(at.TIER_COLUMNS):
            self.sheet.write_string(at.TIERS_TOP - 1, j, say(f"what_if.sum_{key}", self.language))
        for k in range(at.MOST_TIERS):
            here = self._is_here(k)
            self._tier(k, here)
            for key in at.TYPED_TIERS:
                typed = _typed(f"INDEX({self.named[f'try_{key}']},1,{k + 1})")
                self._set(k, f"{key}_typed", f'IF({self._of(k, "label")}="","",{typed})')
                if key != "p":
                    typed, now = self._of(k, f"{key}_typed"), self._of(k, f"{key}_now")
                    self._set(k, key, f"IF(ISNUMBER({typed}),IF({right[key].format(typed)},{typed},{now}),{now})")
            self._set(k, "bad", "+".join(_bad(self._of(k, f"{key}_typed"), right[key]) for key in at.TYPED_TIERS))

    def _is_here(self, k: int) -> str:
        """Whether the row of the k-th tier is of who is chosen."""
        found = f"INDEX({self._name('TrialFunnel', 'person')},{self.answer['first']}+{k})={self.named['try_who']}"
        return f"IFERROR({found},FALSE)"

    def _tier(self, k: int, here: str) -> None:
        row, counts = f"{self.answer['first']}+{k}", f"{k + 1}<={self.answer['tiers']}"

        def of(column: str) -> str:
            return f"INDEX({self._name('TrialFunnel', column)},{row})"

        tier = self.tiers[k] if k < len(self.tiers) else None
        empty = f"COUNT({self._name('TrialFunnel', 'rate')})=0"
        called = f"{tier['code']} {tier.get('name') or ''}".strip().replace('"', '""') if tier else ""
        before = {  # the first refresh
            "label": f'"{called}"',
            "rate": str(float(tier["rate"])) if tier else "1",
            "dwell": str(float(tier["dwell_days"])) if tier else "1",
        }
        self._set(k, "k", str(k + 1))
        label = f'IF({of("name")}="",{of("tier")},{of("tier")}&" "&{of("name")})'
        self._set(k, "label", f'IF({here},{label},IF({empty},{before["label"]},""))')
        for column, source in {"stock_now": "open", "cold": "cold"}.items():
            self._set(k, column, f"IF({here},N({of(source)}),0)")
        for column, source in {"rate_now": "rate", "dwell": "dwell_days"}.items():
            otherwise = before["rate" if source == "rate" else "dwell"]
            self._set(k, column, f"IF({here},N({of(source)}),{otherwise})")
        self._set(k, "cases", f"{self._of(k, 'stock')}+{self._of(k, 'cold')}")
        self._set(k, "cases_now", f"{self._of(k, 'stock_now')}+{self._of(k, 'cold')}")
        rate, rate_now = self._of(k, "rate"), self._of(k, "rate_now")
        self._set(k, "easier", f"IF({rate_now}>0,{rate}/{rate_now},1)")
        self._set(k, "easier_up", f"PRODUCT({self._all('easier', k)})")
        unknown = f"PRODUCT({self._all('rate_now', k)})"
        self._set(k, "p_now", f"IF({here},N({of('p_in_time')}),IF({counts},{unknown},0))")
        typed = self._of(k, "p_typed")
        usual = f"MIN(1,{self._of(k, 'p_now')}*{self._of(k, 'easier_up')})"
        self._set(k, "p", f"IF(ISNUMBER({typed}),IF(AND({typed}>=0,{typed}<=1),{typed},{usual}),{usual})")
        self._needed(k, counts)
        typed = self._of(k, "rate_typed")
        team = f"IF({here},N({of('team_rate')}),{rate})"
        self._set(k, "shape_rate", f"IF(ISNUMBER({typed}),{rate},{team})")
        above = self._of(k + 1, "ahead") if k + 1 < at.MOST_TIERS else "1"
        self._set(k, "ahead", f"IF({counts},MAX({SMALLEST_RATE},{self._of(k, 'shape_rate')})*{above},1)")
        self._set(k, "weight", f"IF({counts},{self._of(k, 'dwell')}/{self._of(k, 'ahead')},0)")
        weights = f"SUM({self._all('weight')})"
        equal = f"IF({counts},1/{self.answer['tiers']},0)"
        self._set(k, "share", f"IF({weights}>0,{self._of(k, 'weight')}/{weights},{equal})")

    def _needed(self, k: int, counts: str) -> None:
        """Needed and missing customers; a text where a rate of 0 stands between the tier and the target, blank without a target."""
        gap, rate, needed = self.answer["gap"], self._of(k, "rate"), self._of(k, "needed")
        above = self._of(k + 1, "missing") if k + 1 < at.MOST_TIERS else gap
        wanted = f"IF({k + 1}={self.answer['tiers']},{gap},{above})"
        worked = f'IF({wanted}=0,0,IF({rate}=0,"-",{wanted}/{rate}))'
        self._set(k, "needed", f'IF(AND({counts},ISNUMBER({gap})),IF(ISNUMBER({wanted}),{worked},"-"),"")')
        self._set(k, "missing", f"IF(ISNUMBER({needed}),MAX(0,{needed}-{self._of(k, 'stock')}),{needed})")

    def _set(self, k: int, column: str, formula: str) -> None:
        self._put(at.TIERS_TOP + k, at.TIER_COLUMNS.index(column), formula)

    def _shape(self) -> None:
        """The groups of tiers: held, their part of the ideal, and whether that is too many or too few."""
        n, total, place = self.answer["tiers"], self.answer["total"], self._all("k")
        ends = f"IF({n}<=3,1,2)"
        tau = f'IF({self.answer["here"]}="",0.25,INDEX({self._name("Trial", "tau")},{self.answer["here"]}))'
        groups = (
            f"({place}<={ends})",
            f"({place}>{ends})*({place}<={n}-{ends})",
            f"({place}>{n}-{ends})*({place}<={n})",
        )
        low, high = (1 - LEVEL) / 2, (1 + LEVEL) / 2
        for i, group in enumerate(groups):
            row = at.GOALS_TOP + 8 + i
            self._put(row, 0, f"SUMPRODUCT({group}*{self._all('stock')})")
            self._put(row, 1, f"SUMPRODUCT({group}*{self._all('share')})")
            held, part = at.cell(row, 0), at.cell(row, 1)
            at_most = f"BINOMDIST({{0}},{total},MIN(1,{part}),TRUE)"
            many = f"IF({at_most.format(f'{held}-1')}>={high},1,0)"
            few = f"IF({held}<{total}*{part}/(1+{tau}),IF({at_most.format(held)}<{low},-1,0),0)"
            self._put(row, 2, f"IF({part}<=0,0,IF({held}>(1+{tau})*{total}*{part},{many},{few}))")

    def _weeks(self) -> None:
        """The weeks from the first day to the last: working days, weight, orders by largest remainder."""
        first, last, wanted = self.used["from"], self.used["to"], self.answer["wanted"]

        def all_of(column: int) -> str:
            return at.block(at.WEEKS_TOP, column, at.WEEKS_TOP + at.WEEKS - 1, column)

        for i in range(at.WEEKS):
            row = at.WEEKS_TOP + i
            start, end, weight, exact, whole, rest = (at.cell(row, j) for j in (0, 1, 3, 4, 5, 6))
            begins = f"{first}-WEEKDAY({first},2)+{7 * i + 1}" if i else first
            known = f"AND(ISNUMBER({first}),ISNUMBER({last}))"
            self._put(row, 0, f'IF({known},IF({begins}<={last},{begins},""),"")')
            self._put(row, 1, f'IF(ISNUMBER({start}),MIN({last},{start}+7-WEEKDAY({start},2)),"")')
            usual = f"MAX(0,MIN(5,WEEKDAY({end},2))-WEEKDAY({start},2)+1)"
            for j, column in ((2, "workday"), (3, "weight")):
                day = self._name("TrialDays", "date")
                other = f'SUMIFS({self._name("TrialDays", column)},{day},">="&{start},{day},"<="&{end})'
                self._put(row, j, f"IF(ISNUMBER({start}),{usual}+{other},0)")
            evenly = f"IF(ISNUMBER({start}),1/COUNT({all_of(0)}),0)"
            self._put(
                row, 4, f"IF(ISNUMBER({wanted}),{wanted}*IF(SUM({all_of(3)})>0,{weight}/SUM({all_of(3)}),{evenly}),0)"
            )
            self._put(row, 5, f"INT({exact}+{NOISE})")
            counts = f"AND(ISNUMBER({start}),OR({weight}>0,SUM({all_of(3)})=0))"
            self._put(row, 6, f"IF({counts},ROUND({exact}-{whole},9),-1)")
            until = at.block(at.WEEKS_TOP, 6, row, 6)
            place = f"SUMPRODUCT(({all_of(6)}>{rest})+0)+SUMPRODUCT(({until}={rest})+0)-1"
            more = f"IF(AND({rest}>=0,{place}<{wanted}-SUM({all_of(5)})),1,0)"
            self._put(row, 7, f'IF(AND(ISNUMBER({start}),ISNUMBER({wanted})),{whole}+{more},"")')

    def _answers(self) -> None:
        """What is told on the page and what all the rest rests on."""
        who, goals_bad = self.named["try_who"], at.block(at.GOALS_TOP, 4, at.GOALS_TOP + len(at.INPUTS) - 1, 4)
        typed = at.block(at.GOALS_TOP, 2, at.GOALS_TOP + len(at.INPUTS) - 1, 2)
        a = self.answer
        tried = Side(
            at.THETA_TOP,
            a["wanted"],
            a["fits"],
            self.used["arrivals"],
            self.used["spread"],
            self._all("cases"),
            self._all("p"),
        )
        now = Side(
            at.NOW_THETA_TOP, a["wanted_now"], a["fits_now"], self.now["arrivals"], self.now["spread"], self._all("cases_now"), self._all("p_now")
        )  # fmt: skip
        left = 'IF(ISNUMBER({0}),MAX(0,{0}-{1}),"")'
        whole = f'IF(ISNUMBER({{0}}),ROUNDUP(MAX(0,{{0}}-{NOISE}),0),"")'
        last_end = at.cell(at.WEEKS_TOP + at.WEEKS - 1, 1)
        shapes = f"INDEX({self._name('Shapes', 'chance')},MATCH({who},{self._name('Shapes', 'person')},0))"
        b, m, t = (at.cell(at.GOALS_TOP + 8 + i, 2) for i in range(3))
        name = '"mixed"'
        for holds, code in reversed(_SHAPES):
            name = f'IF({holds.format(b=b, m=m, t=t, total=a["total"], fewest=FEWEST_CASES)},"{code}",{name})'
        given = {
            "here": f'IFERROR(MATCH({who},{self._name("Trial", "person")},0),"")',
            "first": f'IFERROR(MATCH({who},{self._name("TrialFunnel", "person")},0),"")',
            "tiers": f'SUMPRODUCT(({self._all("label")}<>"")+0)',
            "too_many": f"IF({self._is_here(at.MOST_TIERS)},1,0)",
            "bad": f"SUM({goals_bad})+SUM({self._all('bad')})",
            "changed": "+".join(
                f'SUMPRODUCT(({cells}<>"")+0)'
                for cells in (typed, *(self._all(f"{key}_typed") for key in at.TYPED_TIERS))
            ),
            "gap": left.format(self.used["target"], self.used["won"]),
            "wanted": whole.format(a["gap"]),
            "gap_now": left.format(self.now["target"], self.now["won"]),
            "wanted_now": whole.format(a["gap_now"]),
            "fits": tried.fits,
            "fits_now": now.fits,
            "chance": tried.answer,
            "chance_now": f"IF({a['changed']}=0,{a['chance']},{now.answer})",
            "chance_shapes": f'IFERROR(IF({shapes}="","",{shapes}),"")',
            "expected": tried.expected,
            "total": f"SUM({self._all('stock')})",
            "shape": f'IF({a["tiers"]}<2,"",{name})',
            "long": f"IF(ISNUMBER({last_end}),IF({last_end}<{self.used['to']},1,0),0)",
        }
        for i, key in enumerate(at.ANSWERS):
            self.sheet.write_string(at.GOALS_TOP + i, at.ANSWER_COLUMN - 1, say(f"what_if.sum_{key}", self.language))
            self._put(at.GOALS_TOP + i, at.ANSWER_COLUMN, given[key])
        chance(self.sheet, tried)
        chance(self.sheet, now, unless=f"{a['changed']}=0")


def _typed(cell: str) -> str:
    """What is typed into a cell; blank where nothing is."""
    return f'IF({cell}="","",{cell})'


def _bad(typed: str, right: str) -> str:
    """1 where what is typed is no number that can be meant."""
    return f'IF({typed}="",0,IF(ISNUMBER({typed}),IF({right.format(typed)},0,1),1))'
