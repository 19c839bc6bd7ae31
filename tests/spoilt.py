"""Samples spoilt at random, for tests that nothing but an IngestError leaves a reader."""

import io
import zipfile

from hypothesis import strategies as st

KINDS = ("cut", "double", "swap", "change", "change", "fill", "number")
NUMBERS = (
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\x7f",
    b"-1",
    b"99999999999",
    b"<![CDATA[",
    b"&#x110000;",
)
FURTHEST, LONGEST = 10**6, 400


def spoil(sample, steps):
    """Return a sample with stretches cut, doubled and swapped, and bytes changed, step by step: (kind, place, size)."""
    data = bytearray(sample)
    for kind, at, size in steps:
        at %= len(data) + 1
        if kind == "cut":
            del data[at : at + size]
        elif kind == "double":
            data[at:at] = data[at : at + size]
        elif kind == "swap":
            data[at : at + 2 * size] = data[at + size : at + 2 * size] + data[at : at + size]
        elif kind == "fill":
            data[at : at + size] = bytes([size % 256]) * min(size, len(data) - at)
        elif kind == "number":
            number = NUMBERS[size % len(NUMBERS)]
            data[at : at + len(number)] = number
        elif at < len(data):
            data[at] = size % 256
    return bytes(data)


def spoil_member(sample, which, steps):
    """Return a zip archive with one of its members spoilt and packed again, so that the archive itself is sound."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for place, name in enumerate(names):
            data = old.read(name)
            new.writestr(name, spoil(data, steps) if place == which % len(names) else data)
    return buffer.getvalue()


def spoilt(sample):
    """Return a strategy of a sample with stretches cut, doubled and swapped, and bytes changed."""
    return _steps().map(lambda steps: spoil(sample, steps))


def spoilt_members(sample):
    """Return a strategy of a zip archive with a member that is spoilt in itself."""
    return st.tuples(st.integers(0, 50), _steps()).map(lambda given: spoil_member(sample, *given))


def random_steps(random):
    """Return steps for `spoil` out of a random.Random."""
    return [
        (random.choice(KINDS), random.randrange(FURTHEST), random.randint(1, LONGEST))
        for _ in range(random.randint(1, 6))
    ]


def _steps():
    step = st.tuples(st.sampled_from(KINDS), st.integers(0, FURTHEST), st.integers(1, LONGEST))
    return st.lists(step, min_size=1, max_size=6)
