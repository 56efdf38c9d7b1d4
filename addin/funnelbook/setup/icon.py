"""The icon of setup.exe and of the links in Explorer: that of the toolbar (addin/libreoffice/icons/funnel.svg), drawn from its polygons."""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SIZES = (16, 32, 48, 256)
_FINE = 4  # points looked at in each pixel, each way: edges are smooth
_GRID = 24.0  # the units of the drawing
_FILL, _LINE, _RIM = (0xC4, 0xDA, 0xEE), (0x5F, 0x86, 0xAD), (0xE0, 0x6C, 0x10)
_FUNNEL = ((3, 4), (21, 4), (14, 13), (14, 19), (10, 22), (10, 13), (3, 4))
_STROKES = ((_LINE, _FUNNEL), (_LINE, ((7, 9), (17, 9))), (_RIM, ((3, 4), (21, 4))))
_HALF = 1.0  # of the width of a stroke


def icon() -> bytes:
    """An .ico of all sizes, each a PNG, as Windows takes them since Vista; the same bytes each time."""
    pictures = [png(drawn(size)) for size in SIZES]
    at = 6 + 16 * len(SIZES)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return struct.pack("<HHH", 0, 1, len(SIZES)) + entries + b"".join(pictures)


def drawn(size: int) -> NDArray[np.uint8]:
    """Pixels as red, green, blue and how opaque, row by row."""
    each = (np.arange(size * _FINE) + 0.5) * _GRID / (size * _FINE)
    x, y = np.meshgrid(each, each)
    colours = np.zeros((*x.shape, 3))
    shown = _inside(x, y)
    colours[shown] = _FILL
    for colour, points in _STROKES:
        for start, end in pairwise(points):
            near = _distance(x, y, start, end) <= _HALF
            colours[near] = colour
            shown |= near
    opaque = shown.reshape(size, _FINE, size, _FINE).sum((1, 3))
    summed = (colours * shown[..., None]).reshape(size, _FINE, size, _FINE, 3).sum((1, 3))
    rgb = summed / np.maximum(opaque, 1)[..., None]
    return np.dstack((rgb, opaque * 255 / _FINE**2)).round().astype(np.uint8)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Pixels of four channels as a PNG; not compressed hard, for other versions of zlib would give other bytes."""
    height, width = pixels.shape[:2]
    rows = np.hstack((np.zeros((height, 1), np.uint8), pixels.reshape(height, width * 4)))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes(), 0)),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _inside(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether points lie within the funnel: a line to their right crosses its edge an odd number of times."""
    inside = np.zeros(x.shape, bool)
    for (x1, y1), (x2, y2) in pairwise(_FUNNEL):
        if y1 != y2:
            crosses = (y1 > y) != (y2 > y)
            inside ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return inside


def _distance(
    x: NDArray[np.float64], y: NDArray[np.float64], start: tuple[int, int], end: tuple[int, int]
) -> NDArray[np.float64]:
    """Of points from a line between two."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    at = ((x - start[0]) * along_x + (y - start[1]) * along_y) / (along_x**2 + along_y**2)
    at = np.clip(at, 0, 1)
    return np.hypot(x - start[0] - at * along_x, y - start[1] - at * along_y)
