"""`funnelbook undo`: what was there before a write comes back, and undone again what was there then."""

from __future__ import annotations

import json
from datetime import date

import pytest
import xlwings as xw
from click.testing import CliRunner

from funnelbook import ribbon, template
from funnelbook.book.ports import BookError
from funnelbook.cli import main
from funnelbook.commands.log_call import log_call
from funnelbook.commands.undo import earlier, undo
from funnelbook.files import versions
from support.fake_excel import App

DAY = date(2026, 5, 20)
ROWS = {
    "Customers": [
        {"id": "K1", "name": "华源", "owner": "李", "tier": "B"},
        {"id": "K2", "name": "东山", "owner": "李"},
    ],
    "People": [{"person": "李", "active": True}],
    "Activities": [],
}


@pytest.fixture(scope="module")
def made() -> bytes:
    return template.build("zh", rows=ROWS)


@pytest.fixture
def book(made, tmp_path):
    path = tmp_path / "team.xlsx"
    path.write_bytes(made)
    return path


def run(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["undo", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done.output


def log(path, *notes: str) -> list[bytes]:
    """The contents of the file before each call logged, and at the end."""
    contents = [path.read_bytes()]
    for note in notes:
        log_call(path, "K1", {"note": note}, as_of=DAY, language="zh")
        contents.append(path.read_bytes())
    return contents


def test_the_file_is_as_it_was_byte_for_byte_and_undone_again_as_it_was_then(book):
    first, second, third = log(book, "一", "二")
    told = run(book)
    assert book.read_bytes() == second
    assert "跟进记录减少 1 行" in told
    told = run(book, "--lang", "en")
    assert book.read_bytes() == third
    assert "Activities: rows added 1" in told
    run(book, "--to", 2)
    assert book.read_bytes() == first


def test_the_list_says_what_each_version_would_change(book):
    log(book, "一", "二")
    found = json.loads(run(book, "--list", "--json"))
    assert [one["number"] for one in found] == [1, 2]
    removed = [{c["table"]: c["removed"] for c in one["changes"]} for one in found]
    assert [one["Activities"] for one in removed] == [1, 2]
    assert "跟进记录减少 2 行" in run(book, "--list").replace("\n", "")
    assert "rows removed 2" in run(book, "--list", "--lang", "en").replace("\n", "")


def test_nothing_to_undo_and_no_such_version(book):
    assert "没有更早的版本" in run(book, "--list")
    assert "没有更早的版本" in run(book, code=2)
    log(book, "一")
    assert "共有 1 个" in run(book, "--to", 2, code=2)
    assert "there is no such file" in run(book.with_name("nowhere.xlsx"), "--lang", "en", code=2)


def test_a_file_that_is_gone_comes_back(book):
    before, _ = log(book, "一")
    book.unlink()
    undo(book)
    assert book.read_bytes() == before


def test_a_file_that_no_longer_opens_comes_back_too(book):
    _, now = log(book, "一")
    book.write_bytes(now[: len(now) // 2])
    assert [one.changes for one in earlier(book)] == [None]
    assert "无法逐表比较" in run(book)
    undo(book)
    assert book.read_bytes() == now[: len(now) // 2], "what was broken is a version too"


def test_a_damaged_version_is_not_put_back(book):
    _, now = log(book, "一")
    versions.versions(book)[0].path.write_bytes(b"damaged")
    assert "已损坏" in run(book, code=2)
    assert book.read_bytes() == now


def test_a_file_that_is_open_stays(book):
    _, now = log(book, "一")
    book.with_name(".~lock.team.xlsx#").write_bytes(b"")
    with pytest.raises(BookError) as caught:
        undo(book)
    assert caught.value.code == "open_elsewhere"
    assert book.read_bytes() == now


def test_the_button_opens_the_version_beside_and_leaves_workbook_and_file(book, monkeypatch):
    before, now = log(book, "一")
    app = App()
    workbook = app.new(now)
    workbook.impl.fullname = str(book)
    monkeypatch.setattr(xw.Book, "_mock_caller", workbook, raising=False)
    opened = []
    monkeypatch.setattr(xw.main.Books, "open", lambda _self, path, **how: opened.append((path, how)))
    ribbon.press("undo")
    (path, how), alert = opened[0], app.alerts[0]
    assert (path.read_bytes(), how) == (before, {"read_only": True})
    assert path.name.startswith("team 20")
    assert path.parent != book.parent
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert "跟进记录减少 1 行" in alert
    assert book.read_bytes() == now


def test_a_workbook_never_saved_has_no_version(monkeypatch):
    app = App()
    monkeypatch.setattr(xw.Book, "_mock_caller", app.new(template.build("zh", rows=ROWS)), raising=False)
    ribbon.press("undo")
    assert "还没有保存" in app.alerts[0]
