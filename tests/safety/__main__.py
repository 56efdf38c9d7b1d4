"""The safety suites, seeded: `uv run python tests/safety` runs them whole, `uv run python tests/safety sheets --trials 100` one of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
HERE = Path(__file__).parent
sys.path += [str(HERE.parent), str(HERE.parent / "hosts")]

from support.safety.suites import main  # noqa: E402

if __name__ == "__main__":
    main()
