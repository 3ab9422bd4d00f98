"""Fingerprints: 16 bytes that stand for all inputs of a thing.

Equal fingerprints mean equal inputs, so that what was made from them can be reused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from msgspec import msgpack


def fingerprint(*parts: bytes) -> bytes:
    """Return 16 bytes of BLAKE2b over `parts`.

    The length of each part goes in before it: (b"ab", b"c") differs from (b"a", b"bc").
    """
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.digest()


def fingerprint_of_files(
    fingerprints: Mapping[str, bytes], paths: Iterable[str], *others: bytes
) -> bytes:
    """Return the fingerprint of the files at `paths`, in any order, and of `others`.

    fingerprints: those of files, by path; a path without one stands for a missing file.
    """
    parts = (
        part for path in sorted(paths) for part in (path.encode(), fingerprints.get(path, b""))
    )
    return fingerprint(*others, *parts)


def fingerprint_of_value(value: object) -> bytes:
    """Return the fingerprint of a value that msgspec can encode; equal values have equal ones."""
    return fingerprint(msgpack.encode(value, order="deterministic"))
