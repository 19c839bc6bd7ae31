"""Where words of a web page stand in its source: a page's text is taken out of its markup, so its characters are looked up again.

The visible characters of the source, each with its place, are compared with the extracted text, blanks apart; words that occur
more than once are told by what stands around them.
"""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

# Characters before and behind the words that tell one place from another; what stands between two of them may be left out of the text.
CONTEXTS = ((40, 40), (20, 20), (10, 10), (0, 30), (30, 0), (5, 5), (0, 10), (10, 0), (0, 0))
EDGES = (12, 6, 3, 1)  # characters at both ends of a stretch that are looked for where the whole of it is interrupted
NOT_SHOWN = frozenset(("script", "style", "template", "title", "rt", "rp"))
MOST_CHARACTERS = 5_000_000  # of a page's source


def find_in_page(source: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the range of a page's source that holds text[start:end], the tags between the words included.

    None where the words cannot be found, or in several places that nothing tells apart.
    """
    if len(source) > MOST_CHARACTERS or not text[start:end].strip():
        return None
    shown = _Shown(source)
    words = "".join(text.split())
    first = len("".join(text[:start].split()))
    last = first + len("".join(text[start:end].split()))
    whole = _only(shown.text, words, first, last)
    if whole is not None:
        return shown.places[whole][0], shown.places[whole + last - first - 1][1]
    for edge in EDGES:
        edge = min(edge, last - first)
        head, tail = _only(shown.text, words, first, first + edge), _only(shown.text, words, last - edge, last)
        if head is not None and tail is not None and 0 <= tail - head <= 3 * (last - first) + 1_000:
            return shown.places[head][0], shown.places[tail + edge - 1][1]
    return None


def _only(shown: str, words: str, first: int, last: int) -> int | None:
    """Return where words[first:last] stands in what is shown, by as much of what surrounds it as makes it the only place."""
    for before, behind in CONTEXTS:
        low = max(0, first - before)
        wanted = words[low : last + behind]
        at = shown.find(wanted)
        if at >= 0 and shown.find(wanted, at + 1) < 0:
            return at + first - low
    return None


class _Shown(HTMLParser):
    """The characters that a page shows, blanks left out, each with its range in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *accumulate(len(line) for line in source.split("\n"))]
        self._lines = [place + number for number, place in enumerate(self._lines)]
        self._hidden = 0
        self._parts: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.feed(source)
        self.close()
        self.text = "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in NOT_SHOWN

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in NOT_SHOWN))

    def handle_data(self, data: str) -> None:
        at = self._place()
        for offset, char in enumerate(data):
            self._put(char, at + offset, at + offset + 1)

    def handle_entityref(self, name: str) -> None:
        self._spelt(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._spelt(f"&#{name}")

    def _spelt(self, spelling: str) -> None:
        at = self._place()
        for char in unescape(spelling + ";"):
            self._put(char, at, at + len(spelling) + 1)

    def _put(self, char: str, start: int, end: int) -> None:
        if not self._hidden and not char.isspace():
            self._parts.append(char)
            self.places.append((start, end))

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
