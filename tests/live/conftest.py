"""One LibreOffice for all tests of a session, and the workbooks they open in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Iterator[Office]:
    running = Office(tmp_path_factory.mktemp("office"))
    yield running
    running.stop()


@pytest.fixture
def opened(office):
    """Opens files; their documents are closed when the test is done."""
    documents = []

    def run(path: Path) -> object:
        documents.append(office.open(path))
        return documents[-1]

    yield run
    for document in documents:
        document.close(True)
