"""Which language a text is written in, from its small words and letters. No model, a fraction of a millisecond."""

import re
from collections.abc import Iterable, Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The most frequent small words, and the words that invoices are made of. Unaccented: OCR with another
# language's model loses the accents first, and the answer must not depend on them.
_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    "en": _words(
        """the of and to for is in on by with from this that your you are please thank we our not be at or any
        invoice date amount total due number address phone payment price quantity description order customer bill
        subtotal tax item unit account paid balance terms ship sales receipt cash change page"""
    ),
    "fr": _words(
        """le la les des du de et en un une pour sur dans par au aux avec est sont nous vous votre nos vos ce cette
        facture montant numero adresse tel paiement prix quantite designation commande client ht ttc tva siret
        echeance reglement livraison societe remise rue capital reference a total page"""
    ),
    "de": _words(
        """der die das den dem des und ist in von zu mit fur fuer auf im bei nicht ein eine einer wir sie ihre ihr
        uns nach bis zum zur am an als aus vom rechnung rechnungsnummer datum betrag summe nummer menge preis
        einzelpreis gesamt gesamtbetrag netto brutto mwst ust ustid steuer kunde kundennummer lieferung zahlung
        bestellung artikel bezeichnung strasse str gmbh bar eur steuernummer seite zahlbar iban tage"""
    ),
    "it": _words(
        """il lo la gli le dei delle della del di da dal in con su per tra che non si un una sono nel nella al alla
        ai fattura data importo totale numero indirizzo pagamento prezzo quantita descrizione ordine cliente iva
        imponibile imposta partita codice fiscale via srl spa scadenza banca spedizione sconto unitario"""
    ),
    "es": _words(
        """el la los las de del y en un una por para con su sus que es al lo se no factura fecha importe total numero
        direccion telefono pago precio cantidad descripcion pedido cliente iva cif nif base imponible unidad calle
        vencimiento forma cuota"""
    ),
    "nl": _words(
        """de het een en van in op voor met is te aan door bij naar uw wij onze factuur datum bedrag totaal nummer
        adres betaling prijs aantal omschrijving bestelling klant btw excl incl kvk stuks levering subtotaal"""
    ),
    "pt": _words(
        """o os as do da dos das de e em um uma para por com no na ao que se fatura factura data valor total numero
        endereco telefone pagamento preco quantidade descricao pedido cliente nif contribuinte iva unidade
        rua"""
    ),
    "pl": _words(
        """i w z na do od po za nie sie jest faktura data kwota razem numer adres zaplaty cena ilosc nazwa sprzedawca
        nabywca nip vat netto brutto wartosc sprzedazy termin platnosci sposob szt ul stawka"""
    ),
}
# Letters that only some of the languages use.
_LETTERS: Mapping[str, frozenset[str]] = {
    "de": frozenset("äöüß"),
    "fr": frozenset("éèêàçùâîôœ"),
    "it": frozenset("àèéìòù"),
    "es": frozenset("ñáéíóú¿¡"),
    "pt": frozenset("ãõçáéíóúâê"),
    "pl": frozenset("łąęśżźćńó"),
}
_FOLD = str.maketrans("äöüàâáãèéêëìíîïòóôõùúûçñłąęśżźćń", "aouaaaaeeeeiiiioooouuucnlaeszzcn")
_TOKEN = re.compile(r"[^\W\d_]+")
_ENOUGH = 3.0


def scores(words: Iterable[str]) -> dict[str, float]:
    """Points for each language: one for a small word (shared words less), a quarter for a letter of its own."""
    points = dict.fromkeys(_SMALL_WORDS, 0.0)
    for text in words:
        for token in _TOKEN.findall(text.lower()):
            folded = token.translate(_FOLD)
            owners = [language for language, known in _SMALL_WORDS.items() if folded in known]
            for language in owners:
                points[language] += 1 / len(owners)
            if token != folded:
                for language, letters in _LETTERS.items():
                    points[language] += 0.25 * any(letter in letters for letter in token)
    return points


def detect(words: Iterable[str]) -> str:
    """ISO 639-1, or an empty string when too little speaks for any language."""
    ranked = sorted(scores(words).items(), key=lambda item: -item[1])
    (best, first), (_, second) = ranked[:2]
    return best if first >= _ENOUGH and first >= 1.15 * second else ""
