"""Sheets, tables, columns and codes have words in every language, and any of them is understood."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from funnelbook import words
from funnelbook.book import codes
from funnelbook.book.cell_readers import tier_words
from funnelbook.book.labels import (
    aliases,
    column_called,
    header,
    normalise,
    sheet_name,
    sheet_names,
    table_called,
    title,
)
from funnelbook.book.schema import TABLES, Kind
from funnelbook.words import DEFAULT, LANGUAGES, MissingWords

COLUMNS = [(table, column) for table in TABLES.values() for column in table.names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_declared_has_words_and_all_words_are_of_something_declared(language: str) -> None:
    assert set(words.subject("sheets", language)) == set(TABLES.sheets)
    assert set(words.subject("titles", language)) == set(TABLES)
    own = {f"{table.name}.{column}" for table, column in COLUMNS}
    named = set(words.subject("columns", language))
    assert {f"{table.name}.{column}" for table, column in COLUMNS if not header(table, column, language)} == set()
    assert named <= own | {column for _, column in COLUMNS}
    used = {column.codes for table in TABLES.values() for column in table.columns if column.kind is Kind.CODE}
    assert used <= set(codes.lists())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["columns", "codes"])
def test_no_word_is_blank_or_said_twice(name: str, language: str) -> None:
    entries = words.subject(name, language)
    assert [key for key, said in entries.items() if not all(text.strip() for text in said)] == []
    assert [key for key, said in entries.items() if Counter(said).most_common(1)[0][1] > 1] == []


def test_no_english_label_is_chinese() -> None:
    chinese = re.compile("[\u4e00-\u9fff]")
    for name in ("sheets", "titles", "columns", "codes"):
        assert [key for key, said in words.subject(name, "en").items() if chinese.search(str(said))] == []


def test_a_header_is_known_by_what_each_language_writes_before_what_each_of_them_reads() -> None:
    assert aliases(TABLES["Orders"], "paid") == ("回款", "paid", "已回款", "回款金额", "amountpaid")
    for table, column in COLUMNS:
        known = aliases(table, column)
        written = dict.fromkeys(normalise(header(table, column, language)) for language in LANGUAGES)
        assert known[: len(written)] == tuple(written), (table.name, column)
        assert normalise(column) in known


def test_a_tables_own_word_for_a_column_comes_before_the_common_one() -> None:
    assert [header(TABLES["Customers"], "name", language) for language in ("zh", "en")] == ["客户名称", "Customer"]
    assert [header(TABLES["Tiers"], "name", language) for language in ("zh", "en")] == ["名称", "Name"]
    assert "客户" not in aliases(TABLES["Tiers"], "name")


def test_names_of_sheets_and_tables() -> None:
    assert sheet_names("calls") == ("今日电话", "Today's calls")
    assert [title(TABLES["Pairs"], language) for language in ("zh", "en")] == ["谁帮谁", "Who helps whom"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_told_apart_by_name(language: str) -> None:
    assert len({sheet_name(key, language).casefold() for key in TABLES.sheets}) == len(TABLES.sheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_read_back_from_what_is_written(language: str) -> None:
    for name, listed in codes.lists().items():
        known = codes.code_of(name)
        assert {code: known[normalise(codes.word(name, code, language))] for code in listed} == {c: c for c in listed}


def test_a_word_of_any_language_stands_for_one_code_only() -> None:
    for name, listed in codes.lists().items():
        said = Counter(text for code in listed for text in {*map(normalise, words.spellings(f"codes.{name}.{code}"))})
        assert [text for text, n in said.items() if n > 1] == [], name


def test_yes_and_no() -> None:
    assert [codes.flag(yes, language) for language in ("zh", "en") for yes in (True, False)] == [
        "是",
        "否",
        "Yes",
        "No",
    ]
    assert {"是", "yes", "y", "√", "1", "true"} <= codes.YES
    assert all(normalise(codes.flag(True, language)) in codes.YES for language in LANGUAGES)
    assert all(normalise(codes.flag(False, language)) in codes.NO for language in LANGUAGES)
    assert codes.YES.isdisjoint(codes.NO)
    assert codes.DO_NOT_CALL.isdisjoint(codes.MAY_CALL)
    assert {normalise(mark) for mark in ("x", "勿扰", "DNC")} <= codes.DO_NOT_CALL


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_without_a_word_is_told_by_name(language: str) -> None:
    with pytest.raises(
        MissingWords, match=rf"no text why\.no_such in {language}: write it into words/{language}/codes\.py"
    ):
        codes.word("why", "no_such", language)


def test_what_users_call_theirs_stays_itself() -> None:
    assert codes.special("B", DEFAULT) == "B"
    assert codes.word_or_own("festival", "店庆", DEFAULT) == "店庆"
    assert codes.word_or_own("festival", "spring_festival", DEFAULT) == "春节"


@pytest.mark.parametrize("said", ["B", "b", "B级", "B类客户", "Tier B", "ｔｉｅｒ　b"])
def test_a_tier_is_known_by_what_any_language_calls_it(said: str) -> None:
    assert tier_words(["C", "B"])[normalise(said)] == "B"


@pytest.mark.parametrize(
    ("table", "column", "was"),
    [
        ("Funnel", "estimate", "估计值"),
        ("Shapes", "first_calls", "首次电话量"),
        ("Shapes", "amount_p50", "金额（居中）"),
        ("Shapes", "dry_tier", "将断档级别"),
        ("Diagnosis", "benchmark", "参照"),
        ("Causes", "target", "参照"),
    ],
)
def test_what_0_1_called_a_column_is_still_read(table, column, was):
    assert header(TABLES[table], column, "zh") != was
    assert column_called(was, TABLES[table]) == column
    assert normalise(was) in aliases(TABLES[table], column)


def test_what_0_1_called_a_sheet_is_still_read():
    assert {table_called(said, TABLES.values()) for said in ("归因", "差在哪", "Causes")} == {TABLES["Causes"]}
