"""The ribbon: its commands are those of the registry, and all that Excel would leave out in silence is looked for."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from funnelbook.menu import GROUPS, Does
from funnelbook.menu import ribbon as commands
from funnelbook.words import LANGUAGES, subject
from funnelbook.xlam import custom_ui, vba
from support.external import ROOT

TREE = ElementTree.fromstring(custom_ui.xml())
NS = f"{{{custom_ui.NAMESPACE}}}"
NAMED = [e for e in TREE.iter() if e.get("id")]
CONTROLS = [e for e in NAMED if e.tag in (f"{NS}button", f"{NS}editBox")]
VBA = vba.modules()
LABELS = custom_ui.labels()


def test_the_buttons_are_the_commands_in_order():
    assert [e.get("id") for e in CONTROLS] == [c.name for c in commands()]
    assert [e.get("id") for e in TREE.iter(f"{NS}group")] == [custom_ui.group_id(g) for g in GROUPS]
    for element, command in zip(CONTROLS, commands(), strict=True):
        assert element.tag == (f"{NS}editBox" if command.does is Does.DAY else f"{NS}button")
        assert element.get("imageMso") == command.icon
        assert element.get("keytip") == command.keytip
        assert command.does is Does.DAY or element.get("size") == ("large" if command.large else "normal")
        assert command.does is Does.DAY or element.get("tag") == command.does
    for group in TREE.iter(f"{NS}group"):
        wanted = [c.name for c in commands() if custom_ui.group_id(c.group) == group.get("id")]
        assert [e.get("id") for e in group] == wanted


def test_ids_and_keytips_are_there_once():
    ids = [e.get("id").casefold() for e in NAMED]
    assert len(ids) == len(set(ids))
    keytips = [e.get("keytip") for e in CONTROLS]
    assert len(keytips) == len(set(keytips))
    assert all(re.fullmatch("[A-Z][A-Z0-9]{0,2}", k) for k in keytips)
    starts = [(a, b) for a in keytips for b in keytips if a != b and b.startswith(a)]
    assert not starts, "the shorter one would hide the longer"


def test_every_picture_is_in_the_verified_list_and_no_other():
    lines = (ROOT / "addin" / "excel" / "imagemso.txt").read_text(encoding="ascii").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    assert names == sorted(set(names))
    assert {e.get("imageMso") for e in CONTROLS} == set(names)


def test_nothing_says_the_same_thing_twice():
    for element in TREE.iter():
        keys = set(element.keys())
        assert not {"id", "idMso", "idQ"} <= keys
        for static in ("label", "screentip", "supertip", "image", "imageMso", "size", "enabled", "visible", "keytip"):
            assert not {static, f"get{static.capitalize()}"} <= keys, (element.get("id"), static)


def test_every_callback_has_its_sub_and_every_sub_a_caller():
    called = {(k, v) for e in TREE.iter() for k, v in e.items() if k.startswith(("get", "on"))}
    assert called == {(kind, name) for kind, (name, _) in custom_ui.CALLBACKS.items()}
    subs = dict(re.findall(r"(?m)^Public Sub (\w+)\((.*)\)\r$", VBA["FbRibbon"]))
    assert subs.pop("FbWatch") == "", "Excel itself runs it, when its time has come"
    assert subs == dict(custom_ui.CALLBACKS.values())


def test_every_text_shown_is_there_in_both_languages():
    ids = [row[0].casefold() for row in LABELS]
    assert len(ids) == len(set(ids)), "Excel's search is blind to case"
    assert all(zh and en for _, zh, en, _, _ in LABELS)
    assert {e.get("id") for e in NAMED} <= {row[0] for row in LABELS}
    tips = {row[0]: row[3:] for row in LABELS}
    assert all(all(tips[e.get("id")]) for e in CONTROLS)
    asked = set(re.findall(r'FbText\("(\w+)"', "".join(VBA.values())))
    assert asked == set(subject("addin", "en")) | {custom_ui.TAB_ID}
    for _, *texts in LABELS:
        assert all(len(text) <= 1024 for text in texts), "the longest a ribbon shows"
        assert not any(re.search("[*?~]", row[0]) for row in LABELS), "Match would read them as wildcards"


def test_the_tip_stands_two_columns_after_the_label():
    assert "Case 4: FbColumn = 2" in VBA["FbLanguages"], "Chinese"
    assert "Case Else: FbColumn = 3" in VBA["FbLanguages"], "any other language reads English"
    assert "If isTip Then FbColumn = FbColumn + 2" in VBA["FbLanguages"]
    command = commands()[0]
    assert next(row for row in LABELS if row[0] == command.name) == (
        command.name,
        *map(command.label, LANGUAGES),
        *map(command.tip, LANGUAGES),
    )
