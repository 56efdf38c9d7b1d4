from typing import Any

ERRORBOX: Any
INFOBOX: Any
QUERYBOX: Any
