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
        Column.OTHER: ("date", "datum", "data", "time", "day", "length", "air time", "ad id", "type", "remarks", "channel", "spots week", "week", "recon", "datum zeit", "codi", "pack", "size", "serial", "weight", "lot", "scadenza", "colli", "hs code", "country of origin", "commodity code", "schedule"),
    }
)  # fmt: skip

_NUMERIC = frozenset({Column.QUANTITY, Column.UNIT_PRICE, Column.AMOUNT})


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
    """The heads of all tables on a page that can hold line items, from top to bottom."""
    with_money = {amount.row.index for amount in amounts if amount.is_money}
    heads: list[TableHead] = []
    for row in sheet.rows:
        if heads and row.index <= heads[-1].last or row.index in with_money:
            continue
        if _score(_titles(sheet, row)) >= 2:
            heads.append(_with_neighbours(sheet, row, with_money))
    return [head for head in heads if _score(head.columns) >= 3]


def _titles(sheet: Sheet, row: Row) -> tuple[tuple[Column, Box], ...]:
    """Column titles of a row; a row of running text has none."""
    phrases = COLUMNS.find(row.text, sheet.page.source is PageSource.OCR)
    covered = sum(phrase.end - phrase.start for phrase in phrases)
    letters = sum(1 for letter in row.text if letter.isalpha())
    if letters == 0 or covered < 0.4 * letters:
        return ()
    return tuple((phrase.meaning, row.cut(phrase.start, phrase.end).box) for phrase in phrases)


def _score(titles: Sequence[tuple[Column, Box]]) -> int:
    """How many different columns; a table of items has a price, a quantity or an amount, and a description."""
    kinds = {column for column, _ in titles} - {Column.OTHER}
    if not kinds & _NUMERIC or not (Column.AMOUNT in kinds or Column.UNIT_PRICE in kinds):
        return 0
    return len(kinds) + (1 if Column.DESCRIPTION in kinds else 0)


def _with_neighbours(sheet: Sheet, row: Row, with_money: set[int]) -> TableHead:
    """Titles in two or three storeys: the rows right above and below belong to the head when they are titles too."""
    rows = [row]
    for step in (-1, 1):
        index = row.index + step
        while 0 <= index < len(sheet.rows) and index not in with_money and abs(index - row.index) <= 3:
            near = sheet.rows[index]
            edge = rows[0] if step < 0 else rows[-1]
            if abs(near.box.y0 - edge.box.y0) > 1.7 * sheet.line or not _titles(sheet, near):
                break
            rows.insert(0, near) if step < 0 else rows.append(near)
            index += step
    titles: list[tuple[Column, Box]] = []
    for each in sorted(rows, key=lambda other: abs(other.index - row.index)):
        for column, box in _titles(sheet, each):
            if not any(min(box.x1, other.x1) > max(box.x0, other.x0) for _, other in titles):
                titles.append((column, box))
    return TableHead(rows[0].index, rows[-1].index, tuple(sorted(titles, key=lambda title: title[1].x0)))
