"""What click says of itself is said in the language chosen."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from funnelbook.cli import main
from funnelbook.words import CHOSEN_BY, LANGUAGES, subject

NAMES = main.list_commands(click.Context(main))
MISTAKES = {
    "no such command": ["refrsh"],
    "no such option": ["refresh", "--works", "2", "a.xlsx"],
    "an option written wrong": ["refresh", "--worker", "2", "a.xlsx"],
    "no argument": ["refresh"],
    "no choice": ["targets", "a.xlsx"],
    "another choice": ["targets", "a.xlsx", "divide"],
    "too many arguments": ["find", "a.xlsx", "K1", "K2"],
    "no value": ["demo", "--seed"],
    "a value to a flag": ["check", "a.xlsx", "--json=3"],
    "no number": ["refresh", "a.xlsx", "--workers", "many"],
    "no amount": ["targets", "a.xlsx", "agree", "--orders", "many"],
    "too small a number": ["refresh", "a.xlsx", "--workers", "0"],
    "no day": ["check", "a.xlsx", "--as-of", "20.5.2026"],
    "no language": ["check", "a.xlsx", "--lang", "fr"],
}
# Click's modules whose sentences come up here; what they tell programmers needs no translation
MODULES = ("core", "exceptions", "formatting", "parser", "types")
TO_PROGRAMMERS = re.compile(
    r"deprecated|Deprecat|declar|Boolean option|defined twice|iterable|UUID|start character|Choice\(|\{len_type\}"
)
SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}|[A-Z][a-z]+:")


def said(arguments: list[str], language: str | None) -> str:
    return CliRunner(env={CHOSEN_BY: language}).invoke(main, arguments, prog_name="funnelbook").output


def sentences(text: str, typed: list[str]) -> list[str]:
    """English in a text: two words in a row or a heading, but for the command that is named."""
    return SENTENCE.findall(text.replace(f"funnelbook {typed[0]}", ""))


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_a_command_has_no_english_in_chinese(name: str) -> None:
    assert sentences(said([name, "--help"], "zh"), [name]) == []


def test_the_help_of_all_commands_has_no_english_in_chinese() -> None:
    text = said(["--help"], "zh")
    assert sentences(text, ["-"]) == []
    assert all(word in text for word in ("用法：", "选项:", "命令:", "显示版本。", "显示帮助。"))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_chinese(mistake: str) -> None:
    told = said(MISTAKES[mistake], "zh")
    assert "错误：" in told
    assert sentences(told, MISTAKES[mistake]) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_english_as_click_tells_it(mistake: str) -> None:
    told = said(MISTAKES[mistake], "en")
    assert "Error: " in told
    assert not re.search("[\u3400-\u9fff：。“]", told)


def test_where_nobody_has_chosen_each_language_has_its_own_sentence() -> None:
    told = said(MISTAKES["no day"], None).splitlines()
    assert told[-1] == (
        "Error: Invalid value for '--as-of': '20.5.2026' does not match the format '%Y-%m-%d'."
        " / 错误：'--as-of' 填写有误：“20.5.2026”不符合格式 '%Y-%m-%d'。"
    )
    assert said(["refresh"], None).splitlines()[-1] == "Error: 错误：Missing argument / 缺少参数 'FILES...'."


def test_what_was_typed_is_never_translated() -> None:
    assert "“integer”不是整数" in said(["refresh", "a.xlsx", "--workers", "integer"], "zh")


def asked_for(module: str) -> set[str]:
    """The sentences a module of click asks gettext for."""
    tree = ast.parse(Path(click.__file__).with_name(f"{module}.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    texts = [argument for call in calls if call.func.id in ("_", "ngettext") for argument in call.args]
    return {text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_click_in_use_has_words(language: str) -> None:
    asked = set().union(*map(asked_for, MODULES))
    assert len(asked) > 30
    assert sorted(text for text in asked - set(subject("click", language)) if not TO_PROGRAMMERS.search(text)) == []
