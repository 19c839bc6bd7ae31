"""pdfium with a Chinese font, whatever the machine has.

Many PDF files of offices name a Chinese font and do not hold it. Where the machine has none either, pdfium knows no size of their characters,
passes over what stands sideways or was drawn twice, and draws blank pages. So it is given Noto Sans SC out of the package zhplot
(SIL Open Font License 1.1), beside the fonts of the machine.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

PACKAGED = ("zhplot", "fonts")
#: Where pdfium looks by itself on Linux (`core/fxge/linux/fx_linux_impl.cpp`); elsewhere it asks the system, which has Chinese fonts.
PLACES = (
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)


@cache
def load_pdfium() -> ModuleType:
    """Return pypdfium2, with a Chinese font to fall back on. To be called before a document is opened."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    spec = find_spec(PACKAGED[0]) if sys.platform.startswith("linux") else None
    if spec is None or spec.origin is None:
        return pypdfium2
    folders = [str(Path(spec.origin).parent / PACKAGED[1]), *PLACES]
    paths = (ctypes.c_char_p * (len(folders) + 1))(*(folder.encode() for folder in folders), None)
    pdfium.FPDF_DestroyLibrary()  # fonts can be named only where it begins
    pdfium.FPDF_InitLibraryWithConfig(
        pdfium.FPDF_LIBRARY_CONFIG(
            version=2, m_pUserFontPaths=ctypes.cast(paths, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
        )
    )
    return pypdfium2
