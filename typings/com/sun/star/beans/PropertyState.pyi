from typing import Any

DEFAULT_VALUE: Any
