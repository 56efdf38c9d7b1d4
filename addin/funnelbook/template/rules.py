"""Lists to choose from and colours that follow what cells hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from funnelbook.book import codes
from funnelbook.book.labels import header
from funnelbook.book.schema import TABLES, Colour, Column, Kind, Role, Table
from funnelbook.template.looks import GREY, TIER_COLOURS, TONES, Looks
from funnelbook.template.named import Named


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
            (column.list_name, f"={self.names[table.name]}[{header(table, column.name, self.language)}]")
            for column in table.columns
            if column.list_name
        ]

    def of(self, table: Table, column: str) -> object:
        """The source of a column's list; None for a column without one."""
        declared = table.by_name[column]
        kind = declared.kind
        if declared.chosen_from:
            name, _, source = declared.chosen_from.partition(".")
            listed = TABLES[name].by_name[source].list_name
            return f"={self.names[listed or source]}" if name in self.wanted else None
        if kind is Kind.TIER and table.name != "Tiers":
            return [*self.tier_codes, *(codes.special(code, self.language) for code in (codes.WON, codes.LOST))]
        if kind is Kind.FLAG:
            return [codes.flag(yes, self.language) for yes in (True, False)]
        if kind is Kind.CODE:
            listed = declared.codes or ""
            return [codes.word(listed, code, self.language) for code in codes.lists()[listed]]
        return None


def names() -> list[str]:
    """The defined names that fill lists."""
    return [column.list_name for table in TABLES.values() for column in table.columns if column.list_name]


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
        if column.shaded:
            _tiers(sheet, first, last, left + j, looks, language, tier_codes)


def colour_result(sheet: Worksheet, table: Table, row: int, looks: Looks, language: str, tier_codes: list[str]) -> None:
    """Colours of a result table, over its first body row (from 0); the host spans them over the rest."""
    at = {c.name: j for j, c in enumerate(table.columns)}
    cells = {name: f"${xl_col_to_name(j)}{row + 1}" for name, j in at.items()}
    said = {
        name: {code: f'"{codes.word(name, code, language)}"' for code in listed}
        for name, listed in codes.lists().items()
    }

    def rule(columns: tuple[str, ...], formula: str, look: dict[str, object]) -> None:
        for start, end in [(at[c], at[c]) for c in columns] or [(0, len(at) - 1)]:
            shown = {"type": "formula", "criteria": f"={formula}", "format": looks.workbook.add_format(look)}
            sheet.conditional_format(row, start, row, end, shown)

    for column in table.columns:
        if column.shaded:
            _tiers(sheet, row, row, at[column.name], looks, language, tier_codes)
    for colour in table.colours:
        rule(colour.columns, colour.when.format(**cells, words=said), _look(colour))
    if "person" in at and table.role is Role.RESULT:
        rule((), f'{cells["person"]}="{codes.special(codes.TEAM, language)}"', {"bold": True})


def _look(colour: Colour) -> dict[str, object]:
    look: dict[str, object] = {}
    if colour.tone:
        look["bg_color" if colour.fill else "font_color"] = TONES[colour.tone]
    if colour.number:
        look["num_format"] = colour.number
    if colour.line_above:
        look |= {"top": 1, "top_color": GREY}
    return look | {name: True for name in ("bold", "italic") if getattr(colour, name)}


def _tiers(
    sheet: Worksheet, first: int, last: int, at: int, looks: Looks, language: str, tier_codes: list[str]
) -> None:
    shades = {
        code: TIER_COLOURS[min(i * len(TIER_COLOURS) // max(1, len(tier_codes)), len(TIER_COLOURS) - 1)]
        for i, code in enumerate(tier_codes)
    }
    shades[codes.special(codes.WON, language)] = "#CFE8D8"
    shades[codes.special(codes.LOST, language)] = "#F3D9D2"
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
