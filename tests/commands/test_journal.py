"""A folder's journal: what is done is not done again, what is not known for certain is."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from funnelbook.book.ports import BookError
from funnelbook.commands import journal, refresh_files
from funnelbook.commands.adopt import adopt
from funnelbook.commands.batch import Batch, refresh_all
from funnelbook.commands.journal import NAME, Journal, Run, kept, sentences
from funnelbook.commands.refresh_files import FileReport
from funnelbook.files.state import left_as
from support.packages import plain

DAY = date(2026, 5, 20)
TODAY = Run(DAY)


def report(path: Path, status: str = "done", problems: int = 0, message: str = "") -> FileReport:
    """What a refresh that left the file as it stands would report."""
    state = left_as(path, path.read_bytes()) if status != "refused" else None
    return FileReport(str(path), status, problems, message, 1.0, state)


def noted(folder: Path, **statuses: str) -> dict[str, Path]:
    """Files, and a journal in which they have a status."""
    paths = {name: folder / f"{name}.xlsx" for name in statuses}
    with kept(folder, TODAY) as book:
        for name, path in paths.items():
            path.write_bytes(name.encode())
            book.note(path, report(path, statuses[name], 3, f"of {name}"))
    return paths


def remembered(folder: Path, run: Run = TODAY, *, again: bool = False) -> dict[str, str]:
    """The statuses of the files that a run need not do."""
    with kept(folder, run, again=again) as book:
        found = {path.stem: book.already(path) for path in sorted(folder.glob("*.xlsx"))}
    return {name: done.status for name, done in found.items() if done}


def test_what_was_done_is_known_and_what_was_refused_is_tried_again(tmp_path):
    paths = noted(tmp_path, a="done", b="unchanged", c="refused", d="left_out")
    assert remembered(tmp_path) == {"a": "already", "b": "already", "d": "left_out"}
    with kept(tmp_path, TODAY) as book:
        assert book.already(paths["a"]) == FileReport(str(paths["a"]), "already", 3)
        assert book.already(paths["d"]) == FileReport(str(paths["d"]), "left_out", message="of d")
    paths["a"].write_bytes(b"somebody's")
    shutil.copy(paths["b"], tmp_path / "new.xlsx")
    assert remembered(tmp_path) == {"b": "already", "d": "left_out"}
    assert remembered(tmp_path, again=True) == {}


@pytest.mark.parametrize(
    "run",
    [Run(date(2026, 5, 21)), Run(DAY, "en"), Run(DAY, allow_protected=True)],
    ids=["day", "language", "protected"],
)
def test_another_run_begins_anew(tmp_path, run):
    noted(tmp_path, a="done")
    assert remembered(tmp_path, run) == {}
    assert remembered(tmp_path) == {}, "results are the other run's now"


def test_another_version_begins_anew(tmp_path, monkeypatch):
    noted(tmp_path, a="done")
    monkeypatch.setattr(journal, "__version__", "9.9.9")
    assert remembered(tmp_path) == {}


def test_the_last_line_of_a_file_holds(tmp_path):
    path = noted(tmp_path, a="done")["a"]
    with kept(tmp_path, TODAY) as book:
        book.note(path, report(path, "refused"))
    assert remembered(tmp_path) == {}


def test_a_journal_cut_anywhere_knows_no_more_than_its_whole_lines(tmp_path):
    noted(tmp_path, a="done", b="left_out")
    whole = (tmp_path / NAME).read_bytes()
    ends = [i for i, letter in enumerate(whole) if letter == ord("\n")]
    for cut in {*range(0, len(whole), 29), *ends, *(end + 1 for end in ends), *(end - 1 for end in ends)}:
        (tmp_path / NAME).write_bytes(whole[:cut])
        told = {"a": "already"} if cut >= ends[1] else {}
        told |= {"b": "left_out"} if cut >= ends[2] else {}
        with kept(tmp_path, TODAY) as book:
            damaged = cut > 0 and cut not in ends and cut - 1 not in ends
            assert len(book.told) == damaged
            if damaged:
                assert "1" in sentences([book], "zh")[0] and tmp_path.name in sentences([book], "en")[0]
        assert remembered(tmp_path) == told


@pytest.mark.parametrize(
    "line", [b"5", b"[]", b"{}", b"\x00" * 64, b"\xff\xfe", b'{"file": [], "run": {}, "state": {}}', b'"about"']
)
def test_a_line_that_is_none_is_told_and_the_others_hold(tmp_path, line):
    noted(tmp_path, a="done")
    with (tmp_path / NAME).open("ab") as file:
        file.write(line + b"\n")
    with kept(tmp_path, TODAY) as book:
        assert [code for code, _ in book.told] == ["journal_damaged"]
    assert remembered(tmp_path) == {"a": "already"}


def test_one_run_at_a_time(tmp_path):
    with kept(tmp_path, TODAY), pytest.raises(BookError) as caught, kept(tmp_path, TODAY):
        pass
    assert caught.value.code == "folder_busy"
    assert remembered(tmp_path) == {}


def test_two_runs_where_a_share_has_no_locks_spoil_nothing(tmp_path):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    runs = [Journal(tmp_path, TODAY), Journal(tmp_path, TODAY)]
    for path, run in zip(paths, runs, strict=True):
        path.write_bytes(path.name.encode())
        run.note(path, report(path))
        assert run.already(path) is None, "a journal tells of earlier runs"
        run.close()
    assert remembered(tmp_path) == {"a": "already", "b": "already"}


def test_without_a_journal_all_is_done_and_that_is_told(tmp_path):
    (tmp_path / NAME).mkdir()
    plain(tmp_path / "a.xlsx")
    batch = refresh_all([tmp_path], TODAY)
    assert [r.status for r in batch.reports] == ["left_out"]
    assert len(batch.told) == 1 and "刷新记录写不进去" in batch.told[0]


def statuses(batch: Batch) -> dict[str, str]:
    return {Path(r.file).stem: r.status for r in batch.reports}


def test_a_folder_is_refreshed_where_it_changed(tmp_path, monkeypatch):
    """And a workbook that was written while it was read is not taken for refreshed."""
    for name in "ab":
        adopt(plain(tmp_path / f"{name}.xlsx"), as_of=DAY)
    fresh = (tmp_path / "a.xlsx").read_bytes()
    plain(tmp_path / "list.xlsx")
    assert statuses(refresh_all([tmp_path], TODAY)) == {"a": "done", "b": "done", "list": "left_out"}
    refresh = refresh_files.refresh

    def meanwhile(book, *arguments, **named):
        done = refresh(book, *arguments, **named)
        with book.path.open("ab") as file:
            file.write(b"grows")
        return done

    (tmp_path / "c.xlsx").write_bytes(fresh)
    with monkeypatch.context() as patch:
        patch.setattr(refresh_files, "refresh", meanwhile)
        assert statuses(refresh_all([tmp_path], TODAY)) == {
            "a": "already", "b": "already", "c": "done", "list": "left_out",
        }  # fmt: skip
    lines = [json.loads(line) for line in (tmp_path / NAME).read_text(encoding="utf-8").splitlines()]
    assert [line["state"] for line in lines if line.get("file") == "c.xlsx"] == [None]
    assert remembered(tmp_path) == {"a": "already", "b": "already", "list": "left_out"}
