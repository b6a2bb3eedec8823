"""Public identifiers: sortable by time of birth, impossible to guess."""

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 26


def new_id() -> str:
    """26 characters of lower-case Crockford base 32: 48 bits of milliseconds, then 80 random bits.

    The time in front keeps database indexes local; the randomness behind makes the identifier
    unguessable, so it can stand in an address.
    """
    number = (int(time.time() * 1000) & (2**48 - 1)) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))
