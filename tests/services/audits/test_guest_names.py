"""Names of who works here reach no guest, however they are written."""

import unicodedata

import pytest

from vault.services.audits.guest_letters import without_names

NAME = "Jürgen Müller"


@pytest.mark.parametrize(
    "written",
    [NAME, NAME.upper(), "Jurgen Muller", "Jürgen\nMüller", "Jürgen  Müller", unicodedata.normalize("NFD", NAME)],
)
@pytest.mark.parametrize("known", [NAME, unicodedata.normalize("NFD", NAME)])
def test_a_name_is_left_out(known: str, written: str) -> None:
    assert without_names(f"Regards, {written}, purchasing", (known,)) == "Regards, […], purchasing"


def test_what_only_begins_like_a_name_stays() -> None:
    assert without_names("Jürgen Müllers Nachfolger", (NAME,)) == "Jürgen Müllers Nachfolger"
