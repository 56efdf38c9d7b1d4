"""The page of the manual on the FB_ formulas, written from the registry so that it cannot drift."""

from __future__ import annotations

from collections.abc import Iterator

from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS
from funnelbook.formulas.formula import Argument, Formula
from funnelbook.words import LANGUAGES, abreast, in_each, say


def functions_page() -> str:
    """The page as Markdown: every formula by category with its arguments and an example, in every language."""
    lines = [f"# {abreast('manual.formulas')}", ""]
    for intro in in_each("manual.formulas_intro").values():
        lines += [intro, ""]
    for key in CATEGORIES:
        lines += [f"## {abreast(f'formulas.category.{key}')}", ""]
        for formula in FORMULAS.values():
            if formula.category == key:
                lines += _formula(formula)
    return "\n".join(lines).rstrip() + "\n"


def _formula(formula: Formula) -> Iterator[str]:
    yield f"### {formula.name}"
    yield ""
    told = (say("language.sentence", each, text=formula.text(each)) + say("language.gap", each) for each in LANGUAGES)
    yield "".join(told).rstrip()
    yield ""
    yield f"`{formula.syntax}`"
    yield ""
    if formula.arguments:
        yield f"| {' | '.join((abreast('manual.argument'), *in_each('manual.meaning').values()))} |"
        yield "|---" * (1 + len(LANGUAGES)) + "|"
        for argument in formula.arguments:
            yield f"| `{argument.name}` | {' | '.join(_meaning(formula, argument, each) for each in LANGUAGES)} |"
        yield ""
    yield f"`{formula.example}`"
    yield ""
    width = max(map(len, formula.gives))
    yield "|" + " |" * width
    yield "|" + "---|" * width
    for row in formula.gives:
        yield "| " + " | ".join(_shown(v) for v in row) + " |"
    yield ""


def _meaning(formula: Formula, argument: Argument, language: str) -> str:
    meaning = formula.meaning(argument, language)
    return say("manual.optional", language, meaning=meaning) if argument.optional else meaning


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return str(value)
