"""The cells of the page Today: how its formulas find what the result tables say, and how they say it."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from funnelbook.book import codes
from funnelbook.book.labels import sheet_name
from funnelbook.book.told_chance import NEARLY_SURE, SCARCELY
from funnelbook.template.looks import ACCENT, LINE, WARM, Looks, put_formula
from funnelbook.template.named import Named
from funnelbook.words import LANGUAGES, particulars, say, texts
from funnelbook.words.counted import Rule

FIRST, LAST = 1, 15  # the columns seen; before them stand row numbers, hidden, behind them what the chart draws
COLUMNS = 6  # that the chart draws from
READ = {  # what the formulas look up, by table
    "Desk": (
        "person", "as_of", "period", "days_left", "paid", "target_paid", "short_tier", "short", "dry_from", "talk", "calls_to_make",
        "calls_overdue", "calls_done", "promises_missed", "waiting", "unassigned", "pool", "pool_soon", "since", "new_orders", "new_orders_who", "up",
        "up_who", "down", "down_who", "lost", "lost_who", "note",
    ),
    "DeskFunnel": ("person", "tier", "name", "open", "needed", "missing"),
    "Board": ("person", "orders", "amount", "target", "time_progress"),
    "Shapes": ("person", "gap", "low", "expected", "high", "chance", "target_amount", "cold", "dry_tier"),
    "Diagnosis": ("person", "sentence"),
    "CallList": ("person", "name", "tier", "why", "phone", "purpose"),
    "Problems": ("severity",),
}  # fmt: skip
_AT = {
    table: xl_rowcol_to_cell(row, 0, True, True)
    for row, table in enumerate(("Desk", "Board", "Shapes", "DeskFunnel", "CallList"))
}


def name_of(table: str, column: str) -> str:
    """The defined name of a column of a result table."""
    return f"today_{table}_{column}"


@dataclass(frozen=True)
class _Part:
    """A formula in a text; where the text offers forms, as {days:day|days}, with those of one and of many."""

    formula: str
    rule: Rule

    def __format__(self, spec: str) -> str:
        if not spec:
            return f'"&{self.formula}&"'
        forms = spec.split("|")
        one, many = (forms[self.rule(count)] for count in (1, 2))
        return f'"&{self.formula}&IF({self.formula}&""="1"," {one}"," {many}")&"'


@dataclass(frozen=True)
class Cells:
    """The page, and the parts its formulas are made of. Source: desk.md 1."""

    named: Named
    sheet: Worksheet
    looks: Looks
    language: str
    chosen: str  # the cell with the team's or a person's name

    def rows(self) -> None:
        """Writes the row of each table that the team or the person chosen has, blank where there is none; the first of several."""
        for row, table in enumerate(_AT):
            self.helper(row, f'=IFERROR(MATCH({self.chosen},{self.name(table, "person")},0),"")')
        is_team = ",".join(f'{self.chosen}="{codes.special(codes.TEAM, language)}"' for language in LANGUAGES)
        self.helper(len(_AT), f"=OR({is_team})")

    def helper(self, row: int, formula: str) -> None:
        """A formula whose value only others read."""
        put_formula(self.sheet, row, 0, formula, None, "")

    @property
    def team(self) -> str:
        """Whether the team is chosen."""
        return xl_rowcol_to_cell(len(_AT), 0, True, True)

    @property
    def empty(self) -> str:
        """Whether nothing was worked out yet."""
        return f"COUNT({self.name('Desk', 'days_left')})=0"

    def name(self, table: str, column: str) -> str:
        """The cells of a column."""
        return self.named[name_of(table, column)]

    def row(self, table: str) -> str:
        """The cell with the row of who is chosen."""
        return _AT[table]

    def of(self, table: str, column: str, at: str = "") -> str:
        """What a table says of who is chosen, or in another row."""
        return f"INDEX({self.name(table, column)},{at or self.row(table)})"

    def said(self, key: str, **parts: str) -> str:
        """A text with what formulas give in its fields, and the words that go with their numbers."""
        rule = particulars(self.language).plural
        text = say(f"today.{key}", self.language, **{name: _Part(part, rule) for name, part in parts.items()})
        return f'"{text}"'

    def whole(self, number: str) -> str:
        """A number without decimals."""
        return f'TEXT({number},"#,##0")'

    def money(self, number: str) -> str:
        """Money, large amounts in the language's units."""
        said = self.whole(number)
        for least, unit in zip(
            particulars(self.language).large_money, texts("today.money_units", self.language), strict=True
        ):
            said = f'IF(ABS({number})>={least},TEXT({number}/{least},"#,##0.0")&"{unit}",{said})'
        return said

    def share(self, number: str) -> str:
        """A share in per cent."""
        return f'TEXT({number},"0%")'

    def chance(self, number: str) -> str:
        """A chance as told_chance tells it."""
        scarce, sure = (f"AND({number}{test})" for test in (f">0,{number}<{SCARCELY}", f">={NEARLY_SURE},{number}<1"))
        return f'IF(ISNUMBER({number}),IF({scarce},"<1%",IF({sure},">99%",{self.share(number)})),"–")'

    def day(self, key: str, day: str, **parts: str) -> str:
        """A text that names a day by month and day."""
        return self.said(key, month=f"MONTH({day})", day=f"DAY({day})", **parts)

    def iso_day(self, day: str) -> str:
        """A day as 2026-05-20, in every locale of Excel."""
        return f'YEAR({day})&"-"&TEXT(MONTH({day}),"00")&"-"&TEXT(DAY({day}),"00")'

    def linked(self, sheet: str, text: str) -> str:
        """A text that leads to the head of a sheet."""
        quoted = sheet_name(sheet, self.language).replace("'", "''")
        return f"HYPERLINK(\"#'{quoted}'!A1\",{text})"

    def across(self, row: int, first: int, last: int, formula: str, look: Format) -> None:
        """A formula over one column or several."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, None, look)
        put_formula(self.sheet, row, first, formula, look, "")

    def band(self, row: int, first: int, last: int, formula: str) -> None:
        """The head of a part of the page."""
        self.sheet.set_row(row, 18)
        look = self.looks(bold=True, font_color="#FFFFFF", bg_color=ACCENT, indent=1, **self.apart)
        self.across(row, first, last, formula, look)

    @property
    def apart(self) -> dict[str, object]:
        """A white edge, which keeps parts side by side apart."""
        return {"left": 5, "right": 5, "left_color": "#FFFFFF", "right_color": "#FFFFFF"}

    @property
    def line(self) -> dict[str, object]:
        return {"bottom": 1, "bottom_color": LINE}

    def lined(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """A line below each row that holds something."""
        look = self.looks.workbook.add_format(self.line)
        holds = f'=${xl_rowcol_to_cell(*first)}<>""'
        self.sheet.conditional_format(*first, *last, {"type": "formula", "criteria": holds, "format": look})

    def warm(self, first: tuple[int, int], last: tuple[int, int], holds: str, **lined: object) -> None:
        """Colours cells while a formula holds; `lined`: the line they have below."""
        look = self.looks.workbook.add_format({"font_color": WARM, "bold": True, **lined})
        self.sheet.conditional_format(*first, *last, {"type": "formula", "criteria": f"={holds}", "format": look})
