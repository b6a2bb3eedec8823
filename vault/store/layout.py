"""How an object is named: the same below a folder and in a bucket, so that one can be copied to the other."""

import re

from vault.domain.values import Sha256

BLOBS = "blobs"
_NAME = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/((?:\1)(?:\2)[0-9a-f]{60})")
_FOLDER = re.compile(r"[0-9a-f]{2}(/[0-9a-f]{2})?")


def name_of(sha256: Sha256) -> str:
    """``ab/cd/abcd…``: two levels keep folders small at any number of objects, and names in order of their hashes."""
    text = sha256.value
    return f"{text[:2]}/{text[2:4]}/{text}"


def sha256_of(name: str) -> Sha256 | None:
    """The object that is stored under `name` (below `BLOBS`), None for a name that no object has."""
    found = _NAME.fullmatch(name)
    return Sha256(found[3]) if found else None


def is_folder(name: str) -> bool:
    """Whether `name` (below `BLOBS`) is a folder in which objects are kept."""
    return _FOLDER.fullmatch(name) is not None
