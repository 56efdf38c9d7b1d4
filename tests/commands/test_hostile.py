"""What a colleague with ill will does to a workbook handed out: nothing of it is taken without a word."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from funnelbook.book.handout_copy import BASE_SHEET, read_base
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.book.seal import Seal
from funnelbook.commands import handout_keys, profile
from funnelbook.commands.collect import CollectReport, collect
from funnelbook.commands.handout import handout
from funnelbook.commands.open import open_book
from funnelbook.commands.pictures import convert
from funnelbook.commands.show import show
from support.exchanged import CUSTOMERS, DAY, add, change, rows, team
from support.external import need
from support.packages import members

CALLED_NO_MORE = [row | {"do_not_call": row["id"] == "K1"} for row in CUSTOMERS]


@pytest.fixture(autouse=True)
def keys(tmp_path, monkeypatch) -> Path:
    """The file of the keys of a user who has handed out nothing yet."""
    (tmp_path / "home").mkdir()
    monkeypatch.setattr("funnelbook.commands.profile.folder", lambda: tmp_path / "home" / ".funnelbook")
    return tmp_path / "home" / ".funnelbook" / "handout.key"


@pytest.fixture
def handed(tmp_path, keys) -> tuple[Path, Path]:
    path = team(tmp_path / "team.xlsx", Customers=CALLED_NO_MORE)
    handout(path, tmp_path / "out", as_of=DAY)
    return path, tmp_path / "out" / "小李.xlsx"


def forge(path: Path, *cells: tuple[str, str, str | None]) -> None:
    """Sets texts of the hidden copy by key and column; None takes the row out."""
    book = openpyxl.load_workbook(path)
    sheet = book[BASE_SHEET]
    for row in list(sheet.iter_rows(min_row=2)):
        for key, column, text in cells:
            if ((row[1].value or ""), row[2].value) == (key, column):
                row[3].value = f"'{text}'"
                if text is None:
                    for cell in row:
                        cell.value = None
    book.save(path)


def collected(path: Path) -> tuple[CollectReport, list[str]]:
    """The report of a collection, and what each line of Problems is about: key column, or the file."""
    report = collect(path, path.parent / "out", as_of=DAY)
    return report, report.problems["problem"].tolist()


def owner_and_do_not_call(path: Path) -> list[object]:
    return rows(path, "Customers").set_index("id").loc["K1", ["owner", "do_not_call"]].tolist()


def test_a_forged_copy_is_refused_whole(handed):
    path, mine = handed
    change(path, "Customers", "K1", note="经理后来写的")
    change(mine, "Customers", "K1", owner="小张", do_not_call=False, note="抹掉")
    forge(mine, ("K1", "note", "经理后来写的"))  # so that nothing looks like a conflict
    before = path.read_bytes()
    report, _ = collected(path)
    assert [(Path(f.file).name, f.status) for f in report.files] == [("小张.xlsx", "done"), ("小李.xlsx", "refused")]
    assert "签名不符" in report.files[1].message
    assert path.read_bytes() == before


def test_owners_and_do_not_call_are_for_the_manager_to_decide(handed):
    path, mine = handed
    call = rows(mine, "Activities")["activity_id"][0]
    change(mine, "Customers", "K1", owner="小张", do_not_call=False, contact="王先生")
    change(mine, "Customers", "K2", owner=None, do_not_call=True)
    change(mine, "Activities", call, owner="小李")
    report, told = collected(path)
    assert owner_and_do_not_call(path) == ["小李", True]
    customers = rows(path, "Customers").set_index("id")
    assert customers.loc["K1", "contact"] == "王先生", "the rest is taken"
    assert customers.loc["K2", ["owner", "do_not_call"]].tolist() == ["小李", True], (
        "not to be called any more is taken"
    )
    assert rows(path, "Activities")["owner"].isna().sum() == 2
    assert sorted(told) == sorted(
        [
            "小李.xlsx：要把编号 K1 的业务员从“小李”改为“小张”，没有改",
            "小李.xlsx：要取消编号 K1 的勿扰，没有取消",
            "小李.xlsx：要把编号 K2 的业务员从“小李”改为“-”，没有改",
            f"小李.xlsx：要把编号 {call} 的业务员从“-”改为“小李”，没有改",
        ]
    )
    assert show(path, TABLES["Problems"], as_of=DAY)["problem"].tolist() == report.problems["problem"].tolist()
    change(path, "Customers", "K1", owner="小张", do_not_call=False)  # the manager agrees
    assert not any("K1" in line for line in collected(path)[1])


def test_a_colleagues_customer_is_not_claimed_by_typing_it_in(handed):
    path, mine = handed
    change(path, "Customers", "K3", owner=None)
    add(mine, "Customers", id="K3", name="丙公司", owner="小李")
    _, told = collected(path)
    assert rows(path, "Customers").set_index("id").loc["K3", "owner"] is None
    assert told == ["小李.xlsx：要把编号 K3 的业务员从“-”改为“小李”，没有改"]


def test_a_copy_without_signature_says_so_and_gains_nothing(handed):
    path, mine = handed
    change(mine, "Customers", "K1", owner="小张", do_not_call=False, contact="王先生")
    forge(mine, ("", "signature", None), ("K1", "owner", "小张"), ("K1", "do_not_call", "0"))
    report, told = collected(path)
    assert "没有签名" in told[0]
    assert report.problems["value"][0] == "小李"
    assert owner_and_do_not_call(path) == ["小李", True]
    assert rows(path, "Customers").set_index("id").loc["K1", "contact"] == "王先生"


@pytest.mark.parametrize("forged", [False, True])
def test_a_copy_that_says_what_it_likes_of_owners_still_changes_none(handed, forged):
    path, mine = handed
    change(mine, "Customers", "K1", owner="小张", do_not_call=False)
    forge(mine, ("", "signature", None), *[("K1", "owner", "老王"), ("K1", "do_not_call", "")][: 2 * forged])
    _, told = collected(path)
    assert owner_and_do_not_call(path) == ["小李", True]
    assert sum("K1" in line for line in told) == 2


def test_another_key_is_told_and_an_older_one_still_holds(handed, keys):
    path, _ = handed
    older = keys.read_text()
    keys.write_text("f" * 64 + "\n" + older)
    assert collected(path)[1] == []
    keys.unlink()
    _, told = collected(path)
    assert len(told) == 2
    assert all("密钥" in line for line in told)
    handout(path, path.parent / "again", as_of=DAY)
    assert keys.read_text() != older


def test_the_key_is_in_no_workbook_and_for_the_user_alone(handed, keys):
    path, mine = handed
    key = keys.read_text().strip()
    for file in (path, mine):
        told = b"".join(members(file).values())
        assert key.encode() not in told
        assert bytes.fromhex(key) not in told
    if os.name == "posix":
        assert keys.stat().st_mode & 0o777 == 0o600
        assert keys.parent.stat().st_mode & 0o777 == 0o700
    assert not profile.open_to_others(keys)


@pytest.mark.parametrize("content", ["", "nonsense", "f" * 63])
def test_a_damaged_key_is_refused_and_kept(tmp_path, keys, content):
    keys.parent.mkdir()
    keys.write_text(content)
    path = team(tmp_path / "team.xlsx")
    with pytest.raises(BookError) as caught:
        handout(path, tmp_path / "out", as_of=DAY)
    assert caught.value.code == "no_key"
    assert keys.read_text() == content
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: links need a right on Windows")
def test_a_link_in_place_of_a_handout_is_not_followed(handed, tmp_path):
    path, mine = handed
    elsewhere = tmp_path / "elsewhere.xlsx"
    shutil.move(mine, elsewhere)
    change(elsewhere, "Customers", "K1", note="别处")
    mine.symlink_to(elsewhere)
    os.mkfifo(mine.with_name("pipe.xlsx"))
    report, _ = collected(path)
    refused = {Path(f.file).name: f.message for f in report.files if f.status == "refused"}
    assert set(refused) == {"小李.xlsx", "pipe.xlsx"}
    assert "链接" in refused["小李.xlsx"]
    assert report.cells == 0


@pytest.mark.parametrize(("column", "text"), [("day", "昨天"), ("day", "2026-02-31"), ("person", "")])
def test_a_copy_that_makes_no_sense_is_no_handout(handed, column, text):
    path, mine = handed
    forge(mine, ("", "signature", None), ("", column, text))
    report, _ = collected(path)
    assert "底稿" in report.files[1].message
    assert report.files[1].status == "refused"


NASTY = [
    "=1+1", "+86 138", "-", "@all", "'quoted'", "  spaces  ", "a\nb", "a\r\nb", "a\tb", "_x0041_", "<&>\"", "\x07bell", "e\u0301",
    "\u202e倒", "长" * 32_767, "0012", "TRUE", "#N/A", "2026-05-01", "👩‍👧",
]  # fmt: skip


def nasty_team(path: Path) -> Path:
    customers = [{"id": f"={i}", "name": f"客户{i}", "owner": "小李", "note": text} for i, text in enumerate(NASTY)]
    return team(path, Customers=customers, Activities=[], Orders=[])


def test_a_signature_holds_over_whatever_stands_in_cells(tmp_path):
    path = nasty_team(tmp_path / "team.xlsx")
    handout(path, tmp_path / "out", as_of=DAY)
    assert read_base(open_book(tmp_path / "out" / "小李.xlsx"), handout_keys.known()).seal is Seal.HOLDS
    report, told = collected(path)
    assert ([f.status for f in report.files], report.cells, told) == (["done"] * 2, 0, [])


@pytest.mark.live
def test_a_signature_holds_when_libreoffice_has_saved_the_handout(tmp_path):
    need("libreoffice")
    path = nasty_team(tmp_path / "team.xlsx")
    handout(path, tmp_path / "out", as_of=DAY)
    mine = tmp_path / "out" / "小李.xlsx"
    convert([mine], "xlsx", tmp_path / "saved")
    shutil.copy(tmp_path / "saved" / mine.name, mine)
    assert read_base(open_book(mine), handout_keys.known()).seal is Seal.HOLDS
    assert [f.status for f in collected(path)[0].files] == ["done"] * 2
