"""How the child process and its parent talk: JSON frames with a length in front.

JSON, not pickle or marshal: the child has read a hostile file, so what it says is data only.
A chunk's cells are texts, numbers, or null; the few cells of another kind stand as null and are
listed beside them.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from typing import IO

_LENGTH: Final = struct.Struct(">I")
LONGEST_FRAME: Final = 128 * 1024 * 1024


class FrameBroken(Exception):
    """The stream ended inside a frame, or a frame is not what was agreed."""


def write_frame(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Write one message.

    Raises:
        FrameBroken: when the message is longer than a frame may be.
    """
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    body = text.encode("utf-8", "surrogatepass")
    if len(body) > LONGEST_FRAME:
        raise FrameBroken(len(body))
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)


def read_frame(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read one message; None at the end of the stream.

    Raises:
        FrameBroken: when the stream ends inside a frame, or one is too long or no JSON object.
    """
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise FrameBroken(len(head))
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST_FRAME:
        raise FrameBroken(length)
    body = stream.read(length)
    if len(body) < length:
        raise FrameBroken(length)
    try:
        message = json.loads(body.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise FrameBroken(str(error)[:200]) from None
    if not isinstance(message, dict):
        raise FrameBroken(type(message).__name__)
    return message
