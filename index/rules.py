"""The names of the patterns that find mentions: a row of a mention holds a number in place of the name (table `rules`)."""

from __future__ import annotations

import sqlite3


class Rules(dict[str, int]):
    """The number of each rule in an index; one that is asked for and has none gets one, in the transaction that is open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, name: str) -> int:
        self[name] = number = number_of(self._connection, name)
        return number


def number_of(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of a rule, which is given one where it has none."""
    found = connection.execute("SELECT id FROM rules WHERE name = ?", (name,)).fetchone()
    if found is None:
        return int(connection.execute("INSERT INTO rules (name) VALUES (?)", (name,)).lastrowid or 0)
    return int(found[0])


def names_of(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the names of all rules, by number."""
    return dict(connection.execute("SELECT id, name FROM rules").fetchall())
