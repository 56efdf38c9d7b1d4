"""The Tracking sheet (个人追踪): one person, chosen in a cell, by native formulas over the result tables. Funnelbook never writes it again."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from funnelbook.book import codes
from funnelbook.book.labels import header
from funnelbook.book.schema import SIGNED, TABLES
from funnelbook.book.told_chance import CHANCE
from funnelbook.template.defaults import Rows
from funnelbook.template.looks import ACCENT, AMBER, DEEP, GOOD, GREY, LINE, PALE, WARM, Looks, put_formula
from funnelbook.template.named import Named
from funnelbook.words import LANGUAGES, say, texts

READ = {  # what the formulas look up, by table
    "Board": ("person", "target", "orders", "completion", "time_progress", "ahead", "forecast"),
    "Shapes": ("person", "gap", "chance", "shape", "advice"),
    "Causes": ("person", "driver", "target", "actual", "contribution"),
    "Diagnosis": ("person", "question", "verdict", "advice"),
    "Funnel": ("person", "tier", "stock", "expected", "needed", "missing", "rate", "rate_low", "rate_high"),
    "Summary": ("person", "tier", "first_plan", "done", "completion"),
    "WeekPlan": ("person", "week", "week_days", "tier", "planned", "first_plan", "done", "completion", "status"),
}
_QUESTIONS = 9  # and no person has more drivers
_MOST_TIERS = 14  # the tiers a funnel can have, Won and Lost
_MOST_WEEKS = 54  # weeks of a year, cut ones included
_PRINTED_WEEKS = 14  # those of a quarter
_LEFT, _RIGHT = 1, 11  # the columns used; those before and after hold row numbers and are hidden
_INPUT = "#FFF7E0"
_PERCENT = {
    **dict.fromkeys(("completion", "time_progress", "ahead"), "0%"),
    "chance": CHANCE,
    **dict.fromkeys(("rate", "rate_low", "rate_high"), "0.0%"),
}
_MIDDLE = {"tier", "week_days", "status", "shape", "verdict"}


def names() -> list[str]:
    """The defined names that the formulas read."""
    return [_name(table, column) for table, columns in READ.items() for column in columns]


def write(named: Named, sheet: Worksheet, looks: Looks, language: str, tiers: Rows, who: str) -> None:
    """Writes the sheet and the names its formulas read: columns of result tables, found by header wherever they stand; `who` is chosen at first.

    The cells hold no values yet: the file host puts in what the formulas give. Source: method A2, A5, A7.
    """
    for table, columns in READ.items():
        for column in columns:
            named.column(_name(table, column), table, column)
    _Tracking(named, sheet, looks, language, tiers).write(who)


def _name(table: str, column: str) -> str:
    return f"track_{table}_{column}"


class _Tracking:
    def __init__(self, named: Named, sheet: Worksheet, looks: Looks, language: str, tiers: Rows) -> None:
        self.named = named
        self.sheet, self.looks, self.language = sheet, looks, language
        self.codes = [str(tier["code"]) for tier in tiers]
        self.title, self.purpose = looks.title, looks.purpose
        self.section = looks(font_size=12, bold=True, font_color="#FFFFFF", bg_color=ACCENT)
        self.aside = looks(font_color="#FFFFFF", bg_color=ACCENT)
        self.head = looks(bold=True, font_color="#FFFFFF", bg_color=GREY, align="center", text_wrap=True)
        self.choice = looks(bold=True, font_size=12, bg_color=_INPUT, align="center", border=1, border_color=LINE)
        self.label = looks(bold=True, align="right", indent=1, font_color=GREY)
        line = {"bottom": 1, "bottom_color": LINE}
        self.line = looks.workbook.add_format(line)
        self.words = looks(**line, text_wrap=True)

    def _name(self, table: str, column: str) -> str:
        return self.named[_name(table, column)]

    def write(self, who: str) -> None:
        sheet = self.sheet
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_column(_LEFT, _RIGHT, 11)
        sheet.set_column(_RIGHT + 1, _RIGHT + 1, None, None, {"hidden": True})
        sheet.set_row(0, 30)
        title, purpose = texts("pages.tracking", self.language)
        sheet.write_string(0, _LEFT, title, self.title)
        sheet.write_string(1, _LEFT, purpose, self.purpose)
        row = self._results(self._choices(3, who))
        row = self._tiers(self._causes(row))
        bottom = self._weeks(row)
        sheet.freeze_panes(4, 0)
        sheet.set_portrait()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
        sheet.print_area(0, _LEFT, bottom, _RIGHT)
        sheet.set_footer(say("language.footer", self.language))

    def _choices(self, row: int, who: str) -> int:
        """The person and the tier to look at."""
        self.sheet.set_row(row, 24)
        person, tier = (say(f"tracking.{key}", self.language) for key in ("person", "tier"))
        self.sheet.write_string(row, 1, person, self.label)
        self.sheet.merge_range(row, 2, row, 3, who, self.choice)
        self.sheet.write_string(row, 5, tier, self.label)
        self.sheet.write_string(row, 6, self.codes[0], self.choice)
        self.person, self.tier = "$C$4", "$G$4"
        offered = {"validate": "list", "show_error": False}
        self.sheet.data_validation(row, 2, row, 3, offered | {"source": f"={self._name('Board', 'person')}"})
        self.sheet.data_validation(row, 6, row, 6, offered | {"source": self.codes})
        return row + 2

    def _results(self, row: int) -> int:
        """How the person stands: one line of Board and of Shapes."""
        self._section(row, "results")
        places = [("Board", c) for c in READ["Board"][1:]] + [("Shapes", c) for c in ("gap", "chance", "shape")]
        for table, helper in (("Board", row + 1), ("Shapes", row + 2)):
            found = f'=IFERROR(MATCH({self.person},{self._name(table, "person")},0),"")'
            put_formula(self.sheet, helper, 0, found, None, "")
        at = {"Board": xl_rowcol_to_cell(row + 1, 0), "Shapes": xl_rowcol_to_cell(row + 2, 0)}
        self.sheet.set_row(row + 1, 30)
        self.sheet.set_row(row + 2, 24)
        for j, (table, column) in enumerate(places, _LEFT):
            self.sheet.write_string(row + 1, j, header(TABLES[table], column, self.language), self.head)
            self._lookup(row + 2, j, table, column, at[table], strong=True)
        for j in range(_LEFT + len(places), _RIGHT + 1):  # the head is as wide as the band above it
            self.sheet.write_blank(row + 1, j, None, self.head)
            self.sheet.write_blank(row + 2, j, None, self.line)
        self._negative(row + 2, _LEFT + READ["Board"].index("ahead") - 1)
        self.sheet.write_string(row + 3, _LEFT, header(TABLES["Shapes"], "advice", self.language), self.label)
        self.sheet.merge_range(row + 3, _LEFT + 1, row + 3, _RIGHT, None, self.words)
        self._lookup(row + 3, _LEFT + 1, "Shapes", "advice", at["Shapes"], look=self.words)
        self.sheet.set_row(row + 3, 32)
        return row + 5

    def _causes(self, row: int) -> int:
        """Where the gap comes from: what each driver adds to it, and the nine questions with their verdicts."""
        causes, questions = READ["Causes"][1:], READ["Diagnosis"][1:]
        self._table_head(row, "causes", [])
        places = {("Causes", "driver"): (_LEFT, 2)} | {("Causes", c): (j, j) for j, c in enumerate(causes[1:], 3)}
        places |= {("Diagnosis", c): at for c, at in zip(questions, ((6, 7), (8, 8), (9, _RIGHT)), strict=True)}
        for (table, column), (first, last) in places.items():
            self._across(row + 1, first, last, self.head, header(TABLES[table], column, self.language))
        for k in range(_QUESTIONS):
            line = row + 2 + k
            at = {
                table: self._row_number(line, k, f"{self._name(table, 'person')}={self.person}", table, column)
                for table, column in (("Causes", 0), ("Diagnosis", _RIGHT + 1))
            }
            for (table, column), (first, last) in places.items():
                look = self._look(table, column)
                self._across(line, first, last, look)
                self._lookup(line, first, table, column, at[table], look=look)
            self.sheet.set_row(line, 38)
        none = f'AND({xl_rowcol_to_cell(row + 2, 0)}="",{xl_rowcol_to_cell(row + 2, _RIGHT + 1)}="")'
        put_formula(self.sheet, row, 5, f'=IF({none},"{say("tracking.choose", self.language)}","")', self.aside, "")
        for verdict, colour in (("problem", WARM), ("watch", AMBER)):
            said = ",".join(f'$I{row + 3}="{codes.word("verdict", verdict, lang)}"' for lang in LANGUAGES)
            lined = self.looks.workbook.add_format(
                {"bold": True, "font_color": colour, "bottom": 1, "bottom_color": LINE}
            )
            rule = {"type": "formula", "criteria": f"=OR({said})", "format": lined}
            self.sheet.conditional_format(row + 2, 8, row + 1 + _QUESTIONS, 8, rule)
        self._lines(row + 2, _QUESTIONS, last=5)
        self._lines(row + 2, _QUESTIONS, first=6, key=_RIGHT + 1)
        return row + 3 + _QUESTIONS

    def _across(self, row: int, first: int, last: int, look: Format, text: str = "") -> None:
        """A text over one column or several."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, text, look)
        else:
            self.sheet.write_string(row, first, text, look)

    def _tiers(self, row: int) -> int:
        """Stock, need and rates at each tier, and what of the period's plan is done."""
        own = [("Funnel", c) for c in READ["Funnel"][1:]]
        places = [*own, *(("Summary", c) for c in ("first_plan", "done", "completion"))]
        self._table_head(row, "tiers", [header(TABLES[table], column, self.language) for table, column in places])
        for k in range(_MOST_TIERS):
            at = self._row_number(row + 2 + k, k, f"{self._name('Funnel', 'person')}={self.person}", "Funnel")
            tier = xl_rowcol_to_cell(row + 2 + k, _LEFT)
            for j, (table, column) in enumerate(places, _LEFT):
                if table == "Funnel":
                    self._lookup(row + 2 + k, j, table, column, at)
                else:
                    self._sum(row + 2 + k, j, table, column, [("tier", tier)], at)
        self._lines(row + 2, _MOST_TIERS)
        short = {"type": "formula", "criteria": f"=N($F{row + 3})>0", "format": self._coloured(WARM)}
        self.sheet.conditional_format(row + 2, 5, row + 1 + _MOST_TIERS, 5, short)
        return row + 3 + _MOST_TIERS

    def _weeks(self, row: int) -> int:
        """Orders week by week, planned, planned first and done, and the last two of the tier chosen; the last row to print."""
        plan = "WeekPlan"
        orders = ["week_days", "status", "planned", "first_plan", "done", "completion"]
        heads = [header(TABLES[plan], column, self.language) for column in orders]
        bar = say("tracking.bar", self.language)
        self._table_head(row, "weeks", [*heads, bar, "", *heads[3:]])
        for j in range(3):
            text = f'={self.tier}&" {heads[3 + j]}"'
            put_formula(self.sheet, row + 1, 9 + j, text, self.head, f"{self.codes[0]} {heads[3 + j]}")
        self.sheet.merge_range(row + 1, 7, row + 1, 8, bar, self.head)
        order = "+".join(
            f'({self._name(plan, "tier")}="{codes.special(codes.ORDER, language)}")' for language in LANGUAGES
        )
        for k in range(_MOST_WEEKS):
            at = self._row_number(row + 2 + k, k, f"({self._name(plan, 'person')}={self.person})*({order})", plan)
            for j, column in enumerate(orders, _LEFT):
                self._lookup(row + 2 + k, j, plan, column, at)
            self._bar(row + 2 + k)
            week = (
                f"INDEX({self._name(plan, 'week')},{at})"  # not as it is shown: of one day it would be taken for a date
            )
            for j, column in enumerate(orders[3:], 9):
                self._sum(row + 2 + k, j, plan, column, [("week", week), ("tier", self.tier)], at)
        self._lines(row + 2, _MOST_WEEKS)
        current = [f'$C{row + 3}="{codes.word("week_status", "current", language)}"' for language in LANGUAGES]
        look = {"type": "formula", "criteria": f"=OR({','.join(current)})", "format": self._shaded()}
        self.sheet.conditional_format(row + 2, _LEFT, row + 1 + _MOST_WEEKS, _RIGHT, look)
        return row + 1 + _PRINTED_WEEKS

    def _bar(self, row: int) -> None:
        """Orders done as full squares, those of the first plan still missing as empty ones: a picture that needs no chart."""
        first, done = xl_rowcol_to_cell(row, 4), xl_rowcol_to_cell(row, 5)
        squares = f'=REPT("■",MIN(20,N({done})))&REPT("□",MAX(0,MIN(20,N({first}))-MIN(20,N({done}))))'
        look = self.looks(font_color=ACCENT)
        put_formula(self.sheet, row, 7, squares, look, "")

    def _row_number(self, row: int, k: int, condition: str, table: str, column: int = 0) -> str:
        """The cell with the k-th row of a table that is the person's, blank when there is none."""
        rows = f"ROW({self._name(table, 'person')})-MIN(ROW({self._name(table, 'person')}))+1"
        # "" and not FALSE for the others: LibreOffice takes the FALSE of a table of one row for a number
        formula = f'{{=IFERROR(SMALL(IF({condition},{rows},""),{k + 1}),"")}}'
        self.sheet.write_array_formula(row, column, row, column, formula, None, "")  # pyright: ignore[reportArgumentType] - as in put_formula
        return xl_rowcol_to_cell(row, column, col_abs=True)

    def _lookup(
        self, row: int, column: int, table: str, name: str, at: str, *, strong: bool = False, look: Format | None = None
    ) -> None:
        found = f"INDEX({self._name(table, name)},{at})"
        put_formula(
            self.sheet,
            row,
            column,
            f'=IF({at}="","",IF({found}="","",{found}))',
            look or self._look(table, name, strong),
            "",
        )

    def _sum(self, row: int, column: int, table: str, name: str, where: Sequence[tuple[str, str]], at: str) -> None:
        """What the person's one row with these values holds, blank where it is blank."""
        keys = [("person", self.person), *where]
        criteria = ",".join(f"{self._name(table, key)},{value}" for key, value in keys)
        there, values = (
            f'COUNTIFS({criteria},{self._name(table, name)},"<>")',
            f"SUMIFS({self._name(table, name)},{criteria})",
        )
        put_formula(self.sheet, row, column, f'=IF({at}="","",IF({there}=0,"",{values}))', self._look(table, name), "")

    def _look(self, table: str, name: str, strong: bool = False) -> Format:
        properties: dict[str, object] = {"align": "center" if name in _MIDDLE or strong else "right"}
        if name in _PERCENT:
            properties["num_format"] = _PERCENT[name]
        elif name in ("driver", "question", "advice"):
            properties |= {"align": "left", "text_wrap": True, "indent": 1, "font_size": 9}
        elif table == "Causes":  # money, calls and rates in one column
            properties["num_format"] = SIGNED if name == "contribution" else "[>=10]#,##0;0.00"
        elif name in ("expected", "forecast"):
            properties["num_format"] = "#,##0.0"
        elif name not in _MIDDLE:
            properties["num_format"] = "#,##0"
        if strong:
            properties |= {"bold": True, "font_size": 12, "font_color": DEEP, "bottom": 1, "bottom_color": LINE}
        return self.looks(**properties)

    def _section(self, row: int, key: str) -> None:
        for column in range(_LEFT, _RIGHT + 1):
            self.sheet.write_blank(row, column, None, self.section)
        self.sheet.write_string(row, _LEFT, say(f"tracking.section_{key}", self.language), self.section)
        self.sheet.set_row(row, 22)

    def _table_head(self, row: int, key: str, heads: Sequence[str]) -> None:
        self._section(row, key)
        for j, text in enumerate(heads, _LEFT):
            self.sheet.write_string(row + 1, j, text, self.head)
        self.sheet.set_row(row + 1, 30)

    def _lines(self, row: int, rows: int, first: int = _LEFT, last: int = _RIGHT, key: int = 0) -> None:
        """A line below each row that holds something: whose column `key` has a row number."""
        number = xl_rowcol_to_cell(row, key, col_abs=True)
        filled = {"type": "formula", "criteria": f'={number}<>""', "format": self.line}
        self.sheet.conditional_format(row, first, row + rows - 1, last, filled)

    def _negative(self, row: int, column: int) -> None:
        cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        for test, colour in ((f"AND(ISNUMBER({cell}),{cell}<0)", WARM), (f"AND(ISNUMBER({cell}),{cell}>=0)", GOOD)):
            rule = {"type": "formula", "criteria": f"={test}", "format": self._coloured(colour)}
            self.sheet.conditional_format(row, column, row, column, rule)

    def _coloured(self, colour: str) -> Format:
        return self.looks.workbook.add_format({"font_color": colour, "bold": True})

    def _shaded(self) -> Format:
        return self.looks.workbook.add_format({"bg_color": PALE})
