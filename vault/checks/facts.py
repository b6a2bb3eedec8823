"""The facts that invoice checks judge. Checks do not know where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vault.domain.products import LineMatch, Product
from vault.domain.readings import Reading
from vault.domain.values import PostalAddress


@dataclass(frozen=True, slots=True)
class Buyer:
    """The legal entity of the seller account: who must stand on the invoice as its customer."""

    legal_name: str
    address: PostalAddress = PostalAddress()
    vat_number: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another document that looks like the same invoice. `how`: ``same number`` or ``same date and total``."""

    document_id: str
    filename: str
    how: str


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """One invoice with everything its checks need. `reading` has people's corrections applied.

    `matches` has one entry for each line of the reading. `products` maps ids to the products that matches name;
    `has_catalogue` is False while no catalogue was imported. `buyer` is None while unknown;
    `twins` is None where there is no vault to look for them in.
    """

    reading: Reading
    as_of: date
    matches: tuple[LineMatch, ...] = ()
    products: Mapping[str, Product] = field(default_factory=dict)
    has_catalogue: bool = False
    buyer: Buyer | None = None
    twins: tuple[Twin, ...] | None = ()
