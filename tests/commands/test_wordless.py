"""What has no words in a language is told by `funnelbook build` in one sentence, and raises where it is to be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from funnelbook import words
from funnelbook.book.labels import header, title
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES, MisdeclaredError
from funnelbook.cli import main, of_click
from funnelbook.cli.common import REFUSED
from funnelbook.commands import build, wordless
from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.menu import Command
from funnelbook.words import LANGUAGES, MissingWords


def without(monkeypatch, name: str, key: str, language: str) -> None:
    """Takes a text out of a language."""
    whole = words.subject
    monkeypatch.setattr(
        words,
        "subject",
        lambda of, lang: {k: t for k, t in whole(of, lang).items() if (of, k, lang) != (name, key, language)},
    )


def test_every_language_has_all_words():
    assert list(wordless.wordless()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "key", "place"),
    [
        ("titles", "Board", "words/{}/titles.py"),
        ("columns", "tier", "words/{}/columns.py"),
        ("formulas", "FB_NEED.target", "words/{}/formulas.py"),
        ("commands", "refresh.tip", "words/{}/commands.py"),
        ("cli", "adopt --map", "words/{}/cli.py"),
        ("problems", "negative", "a file of words/{}/problems"),
    ],
)
def test_a_text_that_a_language_lacks_is_told(monkeypatch, name, key, place, language):
    without(monkeypatch, name, key, language)
    (fault,) = wordless.wordless()
    assert fault.fields == {"key": key, "of": language, "file": place.format(language)}


def test_a_message_that_a_language_lacks_is_told(monkeypatch):
    """Nothing declares messages: what the usual language lacks may be one too many in the other."""
    without(monkeypatch, "messages", "no_sheet", "en")
    (fault,) = wordless.wordless()
    assert fault.fields == {"key": "no_sheet", "of": "en", "file": "a file of words/en/messages"}


def test_a_message_that_the_usual_language_lacks_is_told_where_it_stands(monkeypatch):
    without(monkeypatch, "messages", "no_sheet", "zh")
    (fault,) = wordless.wordless()
    assert fault.text("en") == (
        "words/en/messages/done.py has a text no_sheet, which nothing asks for and zh lacks; delete it, or write it in zh too."
    )


def respelt(monkeypatch, name: str, key: str, wrong: str, language: str) -> None:
    """Has a language hold a text under another key."""
    whole = words.subject

    def subject(of, lang):
        texts = whole(of, lang)
        return {wrong if k == key else k: t for k, t in texts.items()} if (of, lang) == (name, language) else texts

    monkeypatch.setattr(words, "subject", subject)
    monkeypatch.setattr(wordless, "subject", subject)


@pytest.mark.parametrize(
    ("name", "key", "wrong", "language", "place"),
    [
        ("messages", "no_sheet", "no_shet", "en", "a file of words/en/messages"),
        ("columns", "Targets.orders", "Targets.ordres", "en", "words/en/columns.py"),
        ("titles", "Board", "Baord", "zh", "words/zh/titles.py"),
    ],
)
def test_a_misspelt_key_is_told_where_it_stands(monkeypatch, name, key, wrong, language, place):
    respelt(monkeypatch, name, key, wrong, language)
    (fault,) = wordless.wordless()
    assert fault.code == "misspelt_text"
    assert fault.fields == {"key": wrong, "file": place, "meant": key}


def test_a_text_that_only_one_language_has_is_told_where_it_stands(monkeypatch):
    whole = words.subject
    monkeypatch.setattr(
        words,
        "subject",
        lambda of, lang: {**whole(of, lang), "luck": "L"} if (of, lang) == ("guide", "en") else whole(of, lang),
    )
    (fault,) = wordless.wordless()
    assert fault.code == "unknown_text"
    assert fault.text("en") == (
        "words/en/guide.py has a text luck, which nothing asks for and zh lacks; delete it, or write it in zh too."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_stands_in_a_file_that_is_told(language):
    assert words.file_of("no_words", language) == f"words/{language}/messages/entries.py"
    assert words.file_of("titles.Board", language) == f"words/{language}/titles.py"


def test_what_no_language_has_words_for_is_told_in_each(monkeypatch):
    board = TABLES["Board"]
    columns = (*board.columns, replace(board.columns[-1], name="luck"))
    monkeypatch.setattr(wordless, "TABLES", {"Fortune": replace(board, name="Fortune", columns=columns)})
    formula = FORMULAS["FB_NEED"]
    monkeypatch.setattr(wordless, "FORMULAS", {"FB_LUCK": replace(formula, name="FB_LUCK", arguments=())})
    monkeypatch.setattr(wordless, "COMMANDS", (Command("bless", line="undo:undo"),))
    told = [(fault.fields["key"], fault.fields["of"]) for fault in wordless.wordless()]
    lacking = ("Fortune", "Fortune.luck", "FB_LUCK", "bless", "bless --list", "bless --to")
    assert told == [(key, language) for language in LANGUAGES for key in lacking]


def test_build_says_it_in_one_sentence_and_writes_nothing(monkeypatch):
    without(monkeypatch, "titles", "Board", "en")
    monkeypatch.setattr(build, "safe_write", lambda *_: pytest.fail("something was written"))
    ran = CliRunner().invoke(main, ["build", "--lang", "en"])
    assert ran.exit_code == REFUSED
    assert ran.output == "There is no text Board in the language en; write it into words/en/titles.py.\n"


def test_what_is_to_be_shown_raises(monkeypatch):
    table = replace(TABLES["Board"], name="Fortune")
    for ask in (
        lambda: title(table, "zh"),
        lambda: header(table, "luck", "zh"),
        lambda: Command("bless").label("zh"),
        lambda: replace(FORMULAS["FB_NEED"], name="FB_LUCK").text("zh"),
        lambda: BookError("no_luck").text("zh"),
    ):
        with pytest.raises(MissingWords, match=r"in zh: write it into .*words/zh/"):
            ask()


def test_a_field_that_another_language_does_not_ask_for_is_told(monkeypatch):
    whole = words.subject
    monkeypatch.setattr(
        wordless,
        "subject",
        lambda of, lang: {
            key: "No file {fille}." if (of, key, lang) == ("messages", "missing_file", "en") else text
            for key, text in whole(of, lang).items()
        },
    )
    (fault,) = wordless.wordless()
    assert fault.code == "other_fields"
    assert fault.fields["key"] == "missing_file"
    assert (fault.fields["fields"], fault.fields["wanted"]) == ("{fille}", "{file}")
    assert "words/en/messages" in fault.text("en")


def test_a_language_that_says_nothing_of_itself_is_told(monkeypatch):
    def none(language):
        raise MissingWords("language.plural", language)

    monkeypatch.setattr(wordless, "particulars", none)
    told = {(fault.fields["key"], fault.fields["of"]) for fault in wordless.wordless()}
    assert {("plural", language) for language in LANGUAGES} <= told


def test_help_of_a_language_without_its_file_is_that_of_the_others(monkeypatch):
    whole = words.subject
    monkeypatch.setattr(
        of_click, "subject", lambda of, lang: {} if of in ("cli", "click") and lang == "zh" else whole(of, lang)
    )
    monkeypatch.setenv("FUNNELBOOK_LANG", "zh")
    assert (
        CliRunner().invoke(main, ["build", "--help"]).output
        == CliRunner().invoke(main, ["build", "--help"], env={"FUNNELBOOK_LANG": "en"}).output
    )


def test_a_place_given_twice_is_one_sentence(monkeypatch):
    def twice(**_given):
        raise MisdeclaredError("Fortune has the order 300, which is that of Rewards")

    monkeypatch.setattr(build, "build", twice)
    result = CliRunner().invoke(main, ["build", "--check"])
    assert result.exit_code == REFUSED
    assert result.output.strip() == "Fortune has the order 300, which is that of Rewards"
