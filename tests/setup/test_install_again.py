"""Installing over what is there already."""

from __future__ import annotations

from pathlib import Path

from funnelbook.setup.engine_keys import SERVER
from funnelbook.setup.install import install, uninstall
from support.machines import ADDIN, PASSES, windows


def test_installing_again_says_what_it_did(tmp_path):
    machine = windows(tmp_path)
    install(machine, b"older", self_test=PASSES)
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_over"
    assert machine.addin.read_bytes() == ADDIN
    written = machine.addin.stat().st_mtime_ns
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_same"
    assert machine.addin.stat().st_mtime_ns == written
    assert install(machine, ADDIN, language="en", self_test=PASSES).status == "installed_over"


def test_what_older_versions_put_in_place_goes(tmp_path):
    machine = windows(tmp_path)
    for path in (machine.addin, machine.conf, machine.logon):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("of 0.2")
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_over"
    assert not machine.conf.exists() and not machine.logon.exists()
    machine.logon.write_text("of 0.2")
    assert uninstall(machine) == [machine.addin, machine.logon, *machine.links, machine.icon, machine.icon.parent]


def test_a_key_that_somebody_else_wrote_is_ours_again(tmp_path):
    """Doctor names it (test_doctor.py: registered_to_another) and says to install anew."""
    values: dict[tuple[str, str, str], object] = {}
    machine = windows(tmp_path, values)
    install(machine, ADDIN, self_test=PASSES)
    ours = dict(values)
    machine.registry.write(SERVER, r"C:\Tools\other.exe")
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_over"
    assert values == ours


def test_an_addin_marked_as_from_the_internet_is_written_anew(tmp_path):
    machine = windows(tmp_path)
    install(machine, ADDIN, self_test=PASSES)
    Path(f"{machine.addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_over"
