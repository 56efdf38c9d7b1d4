"""LibreOffices made of shell scripts, healthy ones and each with one fault."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from funnelbook.commands.shipped import extension
from funnelbook.setup.install_libreoffice import ANSWER, Environment, install
from funnelbook.setup.machine import Machine
from funnelbook.setup.office import Office
from support.machines import FakeRegistry, stub

SHIPPED = extension()


DATABASE = "user/uno_packages/cache/registry/com.sun.star.comp.deployment.bundle.PackageRegistryBackend/backenddb.xml"


ENTRY = (
    '<ext:extension-backend-db xmlns:ext="http://openoffice.org/extensionmanager/extension-registry/2010"><ext:extension{} '
    'url="vnd.sun.star.expand:$UNO_USER_PACKAGES_CACHE/uno_packages/lu1.tmp_/funnelbook.oxt"/></ext:extension-backend-db>'
)


# What LibreOffice's Python does in this test: it tells its version, loads Funnelbook, and moves files as the extension manager does
PYTHON = """case "$2" in
*version_info*) echo {version} ;;
*funnelbook.calc*) {loads} ;;
*)
  profile="${{3#file://}}"; cache="$profile/user/uno_packages/cache"; folder="$cache/uno_packages/lu1.tmp_/funnelbook.oxt"
  {manages}
  rm -rf "$folder"
  if [ "$4" = add ]; then
    mkdir -p "$folder" "$(dirname "$profile/{database}")"
    {python} -m zipfile -e "$5" "$folder"
    echo '{entry}' > "$profile/{database}"
  else
    echo '<none/>' > "$profile/{database}"
  fi ;;
esac"""


def linux(
    folder: Path,
    *,
    version: str = "3.11",
    loads: str = ":",
    manages: str = "",
    shows: str = ANSWER,
    running: bool = False,
) -> Office:
    """The LibreOffice of lina's Linux: its Python's version, what its parts do when asked, what the formula shows."""
    home, program = folder / "lina", folder / "office" / "program"
    home.mkdir(exist_ok=True)
    script = PYTHON.format(
        version=version, loads=loads, manages=manages, python=sys.executable, entry=ENTRY.format(""), database=DATABASE
    )
    stub(program / "python", script)
    stub(program / "soffice", f'while [ "$1" != --outdir ]; do shift; done; echo "{shows}" > "$2/test.csv"')
    env = {"PATH": str(program), "VIRTUAL_ENV": "/somewhere", "PYTHONHOME": "/nowhere"}
    machine = Machine("linux", env, home, Path(sys.executable), FakeRegistry({}), lambda: False)
    found = Office.of(machine)
    assert found
    return replace(found, running=lambda: running)


def environment(folder: Path) -> Environment:
    packages = folder / "tool" / "lib" / "site-packages"
    packages.mkdir(parents=True, exist_ok=True)
    return Environment((str(packages),), "3.11")


def healthy(folder: Path) -> tuple[Office, Path]:
    office = linux(folder)
    return office, install(office, SHIPPED, environment(folder)).files[0]


def without_python(folder: Path) -> Office:
    office, _ = healthy(folder)
    (office.soffice.parent / "python").unlink()
    return replace(office)


def disabled(folder: Path) -> Office:
    office, _ = healthy(folder)
    (office.profile / DATABASE).write_text(ENTRY.format(' revoked="true"'))
    return office


def changed(folder: Path) -> Office:
    office, extension_folder = healthy(folder)
    (extension_folder / "Addons.xcu").unlink()
    return office


def packages_gone(folder: Path) -> Office:
    office, _ = healthy(folder)
    shutil.rmtree(folder / "tool")
    return office


def environment_gone(folder: Path) -> Office:
    office, extension_folder = healthy(folder)
    (extension_folder / "environment.json").unlink()
    return office


def updated(folder: Path) -> Office:
    healthy(folder)
    return linux(folder, version="3.13")


def unloadable(folder: Path) -> Office:
    healthy(folder)
    return linux(folder, loads="echo No module named scipy >&2; exit 1")


# What is wrong with a LibreOffice -> the fault the doctor must find, and what its detail must say
FAULTS = [
    (linux, "office_extension", "libreoffice/4"),
    (without_python, "office_python", "program"),
    (disabled, "office_disabled", ""),
    (changed, "office_current", "Addons.xcu"),
    (packages_gone, "office_environment", "site-packages"),
    (environment_gone, "office_environment", "environment.json"),
    (updated, "office_version", "LibreOffice 3.13, Funnelbook 3.11"),
    (unloadable, "office_imports", "No module named scipy"),
]
