"""Names of private persons in a text: told by what stands beside them, by lists and by tables, and by what they look like.

How far a stretch looks like one is told in `nlp.person_looks`; how much of that is asked for is told by the place
(`nlp.person_places`): least behind a label or in a list, most within a sentence. Words: `nlp.person_words`.
"""

from __future__ import annotations

import re

from ingest.script import is_traditional, to_simplified
from nlp.person_looks import HAN, WORD, likelihood
from nlp.person_places import find_places, find_told
from nlp.person_words import load_words
from nlp.segment import load_segmenter


def find_names(text: str) -> dict[str, bool]:
    """Return the names of private persons that a text tells of, as it writes them, and whether each is told for sure.

    Not sure are names that stand in a sentence where a word might, too. Texts in traditional characters are read as simplified ones.
    """
    if is_traditional(text):
        plain = to_simplified(text)
        if len(plain) == len(text):
            return _as_written(text, plain, _find(plain))
    return _find(text)


def stands_alone(name: str, text: str, start: int, end: int) -> bool:
    """Return whether a name that was told elsewhere may be one where it stands, and is not part of other words there.

    A name that is a word, too (高峰), must stand between marks or beside an office; of two characters it must not be cut out of two words (扩张地点).
    """
    looks = likelihood(name) or likelihood(to_simplified(name))
    if "·" in name or "•" in name:
        return True
    if len(name) == 3 and looks == WORD and not load_segmenter().knows(name):
        return True
    if len(name) > 2 and (looks > WORD or name[-1] == "氏" or not HAN.match(name)):
        return True
    before, behind = text[start - 1 : start], text[end : end + 1]
    if not HAN.match(before or " ") and not HAN.match(behind or " "):
        return True
    if looks <= WORD:
        forms = load_words().beside
        return text[max(0, start - 6) : start].endswith(forms) or text.startswith(forms, end)
    knows = load_segmenter().knows
    return not (len(name) == 2 and before and behind and knows(before + name[0]) and knows(name[1] + behind))


def surname_of(name: str) -> str:
    """Return what of a name may stand: its surname, the first character or the first word in Latin letters."""
    if name[:1].isascii():
        return re.split("[ -]", name)[0] + " "
    return name[: 2 if name[:2] in load_words().compound else 1]


def _find(text: str) -> dict[str, bool]:
    public = load_words().public
    found: dict[str, bool] = {}
    for name, sure in find_told(text):
        if len(name) > 1 and name not in public and re.split("[·•・]", name)[-1] not in public:
            found[name] = found.get(name, False) or sure
    things = load_words().public_things
    named_after = {
        name for name, _, end in find_places(found, text) if not found[name] and text.startswith(things, end)
    }
    return {name: sure for name, sure in found.items() if name not in named_after}


def _as_written(text: str, plain: str, names: dict[str, bool]) -> dict[str, bool]:
    return {text[start:end]: names[name] for name, start, end in find_places(names, plain)}
