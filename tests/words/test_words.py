"""Every language holds the same texts with the same fields, and numbers choose the words beside them."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from string import Formatter

import numpy as np
import pytest

from funnelbook import template, words
from funnelbook.book.schema import TABLES
from funnelbook.book.settings import KEYS
from funnelbook.words import DEFAULT, LANGUAGES, MESSAGES, MissingWords, say
from funnelbook.words.counted import of_many

SUBJECTS = sorted(
    {
        m.name
        for language in LANGUAGES
        for m in pkgutil.iter_modules(import_module(f"funnelbook.words.{language}").__path__)
    }
)
IN_TEMPLATE = sorted(Path(template.__file__).parent.glob("*.py"))
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
OTHERS = [language for language in LANGUAGES if language != DEFAULT]


def holding_texts(name: str) -> bool:
    return name == MESSAGES or hasattr(import_module(f"funnelbook.words.{DEFAULT}.{name}"), "WORDS")


def fields(text: str) -> set[str]:
    """The fields of a text; a text shown as it stands, such as one that explains {name}, has those too."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", [name for name in SUBJECTS if holding_texts(name)])
def test_languages_hold_the_same_texts_with_the_same_fields(name: str, language: str) -> None:
    ours, theirs = words.subject(name, DEFAULT), words.subject(name, language)
    assert set(theirs) == set(ours)
    for key, text in ours.items():
        other = theirs[key]
        assert type(other) is type(text), key
        if isinstance(text, str) and isinstance(other, str):
            assert fields(other) == fields(text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_say_what_is_wrong_with_the_same_fields_and_what_to_do(language: str) -> None:
    for code, (problem, remedy) in words.subject("problems", language).items():
        assert fields(problem) == fields(words.texts(f"problems.{code}", DEFAULT)[0]), code
        assert remedy, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_stands_in_one_module_only(language: str) -> None:
    package = import_module(f"funnelbook.words.{language}.{MESSAGES}")
    parts = [import_module(f"{package.__name__}.{m.name}").WORDS for m in pkgutil.iter_modules(package.__path__)]
    assert [key for key, n in Counter(key for part in parts for key in part).items() if n > 1] == []


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 workbooks handed out, in D."), (1, "1 workbook handed out, in D."), (3, "3 workbooks handed out, in D.")],
)
def test_english_counts_one_and_many(count: int, said: str) -> None:
    assert say("done_handout", "en", count=count, folder="D") == said
    assert say("done_handout", "en", count=np.int64(count), folder="D") == said


def test_a_form_may_place_its_number_itself() -> None:
    told = [say("no_such_version", "en", file="a.xlsx", number=9, count=count) for count in (1, 3)]
    assert told == [
        "a.xlsx: there is no version 9, there is 1; --list shows them.",
        "a.xlsx: there is no version 9, there are 3; --list shows them.",
    ]


def test_no_english_sentence_puts_a_bare_number_before_a_plural() -> None:
    """`{rows} rows` would say "1 rows": a count in front of a noun in -s has to offer both forms."""
    verbs = "is|has|was|gets|lacks|looks|holds|stands|fits|owns|crosses|changes|lifts|its|this"
    loose = re.compile(rf"\{{\w+\}} (?:\w+ )?(?!(?:{verbs})\b)\w+s\b")
    sorts = [t for text in words.subject(MESSAGES, "en").values() for t in loose.findall(str(text))]
    problems = [t for texts in words.subject("problems", "en").values() for t in loose.findall(texts[0])]
    assert sorts + problems == []


def test_a_text_that_is_nowhere_is_named() -> None:
    with pytest.raises(MissingWords, match="no text charts_of in en: write it into a file of words/en/messages"):
        say("charts_of", "en")
    with pytest.raises(MissingWords, match=r"no text charts\.of in zh: write it into words/zh/pages\.py"):
        say("pages.charts.of", "zh")


def test_a_sentence_is_in_its_own_language() -> None:
    chinese = re.compile("[\u4e00-\u9fff]")
    texts = {language: [*words.subject(MESSAGES, language).items()] for language in LANGUAGES}
    assert [key for key, text in texts["en"] if chinese.search(str(text))] == []
    assert [
        key for key, text in texts["zh"] if re.search("[a-z]{3} [a-z]{3}", str(text)) and not chinese.search(str(text))
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_languages_tell_the_same_particulars(language: str) -> None:
    told = [
        {name: type(value) for name, value in vars(words.particulars(each)).items() if not name.startswith("_")}
        for each in (DEFAULT, language)
    ]
    assert told[0] == told[1]


def test_no_two_languages_are_called_the_same() -> None:
    called = Counter(name for language in LANGUAGES for name in words.particulars(language).called)
    assert [name for name, n in called.items() if n > 1] == []
    assert all(language in words.particulars(language).called for language in LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ["pages", "what_if", "start"])
def test_texts_of_several_parts_have_as_many_in_each_language(name: str, language: str) -> None:
    parts = [
        {key: len(text) for key, text in words.subject(name, each).items() if isinstance(text, tuple)}
        for each in (DEFAULT, language)
    ]
    assert parts[0]
    assert parts[0] == parts[1]


def test_every_sheet_has_a_title_and_every_chart() -> None:
    shown = [key for key in TABLES.sheets if key != "guide"]
    assert set(words.subject("pages", DEFAULT)) == set(shown)
    assert set(words.subject("charts", DEFAULT)) == {chart.title for table in TABLES.values() for chart in table.charts}


def test_every_setting_has_a_meaning() -> None:
    assert set(words.subject("settings", DEFAULT)) == set(KEYS)


@pytest.mark.parametrize("module", IN_TEMPLATE, ids=lambda path: path.stem)
def test_the_template_itself_says_nothing_in_a_language(module: Path) -> None:
    """No text in Chinese stands in its code, nor a language's name; the reference page has both languages side by side."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    notes = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, _DOCUMENTED)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert [text for text in texts - notes if text in LANGUAGES or re.search("[\u4e00-\u9fff]", text)] == []


def test_a_text_not_filled_in_is_shown_as_of_many() -> None:
    assert of_many("From here {count:row is|rows are} left; {days:# day|# days}, {file}") == (
        "From here {count} rows are left; {days} days, {file}"
    )
