"""A button pressed in a stand-in for Excel's workbook (support/rig/stand_in.py): what the engine asks of Excel, and when."""

from __future__ import annotations

import pytest

from funnelbook import __version__
from support.rig.make import HERE

pytestmark = pytest.mark.windows


def test_a_button_waits_for_a_cell_being_edited_and_cells_are_answered_meanwhile(installed, excel):
    one = excel()
    assert one.create().ok and one.formula("FB_VERSION").ok
    ran = installed.run(installed.python, "-X", "utf8", installed.dos(HERE / "stand_in.py"), "about")
    told = ran.stdout.splitlines()
    (pressed,) = (line for line in told if line.startswith("press "))
    assert float(pressed.split()[1]) < 1, "it returns at once"
    asked = [line for line in told if "=" in line]
    assert asked[:2] == ["Interactive=False", "Interactive=True"], told
    assert f"cell {__version__}" in told
    (message,) = (line for line in told if line.startswith("message "))
    assert __version__ in message
    (rejected,) = (line for line in told if line.startswith("rejected "))
    assert int(rejected.split()[1]) > 0, "a cell was being edited"
