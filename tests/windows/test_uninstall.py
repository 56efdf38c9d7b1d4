"""Taking Funnelbook out of Excel: nothing of it stays, be it of this or an older version, and the engine ends."""

from __future__ import annotations

import pytest

from funnelbook.setup.engine_keys import CLASSES, PROGID, SERVER

pytestmark = pytest.mark.windows
ADDIN = "AppData/Roaming/Microsoft/Excel/XLSTART/funnelbook.xlam"
STARTUP = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/Funnelbook.cmd"


def test_nothing_stays(installed, excel):
    older = installed.home / STARTUP
    older.parent.mkdir(parents=True, exist_ok=True)
    older.write_text("of an older version")
    assert (installed.home / ADDIN).exists()
    one = excel()
    assert one.create().ok and installed.engines()
    one.quit()
    told = installed.funnelbook("uninstall")
    assert "插件已从 Excel 中移除" in told.stdout, told.stderr
    assert not installed.value(SERVER) and not installed.value(rf"{CLASSES}\{PROGID}")
    assert not older.exists() and not (installed.home / ADDIN).exists()
    assert not installed.engines()
