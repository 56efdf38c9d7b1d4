"""The page What-if (试算): the real numbers, yellow cells to try others in, and what comes of them, by native formulas."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from funnelbook.book import codes
from funnelbook.book.told_chance import CHANCE, NEARLY_SURE, SCARCELY
from funnelbook.template import what_if_cells as at
from funnelbook.template.looks import ACCENT, DEEP, ENTRY, GREY, LINE, NUMBER, PALE, WARM, Looks, put_formula
from funnelbook.template.named import Named
from funnelbook.words import particulars, say, texts

_LABEL, _FIRST = 1, 2
_LAST = at.TIER_LEFT + at.MOST_TIERS - 1
_SIDE = 9  # the column from which on the results stand
_TIERS_ROW, _TEXTS_ROW, _WEEKS_ROW = 12, 24, 31
_EDGE, _PRINTED_WEEKS = 0.3, 14
_ONE_DECIMAL, _PER_CENT, _DAY, _WHOLE = "#,##0.0", "0%", "yyyy-mm-dd", "#,##0"
_FORMATS = {"target": NUMBER, "won": NUMBER, "arrivals": _ONE_DECIMAL, "spread": _PER_CENT, "from": _DAY, "to": _DAY}
_CODES = ("too_few", "ideal", "top_heavy", "bulge", "hour_glass", "bottom_heavy", "mixed")
_SQUARES = 20
_SMALL = '[=0]0%;[<0.001]"<0.1%";0.0%'


def write(named: Named, sheet: Worksheet, looks: Looks, language: str, who: str) -> None:
    """Writes the page and the names its formulas and those of the sums read; `who` is chosen at first. Source: desk.md 5."""
    at.define(named, "what_if", language)
    _WhatIf(named, sheet, looks, language).write(who)


class _WhatIf:
    def __init__(self, named: Named, sheet: Worksheet, looks: Looks, language: str) -> None:
        self.named, self.sheet, self.looks, self.language = named, sheet, looks, language
        line = {"bottom": 1, "bottom_color": LINE}
        self.band = looks(bold=True, font_color="#FFFFFF", bg_color=ACCENT, indent=1)
        self.head = looks(bold=True, font_color="#FFFFFF", bg_color=GREY, align="center", text_wrap=True)
        self.label, self.hint = looks(**line), looks(**line, font_color=GREY, font_size=9, indent=1)
        self.line = line

    def write(self, who: str) -> None:
        self._columns()
        self._head(who)
        self._inputs()
        self._results()
        self._tiers()
        self._texts()
        self._weeks()

    def _columns(self) -> None:
        sheet = self.sheet
        sheet.set_column(0, 0, 1)
        sheet.set_column(_LABEL, _LABEL, 17)
        sheet.set_column(_FIRST, _LAST, particulars(self.language).page_column)
        sheet.set_portrait()
        sheet.center_horizontally()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
        sheet.set_margins(left=_EDGE, right=_EDGE, top=_EDGE, bottom=2 * _EDGE)
        sheet.print_area(0, _LABEL, _WEEKS_ROW + 1 + _PRINTED_WEEKS, _LAST)
        sheet.set_footer(say("language.footer", self.language))
        sheet.set_selection(*at.WHO, *at.WHO)

    def _say(self, key: str, **parts: str) -> str:
        """A text as a formula writes it, with what formulas give in its fields."""
        text = say(f"what_if.{key}", self.language, **{name: f'"&{part}&"' for name, part in parts.items()})
        return f'"{text}"'

    def _answer(self, key: str) -> str:
        return at.answer(self.named, key)

    def _put(self, row: int, column: int, formula: str, look: Format) -> None:
        put_formula(self.sheet, row, column, f"={formula}", look, "")

    def _across(self, row: int, first: int, last: int, formula: str, look: Format) -> None:
        self.sheet.merge_range(row, first, row, last, None, look)
        self._put(row, first, formula, look)

    def _band(self, row: int, first: int, last: int, key: str) -> None:
        self.sheet.merge_range(row, first, row, last, say(f"what_if.section_{key}", self.language), self.band)
        self.sheet.set_row(row, 20)

    def _chance(self, key: str) -> str:
        """A chance as told_chance tells it; a dash where there is none."""
        number = self._answer(key)
        told = f'IF(AND({number}>0,{number}<{SCARCELY}),"<1%",IF(AND({number}>={NEARLY_SURE},{number}<1),">99%",TEXT({number},"0%")))'
        return f'IF(ISNUMBER({number}),{told},"–")'

    def _head(self, chosen: str) -> None:
        """Title, the cell to choose in, the day of the data; below it one sentence that answers."""
        sheet, looks = self.sheet, self.looks
        sheet.set_row(0, 26)
        sheet.write_string(
            0, _LABEL, texts("pages.what_if", self.language)[0], looks(font_size=18, bold=True, font_color=DEEP)
        )
        label = looks(bold=True, align="right", indent=1, font_color=GREY)
        sheet.write_string(0, at.WHO[1] - 1, say("what_if.who", self.language), label)
        choice = looks(bold=True, font_size=12, bg_color=ENTRY, align="center", border=1, border_color=LINE)
        row, column = at.WHO
        sheet.merge_range(row, column, row, column + 1, chosen, choice)
        people = self.named[at.name_of("Trial", "person")]
        offered = {"validate": "list", "show_error": False, "source": f"={people}"}
        sheet.data_validation(row, column, row, column + 1, offered)
        who, desk = (
            self.named["try_who"],
            {column: self.named[at.name_of("Desk", column)] for column in at.READ["Desk"]},
        )
        day = f"INDEX({desk['as_of']},MATCH({who},{desk['person']},0))"
        told = f'YEAR({day})&"-"&TEXT(MONTH({day}),"00")&"-"&TEXT(DAY({day}),"00")'
        period = f"INDEX({desk['period']},MATCH({who},{desk['person']},0))"
        said = f'IFERROR({self._say("data_of", as_of=told, period=period)},"")'
        self._across(0, _SIDE, _LAST, said, looks(font_color=GREY, align="right", indent=1))
        sheet.set_row(1, 20)
        self._across(1, _LABEL, _LAST, self._sentence(), looks(font_size=12, bold=True, font_color=DEEP))
        sheet.merge_range(2, _LABEL, 2, _LAST, texts("pages.what_if", self.language)[1], looks(font_color=GREY))

    def _sentence(self) -> str:
        """What is wrong with what is typed, else what comes of it."""
        a, gap = self._answer, f'TEXT({self._answer("wanted")},"#,##0")'
        empty = f"COUNT({self.named[at.name_of('Trial', 'won')]})=0"
        chances = {"chance": self._chance("chance"), "now": self._chance("chance_now")}
        same = self._say("head_now", gap=gap, chance=chances["chance"])
        other = self._say("head_tried", count=a("changed"), gap=gap, **chances)
        cases = (
            (f"{a('bad')}>0", self._say("head_bad", count=a("bad"))),
            (f"{a('too_many')}=1", self._say("head_tiers", most=str(at.MOST_TIERS))),
            (f"AND({empty},NOT(ISNUMBER({a('gap')})))", self._say("head_empty")),
            (f'AND(NOT({empty}),{a("here")}="")', self._say("head_nobody")),
            (f"NOT(ISNUMBER({a('gap')}))", self._say("head_no_target")),
            (f"NOT(ISNUMBER({a('chance')}))", self._say("head_large")),
            (f"{a('long')}=1", self._say("head_long", most=str(at.WEEKS))),
            (f"{a('changed')}>0", other),
        )
        found = same
        for holds, text in reversed(cases):
            found = f"IF({holds},{text},{found})"
        return found

    def _unless_bad(self, formula: str) -> str:
        return f'IF({self._answer("bad")}+{self._answer("too_many")}>0,"–",{formula})'

    def _inputs(self) -> None:
        row = at.INPUT_TOP - 1
        for column in range(_LABEL, _SIDE - 1):
            self.sheet.write_blank(row, column, None, self.band)
        for column, key in ((at.NOW, "now_column"), (at.TRY, "try")):
            self.sheet.write_string(row, column, say(f"what_if.head_{key}", self.language), self.band)
        self.sheet.write_string(row, _LABEL, say("what_if.section_inputs", self.language), self.band)
        for i, key in enumerate(at.INPUTS):
            label, hint = texts(f"what_if.{key}", self.language)
            line = at.INPUT_TOP + i
            look = self.looks(**self.line, num_format=_FORMATS[key], align="right", shrink=True)
            typed = self.looks(
                border=1,
                border_color=LINE,
                num_format=_FORMATS[key],
                align="right",
                bg_color=ENTRY,
                bold=True,
                shrink=True,
            )
            self.sheet.write_string(line, _LABEL, label, self.label)
            self._put(line, at.NOW, f"INDEX({self.named['try_goals']},{i + 1})", look)
            self.sheet.write_blank(line, at.TRY, None, typed)
            self.sheet.merge_range(line, at.TRY + 1, line, _SIDE - 2, hint, self.hint)
            self._offer(line, at.TRY, line, at.TRY, "date" if key in ("from", "to") else "amount")

    def _offer(self, top: int, left: int, bottom: int, right: int, kind: str) -> None:
        """What may be typed into yellow cells; what is pasted is told in the head sentence."""
        limits: dict[str, dict[str, object]] = {
            "amount": {"validate": "decimal", "criteria": ">=", "value": 0},
            "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
            "count": {"validate": "integer", "criteria": ">=", "value": 0},
            "date": {"validate": "decimal", "criteria": ">", "value": 0},
        }
        said = {
            "error_title": say("what_if.wrong", self.language),
            "error_message": say(f"what_if.wrong_{kind}", self.language),
        }
        self.sheet.data_validation(top, left, bottom, right, limits[kind] | said)

    def _results(self) -> None:
        self._band(at.INPUT_TOP - 1, _SIDE, _LAST, "results")
        strong = self.looks(**self.line, bold=True, font_size=14, font_color=DEEP, num_format=CHANCE, align="left")
        plain = self.looks(**self.line, align="left")
        number = self.looks(**self.line, align="left", num_format=NUMBER)
        a = self._answer
        name = f'IF({a("shape")}="","–",CHOOSE({self._place()},{self._words("shape")}))'
        given = (
            ("chance", self._unless_bad(self._chance("chance")), strong),
            ("chance_now", self._chance("chance_now"), plain),
            ("chance_shapes", self._chance("chance_shapes"), plain),
            ("expected", self._unless_bad(f'TEXT({a("expected")},"#,##0.0")'), plain),
            ("gap", self._unless_bad(f'IF(ISNUMBER({a("gap")}),{a("gap")},"–")'), number),
            ("shape", self._unless_bad(name), plain),
        )
        for i, (key, formula, look) in enumerate(given):
            row = at.INPUT_TOP + i
            self.sheet.merge_range(row, _SIDE, row, _SIDE + 2, say(f"what_if.{key}", self.language), self.label)
            self._across(row, _SIDE + 3, _LAST, formula, look)
        row = at.INPUT_TOP + len(given)
        self.sheet.write_string(row, _LABEL, say("what_if.advice", self.language), self.label)
        advice = f'IF({a("shape")}="","–",CHOOSE({self._place()},{self._words("advice")}))'
        self._across(row, _FIRST, _LAST, self._unless_bad(advice), self.looks(**self.line, align="left"))

    def _place(self) -> str:
        listed = ",".join(f'"{code}"' for code in _CODES)
        return f"MATCH({self._answer('shape')},{{{listed}}},0)"

    def _words(self, what: str) -> str:
        told = (
            codes.word("shape", code, self.language) if what == "shape" else say(f"advice_{code}", self.language)
            for code in _CODES
        )
        return ",".join('"' + text.replace('"', '""') + '"' for text in told)

    def _tiers(self) -> None:
        """A column a tier, lowest first; columns of tiers there are not stay white."""
        row = _TIERS_ROW
        self._band(row, _LABEL, _LAST, "tiers")
        rows = (
            ("tier", "label", "@"),
            ("stock", "stock_now", _WHOLE),
            ("stock_try", "", _WHOLE),
            ("cold", "cold", _WHOLE),
            ("rate", "rate_now", "0.0%"),
            ("rate_try", "", "0.0%"),
            ("p", "p_now", _SMALL),
            ("p_try", "", "0.0%"),
            ("needed", "needed", _WHOLE),
            ("missing", "missing", _WHOLE),
        )
        for i, (key, column, number) in enumerate(rows, row + 1):
            self.sheet.write_string(i, _LABEL, say(f"what_if.row_{key}", self.language), self.label)
            for k in range(at.MOST_TIERS):
                look = self.looks(num_format=number, align="right", shrink=True)
                if column:
                    self._put(i, at.TIER_LEFT + k, self._of_tier(k, key, column), look)
                else:
                    self.sheet.write_blank(
                        i, at.TIER_LEFT + k, None, self.looks(num_format=number, align="right", bold=True)
                    )
        first, last = (row + 1, at.TIER_LEFT), (row + len(rows), _LAST)
        there = f'{xl_rowcol_to_cell(row + 1, at.TIER_LEFT, row_abs=True)}<>""'
        add = self.looks.workbook.add_format
        for key, line in at.TYPED_ROWS.items():
            rule = {
                "type": "formula",
                "criteria": f"={there}",
                "format": add({"bg_color": ENTRY, "border": 1, "border_color": LINE}),
            }
            self.sheet.conditional_format(line, at.TIER_LEFT, line, _LAST, rule)
            self._offer(line, at.TIER_LEFT, line, _LAST, "count" if key == "stock" else "share")
        head = add({"bg_color": PALE, "bold": True, "font_color": DEEP, "bottom": 1, "bottom_color": LINE})
        self.sheet.conditional_format(
            row + 1, at.TIER_LEFT, row + 1, _LAST, {"type": "formula", "criteria": f"={there}", "format": head}
        )
        missing = row + len(rows)
        short = add({"font_color": WARM, "bold": True, "bottom": 1, "bottom_color": LINE})
        lacks = f"=N({xl_rowcol_to_cell(missing, at.TIER_LEFT)})>0"
        self.sheet.conditional_format(
            missing, at.TIER_LEFT, missing, _LAST, {"type": "formula", "criteria": lacks, "format": short}
        )
        lined = {"type": "formula", "criteria": f"={there}", "format": add(self.line)}
        self.sheet.conditional_format(*first, *last, lined)

    def _of_tier(self, k: int, key: str, column: str) -> str:
        value = at.of_tier(self.named, k, column)
        there = at.of_tier(self.named, k, "label")
        if key == "tier":
            return there
        if key in ("needed", "missing"):
            up = f"ROUNDUP(MAX(0,{value}-1E-9),0)"
            told = f'IF(ISNUMBER({value}),{up},IF({value}="-",{self._say("unreachable")},""))'
            return f'IF({there}="","",{self._unless_bad(told)})'
        return f'IF({there}="","",{value})'

    def _texts(self) -> None:
        self._band(_TEXTS_ROW, _LABEL, _LAST, "texts")
        look = self.looks(**self.line, font_name="Consolas", font_size=9)
        for i, key in enumerate(at.TEXTS, 1):
            self.sheet.write_string(_TEXTS_ROW + i, _LABEL, say(f"what_if.text_{key}", self.language), self.label)
            self._across(_TEXTS_ROW + i, _FIRST, _LAST, self._unless_bad(f"INDEX({self.named['try_texts']},{i})"), look)

    def _weeks(self) -> None:
        row = _WEEKS_ROW
        self._band(row, _LABEL, _LAST, "weeks")
        for j, key in enumerate(("week", "workdays", "planned"), _LABEL):
            self.sheet.write_string(row + 1, j, say(f"what_if.head_{key}", self.language), self.head)
        centre, bar = self.looks(align="center"), self.looks(font_color=ACCENT)
        for i in range(at.WEEKS):
            line = row + 2 + i
            start, end, days, planned = (f"INDEX({self.named['try_weeks']},{i + 1},{j})" for j in (1, 2, 3, 8))
            told = f'MONTH({start})&"/"&DAY({start})&"–"&MONTH({end})&"/"&DAY({end})'
            hidden = f"OR({self._answer('bad')}>0,{self._answer('long')}=1,NOT(ISNUMBER({start})))"
            self._put(line, _LABEL, f'IF({hidden},"",{told})', centre)
            label = xl_rowcol_to_cell(line, _LABEL, True, True)
            self._put(line, _LABEL + 1, f'IF({label}="","",{days})', centre)
            self._put(line, _LABEL + 2, f'IF({label}="","",{planned})', centre)
            orders = xl_rowcol_to_cell(line, _LABEL + 2, True, True)
            self._put(line, _LABEL + 3, f'REPT("■",MIN({_SQUARES},N({orders})))', bar)
        filled = f'=${xl_rowcol_to_cell(row + 2, _LABEL)}<>""'
        rule = {"type": "formula", "criteria": filled, "format": self.looks.workbook.add_format(self.line)}
        self.sheet.conditional_format(xl_range(row + 2, _LABEL, row + 1 + at.WEEKS, _LAST), rule)
