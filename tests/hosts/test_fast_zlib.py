import subprocess
import sys
import zlib

import pytest

PACK = """
import sys
if {missing}: sys.modules["isal"] = None  # as where there is no wheel of it
from funnelbook.hosts.ooxml.fast_zlib import fast
from funnelbook.hosts.ooxml.member import packed
sys.stdout.buffer.write(packed("a", iter([b"<row/>" * 100_000])).raw)
sys.exit(fast.__name__ != {uses!r})
"""


@pytest.mark.parametrize(("missing", "uses"), [(True, "zlib"), (False, "isal.isal_zlib")])
def test_what_is_packed_with_or_without_isal_unpacks_with_zlib(missing, uses):
    code = PACK.format(missing=missing, uses=uses)
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert zlib.decompress(made, -zlib.MAX_WBITS) == b"<row/>" * 100_000
