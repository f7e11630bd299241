"""Short names for contents: two that are equal have one name, in every process.

of_files({"energy.py": b"def ..."})      # 64 hexadecimal digits
short(("energy", 1.0))                   # 16 hexadecimal digits
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def of_files(files: Mapping[str, bytes]) -> str:
    """Of files' names and what is in them, in the order given."""
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def short(what: object) -> str:
    """Of a value, by its `repr`. No two are equal among the thousands that one file keeps."""
    return hashlib.blake2b(repr(what).encode(), digest_size=8).hexdigest()
