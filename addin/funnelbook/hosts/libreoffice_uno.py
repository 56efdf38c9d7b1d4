"""Objects of LibreOffice as Python holds them."""

from __future__ import annotations

from typing import Any, TypeAlias

# Each stands for many services at once, and which ones shows only when it runs: nothing checks what is asked of it
Uno: TypeAlias = Any
