from typing import Any

DOWN: Any
ROWS: Any
