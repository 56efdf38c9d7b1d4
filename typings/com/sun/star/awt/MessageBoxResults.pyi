from typing import Any

YES: Any
