"""The cases that other libraries test themselves with, as far as they agree with our guidelines; skipped without them."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
LEAST = 0.92


@pytest.fixture(scope="module")
def peers():
    if not (Path(os.environ.get("NIANLUN_REPORTS", "/nonexistent")) / "peers").is_dir():
        pytest.skip("NIANLUN_REPORTS names no folder with peers/: the cases of other libraries are not in the tree")
    spec = importlib.util.spec_from_file_location("peers", BENCHMARKS / "peers.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["peers"] = module
    spec.loader.exec_module(module)
    return module


def test_most_cases_of_every_kind_are_read_as_expected(peers):
    read = [(case["kind"], right) for case, right, _ in peers.judged()]
    for kind in {kind for kind, _ in read}:
        rights = [right for one, right in read if one == kind]
        assert sum(rights) / len(rights) >= LEAST, kind


def test_every_disagreement_names_a_case_and_a_reason(peers):
    known = {case["id"] for case in peers.cases()}
    for name, reason in peers.disagreements().items():
        assert name in known
        assert len(reason) > 20
