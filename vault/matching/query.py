"""What is looked for: the text of an invoice line and what it says beside its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vault.domain.products import Product
from vault.domain.readings import LineItem
from vault.matching.profile import Profile


@dataclass(frozen=True, slots=True)
class Query:
    """A line of an invoice. Identifiers are as printed; they are checked before they are believed."""

    text: str
    asin: str = ""
    fnsku: str = ""
    sku: str = ""
    gtin: str = ""
    model: str = ""
    brand: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_line(cls, line: LineItem) -> "Query":
        """The query for a line item as it was read. What was paid is left out: it is not the price of the listing."""
        named = line.identifiers
        return cls(
            text=line.description.value if line.description else "",
            asin=named.asin or "",
            sku=named.sku or "",
            gtin=named.gtin or "",
            model=named.model or "",
        )

    @classmethod
    def of_product(cls, product: Product) -> "Query":
        """The query for a line that is described with the fields of a product."""
        return cls(
            text=product.title,
            asin=product.asin,
            fnsku=product.fnsku,
            sku="".join(product.skus[:1]),
            gtin="".join(product.gtins[:1]),
            model=product.model,
            brand=product.brand,
            attributes=product.attributes,
        )

    def profile(self) -> Profile:
        return Profile.of(
            Product(id="", title=self.text, brand=self.brand, model=self.model, attributes=self.attributes)
        )
