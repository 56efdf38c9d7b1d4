"""The doctor on computers as companies set them up: the right verdict, and no false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from funnelbook.setup.doctor import doctor
from funnelbook.setup.windows_facts import on_network
from support.company_computers import CASES
from support.machines import ADDIN


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verdict(tmp_path, case):
    computer = case.make(tmp_path)
    found = doctor(computer.machine, ADDIN)
    assert [f.code for f in found if not f.ok] == list(case.faults)
    assert [f.code for f in found if f.note] == list(case.notes)
    if case.names:
        assert case.names in computer.faults()[case.faults[0]]


@pytest.mark.parametrize(
    ("path", "far"),
    [
        (r"\\server\home\li\AppData\Roaming", True),
        (r"\\?\UNC\server\home", True),
        (r"\\?\C:\Users\li", False),
        (r"C:\Users\li\AppData\Roaming", False),
    ],
)
def test_a_folder_on_a_server_is_known_by_its_name(path, far):
    assert on_network(Path(path)) == far
