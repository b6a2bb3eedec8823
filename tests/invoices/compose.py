"""Makes invoices: whole ones, from a seed, as an ordinary supplier of the given country would write them."""

import random
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from tests.invoices import identifiers
from tests.invoices.catalogue import Product, make_catalogue
from tests.invoices.locales import LOCALES, Locale
from tests.invoices.model import PRICELESS_KINDS, Address, Adjustment, Invoice, Line, Party, cents
from vault.domain.readings import DocumentKind

AS_OF = date(2026, 10, 31)


def make_invoice(
    seed: int,
    locale: str = "fr",
    *,
    kind: DocumentKind = DocumentKind.INVOICE,
    line_count: int | None = None,
    products: Sequence[Product] | None = None,
    supplier: Party | None = None,
    buyer: Party | None = None,
    as_of: date = AS_OF,
) -> Invoice:
    """An invoice without a flaw, issued in the four months before `as_of`. The same arguments give the same invoice.

    `products` is what the supplier sells (a small catalogue of its own when not given).
    """
    words = LOCALES[locale]
    rng = random.Random(f"invoice {seed} {locale} {kind}")
    supplier = supplier or make_supplier(seed, locale)
    buyer = buyer or make_buyer(seed, locale)
    issued = as_of - timedelta(days=rng.randint(3, 120))
    return Invoice(
        kind=kind,
        locale=locale,
        number=_document_number(rng, issued),
        supplier=supplier,
        buyer=buyer,
        lines=_lines(rng, words, kind, products or make_catalogue(30, seed, words.gtin_prefix), line_count),
        currency=words.currency,
        issue_date=issued,
        due_date=issued + timedelta(days=30) if kind is DocumentKind.INVOICE else None,
        delivery_date=issued - timedelta(days=rng.randint(0, 6)) if rng.random() < 0.5 else None,
        order_number=f"{rng.choice(('PO', 'CMD', 'B'))}{identifiers.digits(rng, 6)}",
        customer_number=identifiers.digits(rng, 5),
        adjustments=_adjustments(rng, words, kind),
        shows_prices=kind not in PRICELESS_KINDS,
    )


def make_supplier(seed: int, locale: str) -> Party:
    words, rng = LOCALES[locale], random.Random(f"supplier {seed} {locale}")
    plain_name = rng.choice(words.company_names)
    domain = f"{_slug(plain_name.split()[0])}.example"
    return Party(
        name=f"{plain_name} {rng.choice(words.company_forms)}",
        address=_address(rng, words),
        vat=identifiers.vat_number(rng, words.country),
        phone=rng.choice(words.phone_formats).format(a=rng.randint(10, 99), b=rng.randint(10, 99)),
        email=f"{rng.choice(('info', 'contact', 'sales'))}@{domain}",
        website=f"www.{domain}",
        iban=identifiers.bank_account(rng, words.country),
    )


def make_buyer(seed: int, locale: str) -> Party:
    """A trader who sells on; never one of the suppliers."""
    words, rng = LOCALES[locale], random.Random(f"buyer {seed} {locale}")
    name = rng.choice(("Marivent", "Tradabel", "Kolmen Retail", "Ardoisine", "Velour & Pine", "Haldenreich"))
    form = rng.choice(words.company_forms)
    return Party(f"{name} {form}", _address(rng, words), vat=identifiers.vat_number(rng, words.country))


def _address(rng: random.Random, words: Locale) -> Address:
    postcode, city, *region = rng.choice(words.towns)
    number = rng.randint(100, 4800) if words.country == "US" else rng.randint(2, 98)
    street = words.street_format.format(number=number, street=rng.choice(words.streets))
    town = words.town_format.format(postcode=postcode, city=city, region="".join(region))
    country = [rng.choice(words.words["country_name"])] if rng.random() < 0.5 else []
    return Address((street, *town.split("\n"), *country), street, postcode, city, words.country)


def _document_number(rng: random.Random, issued: date) -> str:
    serial = rng.randint(12, 98_765)
    shapes = (
        f"{issued.year}-{serial:05d}",
        f"F{issued:%y%m}/{serial:05d}",
        f"{serial:07d}",
        f"RE-{serial:06d}",
        f"{serial}/{issued.year}",
    )
    return rng.choice(shapes)


def _lines(
    rng: random.Random, words: Locale, kind: DocumentKind, products: Sequence[Product], count: int | None
) -> tuple[Line, ...]:
    count = count or rng.randint(1, 6)
    chosen = rng.sample(products, min(count, len(products)))
    habit, sign = rng.randrange(3), -1 if kind is DocumentKind.CREDIT_NOTE else 1
    with_sku, with_gtin = rng.random() < 0.7, rng.random() < 0.6
    few_rates = words.tax_rates[:1] if rng.random() < 0.6 else words.tax_rates[:2]
    return tuple(
        Line(
            description=product.description(words.key, habit),
            quantity=sign * Decimal(rng.choice((1, 2, 5, 6, 10, 12, 20, 24, 40, 48, 60, 120))),
            unit_price=cents(product.price),
            tax_rate=rng.choice(few_rates),
            gtin=product.gtin if with_gtin else None,
            sku=product.sku if with_sku else None,
            model=product.model,
        )
        for product in chosen
    )


def _adjustments(rng: random.Random, words: Locale, kind: DocumentKind) -> tuple[Adjustment, ...]:
    if kind is DocumentKind.CREDIT_NOTE:
        return ()
    rate, found = words.tax_rates[0], []
    if rng.random() < 0.4:
        found.append(Adjustment(rng.choice(words.words["shipping"]), Decimal(rng.randint(450, 4900)) / 100, rate))
    if rng.random() < 0.2:
        found.append(Adjustment(rng.choice(words.words["discount"]), -Decimal(rng.randint(50, 190)) / 100, rate))
    return tuple(found)


def _slug(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", "-", ascii_name.lower()).strip("-")
