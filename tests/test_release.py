"""What a release says of itself is the same everywhere, and its dependencies are those it was tested with."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from funnelbook import __version__
from support.external import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTED = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
VERSIONS = dict(line.split("==") for line in LISTED)
EXTRAS = PROJECT["project"]["optional-dependencies"]
NEEDED = [
    *map(Requirement, [*PROJECT["project"]["dependencies"], *(need for extra in EXTRAS.values() for need in extra)])
]
TOOLS = [*map(Requirement, PROJECT["dependency-groups"]["dev"])]


def test_the_version_is_that_of_the_package_and_of_the_changelog():
    assert version("funnelbook") == __version__
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+) \(", changes, re.MULTILINE)
    assert newest and newest[1] == __version__


def test_constraints_are_exact_name_no_address_and_stand_in_the_project_too():
    assert all(re.fullmatch(r"[a-z0-9.-]+==[0-9][0-9a-z.]*", line) for line in LISTED)
    assert (
        PROJECT["tool"]["uv"]["constraint-dependencies"] == LISTED == sorted(set(LISTED), key=lambda s: s.split("=="))
    )


def test_what_is_installed_is_what_the_constraints_say():
    installed = {canonicalize_name(d.name): d.version for d in distributions() if d.name}
    assert installed.pop("funnelbook") == __version__
    assert installed == {name: VERSIONS.get(name) for name in installed}


def test_every_dependency_is_a_range_below_the_next_major_version_that_holds_the_tested_one():
    for needed in NEEDED:
        assert needed.specifier.contains(VERSIONS[canonicalize_name(needed.name)]), needed
        bounds = {bound.operator for bound in needed.specifier}
        # the add-in names xlwings' DLL and script by version
        assert bounds == ({"=="} if needed.name == "xlwings" else {">=", "<"}), needed
    for tool in TOOLS:
        assert str(tool.specifier) == f"=={VERSIONS[canonicalize_name(tool.name)]}", tool
