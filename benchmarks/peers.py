"""The cases that other libraries test themselves with: `NIANLUN_REPORTS=… python benchmarks/peers.py [--wrong]`.

The cases are read from number_time_cases.jsonl in NIANLUN_REPORTS/peers; they are not kept in the tree. Those whose expectation
disagrees with our guidelines stand, with the reason, in peer_disagreements.toml beside this file, and do not count. --wrong lists
the ids of the others that are read otherwise than expected, with what was read.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

DISAGREEMENTS = HERE / "peer_disagreements.toml"
READERS = ("peer_numbers", "peer_times")  # modules with KINDS and is_right(case)


def disagreements() -> dict[str, str]:
    """Return the ids of the cases that disagree with our guidelines, with the reason of each."""
    cases = tomllib.loads(DISAGREEMENTS.read_text(encoding="utf-8"))["case"]
    return {case["id"]: case["reason"] for case in cases}


def cases() -> Iterator[dict[str, Any]]:
    """Yield the cases. Raises KeyError where NIANLUN_REPORTS is not set."""
    path = Path(os.environ["NIANLUN_REPORTS"]) / "peers" / "number_time_cases.jsonl"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def judged() -> Iterator[tuple[dict[str, Any], bool, str]]:
    """Yield every case that agrees with our guidelines, whether it is read as expected, and what was read."""
    apart = disagreements()
    readers = [importlib.import_module(name) for name in READERS if importlib.util.find_spec(name)]
    for case in cases():
        for reader in readers:
            if case["kind"] in reader.KINDS and case["id"] not in apart:
                yield case, *reader.is_right(case)


def main() -> None:
    """Print how many cases of each kind and suite are read as expected."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list the ids of the cases read otherwise")
    wrong = parser.parse_args().wrong
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case, as_expected, said in judged():
        for group in (case["kind"], case["suite"], "all"):
            total[group] += 1
            right[group] += as_expected
        if wrong and not as_expected:
            print(case["id"], case["kind"], said)
    for group in sorted(total, key=lambda name: (name == "all", name)):
        print(f"{group:12} {right[group]:4} of {total[group]:4}  {right[group] / total[group]:.3f}")


if __name__ == "__main__":
    main()
