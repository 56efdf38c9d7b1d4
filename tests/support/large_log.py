"""A dialler's log of calls to the customers of the large workbook, made once and kept in the temporary folder."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from python_calamine import CalamineWorkbook

from support.large import AS_OF, large

_OUTCOMES = ("无人接听", "占线", "稍后再打", "不方便接听", "关机停机")


def large_log(scale: float = 1.0, seed: int = 2) -> Path:
    """The path of a CSV of one call to each customer of `large(scale)`, known by phone, within the last ten days."""
    book = large(scale)
    path = book.with_name(f"{book.stem}-log-{seed}.csv")
    if not path.exists():
        customers = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("客户").to_python()
        phone, person = (customers[0].index(header) for header in ("电话", "业务员"))
        rng = np.random.default_rng(seed)
        ago = np.sort(rng.integers(0, 10 * 24 * 3600, len(customers) - 1))[::-1].tolist()
        minutes, word = rng.integers(1, 20, len(ago)).tolist(), rng.integers(0, len(_OUTCOMES), len(ago)).tolist()
        noon = datetime.combine(AS_OF, datetime.min.time()) + timedelta(hours=12)
        partial = path.with_suffix(".part")
        with partial.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(["时间", "电话", "业务员", "方式", "分钟", "结果"])
            for i, row in enumerate(customers[1:]):
                at = (noon - timedelta(seconds=ago[i])).strftime("%Y-%m-%d %H:%M:%S")
                lines.writerow([at, row[phone], row[person], "电话", minutes[i], _OUTCOMES[word[i]]])
        partial.replace(path)
    return path
