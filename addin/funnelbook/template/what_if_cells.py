"""Where the cells of What-if (试算) and of its sums stand, and the names by which each reads the other.

By names only: Excel and LibreOffice take sheets into a workbook one by one, and a formula that named the other sheet would lead
back to where it came from.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from funnelbook.book.labels import sheet_name
from funnelbook.template.named import Named

READ = {  # what the formulas look up, by table
    "Desk": ("person", "as_of", "period"),
    "Shapes": ("person", "chance"),
    "Trial": ("person", "target", "won", "arrivals", "spread", "from", "to", "tau"),
    "TrialFunnel": ("person", "tier", "name", "open", "cold", "rate", "team_rate", "dwell_days", "p_in_time"),
    "TrialDays": ("date", "workday", "weight"),
}
INPUTS = ("target", "won", "arrivals", "spread", "from", "to")
TYPED_TIERS = ("stock", "rate", "p")
MOST_TIERS = 12
WEEKS = 54  # of a year, cut ones included
TEXTS = ("need", "chance", "shape", "advice", "weeks")

WHO = (0, 3)
INPUT_TOP, NOW, TRY = 4, 2, 3  # the first input's row; the columns of the real numbers and of those to try
TIER_LEFT = 2
TYPED_ROWS = {"stock": 15, "rate": 18, "p": 20}

# on the sheet of the sums
GOALS_TOP, TIERS_TOP, THETA_TOP, NOW_THETA_TOP, WEEKS_TOP, WAVES_TOP = 4, 26, 42, 60, 80, 138
ANSWERS = (
    "here", "first", "tiers", "too_many", "bad", "changed", "gap", "wanted", "gap_now", "wanted_now", "fits", "fits_now", "chance",
    "chance_now", "chance_shapes", "expected", "total", "shape", "long",
)  # fmt: skip
ANSWER_COLUMN, TEXT_COLUMN = 7, 9
TIER_COLUMNS = (
    "k", "label", "stock_now", "stock_typed", "stock", "cold", "cases", "cases_now", "rate_now", "rate_typed", "rate", "easier", "easier_up",
    "p_now", "p_typed", "p", "needed", "missing", "shape_rate", "dwell", "ahead", "weight", "share", "bad",
)  # fmt: skip


def name_of(table: str, column: str) -> str:
    """The defined name of a column of a result table."""
    return f"try_{table}_{column}"


_CELLS = {  # name: sheet and block of cells
    "try_who": ("what_if", (*WHO, *WHO)),
    "try_typed": ("what_if", (INPUT_TOP, TRY, INPUT_TOP + len(INPUTS) - 1, TRY)),
    **{f"try_{key}": ("what_if", (row, TIER_LEFT, row, TIER_LEFT + MOST_TIERS - 1)) for key, row in TYPED_ROWS.items()},
    "try_goals": ("what_if_sums", (GOALS_TOP, 1, GOALS_TOP + len(INPUTS) - 1, 1)),
    "try_answers": (
        "what_if_sums",
        (GOALS_TOP, ANSWER_COLUMN, GOALS_TOP + len(ANSWERS) - 1, ANSWER_COLUMN),
    ),
    "try_tiers": ("what_if_sums", (TIERS_TOP, 0, TIERS_TOP + MOST_TIERS - 1, len(TIER_COLUMNS) - 1)),
    "try_weeks": ("what_if_sums", (WEEKS_TOP, 0, WEEKS_TOP + WEEKS - 1, 7)),
    "try_texts": ("what_if_sums", (GOALS_TOP, TEXT_COLUMN, GOALS_TOP + len(TEXTS) - 1, TEXT_COLUMN)),
}


def names() -> list[str]:
    """The defined names that the formulas of both sheets read."""
    return [*_CELLS, *(name_of(table, column) for table, columns in READ.items() for column in columns)]


def define(named: Named, sheet: str, language: str) -> None:
    """Defines the names of the cells of a sheet; with those of What-if those of the result tables."""
    for name, (key, block) in _CELLS.items():
        if key == sheet:
            quoted = sheet_name(key, language).replace("'", "''")
            named.define(name, f"='{quoted}'!{xl_range_abs(*block)}")
    if sheet == "what_if":
        for table, columns in READ.items():
            for column in columns:
                named.column(name_of(table, column), table, column)


def answer(named: Named, key: str) -> str:
    """What the sums give, as other sheets read it."""
    return f"INDEX({named['try_answers']},{ANSWERS.index(key) + 1})"


def of_tier(named: Named, k: int, column: str) -> str:
    """What the sums give of the k-th tier (from 0), as other sheets read it."""
    return f"INDEX({named['try_tiers']},{k + 1},{TIER_COLUMNS.index(column) + 1})"


def cell(row: int, column: int) -> str:
    """A cell of the sheet a formula stands on."""
    return xl_rowcol_to_cell(row, column, True, True)


def block(top: int, left: int, bottom: int, right: int) -> str:
    """Cells of the sheet a formula stands on."""
    return xl_range_abs(top, left, bottom, right)
