"""A document with what was read out of it marked: as plain text with brackets, in colours, or as HTML.

Marks are told apart by form and label, never by colour alone. Layers: problems, numbers, times, names, damage, and guessed: what was
recognised in a picture with little confidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from nianlun.language import Words
from nianlun.vocabulary import ACTIVITY_KINDS, POLARITIES, TIME_KINDS, leaf_told

if TYPE_CHECKING:
    from index.show import Mark, Shown


class Layer(NamedTuple):
    """How a layer is marked: its brackets, its colour on a terminal, its style in HTML."""

    words: Words
    opening: str
    closing: str
    color: str
    css: str


LAYERS = {
    "problems": Layer(Words("问题", "problem"), "【", "】", "red", "text-decoration:underline #c0392b 2px"),
    "numbers": Layer(Words("数字", "number"), "⟨", "⟩", "cyan", "border-bottom:2px dotted #2471a3"),
    "times": Layer(Words("时间", "time"), "〔", "〕", "green", "border:1px solid #7f8c8d;padding:0 1px"),
    "names": Layer(Words("活动", "activity"), "「", "」", "yellow", "background:#fcf3cf"),
    "damage": Layer(Words("残损", "damage"), "▒", "", "magenta", "background:repeating-linear-gradient(45deg,#fadbd8 0 3px,#fff 3px 6px)"),
    "guessed": Layer(Words("识别没有把握", "unsure recognition"), "⁇", "⁇", "blue", "border-bottom:2px dashed #8e44ad"),
}  # fmt: skip
BY_PERSON = "✓"  # behind what stands as a person said
LOST, SIGN_OF_LOST = "\ufffd", "▒"  # where bytes were lost
READABLE = ("mojibake", "repaired")  # damage that has a sign of its own, or reads as it was written
DEFAULT = ("problems", "numbers", "times", "names", "damage", "guessed")
_OF_INDEX = {
    "activities": "names", "problems": "problems", "numbers": "numbers", "times": "times", "damage": "damage",
    "guessed": "guessed",
}  # fmt: skip
_RESET = "\x1b[0m"
_CODES = {"red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36", "blue": "34"}


class _Piece(NamedTuple):
    text: str
    layers: tuple[str, ...]
    titles: tuple[str, ...]


def as_text(
    shown: Shown, layers: Collection[str], lang: str, *, color: bool = False, names: dict[str, str] | None = None
) -> str:
    """Return the text with a bracket before and behind every mark; a problem says which."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for mark in marks_of(shown, layers):
        layer = LAYERS[_OF_INDEX[mark.layer]]
        first, last = max(mark.start, shown.start) - shown.start, min(mark.end, shown.end) - shown.start
        before = "" if mark.label in READABLE else layer.opening
        if mark.layer == "numbers" and mark.detail != "stated":
            before = "▒" + before
        after = layer.closing
        if mark.layer == "problems":
            after += f"({title_of(mark, lang, names)})"
        elif mark.corrected:
            after += BY_PERSON
        if color:
            code = _CODES[layer.color]
            before, after = f"\x1b[{code}m{before}", f"\x1b[{code}m{after}{_RESET}"
            before += _RESET
        opens.setdefault(first, []).append(before)
        closes.setdefault(last, []).insert(0, after)
    text = shown.text.replace(LOST, SIGN_OF_LOST)
    pieces, at = [], 0
    for border in sorted({*opens, *closes}):
        pieces += [text[at:border], *closes.get(border, ()), *opens.get(border, ())]
        at = border
    return "".join([*pieces, text[at:]])


def as_html(
    shown: Shown, layers: Collection[str] = DEFAULT, lang: str = "zh", names: dict[str, str] | None = None
) -> str:
    """Return the text as HTML: marks by style, with a title that tells what each is."""
    head = " · ".join(
        filter(
            None,
            (shown.document.title or "", shown.reference, shown.document.year_label or "", shown.document.org or ""),
        )
    )
    legend = " ".join(
        f'<span style="{LAYERS[layer].css}">{LAYERS[layer].words.in_(lang)}</span>'
        for layer in DEFAULT
        if layer in layers
    )
    body = "".join(_html(piece) for piece in _pieces(shown, layers, lang, names)).replace("\n", "<br>")
    return (
        f'<div lang="zh-CN" style="line-height:1.8;max-width:46em"><b>{escape(head)}</b>'
        f"<div><small>{legend}</small></div><div>{body}</div></div>"
    )


def title_of(mark: Mark, lang: str, names: dict[str, str] | None = None) -> str:
    """Return what a mark says: the problem and its polarity, the unit, the kind of time, the name of the activity; ✓ where a person said it."""
    told = _told(mark, lang, names)
    return f"{told} {BY_PERSON}".strip() if mark.corrected else told


def _told(mark: Mark, lang: str, names: dict[str, str] | None) -> str:
    label = mark.label
    if mark.layer == "problems":
        label = leaf_told((names or {}).get(label, label), mark.guessed, lang)
    match mark.layer:
        case "problems":
            polarity = POLARITIES.get(mark.detail)
            return label if mark.detail == "asserted" or polarity is None else f"{label} {polarity.in_(lang)}".strip()
        case "times":
            kind = TIME_KINDS.get(mark.label)
            return " ".join(filter(None, (kind.in_(lang) if kind else mark.label, mark.detail)))
        case "activities":
            kind = ACTIVITY_KINDS.get(mark.detail)
            return f"{label} {kind.in_(lang) if kind else mark.detail}"
        case "guessed":
            return f"{label} %"
    return " ".join(filter(None, (label, mark.detail)))


def marks_of(shown: Shown, layers: Collection[str]) -> list[Mark]:
    """Return the marks of the layers that touch what is shown, in order."""
    return [
        mark for mark in shown.marks
        if _OF_INDEX.get(mark.layer) in layers and mark.start < shown.end and mark.end > shown.start
    ]  # fmt: skip


def _pieces(shown: Shown, layers: Collection[str], lang: str, names: dict[str, str] | None) -> Iterator[_Piece]:
    """Yield the text cut wherever a mark begins or ends, each piece with the marks over it."""
    marks = marks_of(shown, layers)
    borders = sorted(
        {shown.start, shown.end, *(max(m.start, shown.start) for m in marks), *(min(m.end, shown.end) for m in marks)}
    )
    for first, last in zip(borders, borders[1:], strict=False):
        over = [mark for mark in marks if mark.start <= first and mark.end >= last]
        yield _Piece(
            text=shown.text[first - shown.start : last - shown.start].replace(LOST, SIGN_OF_LOST),
            layers=tuple(dict.fromkeys(_OF_INDEX[mark.layer] for mark in over)),
            titles=tuple(
                f"{LAYERS[_OF_INDEX[mark.layer]].words.in_(lang)}: {title_of(mark, lang, names)}" for mark in over
            ),
        )


def _html(piece: _Piece) -> str:
    if not piece.layers:
        return escape(piece.text)
    styles = ";".join(LAYERS[layer].css for layer in piece.layers)
    return f'<span class="{" ".join(piece.layers)}" style="{styles}" title="{escape(" | ".join(piece.titles))}">{escape(piece.text)}</span>'
