"""Whether the forecast comes true: `uv run python tests/calibration --write` makes the tables of docs/calibration.md."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.append(str(Path(__file__).parents[1]))

from support.calibration.page import main

if __name__ == "__main__":
    main()
