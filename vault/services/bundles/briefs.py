"""What a bundle is to be: fixed when a person asks for it, kept with it, and read by nobody but its making.

However late the making runs, and whatever has changed meanwhile, it makes what the person saw.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from vault.checks.coverage.facts import Days
from vault.rules.channels import ChannelRule, Takes
from vault.services.bundles.contents import Contents, Demand, Enclosed, ProductSection, Sales, Shown, SupplierCard
from vault.services.bundles.options import BundleOptions


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that the making needs. `channel`: what it took when the bundle was asked for."""

    contents: Contents
    options: BundleOptions
    channel: ChannelRule


def dump_brief(brief: Brief) -> dict[str, Any]:
    """As the database keeps it."""
    contents = brief.contents
    return {
        "options": brief.options.dump(),
        "channel": asdict(brief.channel),
        "demand": asdict(contents.demand) | {"noticed_on": contents.demand.noticed_on.isoformat()},
        "window": [day.isoformat() for day in contents.window],
        "enclosed": [_dumped(each) for each in contents.enclosed],
        "products": [_dumped_product(each) for each in contents.products],
        "others": [asdict(each) for each in contents.others],
        "suppliers": [asdict(each) for each in contents.suppliers],
        "letter": contents.letter,
        "journal_to": contents.journal_to,
    }


def load_brief(stored: Mapping[str, Any]) -> Brief:
    """What `dump_brief` gave."""
    demand, channel = stored["demand"], stored["channel"]
    contents = Contents(
        demand=Demand(**{**demand, "noticed_on": date.fromisoformat(demand["noticed_on"])}),
        window=(date.fromisoformat(stored["window"][0]), date.fromisoformat(stored["window"][1])),
        enclosed=tuple(_enclosed(each) for each in stored["enclosed"]),
        products=tuple(_product(each) for each in stored["products"]),
        others=tuple(map(_shown, stored["others"])),
        suppliers=tuple(SupplierCard(**each) for each in stored["suppliers"]),
        letter=stored["letter"],
        journal_to=stored["journal_to"],
    )
    options = BundleOptions.load(stored["options"])
    return Brief(contents, options, ChannelRule(**{**channel, "takes": Takes(channel["takes"])}))


def _dumped(each: Enclosed) -> dict[str, Any]:
    return asdict(each) | {"issued_on": each.issued_on.isoformat() if each.issued_on else None}


def _dumped_product(each: ProductSection) -> dict[str, Any]:
    return {
        "asin": each.asin,
        "title": each.title,
        "shown": [asdict(shown) for shown in each.shown],
        "bought": each.bought,
        "sales": _dumped_sales(each.sales) if each.sales else None,
    }


def _dumped_sales(sales: Sales) -> dict[str, Any]:
    return {
        "sold": {day.isoformat(): units for day, units in sales.sold.items()},
        "known": [[each.first.isoformat(), each.last.isoformat()] for each in sales.known],
        "days_unknown": sales.days_unknown,
    }


def _enclosed(stored: Mapping[str, Any]) -> Enclosed:
    issued_on = date.fromisoformat(stored["issued_on"]) if stored["issued_on"] else None
    return Enclosed(**{**stored, "issued_on": issued_on})


def _product(stored: Mapping[str, Any]) -> ProductSection:
    return ProductSection(
        asin=stored["asin"],
        title=stored["title"],
        shown=tuple(map(_shown, stored["shown"])),
        bought=stored["bought"],
        sales=_sales(stored["sales"]) if stored["sales"] else None,
    )


def _shown(stored: Mapping[str, Any]) -> Shown:
    return Shown(stored["document_id"], tuple(stored["positions"]), stored["units"])


def _sales(stored: Mapping[str, Any]) -> Sales:
    known = tuple(Days(date.fromisoformat(first), date.fromisoformat(last)) for first, last in stored["known"])
    sold = {date.fromisoformat(day): units for day, units in stored["sold"].items()}
    return Sales(sold, known, stored["days_unknown"])
