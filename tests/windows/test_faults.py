"""What would have ended Funnelbook on a manager's computer, each once seen with a genuine Python for Windows.

A Python that could not start froze Excel for two minutes a cell; the server started at log-on ended with the first Excel
(test_engine.py); a user whose name is outside the code page had no formulas; each Range cost calls back into Excel
(here the engine is handed none: ranges go as values).
"""

from __future__ import annotations

import pytest

from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.setup.engine_keys import CLASSES, PROGID
from support.rig.client import Excel

pytestmark = pytest.mark.windows
_AT_ONCE_S = 2.0


@pytest.fixture
def broken(installed):
    """Has COM start something else; afterwards all is as it was."""
    installed.restart()
    yield installed.register
    installed.restart()
    installed.mirror()


@pytest.mark.parametrize(
    "server",
    [
        r'"C:\gone\pythonw.exe" -P -m funnelbook.engine zh',
        r'"{tool}\pythonw.exe" -P -c "raise SystemExit(1)"',
        r'"{tool}\pythonw.exe" -P -m funnelbook.gone zh',
    ],
    ids=["no such program", "ends at once", "a package that is not there"],
)
def test_an_engine_that_cannot_start_is_an_error_at_once(broken, installed, excel, server):
    broken(server.format(tool=installed.dos(installed.tool)))
    started = excel().create()
    assert not started.ok
    assert started.took_s < _AT_ONCE_S


def test_an_engine_that_hangs_is_an_error_when_com_has_waited_enough(broken, installed, excel):
    """Half a minute in Wine, two minutes in Windows; once, for the add-in asks no more (tests/xlam/test_calls.py)."""
    broken(rf'"{installed.dos(installed.tool)}\pythonw.exe" -P -c "import time; time.sleep(600)"')
    started = excel().create()
    assert not started.ok
    assert started.took_s > _AT_ONCE_S


def test_an_engine_nobody_registered_is_an_error_at_once(broken, installed, excel):
    installed.registry("delete", rf"HKLM\{CLASSES}\{PROGID}", "/f")
    started = excel().create()
    assert not started.ok
    assert started.took_s < _AT_ONCE_S


def test_a_user_whose_name_is_outside_the_code_page(computer):
    there = computer("1252")
    assert "经理".encode("cp1252", "ignore") == b""
    told = there.install()
    assert "安装完成" in told
    assert "经理" in there.python
    one = Excel(there)
    try:
        assert one.create().ok
        assert one.formula("FB_NEED", 15.0, [[40.0]], [[0.5]]).value == FORMULAS["FB_NEED"].call(
            [15.0, [[40.0]], [[0.5]]], "zh"
        )
        assert "很多" in one.formula("FB_WHY", "FB_NEED", "很多", [[1.0]], [[1.0]]).value[0][0]
    finally:
        one.quit()
        there.stop()
