"""Text put together piece by piece, each piece with the place in the file that it came from."""

from __future__ import annotations

from typing import Any

from ingest.records import Anchor


class Assembly:
    """A text that grows, and its anchors."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.anchors: list[Anchor] = []
        self.length = 0

    def put(self, text: str, **where: Any) -> tuple[int, int]:
        """Add text; with a place (the fields of Anchor), an anchor to it. Return where the text stands."""
        start = self.length
        if text:
            self.parts.append(text)
            self.length += len(text)
            if where:
                self.anchors.append(Anchor(start=start, end=self.length, **where))
        return start, self.length

    def line(self, text: str, **where: Any) -> None:
        """Add a line, the line end outside the anchor."""
        self.put(text, **where)
        self.put("\n")

    @property
    def text(self) -> str:
        return "".join(self.parts)
