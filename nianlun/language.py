"""Chinese or English: which of the two a run speaks, and how both are written down side by side."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

LANGUAGES = ("zh", "en")


class Words(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the text in a language; Chinese for any that is not known."""
        return self.en if lang == "en" else self.zh


def language_of(environment: Mapping[str, str]) -> str:
    """Return zh or en for a locale: Chinese unless the environment asks for another language.

    POSIX variables come first, in their own order; C and POSIX ask for nothing. Then the system's locale (Windows).
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return _language(value)
    return _language(locale.getlocale()[0] or "") if os.name == "nt" else "zh"


def language_in(arguments: Sequence[str]) -> str | None:
    """Return the language that arguments of the command line ask for, wherever --lang stands; None where they do not."""
    found = None
    for at, word in enumerate(arguments):
        if word == "--":
            break
        value = word[len("--lang=") :] if word.startswith("--lang=") else None
        if word == "--lang" and at + 1 < len(arguments):
            value = arguments[at + 1]
        if value in LANGUAGES:
            found = value
    return found


def _language(name: str) -> str:
    plain = name.partition(".")[0].lower()
    return "zh" if plain in ("", "c", "posix") or plain.startswith(("zh", "chinese")) else "en"
