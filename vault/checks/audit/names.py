"""Naming documents in a sentence: the first few, and how many more."""

from collections.abc import Sequence

_MOST = 3


def joined_names(names: Sequence[str]) -> str:
    """``“a.pdf”, “b.pdf” (+4)``."""
    shown = ", ".join(f"“{name}”" for name in names[:_MOST])
    return f"{shown} (+{len(names) - _MOST})" if len(names) > _MOST else shown
