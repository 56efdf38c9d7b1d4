from typing import Any

BUTTONS_YES_NO: Any
DEFAULT_BUTTON_YES: Any
