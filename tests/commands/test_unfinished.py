"""An entry of the registry of commands that lacks something is told by `funnelbook build` in one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from funnelbook.cli import main
from funnelbook.cli.common import REFUSED
from funnelbook.commands import build
from funnelbook.commands.unfinished import lacking
from funnelbook.menu import COMMANDS, Command, Does, named

CHECK = named("check")
SHOWS = named("funnel")
UNFINISHED = {
    "entry_twice": replace(CHECK, name="Refresh", keytip="0"),
    "entry_nowhere": Command("greet"),
    "entry_no_line": Command("greet", line="calls:greet"),
    "entry_no_group": replace(CHECK, group="greetings"),
    "entry_no_words": replace(CHECK, name="greet"),
    "entry_no_icon": replace(CHECK, icon="WavingHand"),
    "entry_no_picture": replace(CHECK, name="greet", icon="HappyFace"),  # which no other button shows
    "entry_no_keytip": replace(CHECK, keytip=""),
    "entry_keytip": replace(CHECK, keytip="YUM"),  # Y, U takes back a write
    "entry_no_sheet": replace(SHOWS, sheet="greetings"),
    "entry_no_handler": replace(CHECK, handler="check:greet"),
    "entry_idle_handler": replace(SHOWS, handler="check:pressed"),
}


def test_the_registry_lacks_nothing():
    assert list(lacking(COMMANDS)) == []


@pytest.mark.parametrize("code", UNFINISHED)
def test_what_an_entry_lacks_is_told(code):
    entry = UNFINISHED[code]
    others = [c for c in COMMANDS if c.name not in (entry.name, CHECK.name)]
    faults = list(lacking([*others, entry]))
    assert code in [fault.code for fault in faults]
    for language in ("zh", "en"):
        assert entry.name in next(fault for fault in faults if fault.code == code).text(language)


@pytest.mark.parametrize("handler", ["", "greet", "greet:pressed", "check:"])
def test_a_handler_that_cannot_be_found_is_told(handler):
    others = [c for c in COMMANDS if c.name != CHECK.name]
    assert [fault.code for fault in lacking([*others, replace(CHECK, handler=handler)])] == ["entry_no_handler"]


def test_build_writes_nothing_and_says_it_in_one_sentence(monkeypatch):
    monkeypatch.setattr(build, "COMMANDS", (*COMMANDS, Command("greet", "help", does=Does.TELL)))
    monkeypatch.setattr(build, "safe_write", lambda *_: pytest.fail("something was written"))
    ran = CliRunner().invoke(main, ["build", "--lang", "en"])
    assert ran.exit_code == REFUSED
    assert ran.output.count("\n") == 1
    assert "greet lacks its label or its tip in the language zh" in ran.output
