"""Which font draws Chinese: one that is installed, else Noto Sans SC out of the package zhplot (SIL Open Font License 1.1).

Nothing is downloaded.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_log = logging.getLogger("matplotlib")
_level = _log.level
_log.setLevel(logging.ERROR)  # where no folder of the user can be written, it warns of that alone
from matplotlib import font_manager  # noqa: E402

_log.setLevel(_level)

# In the order of preference: sans serif before serif. Collections register under the name of their first face.
FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Noto Sans CJK JP", "Source Han Sans SC", "Source Han Sans CN",
    "Microsoft YaHei", "Microsoft YaHei UI", "PingFang SC", "Hiragino Sans GB", "HarmonyOS Sans SC", "MiSans",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "DengXian", "STHeiti", "Heiti SC", "Heiti TC",
    "Droid Sans Fallback", "Arial Unicode MS", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "FangSong",
    "KaiTi",
)  # fmt: skip
PACKAGED = ("zhplot", "fonts/NotoSansSC-Regular.ttf")
PROBE = "年报告问题经费不足，（）"  # characters that a font must have


class NoChineseFont(LookupError):
    """No font with Chinese characters is installed, and the package that ships one is missing."""

    def __init__(self) -> None:
        super().__init__(
            f"no font with Chinese characters found. Install one of {', '.join(FONTS[:6])} …, or: pip install {PACKAGED[0]}"
        )


@cache
def find_font() -> str:
    """Return the name of a font that draws Chinese: the first of FONTS that is installed, else the packaged one.

    Raises NoChineseFont.
    """
    installed: dict[str, str] = {font.name: font.fname for font in font_manager.fontManager.ttflist}
    for name in FONTS:
        if name in installed and _draws_chinese(installed[name]):
            return name
    return _packaged_font()


def font_file() -> Path:
    """Return the file of that font. Raises NoChineseFont."""
    return Path(font_manager.findfont(find_font()))


def _packaged_font() -> str:
    """Add the packaged font to those of matplotlib and return its name; the package itself is not imported."""
    package, name = PACKAGED
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / name
        if path.is_file() and _draws_chinese(path):
            font_manager.fontManager.addfont(path)
            return font_manager.FontProperties(fname=path).get_name()
    raise NoChineseFont


def _draws_chinese(path: str | Path) -> bool:
    try:
        characters = font_manager.get_font(path).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(character) in characters for character in PROBE)
