"""Whether what a file was not read for is there now: an engine that recognises characters, a program that reads old Word files."""

from __future__ import annotations

from collections.abc import Iterator


def supplied() -> Iterator[str]:
    """Yield the codes of those reasons for not reading a file that hold no longer, since what was wanted is installed."""
    from ingest.errors import NeedsExtra  # late: whoever asks an index has no need of readers
    from ingest.ocr import engine
    from ingest.office import NeedsConverter, converters

    if engine() is not None:
        yield NeedsExtra.code
    if any(converters().values()):
        yield NeedsConverter.code
