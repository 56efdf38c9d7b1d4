"""The buttons: what the ribbon calls, through xlwings, on a workbook that is open in a stand-in for Excel."""

from __future__ import annotations

from datetime import date

import click
import pytest
import xlsxwriter
import xlwings as xw
from click.testing import CliRunner

from funnelbook import ribbon, template
from funnelbook.book import marks
from funnelbook.book.labels import sheet_name
from funnelbook.cli import main
from funnelbook.commands.buttons import ButtonResult, press_button
from funnelbook.hosts.memory import MemoryBook
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.menu import COMMANDS, Does
from funnelbook.menu import ribbon as buttons
from funnelbook.words import LANGUAGES
from support import small_team
from support.fake_excel import App

AS_OF = "2026-05-20"
ROWS = small_team.rows()


@pytest.fixture
def app(monkeypatch) -> App:
    monkeypatch.delenv("FUNNELBOOK_LANG", raising=False)
    return App()


@pytest.fixture(scope="module")
def new() -> bytes:
    """A team's workbook before its first refresh."""
    return template.build("zh", rows=ROWS)


def in_front(app: App, monkeypatch, package: bytes) -> xw.Book:
    workbook = app.new(package)
    monkeypatch.setattr(xw.Book, "_mock_caller", workbook, raising=False)
    return workbook


def test_refresh_says_in_one_line_what_it_did(app, monkeypatch, new):
    workbook = in_front(app, monkeypatch, new)
    ribbon.press("refresh", AS_OF)
    assert app.alerts == []
    assert app.status_bar.startswith("已刷新（截至 2026-05-20）。数据问题 ")
    funnel = workbook.sheets[sheet_name("funnel", "zh")]
    assert "成交" in [funnel.impl.value(*at) for at in funnel.impl.cells_]
    ribbon.press("refresh", "2026年5月20日")
    assert app.status_bar.startswith("没有变化（截至 2026-05-20）。")


def test_set_up_adds_the_sheets_and_shows_the_guide(app, monkeypatch):
    workbook = in_front(app, monkeypatch, template.build("zh", tables=["Customers", "Activities"], rows=ROWS))
    ribbon.press("adopt", AS_OF)
    assert app.alerts == []
    assert app.status_bar.startswith("已启用漏斗：认出 ")
    assert sheet_name("funnel", "zh") in [s.name for s in workbook.sheets]
    assert workbook.impl.front == sheet_name("today", "zh")


def test_set_up_shows_a_preview_first_and_takes_it_away_when_pressed_again(app, monkeypatch, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "own.xlsx") as made:
        sheet = made.add_worksheet("名单")
        sheet.write_row(0, 0, ["公司名称", "手机", "跟进人"])
        sheet.write_row(1, 0, ["甲公司", "13800138001", "陈刚"])
    workbook = in_front(app, monkeypatch, (tmp_path / "own.xlsx").read_bytes())
    ribbon.press("adopt", AS_OF)
    assert ([s.name for s in workbook.sheets], workbook.impl.front) == (["名单", "启用预览"], "启用预览")
    assert app.status_bar.startswith("还没有改动")
    ribbon.press("adopt", AS_OF)
    assert app.alerts == []
    assert app.status_bar.startswith("已启用漏斗：认出 4 列")
    assert "启用预览" not in [s.name for s in workbook.sheets]
    assert marks.PREVIEW not in [name.name for name in workbook.names]


def test_check_counts_and_shows_the_problems(app, monkeypatch):
    workbook = in_front(app, monkeypatch, template.build("zh", rows=ROWS | {"Customers": [{"id": "K1"}, {"id": "K1"}]}))
    ribbon.press("check", AS_OF)
    assert "。错误 " in app.status_bar
    assert workbook.impl.front == sheet_name("problems", "zh")


def test_a_refusal_is_told_and_changes_nothing(app, monkeypatch):
    workbook = in_front(app, monkeypatch, template.build("zh", tables=["Orders"]))
    before = {s.name: dict(s.impl.cells_) for s in workbook.sheets}
    ribbon.press("refresh", AS_OF)
    ribbon.press("adopt", AS_OF)
    ribbon.press("refresh", "五月的某天")
    assert len(app.alerts) == 3
    assert app.alerts[2] == "“五月的某天”不是日期，请写成 2026-05-20 这样，或留空表示今天。"
    assert {s.name: dict(s.impl.cells_) for s in workbook.sheets} == before


def test_what_nobody_thought_of_is_told_too(app, monkeypatch, new):
    in_front(app, monkeypatch, new)
    monkeypatch.setattr(ribbon, "press_button", lambda *_, **__: 1 / 0)
    ribbon.press("refresh", AS_OF)
    assert "ZeroDivisionError" in app.alerts[0]


@pytest.mark.parametrize("name", [c.name for c in buttons() if c.does is Does.SHEET])
def test_a_button_shows_its_sheet_whatever_it_is_called(app, monkeypatch, name, new):
    workbook = in_front(app, monkeypatch, new)
    key = next(c.sheet for c in COMMANDS if c.name == name)
    shown = sheet_name(key, "zh")
    workbook.sheets[shown].impl.title = shown = f"我的{shown}"
    ribbon.press(name)
    assert app.alerts == []
    assert workbook.impl.front == shown


def test_a_hidden_sheet_is_shown_again(app, monkeypatch, new):
    workbook = in_front(app, monkeypatch, new)
    workbook.sheets[sheet_name("problems", "zh")].impl.visible = False
    ribbon.press("check", AS_OF)
    assert app.alerts == []
    assert workbook.impl.front == sheet_name("problems", "zh")


def test_a_folder_is_refreshed_file_by_file(app, monkeypatch, tmp_path, new):
    in_front(app, monkeypatch, new)
    (tmp_path / "好.xlsx").write_bytes(new)
    (tmp_path / "坏.xlsx").write_bytes(b"no workbook")
    ribbon.press("refresh_folder", AS_OF, str(tmp_path))
    assert app.alerts[0].startswith("文件夹已刷新：完成 1 个，无变化 0 个，未能刷新 1 个。")
    assert "坏.xlsx" in app.alerts[0]


def test_why_a_file_is_refused_is_told_in_the_language_of_the_workbook(app, monkeypatch, tmp_path):
    in_front(app, monkeypatch, template.build("en", rows={"Customers": [{"id": "K1"}]}))
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    ribbon.press("refresh_folder", AS_OF, str(tmp_path))
    assert "bad.xlsx" in app.alerts[0]
    assert app.alerts[0].replace("’", "'").isascii()


def test_help_is_told(app, monkeypatch, new):
    in_front(app, monkeypatch, new)
    ribbon.press("about")
    ribbon.press("doctor")
    assert app.alerts[0].startswith("Funnelbook 漏斗 ")
    assert app.alerts[1]


def test_an_unknown_button_does_nothing_and_says_so(app, monkeypatch, new):
    workbook = in_front(app, monkeypatch, new)
    before = {s.name: dict(s.impl.cells_) for s in workbook.sheets}
    ribbon.press("publish_all", AS_OF, "")
    assert "publish_all" in app.alerts[0]
    assert "funnelbook doctor" in app.alerts[0]
    assert {s.name: dict(s.impl.cells_) for s in workbook.sheets} == before


def test_the_box_for_the_day_runs_nothing():
    assert press_button("as_of", MemoryBook(), date(2026, 5, 20), as_of=AS_OF, language="zh") == ButtonResult()


def test_every_button_does_something(app, monkeypatch, tmp_path, new):
    (tmp_path / "好.xlsx").write_bytes(new)
    for command in buttons():
        if command.does in (Does.DAY, Does.SHEET):
            continue  # a box to type in, which goes with the others; those that show a sheet are above
        app = App()
        workbook = in_front(app, monkeypatch, new)
        ribbon.press(command.name, AS_OF, str(tmp_path))
        assert app.alerts or app.status_bar or workbook.impl.front, command.name
        assert not any("Error" in text for text in app.alerts), command.name


def test_the_command_line_has_what_the_registry_says():
    wanted = {c.name for c in COMMANDS if c.on_cli}
    assert (
        set(main.list_commands(None)) == {main.get_command(click.Context(main), name).name for name in wanted} == wanted
    )
    shown = CliRunner().invoke(main, ["--help"]).output
    assert all(name in shown for name in wanted)
    assert CliRunner().invoke(main, ["about"]).exit_code == 2, "a button only"


def test_every_button_is_told_in_both_languages():
    for command in buttons():
        assert (
            all(command.label(each) and command.tip(each) for each in LANGUAGES) and command.icon and command.keytip
        ), command.name


def test_the_exchange_works_from_the_ribbon(app, monkeypatch, tmp_path):
    small = {
        "People": [{"person": "小李", "active": False, "note": "移交 小张"}, {"person": "小张", "active": True}],
        "Customers": [{"id": "K1", "name": "甲公司", "owner": "小李", "tier": "C"}],
        "Activities": [],
    }
    in_front(
        app, monkeypatch, template.build("zh", tables=["People", "Customers", "Activities", "Matched"], rows=small)
    )
    (tmp_path / "calls.csv").write_text("时间,客户编号,结果\n2026-05-19 09:00:00,K1,已报价\n", "utf-8")
    ribbon.press("import", AS_OF, str(tmp_path))
    assert app.status_bar == "导入通话 1 条，已有 0 条（补全 0 条），有问题 0 行。"
    ribbon.press("import", AS_OF, str(tmp_path))
    assert [alert.splitlines()[-1] for alert in app.alerts] == [
        "对吗？",
        "导入通话 0 条，已有 1 条（补全 0 条），有问题 0 行。",
    ]
    ribbon.press("transfer", AS_OF)
    assert app.status_bar == "已移交客户 1 个给 小张；1 条过去的记录仍记在 小李 名下。"
    ribbon.press("handout", AS_OF, str(tmp_path))
    assert [file.name for file in tmp_path.glob("*.xlsx")] == ["小张.xlsx"]
    ribbon.press("collect", AS_OF, str(tmp_path))
    assert app.alerts[-1].startswith("已收集 1 份：新客户 0 个，新跟进 0 条，新订单 0 单，修改 0 处")


IMPORTS = [
    ("import", "log.csv", "时间,电话,结果,通话时长(秒)\n2026-05-19 09:00:00,13800138000,CBX,120\n"),
    ("import_customers", "list.csv", "公司名称,电话\n丁公司,13600001111\n"),
    ("import_do_not_call", "dnc.txt", "13800138000\n"),
]


@pytest.mark.parametrize(("button", "name", "text"), IMPORTS, ids=[name for name, *_ in IMPORTS])
def test_an_import_says_what_it_read_and_writes_when_that_is_right(app, monkeypatch, tmp_path, button, name, text):
    one = {
        "People": [{"person": "小李"}],
        "Customers": [{"id": "K1", "name": "甲", "phone": "13800138000", "owner": "小李"}],
    }
    workbook = in_front(
        app, monkeypatch, template.build("zh", tables=["People", "Customers", "Outcomes", "Matched"], rows=one)
    )
    (tmp_path / name).write_text(text, "utf-8")
    before = {s.name: dict(s.impl.cells_) for s in workbook.sheets}
    path, app.answer = str(tmp_path if button == "import" else tmp_path / name), "no"
    ribbon.press(button, AS_OF, path)
    assert app.alerts[0].endswith("\n\n对吗？")
    assert app.status_bar == "没有导入。"
    assert {s.name: dict(s.impl.cells_) for s in workbook.sheets} == before, "not even a sheet that was wanting"
    app.answer = "yes"
    ribbon.press(button, AS_OF, path)
    assert app.alerts[1] == app.alerts[0] and len(app.alerts) == 2
    assert {s.name: dict(s.impl.cells_) for s in workbook.sheets} != before


def test_the_question_says_what_was_understood_and_what_was_not(app, monkeypatch, tmp_path):
    button, name, text = IMPORTS[0]
    in_front(app, monkeypatch, template.build("zh", rows=ROWS | {"Customers": [{"id": "K1", "phone": "13800138000"}]}))
    (tmp_path / name).write_text(text, "utf-8")
    ribbon.press(button, AS_OF, str(tmp_path))
    assert app.alerts[0].splitlines()[0] == (
        "通话 1 条，平均 2.0 分钟，接通 100%，陌生号码 0 个，补全已有记录 0 条。 不知道是什么结果的：“CBX”1 条。"
    )
    assert "话单结果" in app.alerts[0].splitlines()[2]


def test_who_is_not_asked_is_told_all_the_same(tmp_path):
    button, name, text = IMPORTS[2]
    (tmp_path / name).write_text(text, "utf-8")
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.build("zh", rows=ROWS))
    done = press_button(button, OoxmlBook(path), date(2026, 5, 20), path=str(tmp_path / name), language="zh")
    assert done.line.splitlines()[-1] == "已标为勿扰，以后不会取消。"
    assert done.waits
