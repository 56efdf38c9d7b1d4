"""The commands of the pages on one's own list and on phone logs do what stands there, one after the other."""

from __future__ import annotations

import re

import pytest
import xlsxwriter
from click.testing import CliRunner

from funnelbook.cli import main
from support.cases import first
from support.external import ROOT
from support.phone_systems import phone_book

HEADS = ["公司名称", "电话", "跟进人", "哪来的", "说明", "Heard from", "Remarks"]
ROWS = [["甲公司", "13800138001", "张三"], ["乙公司", "13900139002", "李四"]]
TEXTS = {
    ("名单.csv", "NAMES.csv", "展会.csv", "FAIR.csv"): "公司名称,电话,跟进人\n丙公司,13600003333,张三\n",
    (
        "通话.csv",
        "CALLS.csv",
    ): "call time,phone,agent\n2026-05-19 09:00,13800138001,Ann\n2026-05-19 09:10,13600004444,Ben\n",
    ("新系统.csv",): "几时打的,打给谁\n2026-05-19 10:00,13800138001\n",
    ("OTHER.csv",): "Dialled at,Rang whom\n2026-05-19 10:00,13800138001\n",
    ("勿扰.txt", "DNC.txt"): "13900139002\n",
}


@pytest.mark.parametrize("page", first(1, ["own-list.zh", "own-list.en", "call-log.zh", "call-log.en"]))
def test_every_command_of_the_page_is_done(tmp_path, monkeypatch, page):
    monkeypatch.chdir(tmp_path)
    for name in ("客户.xlsx", "LIST.xlsx"):
        with xlsxwriter.Workbook(name) as workbook:
            sheet = workbook.add_worksheet()
            for i, row in enumerate([HEADS, *ROWS]):
                sheet.write_row(i, 0, row)
    for name in ("团队.xlsx", "TEAM.xlsx"):
        phone_book(tmp_path / name)
    for names, text in TEXTS.items():
        for name in names:
            (tmp_path / name).write_text(text, "utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / f"{page}.md").read_text("utf-8"), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) >= 6
    for line in commands:
        words = re.findall(r'(?:[^\s"]|"[^"]*")+', line.replace("funnelbook ", "", 1))
        run = CliRunner().invoke(main, [word.replace('"', "") for word in words])
        assert run.exit_code in (0, 1), (line, run.output)
