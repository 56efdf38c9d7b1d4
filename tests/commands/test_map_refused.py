"""A header named by --map that the file does not have is refused by name; nothing is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from funnelbook.cli import main
from funnelbook.commands.import_calls import stage
from funnelbook.commands.open import open_book
from support.packages import plain
from support.phone_systems import phone_book

DAY = date(2026, 5, 20)
CALLS = "call time,phone,agent\n2026-05-19 09:00,13800138001,Ann\n"
LIST = "公司名称,电话,跟进人\n丙公司,13600003333,张三\n"


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*map(str, words), "--as-of", "2026-05-20", "--lang", "zh"])
    return done.exit_code, done.output


@pytest.mark.parametrize(("text", "more", "said"), [
    (CALLS, ["--map", "activities.note=谈了什么"], "没有找到表头“谈了什么”（--map activities.note）"),
    ("几时,打给谁\n2026-05-19 10:00,13800138001\n", ["--map", "activities.at=几时打的"], "没有找到表头“几时打的”（--map activities.at）"),
    (LIST, ["--customers", "--map", "customers.source=哪来的"], "没有找到表头“哪来的”（--map customers.source）"),
    (LIST, ["--do-not-call", "--map", "customers.phone=电话"], "只能用一个"),
])  # fmt: skip
def test_an_import_says_which_header_is_not_there(tmp_path, text, more, said):
    phone_book(tmp_path / "team.xlsx")
    before = (tmp_path / "team.xlsx").read_bytes()
    (tmp_path / "log.csv").write_text(text, "utf-8")
    code, output = run("import", tmp_path / "log.csv", "--to", tmp_path / "team.xlsx", "--yes", *more)
    assert (code, said in output) == (2, True), output
    assert (tmp_path / "team.xlsx").read_bytes() == before


@pytest.mark.parametrize("head", ["哪来的", "  电话2"])
def test_adopt_says_which_header_is_not_there(tmp_path, head):
    path = plain(tmp_path / "own.xlsx")
    before = path.read_bytes()
    code, output = run("adopt", path, "--map", f"customers.source={head}")
    assert (code, f"没有找到表头“{head.strip()}”" in output) == (2, True), output
    assert path.read_bytes() == before


def test_of_several_logs_one_may_lack_it(tmp_path):
    phone_book(tmp_path / "team.xlsx")
    (tmp_path / "a.csv").write_text(CALLS, "utf-8")
    (tmp_path / "b.csv").write_text("call time,phone,agent,told\n2026-05-19 09:30,13800138001,Ann,hello\n", "utf-8")
    logs: list[Path] = [tmp_path / "a.csv", tmp_path / "b.csv"]
    report = stage(open_book(tmp_path / "team.xlsx"), logs, {("Activities", "note"): "told"}, as_of=DAY).report
    assert report.added == 2
