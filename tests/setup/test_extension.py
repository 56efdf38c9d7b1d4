"""funnelbook.oxt as a package: current, and the same bytes every time."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

from funnelbook.commands.shipped import extension, extension_path
from funnelbook.oxt.build import build, path


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_file_is_current():
    assert extension_path() == path()
    assert parts(extension()) == parts(build())


def test_another_process_builds_the_same_bytes():
    code = "import sys; from funnelbook.oxt.build import build; sys.stdout.buffer.write(build())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert other.stdout == build() == build()
