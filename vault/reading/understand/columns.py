"""The head of a table of line items: which columns there are, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vault.domain.readings import Box, PageSource
from vault.reading.understand.amounts import Amount
from vault.reading.understand.layout import Row, Sheet
from vault.reading.understand.vocabulary import Vocabulary


class Column(StrEnum):
    POSITION = "position"
    ARTICLE = "article"
    DESCRIPTION = "description"
    QUANTITY = "quantity"
    UNIT = "unit"
    UNIT_PRICE = "unit_price"
    TAX = "tax"
    DISCOUNT = "discount"
    AMOUNT = "amount"
    OTHER = "other"
    SUMMARY = "summary"


COLUMNS: Vocabulary[Column] = Vocabulary(
    {
        Column.POSITION: ("pos", "position", "line", "item no", "#", "lfd nr", "no", "nr", "n °", "ln", "line no", "s n", "sn", "riga", "ligne", "linea", "s no", "sr no", "pos nr", "lp"),
        Column.ARTICLE: (
            "(item|product|article|part|stock|material|catalog|style|model) (no|number|code|nr|#|id)", "sku", "code", "asin", "upc", "ean", "gtin", "ref", "reference", "item code", "itemcode", "isbn", "barcode",
            "(art|artikel|produkt|material) (nr|nummer)", "artikelnummer", "artnr", "art nr (kunde|lief|lieferant)", "bestellnr", "unsere art nr", "codice( articolo| art|)", "cod( art| articolo|)", "cod", "code (article|produit)", "ref (article|produit)", "referencia", "codigo( articulo|)", "artikel nr", "referenzen", "n ° article", "stk", "art no", "part #", "item #", "barcode ean", "ean code", "sku asin",
        ),
        Column.DESCRIPTION: (
            "description( of goods| of items?| de l article|)", "item( description|)", "items", "product( description| name| details|)", "goods", "article", "details", "particulars", "service", "activity", "item s", "product service", "designation", "libelle", "description designation", "produit", "prestation", "articles", "description des marchandises",
            "beschreibung", "bezeichnung", "artikel( bezeichnung|)", "artikelbezeichnung", "artikelbeschreibung", "leistung", "produkt", "leistungsbeschreibung", "text", "warenbezeichnung", "positionstext", "artikelname", "produktbezeichnung", "produktbeschreibung", "ware",
            "descrizione( articolo| merce| prodotto|)", "prodotto", "articolo", "descripcion", "concepto", "producto", "articulo", "omschrijving", "descricao", "designacao", "item description sku", "品名", "program", "copy isci", "denominazione", "servizi",
        ),
        Column.QUANTITY: (
            "qty", "quantity", "qty hr", "quant", "units", "hours", "pcs", "qte", "quantite", "menge", "anzahl", "stuckzahl", "stuck", "mge", "quantita", "q ta", "qta", "q t a", "cantidad", "cant", "uds", "unidades", "aantal", "hoeveelheid", "quantidade", "qtd", "no of units", "qty shipped", "shipped", "quantity shipped", "order qty", "menge einheit", "oty", "qty ordered", "std", "nombre", "qnt", "数量",
        ),
        Column.UNIT: ("unit", "uom", "einheit", "unite", "um", "u m", "unidad", "meng einheit", "me", "eenheid", "u", "un", "ed", "mass einheit", "ve"),
        Column.UNIT_PRICE: (
            "unit price( excl vat| net| usd| eur|)", "price( unit| each| per unit|)", "unit cost", "rate", "price ea", "each", "u p( rm|)", "unit rate", "net price", "list price", "unit amount", "cost", "u price", "unitprice", "unit net price", "price excl vat", "single price",
            "einzelpreis", "e preis", "ep", "stuckpreis", "preis( einheit| eur| stuck|)", "einzel( eur|)", "nettopreis", "einheitspreis", "preis netto", "einzelpreis netto", "stk preis", "vk preis", "einzelpreis eur",
            "prix( unitaire|)( ht|)", "pu( ht|)", "p u( ht|)", "prix unit( ht|)", "prix u( ht|)", "unitaire", "tarif", "prix unitaire eur",
            "prezzo( unitario|)", "p unitario", "prezzo unit", "pr unitario", "importo unitario", "precio( unitario| unidad|)", "precio unit", "p unit", "prijs( per stuk|)", "stukprijs", "preco( unitario| unit| uni|)", "p venta", "单价", "costo unitario", "valore unitario",
        ),
        Column.TAX: ("vat( rate| %|)( amount|)", "tax( rate| %| code|)", "gst( code| rate|)", "ust( %| satz|)", "mwst( %| satz|)", "steuersatz", "steuer( %|)", "tva( %|)", "taux( tva|)", "iva( %|)", "aliquota( iva|)", "al iva", "btw( %|)", "taxes", "tx", "ust betrag", "% iva", "% tva", "taux de tva"),
        Column.DISCOUNT: ("discount( %|)", "disc( %|)", "rabatt( %|)", "rem( %|)", "remise( %|)", "sconto( %|)", "sc( %|)", "dto( %|)", "descuento( %|)", "korting", "desconto", "sconti", "nachlass", "% sc", "rabais", "disc rm", "diese"),
        Column.AMOUNT: (
            "amount( rm| usd| eur| net|)", "total( price| amount| rm| eur| net| ht| excl vat|)", "line total", "net amount", "extended( price| amount|)", "ext price", "subtotal", "sub total", "value", "net value", "price total", "total eur", "net total", "amt( rm| inc| inc tax| incl tax|)", "ext", "line amount", "total line", "amount incl", "amt",
            "gesamtpreis( netto| eur|)", "gesamt( eur| netto|)", "betrag( eur|)", "summe", "nettobetrag", "gesamtbetrag", "g preis", "gp", "positionssumme", "warenwert", "zeilensumme", "wert", "entgelt", "netto", "netto betrag", "summe netto", "preis gesamt", "gesamt preis", "brutto",
            "montant( ht| ttc|)", "prix total( ht|)", "prix ht", "total ligne", "montant total", "total ttc", "prix total ttc", "montant h t",
            "importo( totale|)", "totale( riga|)", "prezzo totale", "imponibile", "valore", "importe( total|)", "bedrag", "totaal", "valor( total|)", "p total", "金额", "importo netto",
        ),
        Column.SUMMARY: ("basisbetrag", "steuerbasisbetrag", "steuerbetrag", "tax base", "taxable amount", "base ht", "taux", "base imponible", "grondslag( btw|)", "gst summary", "net amout", "imponibile iva", "vat amount", "montant tva", "base tva", "steuer basisbetrag", "zu abschlag", "balance", "falligkeit", "teilzahlung"),
        Column.OTHER: ("date", "datum", "data", "time", "day", "length", "air time", "ad id", "type", "remarks", "channel", "spots week", "week", "recon", "datum zeit", "codi", "pack", "size", "serial", "weight", "lot", "scadenza", "colli", "hs code", "country of origin", "commodity code", "schedule"),
    }
)  # fmt: skip

_STOREYS = 6
"""How many rows above and below are looked at for more titles; scraps of print between them do not matter."""


@dataclass(frozen=True, slots=True)
class TableHead:
    """`first` and `last` are the rows that it covers; `columns` where each column's title stands, left to right."""

    first: int
    last: int
    columns: tuple[tuple[Column, Box], ...]

    def boxes(self, column: Column) -> list[Box]:
        return [box for each, box in self.columns if each is column]

    def has(self, column: Column) -> bool:
        return any(each is column for each, _ in self.columns)


def find_heads(sheet: Sheet, amounts: Sequence[Amount]) -> list[TableHead]:
    """The heads of all tables on a page, from top to bottom; those that hold no items have no columns."""
    with_money = {amount.row.index for amount in amounts if amount.is_money}
    heads: list[TableHead] = []
    for row in sheet.rows:
        if heads and row.index <= heads[-1].last or row.index in with_money:
            continue
        titles = _titles(sheet, row)
        if len(titles) > 1 and any(column is Column.SUMMARY for column, _ in titles):
            heads.append(TableHead(row.index, row.index, ()))
        elif _score(titles) >= 2:
            head = _with_neighbours(sheet, row, with_money)
            if _score(head.columns) >= 3:
                heads.append(head)
    return heads


def _titles(sheet: Sheet, row: Row) -> tuple[tuple[Column, Box], ...]:
    """Column titles of a row; a row of running text has none."""
    forgiving = sheet.page.source is PageSource.OCR
    found = [(phrase, segment) for segment in row.segments for phrase in COLUMNS.find(segment.text, forgiving)]
    covered = sum(phrase.end - phrase.start for phrase, _ in found)
    letters = sum(1 for letter in row.text if letter.isalpha())
    if letters == 0 or covered < 0.4 * letters:
        return ()
    return tuple((phrase.meaning, segment.cut(phrase.start, phrase.end).box) for phrase, segment in found)


def _score(titles: Sequence[tuple[Column, Box]]) -> int:
    """How many different columns; a table of items has a price, a quantity or an amount, and a description."""
    kinds = {column for column, _ in titles} - {Column.OTHER}
    if Column.SUMMARY in kinds or not kinds & {Column.AMOUNT, Column.UNIT_PRICE}:
        return 0
    if not kinds & {Column.DESCRIPTION, Column.ARTICLE} and not {Column.QUANTITY, Column.UNIT_PRICE} <= kinds:
        return 0
    return len(kinds) + (1 if Column.DESCRIPTION in kinds else 0)


def _with_neighbours(sheet: Sheet, row: Row, with_money: set[int]) -> TableHead:
    """Titles in two or three storeys: rows close above and below belong to the head when they hold titles too."""
    near = [
        other
        for other in sheet.rows[max(0, row.index - _STOREYS) : row.index + _STOREYS + 1]
        if abs(other.box.middle[1] - row.box.middle[1]) < 2.3 * sheet.line and other.index not in with_money
    ]
    rows = [other for other in near if other is row or _titles(sheet, other)]
    titles: list[tuple[Column, Box]] = []
    for each in sorted(rows, key=lambda other: abs(other.index - row.index)):
        for column, box in _titles(sheet, each):
            if not any(min(box.x1, other.x1) > max(box.x0, other.x0) for _, other in titles):
                titles.append((column, box))
    titles.sort(key=lambda title: title[1].x0)
    return TableHead(min(each.index for each in rows), max(each.index for each in rows), tuple(_one_amount(titles)))


def _one_amount(titles: list[tuple[Column, Box]]) -> list[tuple[Column, Box]]:
    """One column is the amount. Of two prices it is the last; an amount left of the description counts pieces."""
    prices = [index for index, (column, _) in enumerate(titles) if column is Column.UNIT_PRICE]
    amounts = [index for index, (column, _) in enumerate(titles) if column is Column.AMOUNT]
    described = [index for index, (column, _) in enumerate(titles) if column is Column.DESCRIPTION]
    if len(prices) > 1 and not amounts:
        titles[prices[-1]] = Column.AMOUNT, titles[prices[-1]][1]
    if len(amounts) > 1 and described and amounts[0] < described[0]:
        titles[amounts[0]] = Column.QUANTITY, titles[amounts[0]][1]
        amounts = amounts[1:]
    for index in amounts[1:]:
        titles[index] = Column.OTHER, titles[index][1]
    return titles
