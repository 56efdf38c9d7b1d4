"""Thins a cosmic-ray session: without mutants of annotations, which nobody evaluates, and of many a sample: docs/testing.md."""

from __future__ import annotations

import ast
import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

SEED = 14
_IN_ORDER = "operator_name, start_pos_row, start_pos_col, occurrence, operator_args"


def thin(session: Path, most: int) -> tuple[int, int]:
    """Mutants of the session that change something, and how many of them it keeps: `most` where there are more."""
    with closing(sqlite3.connect(session)) as db, db:
        rows = db.execute(
            f"SELECT job_id, module_path, start_pos_row, start_pos_col FROM mutation_specs ORDER BY {_IN_ORDER}"
        ).fetchall()
        spans = {path: _annotations(Path(path)) for path in {path for _, path, *_ in rows}}
        real = [job for job, path, *at in rows if not any(a <= tuple(at) < b for a, b in spans[path])]
        kept = set(random.Random(SEED).sample(real, most) if len(real) > most else real)
        gone = [(job,) for job, *_ in rows if job not in kept]
        for table in ("mutation_specs", "work_items"):
            db.executemany(f"DELETE FROM {table} WHERE job_id = ?", gone)
    return len(real), len(kept)


def _annotations(module: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the annotations of a module begin and end."""
    nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
    found = [part for node in nodes for part in (getattr(node, "annotation", None), getattr(node, "returns", None))]
    return [((part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)) for part in found if part]


if __name__ == "__main__":
    there, kept = thin(Path(sys.argv[1]), int(sys.argv[2]))
    print(f"{there} mutants, {kept} kept")
