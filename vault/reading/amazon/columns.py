"""The column names of Seller Central's reports, in the languages in which they are downloaded.

The English name comes first, as a key; the others are what the European, Turkish, Japanese and Chinese pages print.
"""

from types import MappingProxyType

LISTING_COLUMNS = MappingProxyType(
    {
        "item-name": (
            "nom-produit",
            "Artikelbezeichnung",
            "Nome dell'articolo",
            "Título del producto",
            "nazwa-produktu",
            "商品名",
            "商品名称",
            "title",
        ),
        "item-description": (
            "description-produit",
            "Artikelbeschreibung",
            "Descrizione dell'articolo",
            "Descripción del producto",
            "opis-produktu",
            "商品の説明",
            "商品描述",
        ),
        "seller-sku": (
            "sku-vendeur",
            "Händler-SKU",
            "SKU venditore",
            "SKU del vendedor",
            "sku-sprzedawcy",
            "出品者SKU",
            "卖家 SKU",
            "sku",
        ),
        "price": ("prix", "Preis", "Prezzo", "Precio", "cena", "価格", "价格"),
        "quantity": ("quantité", "Menge", "Quantità", "Cantidad", "ilość", "数量", "在庫数"),
        "open-date": (
            "date-ouverture",
            "Erstellungsdatum",
            "Data di creazione",
            "Fecha de creación",
            "data-otwarcia",
            "出品日",
            "开售日期",
        ),
        "item-condition": (
            "état-produit",
            "Artikelzustand",
            "Condizione dell'articolo",
            "stan-produktu",
            "コンディション",
            "商品状况",
        ),
        "product-id-type": (
            "type-id-produit",
            "Produkt-ID-Typ",
            "Tipo di identificativo del prodotto",
            "Tipo de identificador de producto",
            "typ-identyfikatora-produktu",
            "商品IDタイプ",
            "商品编码类型",
        ),
        "product-id": (
            "id-produit",
            "Produkt-ID",
            "Identificativo del prodotto",
            "Identificador del producto",
            "identyfikator-produktu",
            "商品ID",
            "商品编码",
        ),
        "asin1": ("asin", "ASIN 1"),
        "fulfillment-channel": (
            "fulfilment-channel",
            "canal-traitement",
            "Versender",
            "Canale di gestione",
            "Canal de gestión logística",
            "kanał-realizacji",
            "フルフィルメント・チャンネル",
            "配送渠道",
        ),
        "status": ("état", "stato", "estado", "Estado del producto", "stan", "durum", "ステータス", "状态"),
    }
)

# FBA inventory: "Manage FBA Inventory" and "Amazon Fulfilled Inventory" name the same things differently. Sources: Seller
# Central help, "Manage FBA Inventory report"; only its Chinese page prints other names than the English ones.
INVENTORY_COLUMNS = MappingProxyType(
    {
        "sku": ("seller-sku", *LISTING_COLUMNS["seller-sku"]),
        "fnsku": ("fulfillment-channel-sku", "fulfilment-channel-sku"),
        "asin": ("asin1",),
        "product-name": ("商品名称", "商品名"),
        "condition": ("condition-type", "状况"),
        "your-price": ("您的价格",),
        "fulfillable": (
            "afn-fulfillable-quantity",
            "Quantity Available",
            "quantity-for-local-fulfillment",
            "afn-warehouse-quantity",
            "亚马逊物流可售数量",
        ),
    }
)

# All orders. The report is mostly printed in English; these are the names of the pages that translate it.
ORDER_COLUMNS = MappingProxyType(
    {
        "amazon-order-id": (
            "numéro-commande-amazon",
            "Numéro de commande Amazon",
            "Amazon-Bestellnummer",
            "Bestellnummer",
            "Numero ordine Amazon",
            "Número de pedido de Amazon",
            "Número de pedido",
            "numer-zamówienia-amazon",
            "Amazon 注文番号",
            "注文番号",
            "亚马逊订单编号",
            "订单编号",
        ),
        "order-item-id": ("amazon-order-item-id", "Artikelposten-ID", "注文商品番号", "订单商品编号"),
        "purchase-date": (
            "date-achat",
            "Date d'achat",
            "Kaufdatum",
            "Bestelldatum",
            "Data di acquisto",
            "Data dell'ordine",
            "Fecha de compra",
            "data-zakupu",
            "注文日時",
            "注文日",
            "购买日期",
        ),
        "last-updated-date": (
            "date-dernière-mise-à-jour",
            "Letzte Aktualisierung",
            "Data ultimo aggiornamento",
            "Fecha de la última actualización",
            "最終更新日",
            "最后更新日期",
        ),
        "order-status": (
            "statut-commande",
            "Statut de la commande",
            "Bestellstatus",
            "Stato dell'ordine",
            "Estado del pedido",
            "status-zamówienia",
            "注文ステータス",
            "订单状态",
        ),
        "item-status": (
            "statut-article",
            "Artikelstatus",
            "Stato dell'articolo",
            "Estado del artículo",
            "商品ステータス",
            "商品状态",
        ),
        "sales-channel": (
            "canal-vente",
            "Canal de vente",
            "Vertriebskanal",
            "Verkaufskanal",
            "Canale di vendita",
            "Canal de venta",
            "kanał-sprzedaży",
            "販売チャネル",
            "销售渠道",
        ),
        "sku": LISTING_COLUMNS["seller-sku"],
        "asin": ("asin1", "ASIN 1"),
        "quantity": ("quantity-purchased", *LISTING_COLUMNS["quantity"]),
    }
)
