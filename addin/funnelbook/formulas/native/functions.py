"""All of Excel's functions and operators that are known here, by name."""

from __future__ import annotations

from importlib import import_module

from funnelbook.formulas.native.registry import FUNCTIONS

for _module in (
    "aggregates", "conditional", "days", "distributions", "logic", "lookup", "maths", "operators", "shown", "texts",
):  # fmt: skip
    import_module(f"funnelbook.formulas.native.{_module}")

__all__ = ["FUNCTIONS"]
