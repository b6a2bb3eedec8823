"""Known phrases are found whatever their case, accents and punctuation."""

import pytest

from vault.reading.understand.labels import LABELS, Label
from vault.reading.understand.vocabulary import Vocabulary, fold


def meanings(text: str, forgiving: bool = False) -> list[Label]:
    return [phrase.meaning for phrase in LABELS.find(text, forgiving)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Invoice Date:", Label.ISSUE_DATE),
        ("RECHNUNGSDATUM", Label.ISSUE_DATE),
        ("Date d'émission", Label.ISSUE_DATE),
        ("Data fattura", Label.ISSUE_DATE),
        ("Fecha de emisión", Label.ISSUE_DATE),
        ("Factuurdatum", Label.ISSUE_DATE),
        ("Data de emissão", Label.ISSUE_DATE),
        ("Fällig am", Label.DUE_DATE),
        ("Date d’échéance", Label.DUE_DATE),
        ("À régler avant le", Label.DUE_DATE),
        ("Lieferdatum", Label.OTHER_DATE),
        ("Rechnungs-Nr.", Label.INVOICE_NUMBER),
        ("Facture n°", Label.INVOICE_NUMBER),
        ("Numero fattura", Label.INVOICE_NUMBER),
        ("N.º de factura", Label.INVOICE_NUMBER),
        ("Total TTC", Label.GRAND_TOTAL),
        ("Gesamtbetrag", Label.GRAND_TOTAL),
        ("Total Sales (Inclusive of GST)", Label.GRAND_TOTAL),
        ("Totale imponibile", Label.NET),
        ("Base imponible", Label.NET),
        ("Total TVA", Label.TAX),
        ("zzgl. MwSt.", Label.TAX),
        ("Rechnung an", Label.BUYER),
        ("Facturé à", Label.BUYER),
        ("Spett.le", Label.BUYER),
        ("N° TVA client", Label.BUYER_VAT),
        ("Partita IVA", Label.VAT),
    ],
)
def test_labels_are_known_in_many_languages(text: str, label: Label) -> None:
    assert meanings(text)[0] is label


def test_the_longest_phrase_wins() -> None:
    assert meanings("Total excl. VAT") == [Label.NET]
    assert meanings("Total VAT") == [Label.TAX]


def test_a_phrase_tells_where_it_stands() -> None:
    [phrase] = LABELS.find("  Due date: 3 May")
    assert "  Due date: 3 May"[phrase.start : phrase.end] == "Due date"


def test_one_wrong_letter_in_a_long_word_is_forgiven_on_scans_only() -> None:
    assert meanings("TOTAI PAYABIE", forgiving=True) == [Label.GRAND_TOTAL]
    assert meanings("TOTAI PAYABIE") == []


def test_short_words_are_never_corrected() -> None:
    assert Vocabulary({1: ("total",)}).find("to", forgiving=True) == []


def test_choices_stand_for_every_combination() -> None:
    words = Vocabulary({1: ("a (b|c|) d(e|)",)})
    assert all(words.find(text) for text in ("a b d", "a c de", "a d", "A, de"))
    assert not words.find("a b e")


def test_folding_drops_case_and_accents() -> None:
    assert fold("NÚMERO Straße Århus") == "numero strasse arhus"


def test_two_differences_are_not_forgiven() -> None:
    words = Vocabulary({1: ("gross",)})
    assert [bool(words.find(text, forgiving=True)) for text in ("gr0ss", "grss", "grosss", "rosso")] == [
        True,
        False,
        True,
        False,
    ]
