"""Lists to choose from and colours that follow what cells hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from funnelbook.book import words
from funnelbook.book.labels import header
from funnelbook.book.schema import Column, Kind, Role, Table
from funnelbook.domain.chance import UNLIKELY
from funnelbook.template.looks import AMBER, GOOD, GREY, PALE, TIER_COLOURS, WARM, Looks
from funnelbook.template.named import Named

# (table, column) whose values fill a list -> its defined name; columns that choose from it
_NAMED = {
    ("People", "person"): "fb_people",
    ("Outcomes", "outcome"): "fb_outcomes",
    ("Channels", "channel"): "fb_channels",
    ("Objections", "objection"): "fb_objections",
}
_SHARE_QUESTIONS = ("B1", "B3", "B5", "B6", "B7", "B8")  # answered in per cent
_CHOSEN = {
    "owner": "fb_people",
    "outcome": "fb_outcomes",
    "channel": "fb_channels",
    "next_channel": "fb_channels",
    "objection": "fb_objections",
}


@dataclass(frozen=True)
class Lists:
    """What the cells of a template offer to choose from. They offer and never forbid: checks are made on refresh."""

    language: str
    wanted: set[str]
    tier_codes: list[str]
    names: Named

    def defined(self, table: Table) -> list[tuple[str, str]]:
        """Defined names of a table's columns that fill lists."""
        return [
            (name, f"={self.names[table.name]}[{header(table, column, self.language)}]")
            for (owner, column), name in _NAMED.items()
            if owner == table.name
        ]

    def of(self, table: Table, column: str) -> object:
        """The source of a column's list; None for a column without one."""
        kind = table.by_name[column].kind
        if (table.name, column) in _NAMED:
            return None
        if column in _CHOSEN or (kind is Kind.PERSON and table.name in ("Leave", "Targets")):
            name = _CHOSEN.get(column, "fb_people")
            source = next(key for key, named in _NAMED.items() if named == name)
            return f"={self.names[name]}" if source[0] in self.wanted else None
        if kind is Kind.TIER and table.name != "Tiers":
            return [*self.tier_codes, *(words.special(code, self.language) for code in (words.WON, words.LOST))]
        if kind is Kind.FLAG:
            return ["是", "否"] if self.language == "zh" else ["Yes", "No"]
        if kind is Kind.CODE:
            return [
                words.word(table.by_name[column].codes, code, self.language)
                for code in words.WORDS[table.by_name[column].codes]
            ]
        return None


def names() -> list[str]:
    """The defined names that fill lists."""
    return list(_NAMED.values())


def validate(
    sheet: Worksheet, table: Table, first: int, last: int, left: int, lists: Lists, only: Sequence[Column] | None = None
) -> None:
    """Lists to choose from in the columns (None: all) that have one, rows counted from 0."""
    for j, column in enumerate(table.columns):
        source = lists.of(table, column.name) if only is None or column in only else None
        if source:
            sheet.data_validation(
                first, left + j, last, left + j, {"validate": "list", "source": source, "show_error": False}
            )


def colour_input(
    sheet: Worksheet, table: Table, first: int, last: int, left: int, looks: Looks, language: str, tier_codes: list[str]
) -> None:
    """Tier colours of an input table."""
    for j, column in enumerate(table.columns):
        if column.kind is Kind.TIER and table.name in ("Customers", "Activities"):
            _tiers(sheet, first, last, left + j, looks, language, tier_codes)


def colour_result(sheet: Worksheet, table: Table, row: int, looks: Looks, language: str, tier_codes: list[str]) -> None:
    """Colours of a result table, over its first body row (from 0); the host spans them over the rest."""
    at = {c.name: j for j, c in enumerate(table.columns)}
    right = len(table.columns) - 1

    def cell(column: str) -> str:
        return f"${xl_col_to_name(at[column])}{row + 1}"

    def rule(columns: tuple[str, ...] | None, formula: str, **look: object) -> None:
        spans = [(at[c], at[c]) for c in columns] if columns else [(0, right)]
        for start, end in spans:
            sheet.conditional_format(
                row,
                start,
                row,
                end,
                {"type": "formula", "criteria": f"={formula}", "format": looks.workbook.add_format(look)},
            )

    if "tier" in at and table.name in ("Funnel", "CallList"):
        _tiers(sheet, row, row, at["tier"], looks, language, tier_codes)
    match table.name:
        case "Funnel":
            rule(("missing",), f"AND(ISNUMBER({cell('missing')}),{cell('missing')}>0)", font_color=WARM, bold=True)
            rule(("rate", "rate_low", "rate_high"), f'{cell("estimate")}<>""', font_color="#8A949A", italic=True)
        case "Shapes":
            unlikely = f"AND(ISNUMBER({cell('chance')}),{cell('chance')}<{UNLIKELY})"
            rule(("chance",), unlikely, font_color=WARM, bold=True)
            rule(("dry_tier", "dry_week"), f'{cell("dry_tier")}<>""', font_color=WARM)
        case "WeekPlan":
            rule(None, f'{cell("status")}="{words.word("week_status", "current", language)}"', bg_color=PALE)
            rule(("late", "planned"), f'{cell("late")}<>""', font_color=WARM, bold=True)
        case "CallList":
            rule(
                ("why", "due"), f'{cell("why")}="{words.word("why", "overdue", language)}"', font_color=WARM, bold=True
            )
            rule(("flag",), f'{cell("flag")}<>""', font_color=WARM, bold=True)
            rule(None, f"{cell('rank')}=1", top=1, top_color=GREY)  # a person's list begins
        case "Board" | "Meeting":
            rule(("ahead",), f"AND(ISNUMBER({cell('ahead')}),{cell('ahead')}<0)", font_color=WARM)
            rule(("ahead",), f"AND(ISNUMBER({cell('ahead')}),{cell('ahead')}>=0)", font_color=GOOD)
        case "Diagnosis" | "Causes":
            (_judged if table.name == "Diagnosis" else _caused)(rule, cell, language)
        case "Care":
            done = f"AND(ISNUMBER({cell('last_done')}),{cell('last_done')}>={cell('due')})"
            rule(None, done, font_color="#8A949A")
        case "DailyReport":
            kept = f"{cell('followups_done')}<{cell('followups_due')}"
            rule(("followups_done",), kept, font_color=WARM, bold=True)
        case "Rewards":
            words_of = {
                code: f'{cell("status")}="{words.word("reward_status", code, language)}"'
                for code in words.WORDS["reward_status"]
            }
            rule(("due", "status"), words_of["overdue"], font_color=WARM, bold=True)
            rule(("amount",), f"AND(ISNUMBER({cell('amount')}),{cell('amount')}<0)", font_color=WARM)
            rule(None, words_of["paid"], font_color="#8A949A")
        case "Problems":
            rule(
                ("severity",),
                f'{cell("severity")}="{words.word("severity", "error", language)}"',
                font_color=WARM,
                bold=True,
            )
    if "person" in at and table.role is Role.RESULT:
        rule(None, f'{cell("person")}="{words.special(words.TEAM, language)}"', bold=True)


def _judged(rule: Callable[..., None], cell: Callable[[str], str], language: str) -> None:
    """Verdicts in colour, shares in per cent, what is not judged grey."""
    numbers = ("value", "benchmark", "low", "high")
    shares = ",".join(f'{cell("question")}="{words.word("question", code, language)}"' for code in _SHARE_QUESTIONS)
    unjudged = f'{cell("verdict")}="{words.word("verdict", "no_evidence", language)}"'
    # LibreOffice heeds only the first rule that holds
    rule(numbers, f"AND({unjudged},OR({shares}))", num_format="0.0%", font_color="#8A949A")
    rule(numbers, f"OR({shares})", num_format="0.0%")
    for code, colour in (("problem", WARM), ("watch", AMBER), ("ok", GOOD)):
        same = f'{cell("verdict")}="{words.word("verdict", code, language)}"'
        rule(("verdict",), same, font_color=colour, bold=True)
    rule(None, unjudged, font_color="#8A949A")


def _caused(rule: Callable[..., None], cell: Callable[[str], str], _: str) -> None:
    """Losses and gains in colour."""
    # calls, rates and money in one column
    rule(("target",), f"AND(ISNUMBER({cell('target')}),{cell('target')}<10)", num_format="0.00")
    rule(("actual",), f"AND(ISNUMBER({cell('actual')}),{cell('actual')}<10)", num_format="0.00")
    rule(("contribution",), f"{cell('contribution')}<0", font_color=WARM, bold=True)
    rule(("contribution",), f"{cell('contribution')}>0", font_color=GOOD)


def _tiers(
    sheet: Worksheet, first: int, last: int, at: int, looks: Looks, language: str, tier_codes: list[str]
) -> None:
    shades = {
        code: TIER_COLOURS[min(i * len(TIER_COLOURS) // max(1, len(tier_codes)), len(TIER_COLOURS) - 1)]
        for i, code in enumerate(tier_codes)
    }
    shades[words.special(words.WON, language)] = "#CFE8D8"
    shades[words.special(words.LOST, language)] = "#F3D9D2"
    for text, shade in shades.items():
        sheet.conditional_format(
            first,
            at,
            last,
            at,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{text}"',
                "format": looks.workbook.add_format({"bg_color": shade}),
            },
        )
