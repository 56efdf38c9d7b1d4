"""The right side of the page Today: whom to talk to, the calls by person, the risks, what changed."""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from funnelbook.book import codes
from funnelbook.template.looks import ACCENT, GREY
from funnelbook.template.today_cells import FIRST, LAST, Cells
from funnelbook.words import LANGUAGES, say

_LEFT = FIRST + 5
_TALKS, _TALK_HEIGHT = 3, 30
_LINE_HEIGHT = 17
_PEOPLE = 8  # that stand; the others are summed up
_RISKS = _LEFT + 5  # the first column of what stands right of the calls
_COUNTS = ("calls_to_make", "calls_overdue", "calls_done", "promises_missed")
_HEADS = ("call_left", "call_overdue", "call_done", "call_missed")
_CHANGES = ("new_orders", "up", "down", "lost")


def write(cells: Cells, row: int) -> int:
    """Writes them from a row on; the last row."""
    row = _talks(cells, row)
    cells.sheet.set_row(row, 5)
    for at in range(row + 2, row + 4 + _PEOPLE):
        cells.sheet.set_row(at, _LINE_HEIGHT)
    _calls(cells, row + 1)
    _risks(cells, row + 1)
    _pool(cells, row + 6)
    _changes(cells, row + 7)
    return row + 3 + _PEOPLE


def _talks(cells: Cells, row: int) -> int:
    """Three people to talk to; of a person three customers to call."""
    heads = cells.said("talk"), cells.said("talk_customers")
    cells.band(row, _LEFT, LAST, f"=IF({cells.team},{heads[0]},{heads[1]})")
    name = cells.looks(**cells.line, bold=True, font_color=ACCENT, indent=1, text_wrap=True)
    said = cells.looks(**cells.line, text_wrap=True)
    for k in range(_TALKS):
        at = row + 1 + k
        cells.sheet.set_row(at, _TALK_HEIGHT)
        found = xl_rowcol_to_cell(at, 0, True, True)
        calls = f"{cells.row('CallList')}+{k}"
        listed = f'IF({cells.of("CallList", "person", calls)}={cells.chosen},{calls},"")'
        nth = f"MATCH({k + 1},{cells.name('Desk', 'talk')},0)"
        cells.helper(at, f'=IFERROR(IF({cells.team},{nth},{listed}),"")')
        who, customer = cells.of("Desk", "person", found), cells.of("CallList", "name", found)
        linked = [cells.linked(sheet, text) for sheet, text in (("diagnosis", who), ("calls", customer))]
        cells.across(at, _LEFT, _LEFT + 1, f'=IF({found}="","",IF({cells.team},{linked[0]},{linked[1]}))', name)
        sentence = f"INDEX({cells.name('Diagnosis', 'sentence')},MATCH({who},{cells.name('Diagnosis', 'person')},0))"
        parts = [cells.of("CallList", column, found) for column in ("why", "tier", "phone", "purpose")]
        told = '&" · "&'.join(parts[:3]) + f'&IF({parts[3]}="",""," · "&{parts[3]})'
        none = _nobody(cells) if not k else '""'
        formula = f'=IFERROR(IF({found}="",{none},IF({cells.team},{sentence},{told})),"")'
        cells.across(at, _LEFT + 2, LAST, formula, said)
    return row + 1 + _TALKS


def _nobody(cells: Cells) -> str:
    """Why there is nobody to talk to or to call; nothing of who is not known."""
    people, target = cells.name("Desk", "calls_to_make"), cells.of("Board", "target")
    why = (
        (cells.empty, cells.said("talk_empty")),
        (f"COUNT({people})<2", cells.said("call_nobody")),  # the team has a row too
        (f"NOT(ISNUMBER({target}))", cells.said("talk_no_target")),
    )
    of_team = cells.said("talk_nobody")
    for holds, said in reversed(why):
        of_team = f"IF({holds},{said},{of_team})"
    return f'IF({cells.team},{of_team},IF({cells.row("Desk")}="","",{cells.said("talk_no_calls")}))'


def _calls(cells: Cells, row: int) -> None:
    """Calls of the day by person: the first few, then the others together."""
    language, last = cells.language, _LEFT + len(_HEADS)
    totals = [cells.whole(cells.of("Desk", column)) for column in ("calls_to_make", "calls_done")]
    told = cells.said("calls_of", left=totals[0], done=totals[1])
    cells.band(row, _LEFT, last, f"=IFERROR({told},{cells.said('calls')})")
    head = cells.looks(bold=True, font_color="#FFFFFF", bg_color=GREY, align="center", font_size=9)
    for column, key in enumerate(("call_person", *_HEADS), _LEFT):
        cells.sheet.write_string(row + 1, column, say(f"today.{key}", language), head)
    name, number = cells.looks(indent=1, shrink=True), cells.looks(align="center", num_format="#,##0")
    people = cells.name("Desk", "calls_to_make")
    for k in range(_PEOPLE):
        at = row + 2 + k
        found = xl_rowcol_to_cell(at, 0, True, True)
        own = f"{cells.row('Desk')}" if not k else '""'
        works = f'IF(ISNUMBER(INDEX({people},{k + 2})),{k + 2},"")'
        cells.helper(at, f'=IFERROR(IF({cells.team},{works},{own}),"")')
        nobody = f'IF({cells.team},{cells.said("call_nobody")},"")' if not k else '""'
        cells.across(at, _LEFT, _LEFT, f'=IF({found}="",{nobody},{cells.of("Desk", "person", found)})', name)
        for column, count in enumerate(_COUNTS, _LEFT + 1):
            held = cells.of("Desk", count, found)
            cells.across(at, column, column, f'=IF({found}="","",IF({held}="","",{held}))', number)
    at = row + 2 + _PEOPLE
    rest = f"COUNT({people})-{1 + _PEOPLE}"
    more = f"IF({cells.team},{rest},0)>0"
    cells.across(at, _LEFT, _LEFT, f'=IF({more},{cells.said("call_rest", count=f"({rest})")},"")', name)
    for column, count in enumerate(_COUNTS, _LEFT + 1):
        of_all = f'SUMIFS({cells.name("Desk", count)},{people},">=0")-INDEX({cells.name("Desk", count)},1)'
        shown = f"SUM({xl_rowcol_to_cell(row + 2, column)}:{xl_rowcol_to_cell(row + 1 + _PEOPLE, column)})"
        cells.across(at, column, column, f'=IF({more},{of_all}-{shown},"")', number)
    for column in (_LEFT + 2, _LEFT + 4):  # the worst
        first, all_ = xl_rowcol_to_cell(row + 2, column), xl_range_abs(row + 2, column, at - 1, column)
        cells.warm((row + 2, column), (at - 1, column), f"AND(N({first})>0,{first}=MAX({all_}))", **cells.line)
    cells.lined((row + 2, _LEFT), (at, last))  # after the colours: LibreOffice heeds only the first that holds


def _risks(cells: Cells, row: int) -> None:
    cells.band(row, _RISKS, LAST, f"={cells.said('risks')}")
    tier, cold = cells.of("Shapes", "dry_tier"), cells.of("Shapes", "cold")
    dry = cells.day("dry_tier", cells.of("Desk", "dry_from"), tier=tier)
    errors, warnings = (_problems(cells, severity) for severity in ("error", "warning"))
    target = cells.of("Board", "target")
    waits, rest = cells.of("Desk", "waiting"), cells.of("Desk", "unassigned")
    waiting = cells.said("waiting", count=cells.whole(waits))
    over = [cells.said(key, count=cells.whole(f"ABS({rest})")) for key in ("unassigned", "overassigned")]
    added = f'IF(N({rest})=0,"",IF(N({waits})>0,{cells.said("between")},"")&IF({rest}>0,{over[0]},{over[1]}))'
    lines = (
        ("dry", "funnel", f'{tier}<>""', dry),
        ("cold", "problems", f"N({cold})>0", cells.said("cold_count", count=cells.whole(cold))),
        ("errors", "problems", f"{errors}+{warnings}>0", cells.said("error_count", errors=errors, warnings=warnings)),
        (
            "targets",
            "targets",
            f"OR(NOT(ISNUMBER({target})),N({waits})>0,N({rest})<>0)",
            f'IF(ISNUMBER({target}),IF(N({waits})>0,{waiting},"")&{added},{cells.said("no_target")})',
        ),
    )
    label = cells.looks(**cells.line, font_color=ACCENT, indent=1)
    said = cells.looks(**cells.line, shrink=True)
    for at, (key, sheet, is_one, told) in enumerate(lines, row + 1):
        cells.across(at, _RISKS, _RISKS + 1, f"={cells.linked(sheet, cells.said(key))}", label)
        formula = f'=IF({cells.row("Desk")}="","",IFERROR(IF({is_one},{told},{cells.said("none")}),""))'
        cells.across(at, _RISKS + 2, LAST, formula, said)
    # errors are to be acted on at once, and so is a tier that runs dry
    cells.warm((row + 1, _RISKS + 2), (row + 1, LAST), f'IFERROR({tier}<>"",FALSE)')
    cells.warm((row + 3, _RISKS + 2), (row + 3, LAST), f"{errors}>0")


def _pool(cells: Cells, row: int) -> None:
    """Who falls due for the pool; nothing where there are no rules, or nobody does."""
    falling, soon = (cells.of("Desk", name) for name in ("pool", "pool_soon"))
    each = [
        cells.said(key, count=cells.whole(count)) for key, count in (("pool_falling", falling), ("pool_soon", soon))
    ]
    both = f'IF(N({falling})>0,{each[0]}&IF(N({soon})>0,{cells.said("between")},""),"")&IF(N({soon})>0,{each[1]},"")'
    holds = f"N({falling})+N({soon})>0"
    label = cells.looks(font_color=ACCENT, indent=1)
    linked = cells.linked("pool", cells.said("pool"))
    cells.across(row, _RISKS, _RISKS + 1, f'=IFERROR(IF({holds},{linked},""),"")', label)
    cells.across(row, _RISKS + 2, LAST, f'=IFERROR(IF({holds},{both},""),"")', cells.looks(shrink=True))
    cells.lined((row, _RISKS), (row, LAST))


def _problems(cells: Cells, severity: str) -> str:
    severities = cells.name("Problems", "severity")
    words = dict.fromkeys(codes.word("severity", severity, language) for language in LANGUAGES)
    counts = "+".join(f'COUNTIFS({severities},"{word}")' for word in words)
    return f"({counts})"


def _changes(cells: Cells, row: int) -> None:
    """What changed since the last day that was logged: how many, and the first by name."""
    since = cells.of("Desk", "since")
    told = cells.day("changes_since", since)
    cells.band(
        row, _RISKS, LAST, f"=IFERROR(IF(ISNUMBER({since}),{told},{cells.said('changes')}),{cells.said('changes')})"
    )
    label = cells.looks(**cells.line, font_color=ACCENT, indent=1)
    number = cells.looks(**cells.line, bold=True, align="center", num_format="#,##0")
    names = cells.looks(**cells.line, shrink=True)
    sheets = ("orders", *["history"] * 3)
    for at, (key, sheet) in enumerate(zip(_CHANGES, sheets, strict=True), row + 1):
        cells.across(at, _RISKS, _RISKS, f"={cells.linked(sheet, cells.said(key))}", label)
        for column, last, name, look in (
            (_RISKS + 1, _RISKS + 1, key, number),
            (_RISKS + 2, LAST, f"{key}_who", names),
        ):
            held = cells.of("Desk", name)
            cells.across(at, column, last, f'=IFERROR(IF({held}="","",{held}),"")', look)
