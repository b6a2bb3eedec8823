"""What speaks against a paper that goes in, in words."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from vault.domain.message import N_


class Doubt(StrEnum):
    EXPIRED = "expired"
    NO_LAST_DAY = "no_last_day"
    OTHER_KIND = "other_kind"
    UNREAD = "unread"


# What is wrong with it, and what to do.
TEXTS: Mapping[Doubt, tuple[str, str]] = MappingProxyType(
    {
        Doubt.EXPIRED: (
            N_("“%(name)s” goes in and expired on %(expired_on)s."),
            N_("Ask for a new one now and put that in. If this one was prolonged, enter its new last day."),
        ),
        Doubt.NO_LAST_DAY: (
            N_("“%(name)s” goes in, and nobody has said until when it is valid."),
            N_("Open it and enter the last day on which it is valid, or say that it has none."),
        ),
        Doubt.OTHER_KIND: (
            N_("“%(name)s” goes in as something that it is not kept as."),
            N_("Open it and say what kind of document it is, or take another one."),
        ),
        Doubt.UNREAD: (
            N_("“%(name)s” goes in, and could not be read as a whole."),
            N_("Look at it: a reader at Amazon cannot read it either. Scan it again, or ask for a better copy."),
        ),
    }
)
