"""File names that strangers chose: kept as they are for people to recognise, made harmless for databases and logs."""

import unicodedata

_LONGEST = 500


def clean_filename(name: str) -> str:
    """`name` without folders, control characters and broken Unicode, at most 500 characters.

    Never a path to open: nothing on the disk is ever named by a stranger.
    """
    name = name.encode("utf-8", "replace").decode("utf-8")
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(character for character in name if unicodedata.category(character) not in ("Cc", "Cs"))
    return name.strip()[:_LONGEST] or "unnamed"
