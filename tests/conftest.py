"""Options and fixtures of the whole suite."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads: the cores run tests side by side
# The programs that tests start, hundreds of them, would each compile all they import anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Examples for a test that says nothing; one that names a number has it multiplied alike (support/examples.py).
# No deadline: how fast it is shows in tests/bench. `ci` is what .ci/run takes: always the same examples, so that what fails there
# was broken by the change; `quick` finds new ones day by day, `--hypothesis-profile=nightly` does by hand.
for name, count in {"quick": 20, "ci": 20, "nightly": 2_000}.items():
    settings.register_profile(name, deadline=None, max_examples=count, derandomize=name == "ci")
settings.load_profile("quick")

pytest_plugins = ["support.left_out", "support.demo"]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite on every core there is, and one more process where LibreOffice is waited for; what is named on the command
    line in this process, where it starts at once."""
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return 0
    return (os.cpu_count() or 1) + ("not live" not in config.option.markexpr)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, so that at the end no core waits for another."""
    long = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("live")}
    items.sort(key=lambda item: item.path not in long)


def pytest_addoption(parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="keep what is made now as the golden workbooks")


@pytest.fixture(autouse=True, scope="session")
def own_profile(tmp_path_factory) -> Iterator[None]:
    """A profile of its own: the keys and addresses of whoever runs the tests are neither read nor written."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("profile") / ".funnelbook"
        patch.setattr("funnelbook.commands.profile.folder", lambda: folder)
        patch.setattr("funnelbook.setup.last_errors.of_user", lambda: folder.parent)
        yield


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Iterator[object]:
    """A running LibreOffice with the extension in it, the same for all tests."""
    from support.office import Office  # noqa: PLC0415 - skips the test where LibreOffice is missing

    running = Office(tmp_path_factory.mktemp("office"))
    yield running
    running.stop()


@pytest.fixture
def opened(office) -> Iterator[Callable[[Path], object]]:
    """Opens files in LibreOffice; their documents are closed when the test is done."""
    documents = []

    def run(path: Path) -> object:
        documents.append(office.open(path))
        return documents[-1]

    yield run
    for document in documents:
        document.close(True)


@pytest.fixture
def in_libreoffice(office, opened) -> Callable[[Path], object]:
    """The Book over a file opened in LibreOffice."""
    return lambda path: office.book(opened(path))
