"""An invoice as its supplier means it, with exact decimal arithmetic: the truth behind every generated page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from vault.domain.readings import DocumentKind

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")

# These papers accompany goods or come before the sale; the first two show no prices at all.
PRICELESS_KINDS = frozenset({DocumentKind.DELIVERY_NOTE, DocumentKind.PACKING_LIST})


def cents(amount: Decimal) -> Decimal:
    """`amount` rounded to two decimals, half up, as the tax offices of all our locales do it."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Address:
    """`lines` as printed, without the name; beside them the parts. `country` is ISO 3166-1 alpha-2, printed or not."""

    lines: tuple[str, ...]
    street: str
    postcode: str
    city: str
    country: str


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier or a buyer. None: the page does not say."""

    name: str
    address: Address | None
    vat: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    iban: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line item. `tax_rate` is in percent. `misprint` is added to the printed amount: the supplier's slip."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    tax_rate: Decimal
    asin: str | None = None
    gtin: str | None = None
    sku: str | None = None
    model: str | None = None
    misprint: Decimal = NOTHING

    @property
    def amount(self) -> Decimal:
        return cents(self.quantity * self.unit_price) + self.misprint


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A charge (shipping) or, with a negative amount, a discount on the whole document."""

    label: str
    amount: Decimal
    tax_rate: Decimal


@dataclass(frozen=True, slots=True)
class TaxShare:
    """What one tax rate contributes: the net amounts under it and the tax on their sum."""

    rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Invoice:
    """A document of sale. Quantities are negative on credit notes, unit prices never are.

    `locale` is a key of `tests.invoices.locales.LOCALES`. `misprint` is added to the printed total.
    `shows_prices` False leaves every amount out of the page.
    """

    kind: DocumentKind
    locale: str
    number: str
    supplier: Party
    buyer: Party
    lines: tuple[Line, ...]
    currency: str
    issue_date: date | None
    due_date: date | None = None
    delivery_date: date | None = None
    order_number: str | None = None
    customer_number: str | None = None
    adjustments: tuple[Adjustment, ...] = ()
    misprint: Decimal = NOTHING
    shows_prices: bool = True

    @property
    def lines_total(self) -> Decimal:
        return total_of(line.amount for line in self.lines)

    @property
    def net(self) -> Decimal:
        return self.lines_total + total_of(adjustment.amount for adjustment in self.adjustments)

    @property
    def tax_shares(self) -> tuple[TaxShare, ...]:
        """One share a rate, highest rate first; the tax is rounded once a rate."""
        taxed = [(line.tax_rate, line.amount) for line in self.lines]
        taxed += [(adjustment.tax_rate, adjustment.amount) for adjustment in self.adjustments]
        rates = sorted({rate for rate, _ in taxed}, reverse=True)
        nets = {rate: total_of(amount for other, amount in taxed if other == rate) for rate in rates}
        return tuple(TaxShare(rate, nets[rate], cents(nets[rate] * rate / 100)) for rate in rates)

    @property
    def tax(self) -> Decimal:
        return total_of(share.tax for share in self.tax_shares)

    @property
    def total(self) -> Decimal:
        return self.net + self.tax + self.misprint


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)
