"""Passwords: what a good one is, and the slow hashes that they are kept as."""

import re
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from vault.domain.errors import Invalid
from vault.domain.message import N_, Message

# OWASP ASVS 5.0, 6.2.1 and 6.2.9: long is what counts; nothing is cut off, and no kind of character is demanded.
SHORTEST = 12
LONGEST = 1024
# zxcvbn's scale is 0 to 4; from 3 on a password survives guessing against a slow hash.
_STRONG_ENOUGH = 3
_JUDGED_CHARACTERS = 72  # beyond it zxcvbn refuses; a longer password is judged by its beginning
_WORD = re.compile(r"\w+")
_OWN_WORDS = ("sellervault", "seller", "vault", "amazon")

# Stands in where there is no user, so that a wrong name costs as much as a wrong password. Nobody knows its password.
STAND_IN = "$argon2id$v=19$m=65536,t=3,p=4$LGm5vQS0d1/wXxbX8PS18A$72ALpnOmPeiiEPNMqNFf+r2w17LG51Rq/hGVfhOzpks"

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """An argon2id hash with its parameters and salt."""
    return _hasher.hash(_normal(password))


def is_password(password: str, hashed: str | None) -> bool:
    """Whether `hashed` was made of `password`. Takes the same time where there is no hash, and is False."""
    try:
        return _hasher.verify(hashed or STAND_IN, _normal(password)) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(hashed: str) -> bool:
    """True for a hash that was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(hashed)


def require_good(password: str, about_person: Iterable[str]) -> None:
    """Raises Invalid, with the problem under ``password``, for one that is short, common or made of `about_person`."""
    problem = _problem(_normal(password), about_person)
    if problem:
        raise Invalid(N_("That password cannot be used. Choose another one."), {"password": problem})


def _problem(password: str, about_person: Iterable[str]) -> Message | None:
    if len(password) < SHORTEST:
        return Message(N_("Use at least %(count)s characters."), {"count": str(SHORTEST)})
    if len(password) > LONGEST:
        return Message(N_("Use at most %(count)s characters."), {"count": str(LONGEST)})
    known = [*_OWN_WORDS, *(word for text in about_person for word in (*text.split("@"), *_WORD.findall(text)))]
    if zxcvbn(password[:_JUDGED_CHARACTERS], known)["score"] < _STRONG_ENOUGH:
        return Message(N_("Too easy to guess. Use several unrelated words, or let a password manager make one."))
    return None


def _normal(password: str) -> str:
    # The same characters typed on another keyboard are the same password.
    return unicodedata.normalize("NFKC", password)
