"""Options of the whole suite."""

from __future__ import annotations


def pytest_addoption(parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="keep what is made now as the golden workbooks")
