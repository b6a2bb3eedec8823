"""What pages say about each kind of report that can be imported."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vault.domain.message import N_
from vault.reading.amazon.kinds import ReportKind


@dataclass(frozen=True, slots=True)
class ReportWords:
    """`purpose`: what it is for; `where`: how to get it; `added`, `changed`: what is counted after an import."""

    name: str
    purpose: str
    where: str
    added: str
    changed: str


REPORTS: Mapping[str, ReportWords] = MappingProxyType(
    {
        ReportKind.LISTINGS: ReportWords(
            N_("All listings"),
            N_(
                "The catalogue: every product that you sell, with SKU, ASIN, title and EAN. Invoice lines are matched with it."
            ),
            N_("In Seller Central: Inventory, Inventory reports, All listings report."),
            N_("offers added"),
            N_("offers changed"),
        ),
        ReportKind.INVENTORY: ReportWords(
            N_("FBA inventory"),
            N_(
                "The labels (FNSKU) under which Amazon keeps your goods. Goods under the label of another seller account"
                " link the two."
            ),
            N_("In Seller Central: Reports, Fulfilment by Amazon, Manage FBA Inventory."),
            N_("offers added"),
            N_("labels changed"),
        ),
        ReportKind.ORDERS: ReportWords(
            N_("All orders"),
            N_(
                "How many units of each product were sold: your invoices have to cover them. Names and addresses of buyers"
                " are not kept."
            ),
            N_("In Seller Central: Reports, Fulfilment, All orders. Request the last year as a text file."),
            N_("order items added"),
            N_("order items changed"),
        ),
    }
)
