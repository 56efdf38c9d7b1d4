"""The command line as people and scripts use it: exit codes, one-line refusals, JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from funnelbook.book.labels import table_called, title
from funnelbook.book.schema import TABLES
from funnelbook.cli import main
from funnelbook.cli.common import DONE, REFUSED, SOME_FAILED, WITH_PROBLEMS
from funnelbook.commands import refresh_files
from funnelbook.commands.adopt import parse_map
from funnelbook.commands.show import to_json
from funnelbook.menu import help_key
from funnelbook.words import CHOSEN_BY, DEFAULT, LANGUAGES, say, subject
from support.cases import first
from support.packages import CUSTOMERS, plain

DAY = ("--as-of", "2026-05-20")
MADE = Path(__file__).parents[1] / "made_by_0_1"
GOOD = (CUSTOMERS[0], CUSTOMERS[1], ("K2", "乙公司", "小张", "A", "2026-05-02", "021-55667799"))
BAD = (*CUSTOMERS, ("K2", "丙公司", "小张", "F", "2026-02-30", "1"))


def run(*arguments: object, code: int = DONE) -> str:
    """What a command prints on both streams; it must end with `code` and without a traceback."""
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


@pytest.fixture
def team(tmp_path):
    """An adopted workbook with good data."""
    path = plain(tmp_path / "team.xlsx", *GOOD)
    run("adopt", path, *DAY)
    return path


def helped(name: str) -> str:
    return re.sub(r"\s+", "", run(name, "--help"))  # however its lines are broken


def all_help(language: str) -> dict[str, list[str]]:
    """The help of each command and its options."""
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    keys = {
        name: [help_key(name), *(help_key(name, p.opts[0]) for p in command.params if isinstance(p, click.Option))]
        for name, command in commands.items()
    }
    return {name: [re.sub(r"\s+", "", say(key, language)) for key in those] for name, those in keys.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_explains_itself_in_the_language_chosen(language, monkeypatch):
    monkeypatch.setenv(CHOSEN_BY, language)
    others = {each: all_help(each) for each in LANGUAGES if each != language}
    for name, told in all_help(language).items():
        text = helped(name)
        assert [line for line in told if line not in text] == []
        assert [line for each in others.values() for line in each[name] if line in text] == []
    assert re.sub(r"\s+", "", say("cli.funnelbook", language)) in re.sub(r"\s+", "", run("--help"))


def test_where_nobody_has_chosen_a_language_help_is_in_all_of_them(monkeypatch):
    monkeypatch.delenv(CHOSEN_BY, raising=False)
    texts = {name: helped(name) for name in all_help(DEFAULT)}
    for language in LANGUAGES:
        for name, told in all_help(language).items():
            assert [line for line in told if line not in texts[name]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_help_is_of_something(language):
    """A command or option that has gone leaves no help behind."""
    context = click.Context(main)
    used = {"funnelbook", "--help", "--version"}
    for name in main.list_commands(context):
        options = [p for p in main.get_command(context, name).params if isinstance(p, click.Option)]
        used |= {name, *(help_key(name, option.opts[0]).removeprefix("cli.") for option in options)}
    assert set(subject("cli", language)) == used


def test_new_makes_a_workbook_once(tmp_path):
    assert "销售漏斗.xlsx" in run("new", tmp_path)
    assert "没有覆盖" in run("new", tmp_path, code=REFUSED)
    assert "Funnel.xlsx" in run("new", tmp_path, "--lang", "en")
    run("new", tmp_path / "nowhere" / "a.xlsx", code=REFUSED)
    run("new", tmp_path / "a.txt", code=REFUSED)


def test_adopt_shows_what_it_matched_and_a_dry_run_writes_nothing(tmp_path):
    path = plain(tmp_path / "a.xlsx", *GOOD)
    before = path.read_bytes()
    shown = run("adopt", path, "--dry-run", *DAY)
    assert "客户（工作表“客户名单”，认出" in shown
    assert "试运行" in shown
    assert len(shown.splitlines()) <= 10
    assert "客户编号" in run("adopt", path, "--dry-run", "--all", *DAY)
    assert path.read_bytes() == before
    report = json.loads(run("adopt", path, "--json", *DAY))
    assert {"table": "Customers", "column": "id", "sheet": "客户名单", "header": "客户编号"} in report["matched"]
    assert report["written"]
    assert "文件未改动" in run("adopt", path, *DAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_adopt_says_in_ten_lines_what_it_guessed_and_what_is_missing(tmp_path, language):
    path = plain(
        tmp_path / "a.xlsx", ("商机编号", "公司", "销售", "阶段"), ("K1", "甲", "李", "C"), ("K2", "乙", "张", "F")
    )
    by_hand = ("--map", "customers.id=商机编号", "--lang", language)
    shown = run("adopt", path, "--dry-run", *by_hand, *DAY, code=WITH_PROBLEMS)
    lines = shown.splitlines()
    assert len(lines) <= 10
    guessed = {"zh": "销售 → 客户.业务员", "en": "销售 → Customers.Owner"}[language]
    assert sum(guessed in line for line in lines) == 1
    assert any({"zh": "电话", "en": "Phone"}[language] in line for line in lines)  # it is missing
    assert "check a.xlsx" in shown
    every = run("adopt", path, "--dry-run", "--all", *by_hand, *DAY, code=WITH_PROBLEMS)
    report = json.loads(run("adopt", path, "--dry-run", "--json", *by_hand, *DAY, code=WITH_PROBLEMS))
    flat = "".join(every.split())
    assert all("".join(name.split()) in flat for name in report["added"])
    assert not all("".join(name.split()) in "".join(shown.split()) for name in report["added"])


def test_adopt_of_a_workbook_that_has_all_tables_says_that_none_was_added(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes((MADE / "template.zh.xlsx").read_bytes())
    assert "已添加：今日、怎么补、目标分解、公海、预测回看、试算 (2)、试算过程、预测历史、另有 4 项" in run(
        "adopt", path, *DAY
    )  # since 0.1.0
    assert "无需添加，文件未改动" in run("adopt", path, *DAY)
    assert "已添加：无（各表都在）" in run("adopt", path, "--map", "客户.电话=电话", *DAY)  # what was matched was noted


def test_adopt_takes_a_match_by_hand_and_remembers_it(tmp_path):
    path = plain(
        tmp_path / "a.xlsx", ("opp", "客户名称", "业务员", "级别"), ("K1", "甲", "李", "C"), ("K2", "乙", "张", "B")
    )
    assert "客户没有编号：将在" in run("adopt", path, "--dry-run", *DAY)
    run("adopt", path, "--map", "customers.id=没有这列", *DAY, code=REFUSED)
    run("adopt", path, "--map", "customers.id", *DAY, code=REFUSED)
    run("adopt", path, "--map", "Customers.ID=opp", *DAY)
    run("refresh", path, *DAY)
    assert [row["id"] for row in json.loads(run("show", path, "Customers", "--json", *DAY))] == ["K1", "K2"]


def test_refresh_of_one_file(team):
    assert "已刷新" in run("refresh", team, *DAY)
    assert "无变化" in run("refresh", team, *DAY)
    assert "unchanged" in run("refresh", team, "--lang", "zh", "--json", *DAY)


def test_refresh_needs_an_adopted_workbook(tmp_path):
    assert "funnelbook adopt" in run("refresh", plain(tmp_path / "a.xlsx"), *DAY, code=REFUSED)
    run("refresh", tmp_path / "nowhere.xlsx", *DAY, code=REFUSED)


@pytest.mark.parametrize("workers", first(1, [2, 1]))
def test_a_failing_file_never_stops_the_others(tmp_path, workers):
    for name in ("a", "b", "c"):
        run("adopt", plain(tmp_path / f"{name}.xlsx", *GOOD), *DAY)
    (tmp_path / "b.xlsx").write_bytes(b"")
    (tmp_path / "~$c.xlsx").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("x")
    output = run("refresh", tmp_path, "--workers", workers, "--json", *DAY, code=SOME_FAILED)
    reports = {report["file"].rpartition("/")[2]: report for report in json.loads(output)}
    assert {name: report["status"] for name, report in reports.items()} == {
        "a.xlsx": "done",
        "b.xlsx": "refused",
        "c.xlsx": "refused",
    }
    assert "0 字节" in reports["b.xlsx"]["message"] or "空" in reports["b.xlsx"]["message"]


def test_an_error_nobody_foresaw_is_one_line_too(team, monkeypatch):
    before = team.read_bytes()

    def fail(*_arguments, **_named):
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(refresh_files, "refresh", fail)
    assert "ZeroDivisionError" in run("refresh", team, *DAY, code=REFUSED)
    assert team.read_bytes() == before


def test_an_empty_folder_is_refused(tmp_path):
    run("refresh", tmp_path, *DAY, code=REFUSED)


def test_check_lists_problems_and_writes_nothing(tmp_path):
    path = plain(tmp_path / "a.xlsx", *BAD)
    before = path.read_bytes()
    problems = json.loads(run("check", path, "--json", *DAY, code=WITH_PROBLEMS))
    found = {(p["table"], p["row"], p["column"], p["value"]) for p in problems}
    assert found == {
        ("Customers", 4, "id", "K2"),
        ("Customers", 4, "tier", "F"),
        ("Customers", 4, "created", "2026-02-30"),
    }
    assert "重复" in run("check", path, *DAY, code=WITH_PROBLEMS)
    assert path.read_bytes() == before
    assert "没有问题" in run("check", plain(tmp_path / "b.xlsx", *GOOD), *DAY)


def test_data_problems_show_in_the_exit_code(tmp_path):
    path = plain(tmp_path / "a.xlsx", *BAD)
    run("adopt", path, *DAY, code=WITH_PROBLEMS)
    assert "数据问题" in run("refresh", path, *DAY, code=WITH_PROBLEMS)


def test_show_gives_schema_names_iso_dates_and_nulls(team):
    run("refresh", team, *DAY)
    rows = json.loads(run("show", team, "funnel", "--json", *DAY))
    assert list(rows[0]) == list(TABLES["Funnel"].names)
    assert rows[0]["person"] is None
    assert [row["tier"] for row in rows[:7]] == ["E", "D", "C", "B", "A", "Won", "Lost"]
    mine = json.loads(run("show", team, "Funnel", "--person", "小李", "--json", *DAY))
    assert {row["person"] for row in mine} == {"小李"}
    customers = json.loads(run("show", team, "Customers", "--json", *DAY))
    assert customers[0]["created"] == "2026-05-01"
    assert customers[0]["next_contact"] is None
    run("show", team, "Nonsense", *DAY, code=REFUSED)
    run("show", team, "Problems", "--person", "小李", *DAY, code=REFUSED)


def test_a_table_is_called_by_any_of_its_names(team):
    run("refresh", team, *DAY)
    board = json.loads(run("show", team, "Board", "--json", *DAY))
    for name in ("龙虎榜", "board", "ＢＯＡＲＤ"):
        assert json.loads(run("show", team, name, "--json", *DAY)) == board
    assert run("show", team, "客户名单", *DAY) == run("show", team, "Customers", *DAY)  # the user's own sheet
    for name, schema in (
        ("漏斗", "Funnel"),
        ("Week plan", "WeekPlan"),
        ("设置", "Settings"),
        ("Today's calls", "CallList"),
    ):
        assert run("show", team, name, "--json", *DAY) == run("show", team, schema, "--json", *DAY)
    assert "龙虎榜" in run("show", team, "没有这张表", *DAY, code=REFUSED)
    assert "Board" in run("show", team, "没有这张表", "--lang", "en", *DAY, code=REFUSED)


@pytest.mark.parametrize("text", ["customers.id", "客户.客户编号", "CUSTOMERS.Customer ID", "客户. 编号"])
def test_a_match_by_hand_names_table_and_column_in_either_language(text):
    assert parse_map(f"{text}=opp") == (("Customers", "id"), "opp")


def test_every_table_is_called_by_its_name_and_titles():
    for table in TABLES.values():
        assert {
            table_called(name, TABLES.values()) for name in (table.name, *(title(table, lang) for lang in LANGUAGES))
        } == {table}


def test_bad_arguments_are_refused(team):
    for arguments in (("refresh",), ("refresh", team, "--as-of", "soon"), ("show", team), ("fly", team)):
        run(*arguments, code=REFUSED)


def test_a_table_as_json_keeps_texts_as_texts():
    frame = pd.DataFrame({name: [None] for name in TABLES["Board"].names})
    frame["person"], frame["rank"], frame["amount"] = "小李", 1.0, 12.5
    row = json.loads(to_json(TABLES["Board"], frame))[0]
    assert (row["person"], row["rank"], row["amount"], row["target"]) == ("小李", 1, 12.5, None)


@pytest.mark.slow
def test_demo_tells_what_it_found(tmp_path):
    book = tmp_path / "demo" / "Funnel.xlsx"
    output = run("demo", book.parent, "--lang", "en")
    assert "Open it:" in output
    assert "Shape" in output
    said = json.loads(run("show", book, "ForecastHistory", "--json"))
    assert {row["as_of"] for row in said} > {date.today().isoformat()}, "as of today, with a past"


def test_what_names_hold_steers_no_terminal(tmp_path):
    evil = "[red]\x1b]0;owned\x07王\u202e芳\x9b2J[/red]"
    path = plain(tmp_path / "a.xlsx", CUSTOMERS[0], ("K1", evil, evil, "C", "2026-05-01", "021-55667788"))
    run("adopt", path, *DAY)
    (row,) = json.loads(run("show", path, "Customers", "--json", *DAY))
    assert row["name"] == evil, "other programs get the value as it is"
    for said in (
        run("show", path, "Customers", *DAY),
        run("show", path, "Customers", "--json", *DAY),
        run("find", path, "K1", *DAY),
        run("show", path, "Customers\x1b[31m\u202e", *DAY, code=REFUSED),
    ):
        assert not set(said) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "[red]王芳[/red]" in run("show", path, "Customers", *DAY)
