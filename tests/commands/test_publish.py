"""The board published: what is on the page and what never is, where it goes, and that nothing is sent unasked."""

from __future__ import annotations

import base64
import json
import os
import threading
from contextlib import contextmanager
from datetime import datetime
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, HTTPServer

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from PIL import Image

from funnelbook import template
from funnelbook.cli import main
from funnelbook.cli.common import DONE, REFUSED
from funnelbook.commands.board_page import board_lines
from support.external import need

DAY = ("--as-of", "2026-05-20")
EVIL = '<script>alert("1")</script>&'
ROWS = {
    "Customers": [
        {"id": "K1", "name": "大地公司", "phone": "13800138000", "owner": "王芳", "tier": "A", "note": "私密"},
        {"id": "K2", "name": EVIL, "phone": "021-55667799", "owner": EVIL, "tier": "C"},
    ],
    "Orders": [
        {"order_id": "D1", "date": "2026-05-20", "id": "K1", "owner": "王芳", "amount": 12000.0},
        {"order_id": "D2", "date": "2026-05-20", "id": "K2", "owner": EVIL, "amount": 800.0},
        {"order_id": "D3", "date": "2026-05-19", "id": "K1", "owner": "王芳", "amount": 77.0},
    ],
    "Targets": [{"period": "2026-05", "person": "team", "revision": 1, "orders": 4}],
}


class Page(HTMLParser):
    """The tags of a page, and the texts of its cells row by row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self.in_cell = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "href", "onclick", "onload")]
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag):
        self.in_cell = self.in_cell and tag not in ("td", "th", "tr", "table")

    def handle_data(self, data):
        if self.in_cell:
            self.rows[-1][-1] += data


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home of its own: the settings of whoever runs the tests are never read."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr("funnelbook.commands.profile.folder", lambda: folder / ".funnelbook")
    monkeypatch.delenv("FUNNELBOOK_LANG", raising=False)
    return folder


@pytest.fixture(scope="module")
def made() -> bytes:
    return template.build("zh", rows=ROWS)


@pytest.fixture
def book(made, tmp_path):
    path = tmp_path / "team.xlsx"
    path.write_bytes(made)
    return path


def run(*arguments: object, code: int = DONE) -> str:
    result = CliRunner().invoke(main, ["publish", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code == code, result.output
    return result.output


@contextmanager
def receiver():
    """A chat of our own on this machine: what it was sent."""
    heard: list[dict] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Chat)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield heard, f"json://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def configure(home, text: str) -> None:
    (home / ".funnelbook").mkdir()
    path = home / ".funnelbook" / "publish.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


def test_the_page_ranks_people_and_masks_customers(book, tmp_path):
    before = book.read_bytes()
    to = tmp_path / "board.html"
    assert "board.html" in run(book, "--to", to, *DAY)
    html = to.read_text(encoding="utf-8")
    page = Page(html)
    assert (
        page.rows
        == [
            ["名次", "业务员", "订单", "目标", "完成率", "超前/落后", "预测", "金额", "毛利"],
            ["1", "王芳", "2", "2", "100%", "37%", *page.rows[1][6:7], "12,077", "0"],  # 12 of 19 working days are gone
            ["2", EVIL, "1", "2", "50%", "-13%", *page.rows[2][6:7], "800", "0"],
            ["", "团队", "3", "4", "75%", "12%", *page.rows[3][6:7], "12,877", "0"],
            ["业务员", "客户名称", "金额"],
            ["王芳", "大***", "12,000"],
            [EVIL, "<***", "800"],
        ]
    )
    assert "截至 2026-05-20 下班，期间 2026-05。" in html
    assert not any(secret in html for secret in ("大地公司", "13800138000", "55667799", "私密"))
    assert book.read_bytes() == before


def test_a_link_prepared_beside_the_page_leads_nowhere(book, tmp_path):
    """A colleague who may write to the folder lays links under the names a page, or its temporary file, would get."""
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for name in ("board.html", ".~board.html"):
        (tmp_path / name).symlink_to(victim)
    run(book, "--to", tmp_path / "board.html", *DAY)
    assert victim.read_text() == "mine"
    assert (tmp_path / "board.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_page_stands_alone_and_runs_nothing(book, tmp_path):
    for language in ("zh", "en"):
        to = tmp_path / f"{language}.html"
        run(book, "--to", to, "--lang", language, "--unmasked", *DAY)
        html = to.read_text(encoding="utf-8")
        page = Page(html)
        assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
        assert page.links == []
        assert "url(" not in html
        assert "<script" not in html.casefold()
    assert '<html lang="en">' in html
    assert page.rows[0][:3] == ["Rank", "Person", "Orders"]
    assert page.rows[-2][1] == "大地公司"


def test_names_steer_neither_page_nor_chat(tmp_path):
    evil = "王\u202e芳\x1b[31m[点](http://evil.example) @all\n9. 李"
    path = tmp_path / "team.xlsx"
    customers = [{"id": "K1", "name": "\u202e大地", "owner": evil}]
    orders = [{"order_id": "D1", "date": "2026-05-20", "id": "K1", "owner": evil, "amount": 1.0}]
    path.write_bytes(template.build("zh", rows={"Customers": customers, "Orders": orders}))
    run(path, "--to", tmp_path / "board.html", *DAY)
    html = (tmp_path / "board.html").read_text(encoding="utf-8")
    assert not set(html) & {"\u202e", "\x1b"}
    assert "default-src 'none'" in html
    assert Page(html).rows[-1][1] == "大***"
    board = pd.DataFrame([{"rank": 1, "person": evil, "orders": 1, "completion": None, "ahead": None}])
    assert board_lines(board, "zh") == "1. 王芳［点］(http：／／evil．example) ＠all 9. 李：订单 1"


def test_a_column_a_user_added_is_not_published(book, tmp_path):
    run(book, "--to", tmp_path / "a.html", *DAY)
    changed = openpyxl.load_workbook(book)
    board = next(sheet for sheet in changed if "Board" in sheet.tables)
    table = board.tables["Board"]
    top, right = board[table.ref][0][-1].row, board[table.ref][0][-1].column
    board.cell(top, right + 1, "奖金")
    board.cell(top + 1, right + 1, "八千")
    changed.save(book)
    run(book, "--to", tmp_path / "b.html", *DAY)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.live
def test_pictures_and_pdf(book, tmp_path):
    need("libreoffice")
    run(book, "--to", tmp_path / "board.png", *DAY)
    run(book, "--to", tmp_path / "board.pdf", *DAY)
    assert Image.open(tmp_path / "board.png").width > 800
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")


def test_without_libreoffice_a_picture_is_refused(book, tmp_path, monkeypatch):
    monkeypatch.setattr("funnelbook.commands.publish.can_draw", lambda: False)
    assert "LibreOffice" in run(book, "--to", tmp_path / "board.png", *DAY, code=REFUSED)
    assert not (tmp_path / "board.png").exists()


def test_where_it_cannot_go_is_refused(book, tmp_path):
    assert "publish.toml" in run(book, *DAY, code=REFUSED)
    assert ".html, .png, .pdf" in run(book, "--to", tmp_path / "board.xlsx", *DAY, code=REFUSED)
    run(book, "--to", tmp_path / "nowhere" / "board.html", *DAY, code=REFUSED)
    (tmp_path / "folder.html").mkdir()
    run(book, "--to", tmp_path / "folder.html", *DAY, code=REFUSED)
    assert not list(tmp_path.glob(".~*"))
    run(tmp_path / "none.xlsx", "--to", tmp_path / "board.html", *DAY, code=REFUSED)


def test_the_chat_hears_it_only_when_asked(book, tmp_path, home):
    with receiver() as (heard, url):
        configure(home, f'urls = ["{url}"]')
        run(book, "--to", tmp_path / "board.html", *DAY)
        assert heard == []
        assert "发出 1 处" in run(book, "--to", tmp_path / "board.html", "--send", *DAY)
        run(book, "--send", "--lang", "en", *DAY)
    first, second = heard
    assert first["title"] == "龙虎榜 2026-05-20"
    assert "1. 王芳：订单 2，完成率 100%，超前/落后 37%" in first["message"]
    assert [a["filename"] for a in first["attachments"]] == ["board.html"]
    assert second["message"].splitlines()[-1] == "Team: Orders 3, Completion 75%, Ahead / behind 12%"
    assert second["attachments"] == []


def test_every_page_of_a_picture_is_sent(book, tmp_path, home, monkeypatch):
    pages = [b"first page", b"second page", b"third page"]
    monkeypatch.setattr("funnelbook.commands.publish._drawn", lambda *_: pages)
    with receiver() as (heard, url):
        configure(home, f'urls = ["{url}"]')
        run(book, "--to", tmp_path / "board.png", "--send", *DAY)
    (sent,) = heard
    told = {one["filename"]: base64.b64decode(one["base64"]) for one in sent["attachments"]}
    assert told == dict(zip(("board.png", "board-2.png", "board-3.png"), pages, strict=True))


def test_nothing_is_sent_that_is_not_set_up(book):
    assert "publish.toml" in run(book, "--send", *DAY, code=REFUSED)


@pytest.mark.parametrize("text", ["urls = 'json://127.0.0.1'", "urls = [1]", "url = []", "这不是 TOML", ""])
def test_settings_that_cannot_be_read_are_refused(book, home, text):
    configure(home, text)
    assert 'urls = ["' in run(book, "--send", *DAY, code=REFUSED)


def test_an_address_that_fails_is_named_without_its_secrets(book, tmp_path, home):
    with receiver() as (heard, url):
        configure(home, f'urls = ["nosuch://user:topsecret@host", "json://u:topsecret@127.0.0.1:9/", "{url}"]')
        said = run(book, "--to", tmp_path / "board.html", "--send", *DAY, code=REFUSED)
    assert "1 (?), 2 (json://…)" in said
    assert "已发出 1 个" in said
    assert "topsecret" not in said
    assert len(heard) == 1
    assert (tmp_path / "board.html").exists()


@pytest.mark.parametrize(
    "address",
    [
        "T0PSECRET",
        "T0PSECRET://x",
        "xoxb-T0PSECRET://a/b",
        "T0PSECRET@example.com",
        "https//T0PSECRET",
        "slak://T0PSECRET",
    ],
)
def test_of_a_mistyped_address_nothing_is_told(book, home, address):
    configure(home, f'urls = ["{address}"]')
    said = run(book, "--send", *DAY, code=REFUSED)
    assert "1 (?)" in said
    for text in (said, (home / ".funnelbook" / "sent.log").read_text()):
        assert "T0PSECRET" not in text
        assert "slak" not in text


def test_what_was_sent_is_logged_without_what_was_said(book, tmp_path, home):
    with receiver() as (_, url):
        configure(home, f'urls = ["{url}", "json://u:topsecret@127.0.0.1:9/"]')
        run(book, "--to", tmp_path / "board.html", "--send", *DAY, code=REFUSED)
        run(book, "--send", *DAY, code=REFUSED)
    log = home / ".funnelbook" / "sent.log"
    times, lines = zip(*(line.split(" ", 1) for line in log.read_text().splitlines()), strict=True)
    assert all(datetime.fromisoformat(time).tzinfo for time in times)
    assert list(lines) == [
        "'龙虎榜 2026-05-20' json://… sent, files: 1",
        "'龙虎榜 2026-05-20' json://… not sent, files: 1",
        "'龙虎榜 2026-05-20' json://… sent, files: 0",
        "'龙虎榜 2026-05-20' json://… not sent, files: 0",
    ]
    assert os.name != "posix" or log.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_stops_nothing(book, home):
    with receiver() as (heard, url):
        configure(home, f'urls = ["{url}"]')
        (home / ".funnelbook" / "sent.log").mkdir()
        run(book, "--send", *DAY)
    assert len(heard) == 1


@pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: modes do not tell on Windows")
def test_addresses_that_others_may_read_are_warned_of(book, home):
    with receiver() as (_, url):
        configure(home, f'urls = ["{url}"]')
        assert "chmod 600" not in run(book, "--send", *DAY)
        (home / ".funnelbook" / "publish.toml").chmod(0o644)
        assert "chmod 600" in run(book, "--send", *DAY)
        assert "chmod 600" in run(book, "--send", "--lang", "en", *DAY)
