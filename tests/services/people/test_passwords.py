"""Passwords: long ones are good, guessable ones are refused, none is cut off."""

import pytest

from vault.domain.errors import Invalid
from vault.services.people.passwords import LONGEST, hash_password, is_password, require_good

GOOD = "lanterne-pivoine-granit-27"


@pytest.mark.parametrize(
    "password",
    [
        "kurz",
        "elevenchars",
        "password1234",
        "Password1234!",
        "aaaaaaaaaaaaaa",
        "qwertyuiop12",
        "123456789012",
        "sellervault2026",
        "ada.marchand1",
        "lavandine2026",
        "x" * (LONGEST + 1),
    ],
)
def test_a_short_or_guessable_password_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        require_good(password, ("Ada Marchand", "ada.marchand@lavandine.example"))
    assert set(refused.value.problems) == {"password"}


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery staple", "密碼很長而且沒有人猜得到的一句話", GOOD * 30]
)
def test_a_long_or_unusual_password_is_accepted(password: str) -> None:
    require_good(password, ("Ada", "ada@x.example"))


def test_every_character_counts() -> None:
    long = GOOD * 10
    hashed = hash_password(long)
    assert is_password(long, hashed)
    assert not is_password(long[:-1], hashed)
    assert not is_password(long[:-1] + "x", hashed)


def test_the_same_characters_typed_on_another_keyboard_are_the_same_password() -> None:
    assert is_password("cafe\u0301-pivoine-granit", hash_password("caf\u00e9-pivoine-granit"))


def test_two_hashes_of_one_password_differ_and_are_argon2id() -> None:
    first, second = hash_password(GOOD), hash_password(GOOD)
    assert first != second
    assert first.startswith("$argon2id$")


def test_nothing_is_the_password_of_nobody() -> None:
    assert not is_password("", None)
    assert not is_password(GOOD, None)
    assert not is_password(GOOD, "not a hash")
