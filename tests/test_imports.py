"""Imports go one way: ingest <- nlp <- index <- nianlun; and there is no place for what belongs nowhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ("ingest", "nlp", "index", "nianlun")
NOWHERE = {"core", "utils", "util", "models", "common", "helpers", "misc"}
MODULES = sorted(path for package in ORDER for path in (ROOT / package).rglob("*.py"))


def imported(path):
    """Return the top-level names that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_nothing_to_its_right(path):
    own = ORDER.index(path.relative_to(ROOT).parts[0])
    assert not set(imported(path)) & set(ORDER[own + 1 :])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_or_folder_is_named_for_nothing(path):
    assert not {part.removesuffix(".py") for part in path.relative_to(ROOT).parts} & NOWHERE
