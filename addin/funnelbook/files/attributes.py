"""Owner, mode and extended attributes of a file, kept by the one that takes its place."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

_COPYFILE_ACL, _COPYFILE_XATTR = 1, 4  # copyfile(3) of macOS


def take_after(file: Path, source: Path, known: os.stat_result | None = None) -> None:
    """Gives a file of ours what another has, as far as the platform lets this user: owner and group, mode, access lists and
    extended attributes. On Windows ReplaceFile does it.
    """
    if os.name != "posix":
        return
    like = known or source.stat()
    for owner in (like.st_uid, -1):  # a colleague's file becomes ours, but stays the group's
        with suppress(PermissionError):
            os.chown(file, owner, like.st_gid)
            break
    file.chmod(stat.S_IMODE(like.st_mode))
    if sys.platform == "darwin":
        with suppress(OSError, AttributeError):
            system = ctypes.CDLL(None, use_errno=True)
            system.copyfile(os.fsencode(source), os.fsencode(file), None, _COPYFILE_ACL | _COPYFILE_XATTR)
    elif hasattr(os, "listxattr"):
        with suppress(OSError):  # a file system without them
            for name in os.listxattr(source):
                with suppress(OSError):  # some are the system's to set
                    os.setxattr(file, name, os.getxattr(source, name))
