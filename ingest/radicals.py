"""Radicals and doubles that stand for characters: ⼯⼈ for 工人, as PDFs and what is copied out of them have it.

A font may draw a character and its radical by one glyph; what makes a PDF then has to guess which of the two was meant. Unicode tells
the character of each Kangxi radical and of each compatibility ideograph; those of the radicals' supplement are listed in
its file EquivalentUnifiedIdeograph.txt, of which only characters that are written by themselves are taken over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# U+2E81 and on: the radical, then its character.
SUPPLEMENT = (
    "⺁厂⺄乙⺆冂⺇几⺈刀⺊卜⺌小⺍小⺎兀⺏尣⺑尤⺒巳⺓幺⺔彑⺗心⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺧牛⺩王⺪疋⺫目⺬示⺮竹⺱罓⺳罒⺶羊⺷羊⺸羊"
    "⺺聿⺻聿⺼月⺽臼⻁虎⻃西⻄西⻅见⻆角⻇角⻉贝⻊足⻋车⻎辶⻏邑⻐金⻑長⻒镸⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠"
    "⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
CHARACTERS = dict(zip(SUPPLEMENT[::2], SUPPLEMENT[1::2], strict=True)) | {
    char: plain
    for char in map(chr, (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0xFB00, 0xFB07)))
    if (plain := unicodedata.normalize("NFKC", char)) != char
}
RADICAL = re.compile("[\u2e81-\u2fd5\uf900-\ufb06]")


def find_radicals(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, what is meant) of each radical or double in a text, and of each Latin ligature."""
    for match in RADICAL.finditer(text):
        if plain := CHARACTERS.get(match[0]):
            yield match.start(), match.end(), plain
