"""Invented products, the same ones in every language, and the all-listings report that a marketplace would export."""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.invoices import identifiers
from tests.invoices.locales import LOCALES

_BRANDS = ("Norvik", "Calorma", "Lumetto", "Tavrin", "Okelle", "Brisento", "Quorrel", "Zenbrel", "Hestavo", "Mirvane")
_EAN, _ASIN = "4", "1"  # what the report's product-id-type column calls them

REPORT_COLUMNS = (
    "item-name", "item-description", "listing-id", "seller-sku", "price", "quantity", "open-date", "image-url",
    "item-is-marketplace", "product-id-type", "zshop-shipping-fee", "item-note", "item-condition", "zshop-category1",
    "zshop-browse-path", "zshop-storefront-feature", "asin1", "asin2", "asin3", "will-ship-internationally",
    "expedited-shipping", "zshop-boldface", "product-id", "bid-for-featured-placement", "add-delete",
    "pending-quantity", "fulfillment-channel", "merchant-shipping-group", "status",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Product:
    """`family`, `feature` and `colour` are places in each locale's word lists. `price` is what a supplier asks."""

    asin: str
    sku: str
    gtin: str
    brand: str
    model: str
    family: int
    feature: int
    colour: int
    price: Decimal

    def title(self, locale: str) -> str:
        """The title of the listing, as marketplaces write them."""
        words = LOCALES[locale]
        name = words.families[self.family]
        return f"{self.brand} {self.model} {name}, {words.features[self.feature]}, {words.colours[self.colour]}"

    def description(self, locale: str, habit: int) -> str:
        """The same product in a supplier's words; suppliers differ in their `habit` (any number)."""
        words = LOCALES[locale]
        name, feature, colour = words.families[self.family], words.features[self.feature], words.colours[self.colour]
        habits = (
            f"{name} {self.brand} {self.model} {colour}",
            f"{self.brand} {self.model} {name} {feature} {colour}",
            f"{name} {feature} {colour} {self.brand} {self.model}",
        )
        return habits[habit % len(habits)]


def make_catalogue(size: int, seed: int = 1, gtin_prefix: str = "35") -> tuple[Product, ...]:
    """`size` different products; at most one per combination of brand and model."""
    rng = random.Random(f"catalogue {seed}")
    models: set[str] = set()
    while len(models) < size:
        models.add(f"{rng.choice('ABDFGKLMPRTVX')}{rng.choice('AEKLNRSTX')}-{rng.randint(100, 989)}")
    return tuple(_product(rng, model, gtin_prefix) for model in sorted(models))


def _product(rng: random.Random, model: str, gtin_prefix: str) -> Product:
    words = LOCALES["fr"]  # every locale has lists of the same lengths
    brand = rng.choice(_BRANDS)
    return Product(
        asin=identifiers.asin(rng),
        sku=f"{brand[:3].upper()}-{identifiers.digits(rng, 5)}",
        gtin=identifiers.gtin(rng, gtin_prefix),
        brand=brand,
        model=model,
        family=rng.randrange(len(words.families)),
        feature=rng.randrange(len(words.features)),
        colour=rng.randrange(len(words.colours)),
        price=Decimal(rng.randint(190, 8999)) / 100,
    )


def all_listings(products: Sequence[Product], locale: str = "fr") -> bytes:
    """The all-listings report (tab separated, UTF-8). Every third listing was created by ASIN and shows no EAN."""
    text = io.StringIO()
    writer = csv.DictWriter(
        text, REPORT_COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE, restval="", lineterminator="\n"
    )
    writer.writeheader()
    for place, product in enumerate(products):
        writer.writerow(_listing(product, place, locale))
    return text.getvalue().encode("utf-8")


def _listing(product: Product, place: int, locale: str) -> dict[str, str]:
    by_asin = place % 3 == 2
    return {
        "item-name": product.title(locale),
        "listing-id": f"{place:04d}L{product.asin[4:]}",
        "seller-sku": product.sku,
        "price": str(round(product.price * Decimal("1.9"), 2)),
        "quantity": str(7 + place % 40),
        "open-date": f"{1 + place % 28:02d}/03/2025 09:14:00 CET",
        "item-is-marketplace": "y",
        "product-id-type": _ASIN if by_asin else _EAN,
        "item-condition": "11",
        "asin1": product.asin,
        "product-id": product.asin if by_asin else product.gtin,
        "pending-quantity": "0",
        "fulfillment-channel": "DEFAULT" if place % 2 else "AMAZON_EU",
        "status": "Active",
    }
