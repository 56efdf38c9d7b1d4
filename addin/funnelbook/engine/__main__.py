"""What Windows starts, as `setup/engine_keys.py` has it registered: `pythonw -P -m funnelbook.engine LANGUAGE`."""

from __future__ import annotations

import sys

from funnelbook.engine.server import AN_HOUR, serve

if __name__ == "__main__":
    given = [text for text in sys.argv[1:] if not text.startswith(("-", "/"))]  # COM adds -Embedding
    language, seconds = (*given, "", "")[:2]
    serve(language, float(seconds or AN_HOUR))
