"""The words that invoices use to say what stands beside or below them, in seven languages.

Data only: a new wording is one more phrase here. See `vocabulary` for how choices in brackets are written.
"""

from enum import StrEnum

from vault.reading.understand.vocabulary import Vocabulary


class Label(StrEnum):
    """What a label announces."""

    # dates
    ISSUE_DATE = "issue_date"
    DATE = "date"
    DUE_DATE = "due_date"
    OTHER_DATE = "other_date"
    # numbers of papers
    INVOICE_NUMBER = "invoice_number"
    NUMBER = "number"
    OTHER_NUMBER = "other_number"
    # amounts
    GRAND_TOTAL = "grand_total"
    TOTAL = "total"
    DUE = "due"
    NET = "net"
    SUBTOTAL = "subtotal"
    TAX = "tax"
    PAID = "paid"
    CHANGE = "change"
    ROUNDING = "rounding"
    DISCOUNT = "discount"
    CHARGE = "charge"
    COUNT = "count"
    SUMMARY = "summary"
    # parties
    SUPPLIER = "supplier"
    BUYER = "buyer"
    DELIVERY = "delivery"
    PAYEE = "payee"
    CONTACT = "contact"
    # contacts
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    WEBSITE = "website"
    VAT = "vat"
    BUYER_VAT = "buyer_vat"
    TAX_NUMBER = "tax_number"
    COMPANY_NUMBER = "company_number"
    BANK = "bank"
    CURRENCY = "currency"
    NAME = "name"
    ADDRESS = "address"
    OTHER = "other"


_TAX = "(gst|vat|tax|taxes|sst|hst|tva|iva|mwst|ust|btw|sales tax|taxe|impuestos|imposte|steuer|umsatzsteuer|mehrwertsteuer)"
_INCLUDED = "(incl|inc|including|inclusive|inclusive of|incl of|included|includes|with|inkl|einschl|inklusive|iva|comprese)"
_EXCLUDED = "(excl|exc|excluding|exclusive|exclusive of|excl of|before|without|ohne|exkl|zzgl|hors|escluse|sans)"
_SUM = "(total|totals|total amount|total sales|amount|total price|total amt|amt|total after adj|grand total|net total|nett total|total payable)"

_DATES = {
    Label.ISSUE_DATE: (
        "invoice date", "inv date", "date of invoice", "invoice issue date", "date of issue", "issue date", "issued( on| at|)", "invoice dt",
        "bill date", "billing date", "tax invoice date", "receipt date", "date issued", "tax point", "date of receipt", "credit note date",
        "rechnungsdatum", "datum der rechnung", "rechnungs datum", "rechnung vom", "liefer und rechnungsdatum", "belegdatum",
        "ausstellungsdatum", "gutschriftsdatum", "rechnungsdatum lieferdatum", "rechnungs und lieferdatum", "bon datum", "ausgestellt am",
        "date (de |d |)(la |)facture", "date facture", "date d emission", "date (de |d )(facturation|l avoir|avoir)", "facture du", "date emission",
        "emise le", "facture (n° |)du", "le",
        "data (della |)fattura", "data (di |)emissione", "data documento", "data fatt", "data doc", "fattura del", "del",
        "fecha (de |)(la |)factura", "fecha (de |)(emision|expedicion|facturacion)", "fecha emision", "fecha fact",
        "factuurdatum", "factuur datum", "datum factuur", "data (da |)(fatura|factura)", "data (de |)emissao",
        "开票日期", "bizdate", "biz date",
    ),
    Label.DUE_DATE: (
        "due date", "payment due( date| by| on|)", "due( on| by)", "pay by", "payable by", "date due", "payment date", "remit until", "payable until",
        "balance due date", "falligkeit", "falligkeitsdatum", "fallig( am| bis)", "zahlbar bis( zum|)", "zahlungsziel", "bis zum", "bis spatestens",
        "zahlung bis", "netto bis", "zahlbar innerhalb", "zahltermin",
        "echeance", "date (d |de |)echeance", "date limite de paiement", "a payer avant( le|)", "date de reglement", "payable avant le",
        "scadenza", "data (di |)scadenza", "data pagamento", "scadenze", "vencimiento", "fecha (de |)vencimiento", "fecha limite de pago",
        "vervaldatum", "uiterste betaaldatum", "vencimento", "data (de |)vencimento",
    ),
    Label.OTHER_DATE: (
        "order date", "date (of |)order", "delivery date", "date of delivery", "ship(ping|ped|) date", "date shipped", "dispatch date", "service date",
        "period", "invoice period", "billing period", "flight dates", "order flight", "start date", "end date", "print(ed|) (date|on|time)",
        "officially printed on", "gen date", "date of birth", "valid (until|from|to|thru)", "expir(y|ation) date", "expires", "member since", "statement date", "po date", "air date",
        "date of supply", "contract date", "run date", "print date time",
        "lieferdatum", "leistungsdatum", "bestelldatum", "auftragsdatum", "leistungszeitraum", "abrechnungszeitraum", "lieferung vom", "bestellung vom", "liefer( und| bzw) leistungsdatum",
        "gultig ab", "gultig bis", "druckdatum", "bestellung nr vom", "lieferschein vom", "leistungsdatum lieferdatum", "tag der lieferung", "liefertermin", "version vom", "auftrag vom",
        "date de (la |)(livraison|commande|prestation)", "date (livraison|commande)", "periode", "du", "commande du", "date d expedition", "edite le", "imprime le",
        "data (di |)(consegna|ordine|spedizione|stampa|ddt)", "periodo", "ddt del", "ordine del",
        "fecha (de |)(entrega|pedido|envio|operacion|impresion)", "leverdatum", "besteldatum", "orderdatum", "data (de |)(entrega|encomenda)",
    ),
    Label.DATE: ("date", "date time", "datum", "data", "fecha", "dated", "dt", "tarikh", "datetime", "trans date", "transaction date", "日期"),
}

_NUMBERS = {
    Label.INVOICE_NUMBER: (
        "(tax |cash |sales |commercial |vat |)invoice (no|number|nr|num|#|id|№|n °|n|ref|n º)", "inv (no|nr|#|number|num)", "invno", "invoice reference",
        "bill (no|number|#)", "(receipt|rcpt) (no|number|#|nr)", "credit (note|memo) (no|number|#|nr)", "document (no|number|#)", "doc no", "invoice #",
        "rechnungsnummer", "rechnungs (nr|nummer)", "rechnungsnr", "rechnung (nr|nummer|no|#)", "re nr", "rg nr", "belegnummer", "beleg nr", "gutschrift (nr|nummer)",
        "gutschriftsnummer", "rechnung n °", "handelsrechnung 380 nr", "handelsrechnung nr",
        "facture (n °|no|n º|numero|num|n|#)", "(n °|no|n º|numero|num) (de |d |)(la |)facture", "facture numero", "n ° facture", "avoir (n °|no|n º|numero)", "(n °|numero) (d |de |)avoir",
        "reference facture", "ref facture",
        "fattura (n °|no|n|nr|numero|num|n º)", "(n °|numero|n|nr|num|n º) (della |)fattura", "numero documento", "documento (n|n °|nr)", "fattura accompagnatoria n", "nota di credito (n|nr|n °)",
        "factura (n °|no|n|num|numero|nro|n º|#)", "(numero|n °|num|nro|no|n º) (de |)factura", "n º (de |)factura", "factura simplificada",
        "factuurnummer", "factuur (nr|nummer)", "fatura (n º|n °|no|numero|n)", "(numero|n º|n °) (da |)fatura", "发票号码", "slip no",
    ),
    Label.OTHER_NUMBER: (
        "order (no|number|#|nr|id)", "purchase order", "po (no|number|#|box)", "po", "p o (no|number|#|box|)", "customer (no|number|#|id|code|ref)", "account (no|number|#)", "delivery (note |)(no|number|#)",
        "alt order #", "deal #", "estimate (#|number)", "agency code", "advertiser code", "contract (no|number|#|)", "contract", "cust no", "client (no|number|id|code)", "table (no|number|)", "your (order|reference|ref)", "our (ref|reference)",
        "reference", "ref", "ref no", "gst (reg |)(no|id)", "till no", "terminal (id|no|)", "pos no", "trans(action|) (no|id|#)", "batch no", "approval code", "auth code", "member (no|id)", "co reg no", "company (no|number)",
        "do no", "d o no", "quote (no|number|#)", "tracking (no|number|#)", "job (no|number)", "vendor (no|number)", "supplier (no|number)", "sales order( no| number| #|)", "packing (slip|list) (no|number)",
        "kundennummer", "kunden (nr|nummer)", "kundennr", "kd nr", "auftragsnummer", "auftrags nr", "bestellnummer", "bestell nr", "bestellung", "lieferscheinnummer", "lieferschein nr", "artikelnummer", "art nr",
        "vertragsnummer", "referenz", "ihr zeichen", "unser zeichen", "vorgangsnummer", "steuernummer", "kassenbon nr", "angebot nr", "angebotsnummer", "nummer", "vertrag", "ihre nummer", "customer",
        "(n °|no|numero|code|ref|reference) client", "client n °", "(n °|numero|no) (de |)commande", "commande n °", "bon de (commande|livraison)( n °|)", "votre reference", "notre reference", "ref client", "ref marche", "facture liee", "contrat", "n ° (de |)(compte|contrat|client)",
        "codice cliente", "cod cliente", "ordine n", "numero ordine", "(n|numero|nr) ordine", "ddt n", "rif", "riferimento", "vostro ordine", "codice",
        "(numero|n º|n °|num|codigo) (de |)(cliente|pedido|albaran)", "pedido", "albaran", "cliente n º", "referencia", "klantnummer", "ordernummer", "bestelnummer", "numero (de |)encomenda",
    ),
    Label.NUMBER: ("no", "nr", "number", "n °", "n º", "numero", "nummer", "#", "invoice", "tax invoice", "rechnung", "facture", "avoir", "fattura", "factura", "factuur", "fatura", "receipt", "gutschrift", "credit note", "bill #", "bill no", "slip", "korrekturrechnung", "handelsrechnung"),
}

_AMOUNTS = {
    Label.GRAND_TOTAL: (
        "grand total", "invoice total", "total invoice( amount| value|)", "invoice amount", "total amount due", "total due", "total payable", "total amount payable", "amount payable", "total to pay", "nett? total",
        f"{_SUM} {_INCLUDED} {_TAX}", f"total (sales |amount |)(inclusive|including|incl) (of |){_TAX}", f"total (rm|usd|eur|) {_INCLUDED} {_TAX}", "total after rounding", "total rounded", "rounded total( rm|)", "final total", "finaltotal", "total amount rm", "total inc( l|)", "total incl", "total gross", "gross total", "gross amount", "gross", "total (amt|amount) payable", "nett total", "total sales", "net total rm", "total sale", "bill total", "total rm",
        "total including", "total in (usd|eur|gbp|myr)", "total bill", "total incl gst", "jumlah besar",
        "gesamtbetrag( brutto|)", "gesamtsumme( brutto|)", "rechnungsbetrag( brutto|)", "endbetrag( brutto|)", "endsumme", "bruttobetrag", "bruttosumme", "summe brutto", "gesamt brutto", "rechnungssumme( brutto|)( inkl ust| inkl mwst|)", "brutto", "rechnungsendbetrag",
        f"(summe|gesamtbetrag|betrag|gesamt|total) {_INCLUDED} (der |gesetzl |)(\u0031\u0039 |){_TAX}", "zu zahlen", "zu zahlender betrag", "zu zahlen(der|de) gesamtbetrag", "gesamtpreis brutto",
        "total ttc", "montant (total |)ttc", "total t t c", "ttc", "prix ttc", "total general", "total a (payer|regler)", "montant total( ttc| a payer|)", "net a payer( ttc|)", "total facture", "somme a payer", "montant (de la |)facture",
        "totale (fattura|documento|generale|complessivo|da pagare|a pagare|dovuto|ivato)", "totale iva inclusa", "importo totale", "totale complessivo", "totale euro", "netto a pagare", "tot fattura", "tot documento", "totale iva compresa", "totale eur",
        "total factura", "importe total", "total a pagar", "total (con iva|iva incluido|iva incluida|euros|eur)", "total general", "totaal( incl btw| inclusief btw| te betalen)", "te betalen", "eindtotaal", "valor total", "total (da fatura|a pagar|geral)",
        "价税合计",
    ),
    Label.TOTAL: ("total", "totals", "total amount", "total price", "total cost", "total value", "total charges?", "summe", "gesamt", "betrag gesamt", "totale", "importe", "totaal", "summe eur", "gesamt eur", "jumlah", "amount total", "total net value", "合计", "total eur", "total euro", "tot", "total amt", "bar summe", "celkem", "bottomline"),
    Label.DUE: (
        "amount due", "balance due", "net amount due", "balance", "due payable", "net due", "amount to pay", "please pay", "zahlbetrag", "offener betrag", "restbetrag", "zahlungsbetrag", "reste (a payer|du)", "solde( a payer| du|)", "saldo( a pagar|)", "da pagare", "importe a pagar", "openstaand( bedrag|)", "invoice balance", "pay this amount", "net total", "net amount payable", "zahllast", "outstanding", "amount owing", "total outstanding",
    ),
    Label.NET: (
        "total net", "net amount", "net value", "total excl", f"{_SUM} {_EXCLUDED} {_TAX}", f"(sub total|subtotal) {_EXCLUDED} {_TAX}", "taxable amount", "total before tax", "amount before tax", "net total excl", "taxable value", "net goods", "total taxable", "total (rm |)excl", "untaxed amount", "amount excl gst", "net total eur", "taxable total", "total taxable amount",
        "nettobetrag", "nettosumme", "summe netto", "gesamt netto", "netto", "rechnungssumme netto( excl ust|)", f"(rechnungssumme|summe|betrag|gesamt) ohne {_TAX}", "netto summe", "warenwert( netto|)", "gesamtbetrag netto", "rechnungsbetrag netto", "zwischensumme netto", "gesamtpreis netto", "endbetrag netto", "steuerbasisbetrag", "nettowarenwert", "rechnungssumme netto excl ust", "summe positionen netto",
        "total ht", "montant (total |)ht", "total h t", "total hors (taxe|taxes|tva)", "base ht", "sous total ht", "ht", "total net ht", "net ht", "montant net ht", "total brut ht",
        "totale imponibile", "imponibile", "totale netto", "importo netto", "totale merce", "netto merce", "totale imponibili",
        "base imponible", "total neto", "importe neto", "neto", "total (sin|antes de) iva", "base imponivel", "valor liquido", "totaal excl( btw|)", "subtotaal excl btw", "total base imponible",
    ),
    Label.SUBTOTAL: ("sub total( ex| excl| before discount|)", "subtotal", "sub tot", "zwischensumme", "positionssumme", "sous total", "subtotale", "sub totaal", "subtotaal", "sum", "gesamtbetrag der positionen", "total before discount", "merchandise( total|)", "net sales", "order subtotal", "item total", "items total", "total items amount", "somma", "total lignes"),
    Label.TAX: (
        f"(total |)(amount |)(of |)(sales |)(gst|vat|tax|taxes|sst|hst|pst|qst)( amount| amt| total| payable| charged|)", f"add {_TAX}", "service tax", "gst payable", "total tax( amount| amt|)", "tax total", "vat total", "plus vat", "state tax", "county tax", "sales tax",
        "mwst( betrag| gesamt|)", "mehrwertsteuer", "umsatzsteuer", "ust( betrag|)", "steuerbetrag", "zzgl (ust|mwst|mehrwertsteuer|umsatzsteuer)", "zuzuglich (ust|mwst|mehrwertsteuer|umsatzsteuer)", "enthaltene (mwst|ust|mehrwertsteuer|umsatzsteuer)", "summe (mwst|ust|steuer)", "steuer", "gesamtbetrag (mwst|ust)", "darin enthalten",
        "tva", "total tva", "montant (de la |)(tva|taxe|taxes)", "total (des |)taxes", "dont tva", "t v a", "taxes?", "tva collectee", "total taxe",
        "iva", "totale (iva|imposta|imposte)", "importo iva", "imposta", "i v a", "di cui iva", "cuota( iva|)", "total (iva|impuestos)", "importe iva", "impuestos", "igic", "btw( bedrag|)", "totaal btw", "total (do |)iva", "valor (do |)iva", "税额",
    ),
    Label.PAID: ("accepted total", "ringgit m sia", "cash( tendered| received| paid|)", "tendered", "amount (tendered|received|paid)", "paid( amount|)", "payment( cash| received|)", "visa( card|)", "master(card|)", "credit card", "debit( card|)", "amex", "deposit( paid|)", "prepaid", "tunai", "bayaran", "cash payment", "card payment", "prepayment", "gegeben", "bar", "girocard", "ec karte", "ec cash", "kreditkarte", "bezahlt", "anzahlung(en|)", "erhaltene anzahlungen", "acompte", "especes", "carte( bancaire|)", "cb", "regle", "deja (regle|paye)", "contanti", "contante", "carta( di credito|)", "acconto", "pagato", "efectivo", "tarjeta", "entregado", "anticipo", "pagado", "contant", "pin", "kartenzahlung", "bezahlung", "netto(?) bezahlt"),
    Label.CHANGE: ("change( amt| due| cash| given|)", "change amount", "ruckgeld", "wechselgeld", "zuruck", "rendu( monnaie|)", "monnaie( rendue|)", "resto", "cambio", "baki", "wisselgeld", "troco", "ruckgabe"),
    Label.ROUNDING: ("rounding( adj| adjustment| adjustments| adjust|)", "round(ing|) adj", "rounding amount", "bill rounding", "rundung", "arrondi", "arrotondamento", "redondeo", "round off", "pembundaran", "rounded", "adj"),
    Label.DISCOUNT: ("discount( amount|)", "total discount", "less discount", "savings", "you saved?", "your savings", "skonto", "rabatt", "nachlass", "remise", "rabais", "sconto", "descuento", "korting", "desconto", "disc", "gesamtbetrag der abschlage", "agency commission", "commission", "less", "coupon", "discountable"),
    Label.CHARGE: ("shipping( and handling| cost| charges| fee|)", "freight", "handling", "postage", "delivery( charge| fee|)", "carriage", "service charge", "svc( chg| charge|)", "versand( kosten|)", "versandkosten", "fracht", "porto", "frais de (port|livraison)", "port", "transport", "trasporto", "spese( di spedizione| di trasporto|)", "gastos de envio", "portes", "verzendkosten", "gesamtbetrag der zuschlage", "s h", "tip", "trinkgeld"),
    Label.COUNT: ("total (qty|quantity|items?|spots|units|item|pcs|pieces|weight|hours|lines|articles|no of items?)", "item(s|) (count|qty|sold)", "qty s", "(no|number) (of |)items?", "items?", "item s", "aired spots", "qty", "points?", "total qtys?", "weight", "anzahl( artikel|)", "artikel", "posten", "nombre d articles", "articles", "pezzi", "n articoli", "quantite totale", "menge", "gesamtmenge"),
    Label.SUMMARY: ("gst summary", "tax summary", "vat summary", "tax code", "vat rate", "umsatzsteueraufschlusselung", "steuersatz", "taux", "aliquota", "tipo", "gst rate"),
}

_PARTIES = {
    Label.SUPPLIER: (
        "seller", "supplier", "vendor", "from", "sold by", "issued by", "invoice from", "billed by", "bill from", "shipped by", "merchant", "owned by", "issuer", "supplier (name|details|information)", "seller details", "ship from",
        "verkaufer", "lieferant", "rechnungssteller", "rechnungsersteller", "absender", "leistungserbringer", "verkauft (durch|von)", "auftragnehmer",
        "vendeur", "fournisseur", "emetteur", "expediteur", "vendu par", "prestataire", "emis par", "societe emettrice",
        "fornitore", "venditore", "cedente( prestatore|)", "mittente", "venduto da", "emittente", "proveedor", "vendedor", "emisor", "vendido por", "verkoper", "leverancier", "fornecedor", "datos del emisor",
    ),
    Label.BUYER: (
        "bill(ed|ing|) to", "billing address", "invoice(d|) to", "sold to", "customer( name| address| details|)", "client( name|)", "buyer", "to", "purchaser", "bill to address", "charge to", "invoice address", "customer billing address", "cust name", "ordered by", "account name", "advertiser", "agency", "m s", "exmo s senhor es", "recipient", "messrs", "billto", "soldto", "for", "deliver to and bill to", "prepared for", "invoice for",
        "rechnung an", "rechnungsempfanger", "rechnungsadresse", "rechnungsanschrift", "kaufer( leistungsempfanger|)", "kunde", "leistungsempfanger", "empfanger", "besteller", "auftraggeber", "an", "rechnung fur", "kundenanschrift",
        "facture a", "facturer a", "adresse (de |)facturation", "client", "acheteur", "destinataire", "facturation", "adresse facturation", "facture pour", "adresse du client", "nom du client", "coordonnees client",
        "destinatario", "cliente", "spett(\\.|) le", "spett", "spettabile", "intestatario", "fatturare a", "fatturato a", "cessionario( committente|)", "indirizzo di fatturazione", "acquirente", "fattura a", "intestazione",
        "facturar a", "datos (del |de )(cliente|facturacion)", "comprador", "direccion de facturacion", "facturado a", "factuuradres", "factuur aan", "klant", "koper", "faturar a", "adquirente", "购买方",
    ),
    Label.DELIVERY: (
        "ship(ped|ping|) to", "shipping address", "deliver(y|ed|) to", "delivery address", "consignee", "shipto", "deliver to", "place of delivery", "service address",
        "lieferadresse", "lieferanschrift", "lieferung an", "warenempfanger", "lieferort", "abweichende lieferadresse", "adresse de livraison", "livre a", "livraison", "livrer a", "lieu de livraison", "adresse livraison",
        "destinazione( merce|)", "luogo di (consegna|destinazione)", "indirizzo di (spedizione|consegna)", "spedire a", "direccion de (envio|entrega)", "enviar a", "entrega", "afleveradres", "verzendadres", "morada de entrega", "property",
    ),
    Label.PAYEE: ("remit( payment|) to", "remit address", "send payment( s|) to", "send paymentto", "mail payment to", "make (cheques?|checks?) payable to", "payable to", "remittance( address|)", "pay to", "please remit( payment|) to", "send payments to", "beneficiary", "kontoinhaber", "account holder", "zahlungsempfanger", "titulaire( du compte|)", "beneficiaire", "beneficiario", "titular"),
    Label.CONTACT: ("contact( person|)", "attention", "attn", "z hd", "zu handen", "a l attention de", "t a v", "c a", "all attenzione di", "ansprechpartner", "contact commercial", "account executive", "salesperson", "sales rep", "cashier", "served by", "bearbeiter", "sachbearbeiter", "operator", "staff", "vendeur caisse", "agente", "sales office", "kontakt", "interlocuteur"),
}

_CONTACTS = {
    Label.PHONE: ("tel( no| nr| fax|)", "telephone( no| number|)", "phone( no| number|)", "ph", "call", "telefon", "telefonnummer", "fon", "mobile( whatsapps| no|)", "mob", "telefono", "tel ef", "tfno", "tlf", "hotline", "main", "whatsapp", "h p", "hp", "telefoon", "handy", "tele", "portable", "cell", "contact no", "customer service", "ruf"),
    Label.FAX: ("fax( no| nr|)", "telefax", "fx", "telecopie", "billing fax"),
    Label.EMAIL: ("e mail", "email", "mail", "courriel", "correo( electronico|)", "posta elettronica", "pec"),
    Label.WEBSITE: ("web(site| site|)", "internet", "homepage", "url", "www", "site( web| internet|)", "sito( web| internet|)", "pagina web"),
    Label.BUYER_VAT: ("(n °|no|numero|num|) tva (du |)client", "customer (vat|tax) (no|number|id|reg no|)", "your vat( number| no| id|)", "ihre ust id( nr|)", "ust id(nr| nr|) (des |)(kunden|kaufers)", "buyer vat( id| no|)", "tva client", "client vat( no|)", "p iva cliente", "nif cliente", "cif cliente"),
    Label.VAT: (
        "vat( reg| registration|)( no| number| id| nr| code|)", "vat id( no| nr|)", "tax id( no|)", "vatin", "gst (reg|registration) (no|number)", "gst (no|id( no|)|reg)", "ust id( nr|)", "ust idnr", "ustid( nr|)", "ust identnr", "ust ident nr", "ust identifikationsnummer", "umsatzsteuer id( nr|)", "umsatzsteuer identifikationsnummer", "uid( nr| nummer|)", "mwst nr",
        "(n °|no|numero|num|) (de |)tva( intracommunautaire| intracom| intra|)", "tva intracommunautaire", "identifiant tva", "n ° identification tva", "id tva", "n ° tva",
        "p iva", "partita iva", "part iva", "piva", "p i", "c f( e p iva|)", "cod fisc", "codice fiscale", "cif", "nif", "n i f", "c i f", "nif cif", "vat nr", "btw( nummer| nr|)", "nipc", "contribuinte( n º|)", "sst (no|id|reg no)", "abn",
    ),
    Label.TAX_NUMBER: ("steuernummer", "steuernr", "steuer nr", "st nr", "tax number", "ein", "tin"),
    Label.COMPANY_NUMBER: ("siret", "siren", "rcs", "hrb", "hra", "handelsregister", "company (reg|registration|no|number)( no| number|)", "co reg( no|)", "reg no", "co no", "br no", "registered in", "rea", "kvk( nummer|)", "ape", "naf", "crn", "roc( no|)", "business reg( no|)", "amtsgericht", "capital", "registro mercantil", "company reg", "cap soc", "coreg", "gln"),
    Label.BANK: ("iban( nr|)", "bic", "swift( code|)", "bank( account| name| details|)", "account (no|number)", "sort code", "konto( nr|)", "kontonr", "blz", "bankverbindung", "banque", "rib", "banca", "banco", "cuenta", "routing( number|)", "abi", "cab", "bankname", "volksbank", "sparkasse", "a c no"),
    Label.CURRENCY: ("currency", "wahrung", "devise", "valuta", "moneda", "divisa", "betrage in", "amounts in", "alle betrage in", "moeda", "montants en", "importi in"),
    Label.NAME: ("name", "nom", "nome", "nombre", "firma", "ragione sociale", "razon social", "raison sociale", "company", "company name", "firmenname", "handelsname"),
    Label.ADDRESS: ("address", "anschrift", "adresse", "indirizzo", "direccion", "adres", "morada", "domicilio", "street", "strasse", "sede legale", "registered office", "siege social", "sitz der gesellschaft"),
}

LABELS: Vocabulary[Label] = Vocabulary({**_DATES, **_CONTACTS, **_NUMBERS, **_AMOUNTS, **_PARTIES})

DATE_LABELS = frozenset(_DATES)
NUMBER_LABELS = frozenset(_NUMBERS)
AMOUNT_LABELS = frozenset(_AMOUNTS)
PARTY_LABELS = frozenset(_PARTIES)
CONTACT_LABELS = frozenset(_CONTACTS)
