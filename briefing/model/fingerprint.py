"""Digests: what something was made from, in a few bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b


def fingerprint(*parts: bytes) -> bytes:
    """Give the digest of some bytes, one part told from the next: 16 bytes of BLAKE2b."""
    found = blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()


def fingerprint_of_files(
    fingerprints: Mapping[str, bytes], paths: Iterable[str], *others: bytes
) -> bytes:
    """Give the digest of some files, by path, whose own are known, and of more."""
    parts = (
        part for path in sorted(paths) for part in (path.encode(), fingerprints.get(path, b""))
    )
    return fingerprint(*others, *parts)
