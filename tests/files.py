"""Files that staff could choose."""

import io
import struct
import zlib

from django.core.files.base import ContentFile
from PIL import Image

SCRIPT = b"<script>alert('zebra')</script>"


def a_file(body: bytes, name="bilde.jpg"):
    return ContentFile(body, name=name)


def drawn(mode="RGB", size=(64, 48), form="PNG", **saved) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, saved.pop("colour", 0)).save(buffer, form, **saved)
    return buffer.getvalue()


def bomb(width, height):
    """A PNG of a few hundred bytes that says it has so many pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
