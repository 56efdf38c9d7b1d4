"""What `funnelbook doctor` looks at in LibreOffice: the extension, and the Python packages it hands over to."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from funnelbook.setup.findings import Finding
from funnelbook.setup.office import ENVIRONMENT, Office


def office_findings(office: Office, shipped: bytes) -> list[Finding]:
    """Every check of a LibreOffice, in the order to mend things; `shipped` is the extension that comes with Funnelbook."""
    return [Finding("platform", True, str(office.soffice)), *_findings(office, shipped)]


def _findings(office: Office, shipped: bytes) -> Iterator[Finding]:
    found = office.python
    yield Finding("office_python", found is not None, str(found[0]) if found else str(office.soffice.parent))
    deployed = office.deployed()
    yield Finding("office_extension", deployed is not None, str(deployed[0] if deployed else office.profile))
    if deployed is None:
        return
    folder, enabled = deployed
    yield Finding("office_disabled", enabled)
    changed = _changed(folder, shipped)
    yield Finding("office_current", not changed, ", ".join(changed) or str(folder))
    known = _environment(folder / ENVIRONMENT)
    yield Finding("office_environment", not known.fault, known.fault or ", ".join(known.packages))
    if known.fault or found is None:
        return
    _, version = found
    same = known.python == version
    yield Finding("office_version", same, f"LibreOffice {version}, Funnelbook {known.python}")
    if same:
        error = office.cannot_load(known.packages)
        yield Finding("office_imports", not error, error)


def _changed(folder: Path, shipped: bytes) -> list[str]:
    """The parts of the extension that are not as shipped; folders of packages and language are each computer's own."""
    with zipfile.ZipFile(io.BytesIO(shipped)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return [
        name for name, data in parts.items() if not (folder / name).is_file() or (folder / name).read_bytes() != data
    ]


class _Environment(NamedTuple):
    """What the extension was installed from, and what is wrong with it."""

    packages: Sequence[str] = ()
    python: str = ""
    fault: str = ""


def _environment(path: Path) -> _Environment:
    try:
        said = json.loads(path.read_bytes())
        packages, python = said["packages"], said["python"]
        gone = [folder for folder in packages if not Path(folder).is_dir()]
        return _Environment(packages, python, ", ".join(gone) or ("" if python else str(path)))
    except (OSError, ValueError, KeyError, TypeError):
        return _Environment(fault=str(path))
