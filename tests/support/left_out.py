"""The closing line of a run that left tests out: how many, of which kind, and the command that runs them."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence

import pytest

_KINDS = ("slow", "live", "windows")
_KEY = "left out"
_LEFT = pytest.StashKey[Counter[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_LEFT] = Counter()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    config, kinds = items[0].config, [_kind(item) for item in items]
    if all(kind and f"not {kind}" in config.option.markexpr for kind in kinds):  # by their marks, not by a word of -k
        config.stash[_LEFT].update(kinds)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_KEY] = dict(session.config.stash[_LEFT])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Under xdist the workers collect, each of them everything."""
    node.config.stash[_LEFT] |= Counter(getattr(node, "workeroutput", {}).get(_KEY, {}))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Says it below pytest's own last line, where it is seen."""
    left, reporter = config.stash[_LEFT], config.pluginmanager.getplugin("terminalreporter")
    if not left or reporter is None or hasattr(config, "workerinput"):
        return
    told = ", ".join(f"{left[kind]} {kind}" for kind in _KINDS if left[kind])
    where = "" if config.args_source is config.ArgsSource.TESTPATHS else f" {shlex.join(config.args)}"
    command = f'uv run pytest -m "{" or ".join(_KINDS)}"{where}'
    reporter.write_line(f"{left.total()} tests LEFT OUT ({told}): {command} runs them", yellow=True, bold=True)


def _kind(item: pytest.Item) -> str | None:
    return next((kind for kind in _KINDS if item.get_closest_marker(kind)), None)
