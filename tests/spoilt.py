"""Samples spoilt at random, for tests that nothing but an IngestError leaves a reader."""

from hypothesis import strategies as st


def spoilt(sample):
    """Return a strategy of a sample with stretches cut, doubled and swapped, and bytes changed."""

    def spoil(steps):
        data = bytearray(sample)
        for kind, at, size in steps:
            at %= len(data) + 1
            if kind == "cut":
                del data[at : at + size]
            elif kind == "double":
                data[at:at] = data[at : at + size]
            elif kind == "swap":
                data[at : at + 2 * size] = data[at + size : at + 2 * size] + data[at : at + size]
            elif at < len(data):
                data[at] = size % 256
        return bytes(data)

    kinds = st.sampled_from(["cut", "double", "swap", "change", "change"])
    return st.lists(st.tuples(kinds, st.integers(0, 10**6), st.integers(1, 400)), min_size=1, max_size=6).map(spoil)
