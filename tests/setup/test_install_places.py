"""Where Excel or the desktop stand elsewhere, or there is none."""

from __future__ import annotations

import sys
from dataclasses import replace

from funnelbook.setup.install import install, uninstall
from funnelbook.setup.machine import Machine
from support.machines import ADDIN, PASSES, mac, windows
from support.refusing import refused

LINK = "漏斗 Funnelbook.lnk"


def test_nothing_is_installed_where_there_is_no_excel(tmp_path):
    linux = replace(windows(tmp_path), platform="linux")
    refused("no_excel_here", install, linux, ADDIN)
    refused("no_excel_here", uninstall, linux)
    assert Machine.this().platform == sys.platform
    machine = mac(tmp_path / "never")
    machine.excel_folder.rmdir()
    refused("excel_never_ran", install, machine, ADDIN)
    assert not machine.excel_folder.exists()


def test_where_there_is_only_wps_closed_workbooks_can_be_sent_to_it(tmp_path):
    values: dict[tuple[str, str, str], object] = {}
    machine = windows(tmp_path, values)
    machine.excel_folder.rmdir()
    report = install(machine, ADDIN, self_test=PASSES)
    assert report.status == "installed_no_excel" and "WPS" in report.text("zh") and "发送到" in report.text("zh")
    assert [path.name for path in report.files] == [LINK, LINK, "funnelbook.ico"]
    assert not machine.excel_folder.exists() and not values
    machine.excel_folder.mkdir()  # Excel came later
    assert install(machine, ADDIN, self_test=PASSES).status == "installed"
    assert values and machine.addin.exists()


def test_the_desktop_is_where_windows_says_it_is(tmp_path):
    """OneDrive and companies move it."""
    moved = tmp_path / "OneDrive" / "桌面"
    moved.mkdir(parents=True)
    key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    machine = windows(tmp_path, {("HKCU", key, "Desktop"): f"%OneDrive%/{moved.name}"})
    machine = replace(machine, env={**machine.env, "ONEDRIVE": str(moved.parent)})
    install(machine, ADDIN, self_test=PASSES)
    assert (moved / LINK).exists()
    assert moved / LINK in uninstall(machine)
    assert not (moved / LINK).exists()


def test_without_a_desktop_there_is_no_link_and_no_fault(tmp_path):
    machine = windows(tmp_path)
    (tmp_path / "Users/李娜/Desktop").rmdir()
    machine.links[0].parent.rmdir()
    assert install(machine, ADDIN, self_test=PASSES).status == "installed"
    assert not (tmp_path / "Users/李娜/Desktop").exists()
    assert not machine.icon.exists(), "nobody would see it"
