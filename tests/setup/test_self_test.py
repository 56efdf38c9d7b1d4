"""The Python that Excel will start is asked before anything is installed."""

from __future__ import annotations

from funnelbook.setup import machine as machine_module
from funnelbook.setup.install import SELF_TEST, install
from support.machines import ADDIN, contents, stub, windows
from support.refusing import refused

FAILS = ("-c", "import sys; print('first', file=sys.stderr); sys.exit('No module named xlwings')")


def test_a_failing_self_test_refuses_with_its_last_line(tmp_path):
    machine = windows(tmp_path)
    before = contents(tmp_path)
    error = refused("self_test_failed", install, machine, ADDIN, self_test=FAILS)
    assert error.fields["detail"] == "No module named xlwings"
    stub(machine.python.with_name("pythonw.exe"), "exit 3")
    assert refused("self_test_failed", install, machine, ADDIN).fields["detail"] == "exit code 3"
    machine.python.with_name("pythonw.exe").chmod(0o644)
    assert "denied" in refused("self_test_failed", install, machine, ADDIN).fields["detail"]
    after = contents(tmp_path)
    assert after.keys() == before.keys()


def test_the_self_test_asks_the_python_that_excel_will_start(tmp_path):
    machine = windows(tmp_path)
    stub(machine.python.with_name("pythonw.exe"), f'printf "%s" "$5" > "{tmp_path}/asked"')
    install(machine, ADDIN)
    assert (tmp_path / "asked").read_text() == SELF_TEST[2]


def test_a_self_test_that_hangs_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(machine_module, "ANSWER_WITHIN", 0.2)
    refused("self_test_failed", install, windows(tmp_path), ADDIN, self_test=("-c", "import time; time.sleep(60)"))
