"""A button pressed in a stand-in for Excel's workbook (support/rig/stand_in.py): what the engine asks of Excel, and when."""

from __future__ import annotations

import json
from itertools import takewhile

import pytest

from funnelbook import __version__
from funnelbook.book import marks
from funnelbook.files import half_done
from funnelbook.words import say
from support.rig.make import HERE

pytestmark = pytest.mark.windows
OWN_LIST = [["公司名称", "手机", "跟进人"], ["甲公司", "13800138001", "陈刚"], ["乙公司", "13900139002", "李娜"]]


def test_a_button_waits_for_a_cell_being_edited_and_cells_are_answered_meanwhile(installed, excel):
    one = excel()
    assert one.create().ok and one.formula("FB_VERSION").ok
    ran = installed.run(installed.python, "-X", "utf8", installed.dos(HERE / "stand_in.py"), "about")
    told = ran.stdout.splitlines()
    (pressed,) = (line for line in told if line.startswith("press "))
    assert float(pressed.split()[1]) < 1, "it returns at once"
    asked = [line for line in told if "=" in line]
    assert asked[:2] == ["Interactive=False", "Interactive=True"], told
    assert f"cell {__version__}" in told
    (message,) = (line for line in told if line.startswith("message "))
    assert __version__ in message
    (rejected,) = (line for line in told if line.startswith("rejected "))
    assert int(rejected.split()[1]) > 0, "a cell was being edited"


def test_a_button_whose_engine_is_killed_while_it_reads_leaves_the_sheet_as_it_was(installed, excel):
    """It would have opened the template next and put its sheets in, which is seen when nobody kills the engine."""
    script = installed.dos(HERE / "own_list.py")
    one = excel()
    assert one.create().ok and one.formula("FB_VERSION").ok
    pressed = installed.begin(installed.python, "-X", "utf8", script, "waits")
    told = list(takewhile(lambda line: line != "reading\n", pressed.stdout))
    assert told[0] == "Interactive=False\n", "it had begun"
    installed.kill_engines()
    told += pressed.communicate("\n", timeout=60)[0].splitlines()
    (gone,) = (line for line in told if line.startswith("gone "))
    assert float(gone.split()[1]) < 2, "FbWatch asks so, and gives Excel back"
    assert not [line for line in told if line.startswith(("put ", "Open", "message "))], told
    assert told[-1] == str(OWN_LIST)
    assert not one.formula("FB_VERSION").ok
    one.quit()

    installed.restart()
    installed.mirror()
    two = excel()
    assert two.create().ok and two.formula("FB_VERSION").ok, "another one is started"
    told = installed.run(installed.python, "-X", "utf8", script).stdout.splitlines()
    assert "Open" in told and f"there {__version__}" in told, told
    assert told[-1] == str(OWN_LIST), "refused, and so as it was"


def test_a_button_whose_engine_is_killed_while_it_writes_is_taken_back_by_the_next_engine(installed, excel, tmp_path):
    """Of two cells that are put, both are there when the engine is killed; they stay until VBA has another one take them back."""
    rows = [
        ["客户编号", "客户名称", "电话", "业务员", "勿扰"],
        ["K1", "甲公司", "13800138001", "陈刚", None],
        ["K2", "乙公司", "13900139002", "李娜", "否"],
    ]
    state, listed, names = tmp_path / "state.json", tmp_path / "list.txt", {marks.BOOK: '="b1"'}
    state.write_text(json.dumps({"rows": rows, "names": names}), "utf-8")
    listed.write_text("13800138001\n13900139002\n", "utf-8")
    script, folder = installed.dos(HERE / "half_written.py"), half_done.folder_of(installed.home)
    one = excel()
    assert one.create().ok and one.formula("FB_VERSION").ok
    pressed = installed.begin(
        installed.python, "-X", "utf8", script, "writes", installed.dos(state), installed.dos(listed)
    )
    told = list(takewhile(lambda line: line != "writing\n", pressed.stdout))
    assert len([line for line in told if line.startswith("put ")]) == 2, told
    installed.kill_engines()
    now, marked = json.loads(pressed.communicate("\n", timeout=60)[0].splitlines()[-1])
    assert [row[4] for row in now] == ["勿扰", "是", "是"]
    assert set(marked) == {marks.BOOK, marks.UNFINISHED}
    (left,) = half_done.files(folder)
    # Excel is the same all the while; here Wine starts anew, and what stands for Excel with it: a process that always is
    left.rename(half_done.place(folder, 0, left.stem.split("-")[-1]))
    one.quit()

    installed.restart()
    installed.mirror()
    two = excel()
    assert two.create().ok and two.formula("FB_VERSION").ok
    told = installed.run(installed.python, "-X", "utf8", script, "takes_back", installed.dos(state)).stdout.splitlines()
    assert any(line.startswith("message ") and line.endswith(say("taken_back", "zh", file="")) for line in told), told
    assert json.loads(told[-1]) == [rows, names]
    assert half_done.files(folder) == []
