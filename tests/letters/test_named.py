"""Which numbers of a letter are meant as phones."""

import pytest

from vault.letters.draft import fold
from vault.letters.named import phones_in

FRENCH = "06 12 34 56 78"


@pytest.mark.parametrize(
    "text",
    [
        f"Téléphone : {FRENCH}",
        f"Tel{FRENCH}",
        f"Téléphone :\n{FRENCH}",
        f"Tél. ({FRENCH})",
        "Numéro +33 6 12 34 56 78",
    ],
)
def test_a_number_is_meant_as_a_phone_behind_a_plus_or_behind_a_word_that_says_so(text: str) -> None:
    text = f"001-facture.pdf, 0612345679, 22/11/2026\n\n{text}\nN° 0612345670"
    (found,) = phones_in(text, fold(text), "FR", "fr")
    assert text[found.start : found.end] == found.raw_string
    assert found.raw_string.endswith("12 34 56 78")


@pytest.mark.parametrize("text", [f"Facture {FRENCH}", f"Le téléphone de la société, voici un numéro : {FRENCH}", ""])
def test_any_other_number_is_no_phone(text: str) -> None:
    assert list(phones_in(text, fold(text), "FR", "fr")) == []
