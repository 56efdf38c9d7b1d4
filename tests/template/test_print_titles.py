"""Sheets that repeat the same rows on each page are told one after the other; nothing else of the names changes."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

import openpyxl
import pytest

from funnelbook import template
from funnelbook.template.print_titles import grouped
from funnelbook.words import LANGUAGES
from support.packages import members

BEFORE = (
    b'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="1">A!$B$1:$L$5</definedName>'
    b'<definedName name="_xlnm.Print_Titles" localSheetId="2">B!$5:$5</definedName>'
    b"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'C''s!'!$4:$4</definedName>"
    b'<definedName name="_xlnm.Print_Titles" localSheetId="1">D!$5:$5</definedName>'
    b'<definedName name="zz">$5:$5</definedName></definedNames>'
)
AFTER = (
    b'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="1">A!$B$1:$L$5</definedName>'
    b"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'C''s!'!$4:$4</definedName>"
    b'<definedName name="_xlnm.Print_Titles" localSheetId="2">B!$5:$5</definedName>'
    b'<definedName name="_xlnm.Print_Titles" localSheetId="1">D!$5:$5</definedName>'
    b'<definedName name="zz">$5:$5</definedName></definedNames>'
)


def test_only_their_order_changes():
    assert grouped(BEFORE) == AFTER
    assert grouped(AFTER) == AFTER
    assert grouped(b"<workbook/>") == b"<workbook/>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_has_each_rows_in_one_run(language, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.build(language))
    told = members(path)["xl/workbook.xml"].decode()
    rows = re.findall(r'"_xlnm\.Print_Titles"[^>]*>[^<]*!(\$\d+:\$\d+)<', told)
    assert len(rows) > 20
    assert len(list(groupby(rows))) == len(set(rows))
    printed = Counter(sheet.print_title_rows for sheet in openpyxl.load_workbook(path) if sheet.print_title_rows)
    assert printed == Counter(rows)
