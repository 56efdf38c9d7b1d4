"""The report for whoever helps from afar: what is in it, and what is not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from click.testing import CliRunner

from funnelbook import __version__, ribbon
from funnelbook.cli import main
from funnelbook.commands import support_report as command
from funnelbook.setup import last_errors
from funnelbook.setup.doctor import doctor
from funnelbook.setup.install import install, uninstall
from support.company_computers import ASR, SILENT, UNKNOWN
from support.computers import healthy
from support.machines import ADDIN, PASSES

NOW = datetime(2026, 5, 20, 9, 30)


def fails(text: str) -> Exception:
    try:
        raise KeyError(text)
    except KeyError as error:
        return error


def test_what_doctor_found_the_versions_the_rules_and_the_errors_are_in_it(tmp_path):
    computer = healthy(tmp_path)
    computer.values["HKLM", ASR, UNKNOWN] = 1
    computer.values["HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "VersionToReport"] = (
        "16.0.17928.20114"
    )
    computer.answer(engine=SILENT)
    last_errors.keep(fails("张三 13800138000"), "refresh", NOW, computer.machine.home)
    told = command.text(computer.machine, doctor(computer.machine, ADDIN), NOW, "zh")
    for wanted in ("2026-05-20 09:30", f"Funnelbook {__version__}", "16.0.17928.20114", UNKNOWN, "refresh: KeyError"):
        assert wanted in told
    assert "启动后没有正确回答" in told and "0x80080005" in told
    assert "commands/test_report.py" in told, "where it was raised"


def test_nothing_that_cells_hold_is_in_it(tmp_path):
    last_errors.keep(fails("张三 13800138000"), "refresh", NOW, tmp_path)
    kept = last_errors.kept(tmp_path)
    assert "KeyError" in kept
    assert "张三" not in kept and "13800138000" not in kept


def test_the_last_twenty_errors_are_kept(tmp_path):
    for number in range(25):
        last_errors.keep(fails("x"), f"button{number}", NOW, tmp_path)
    kept = last_errors.kept(tmp_path)
    assert kept.count("== ") == last_errors.KEPT
    assert "button4:" not in kept and kept.index("button5:") < kept.index("button24:")


def test_an_error_that_cannot_be_kept_is_no_second_one(tmp_path):
    (tmp_path / ".funnelbook").write_text("in the way")
    last_errors.keep(fails("x"), "refresh", NOW, tmp_path)
    assert last_errors.kept(tmp_path) == ""


def test_the_button_keeps_what_it_did_not_expect(monkeypatch, tmp_path):
    monkeypatch.setattr(last_errors, "of_user", lambda: tmp_path)
    monkeypatch.setattr(ribbon, "_done", lambda *_: (_ for _ in ()).throw(KeyError("张三")))
    monkeypatch.setattr(ribbon.excel_app, "say_refused", lambda *_: None)
    ribbon.press("refresh", workbook=type("Workbook", (), {"app": None})())
    assert "refresh: KeyError" in last_errors.kept(tmp_path)


def test_the_command_saves_it_where_it_is_told(tmp_path):
    to = tmp_path / "报告.txt"
    ran = CliRunner().invoke(main, ["report", "--to", str(to), "--lang", "en"])
    assert ran.exit_code == 0
    assert str(to) in ran.output.replace("\n", "")
    assert to.read_text("utf-8-sig").startswith("Funnelbook report\n")


def test_uninstalling_takes_the_errors_along(tmp_path):
    computer = healthy(tmp_path)
    last_errors.keep(fails("x"), "refresh", NOW, computer.machine.home)
    install(computer.machine, ADDIN, self_test=PASSES)
    uninstall(computer.machine)
    assert not Path(last_errors.errors_file(computer.machine.home)).parent.exists()
