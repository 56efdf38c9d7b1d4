"""Run by itself with the folder of a language: prints as JSON what people are shown in it, text by text, by surface."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from support import pseudo

Shown = dict[str, list[str]]
OWN = pseudo.LANGUAGE
_TEXTS = ("t", "oddHeader", "oddFooter")
_MISTAKES = (["refrsh"], ["refresh"], ["refresh", "--nope"], ["refresh", 1, "--workers", 0], ["find", 1, 2, 3])
_OF_A_LIST = ("promptTitle", "prompt", "errorTitle", "error")


def speak(folder: Path) -> None:
    """Puts the folder on the path of `words`, before anything asks which languages there are."""
    spec = importlib.util.find_spec("funnelbook.words")
    spec.submodule_search_locations.append(str(folder))
    sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


def workbook(package: bytes) -> Iterator[str]:
    """What a person reads in a workbook: cells, notes, charts, sheets, what a list says of itself."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            if not name.endswith(".xml") or name.startswith("docProps"):
                continue
            for element in ElementTree.fromstring(archive.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                if tag in _TEXTS and element.text:
                    yield element.text
                elif tag == "tableColumn" or (tag == "sheet" and name == "xl/workbook.xml"):
                    yield element.get("name")
                elif tag == "dataValidation":
                    yield from (element.get(a) for a in _OF_A_LIST if element.get(a))
                elif tag == "c" and element.get("t") == "str":
                    yield from (v.text for v in element if v.tag.endswith("}v") and v.text)


def run(*arguments: object) -> list[str]:
    """The lines a command prints."""
    from click.testing import CliRunner

    from funnelbook.cli import main

    done = CliRunner(env={"FUNNELBOOK_LANG": OWN, "COLUMNS": "400"}).invoke(main, list(map(str, arguments)))
    return done.output.splitlines()


def at_rest() -> Shown:
    """What is shown without a team's workbook."""
    from funnelbook import template
    from funnelbook.book.labels import header
    from funnelbook.book.schema import TABLES
    from funnelbook.cli import main
    from funnelbook.formulas.catalogue import FORMULAS, call
    from funnelbook.formulas.page import functions_page
    from funnelbook.menu import ribbon
    from funnelbook.oxt import commands, formulas
    from funnelbook.setup.findings import Finding
    from funnelbook.template.reference import reference
    from funnelbook.words import LANGUAGES, subject
    from funnelbook.words.counted import of_many
    from funnelbook.xlam.custom_ui import labels

    at = LANGUAGES.index(OWN)
    told = re.compile(rf'<value xml:lang="{OWN}">([^<]*)<')
    pages = functions_page(), reference()
    headings = [line for page in pages for line in page.splitlines() if line.startswith("#") and " / " in line]
    of_formulas = [text for f in FORMULAS.values() for text in (f.text(OWN), *(f.meaning(a, OWN) for a in f.arguments))]
    of_tables = [header(table, column, OWN) for table in TABLES.values() for column in table.names]
    of_tables += [of_many(text) for texts in subject("problems", OWN).values() for text in texts]
    of_tables += [*map(str, subject("settings", OWN).values()), *(c.tip(OWN) for c in ribbon())]
    asks_help = [[name, "--help"] for name in main.list_commands(None)]
    return {
        "template": list(workbook(template.build(OWN))),
        "help": [line for asked in (["--help"], *asks_help, *_MISTAKES) for line in run(*asked)],
        "ribbon": [text for row in labels() for text in (row[1 + at], row[1 + len(LANGUAGES) + at])],
        "LibreOffice": told.findall(commands.addons() + commands.window_state() + formulas.calc_addins()),
        "doctor": [Finding(code, ok=False).text(OWN) for code in subject("findings", OWN)],
        "reasons": [str(call("FB_WHY", (name,), OWN)[0][0]) for name in FORMULAS],
        "headings of pages": [re.sub(r" \(`\w+`\)$", "", line.split(" / ")[-1]) for line in headings],
        "not on the page of formulas": [text for text in of_formulas if text not in pages[0]],
        "not on the page of tables": [text for text in of_tables if text not in pages[1]],
    }


def at_work() -> Shown:
    """What is shown of the sample team."""
    from funnelbook.cli import grids
    from funnelbook.commands.demo import demo

    grids.PIPED_WIDTH = 4_000  # or a text would be broken over lines
    day = ("--as-of", "2026-05-20")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        book, page = demo(folder / "d", OWN, pictures=False).workbook, folder / "board.html"
        cells = list(workbook(book.read_bytes()))
        lines = [
            *run("new", folder), *run("check", book, *day), *run("adopt", book, "--dry-run", *day), *run("find", book, "K0001", *day),
            *run("log", book, "K0002", "--note", "1", *day), *run("undo", book, "--list"), *run("show", book, "Board", *day),
            *run("publish", book, "--to", page, *day), *run("check", folder / "none.xlsx"),
        ]  # fmt: skip
        body = page.read_text(encoding="utf-8").split("</style>")[1]
    lines = [line.replace(scratch, "") for line in lines]
    return {"demo": cells, "commands": lines, "board page": re.findall(r">([^<>{}]+)<", body)}


if __name__ == "__main__":
    speak(Path(sys.argv[1]))
    print(json.dumps({"at_rest": at_rest, "at_work": at_work}[sys.argv[2]](), ensure_ascii=False))
