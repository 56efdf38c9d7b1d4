"""The engine as Windows starts it: registered by install, two methods, one for all Excels, gone when it is not needed."""

from __future__ import annotations

import time

import pytest

from funnelbook.setup.engine_keys import SERVER

pytestmark = pytest.mark.windows
_UNKNOWN_NAME = 0x80020006


def test_com_starts_what_install_registered(installed, excel):
    assert installed.value(SERVER) == rf'"{installed.dos(installed.tool)}\pythonw.exe" -P -m funnelbook.engine zh'
    one = excel()
    assert one.create().ok
    assert one.formula("FB_NEED", 15.0, [[40.0], [12.0]], [[0.5], [0.4]]).value == [[51.0, 11.0], [37.5, 25.5]]


def test_nobody_can_have_it_run_other_code(excel):
    one = excel()
    assert one.create().ok
    for name in ("Exec", "Eval", "Call", "CallUDF", "Module", "GetAttr", "SetAttr", "_jobs", "__init__", "serve"):
        assert one.method(name).result == _UNKNOWN_NAME, name


def test_all_excels_share_one_engine_and_it_outlives_them(installed, excel):
    one, two = excel(), excel()
    assert one.create().ok and two.create().ok
    assert one.formula("FB_VERSION").ok and two.formula("FB_VERSION").ok
    running = installed.engines()
    assert len(running) == 1
    one.quit()
    assert two.formula("FB_VERSION").ok
    two.crash()
    three = excel()
    assert three.create().ok
    assert three.formula("FB_VERSION").ok
    assert installed.engines() == running


def test_it_ends_when_nobody_needed_it_for_a_while_and_com_starts_another(installed, excel):
    installed.restart()
    installed.register(f"{installed.value(SERVER)} 3")
    try:
        one = excel()
        assert one.create().ok
        first = installed.engines()
        time.sleep(5)
        assert one.formula("FB_VERSION").ok, "an Excel that does nothing still holds it"
        one.release()
        assert _within(30, lambda: not installed.engines())
        assert not one.formula("FB_VERSION").ok
        assert one.create().ok
        assert one.formula("FB_VERSION").ok
        assert installed.engines() and installed.engines() != first
    finally:
        installed.restart()
        installed.mirror()


def test_a_killed_engine_is_an_error_at_once(installed, excel):
    one = excel()
    assert one.create().ok
    assert one.formula("FB_VERSION").ok
    installed.kill_engines()
    gone = one.formula("FB_VERSION")
    assert not gone.ok and gone.took_s < 2
    one.quit()
    installed.restart()


def _within(seconds: float, condition) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True
