from typing import Any

TO_BOTTOM: Any
TO_RIGHT: Any
