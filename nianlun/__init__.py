"""nianlun (年轮): search and compare piles of Chinese work reports.

In a notebook: `import nianlun; idx = nianlun.open("reports.db")`. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianlun.notebook import Reports

__all__ = ["open"]


def open(path: str | Path = "reports.db", *, lang: str | None = None) -> Reports:
    """Return the index in a file, opened for reading; `lang` is zh or en (default: from the locale).

    Raises index.errors.NoSuchIndex, NotAnIndex or DatabaseTooNew.
    """
    from nianlun.notebook import Reports

    return Reports(path, lang=lang)
