import pytest

from vault.reading.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Thank you for your order. Please pay the total within 30 days of the invoice date.", "en"),
        ("Nous vous remercions de votre commande. Montant de la facture à régler sous 30 jours.", "fr"),
        ("Wir danken für Ihre Bestellung. Bitte zahlen Sie den Betrag der Rechnung bis zum 31. Mai.", "de"),
        ("La ringraziamo per il suo ordine. Importo della fattura da pagare nei termini, IVA inclusa.", "it"),
        ("Gracias por su pedido. El importe de la factura se paga en los treinta días.", "es"),
        ("Bedankt voor uw bestelling. Wij verzoeken u het bedrag van de factuur te betalen.", "nl"),
    ],
)
def test_small_words_give_a_language_away(text: str, language: str) -> None:
    assert detect(text.split()) == language


def test_accents_that_ocr_lost_do_not_matter() -> None:
    assert (
        detect(["Wir", "danken", "fur", "Ihre", "Bestellung", "und", "bitten", "um", "Zahlung", "der", "Rechnung"])
        == "de"
    )


@pytest.mark.parametrize("text", ["", "12 345,00 ABC-77 X", "Qwertz Uiop"])
def test_too_little_is_no_language(text: str) -> None:
    assert detect(text.split()) == ""
