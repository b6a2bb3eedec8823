"""Brings a seller account's catalogue to what a report says, in few statements: on SQLite all others wait meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.accounts import Listing as ListingRow
from vault.domain.ids import new_id
from vault.reading.amazon.inventory import StockLabel
from vault.reading.amazon.listings import Listing

Values = dict[str, Any]
_OF_LISTING = ("product_id", "gtin", "price", "status", "fnsku")


@dataclass(slots=True)
class Changes:
    """What an update came to, in SKUs."""

    added: int = 0
    changed: int = 0


class CatalogueUpdate:
    """Takes listings one by one, and writes what is new or different about them at the end."""

    def __init__(self, session: Session, account_id: str, now: datetime) -> None:
        self._session, self._now, self._account_id = session, now, account_id
        self._products = _Rows(session, account_id, CatalogueProduct, "asin", ("title",))
        self._listings = _Rows(session, account_id, ListingRow, "sku", _OF_LISTING)
        self._titled: set[str] = set()
        self._changes = Changes()

    def take(self, listing: Listing) -> None:
        """`listing` has an ASIN."""
        product_id, is_retitled = self._product(listing)
        values = {
            "product_id": product_id,
            "gtin": listing.gtin[:14],
            "price": "" if listing.price is None else f"{listing.price:f}"[:40],
            "status": listing.status[:40],
        }
        sku = listing.sku[:200]
        if sku not in self._listings:
            self._add(sku, values)
        else:
            self._changes.changed += self._listings.change(sku, values) or is_retitled

    def label(self, label: StockLabel) -> bool:
        """Keeps the label of an offer. One that is not known yet is added where the line names its ASIN, else False."""
        sku = label.sku[:200]
        if sku in self._listings:
            self._changes.changed += self._listings.change(sku, {"fnsku": label.fnsku})
            return True
        if label.asin:
            if label.asin not in self._products:
                self._products.add(label.asin, {"title": label.title[:1000]})
            self._add(sku, {"product_id": self._products.id(label.asin), "fnsku": label.fnsku})
        return bool(label.asin)

    def write(self) -> Changes:
        common = {"account_id": self._account_id, "updated_at": self._now}
        self._products.write(self._session, {**common, "created_at": self._now}, {"updated_at": self._now})
        self._listings.write(self._session, common, {"updated_at": self._now})
        return self._changes

    def _add(self, sku: str, values: Mapping[str, Any]) -> None:
        self._listings.add(sku, {**dict.fromkeys(_OF_LISTING, ""), **values})
        self._changes.added += 1

    def _product(self, listing: Listing) -> tuple[str, bool]:
        """The id of the listing's product, and whether its title is another one now. The first title in a report counts."""
        asin, title = listing.asin, listing.title[:1000]
        if asin not in self._products:
            self._products.add(asin, {"title": ""})
        is_retitled = False
        if title and asin not in self._titled:
            self._titled.add(asin)
            is_retitled = self._products.change(asin, {"title": title})
        return self._products.id(asin), is_retitled


class _Rows:
    """One table's rows of an account, by the column `key` that a report names them with; `columns` may change."""

    def __init__(
        self,
        session: Session,
        account_id: str,
        entity: type[CatalogueProduct] | type[ListingRow],
        key: str,
        columns: tuple[str, ...],
    ) -> None:
        self._entity, self._key = entity, key
        wanted = select(*(getattr(entity, name) for name in ("id", key, *columns)))
        found = session.execute(wanted.where(entity.account_id == account_id)).mappings()
        self._rows: dict[str, Values] = {row[key]: dict(row) for row in found}
        self._new: dict[str, Values] = {}
        self._changed: dict[str, Values] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def id(self, name: str) -> str:
        return str(self._rows[name]["id"])

    def add(self, name: str, values: Mapping[str, Any]) -> None:
        self._rows[name] = self._new[name] = {"id": new_id(), self._key: name, **values}

    def change(self, name: str, values: Mapping[str, Any]) -> bool:
        """Returns whether anything is different now."""
        row = self._rows[name]
        if all(row[column] == value for column, value in values.items()):
            return False
        row.update(values)
        if name not in self._new:
            self._changed[name] = row
        return True

    def write(self, session: Session, of_new: Mapping[str, Any], of_changed: Mapping[str, Any]) -> None:
        """One statement for all new rows, one for all changed ones; both get the values named here."""
        if self._new:
            session.execute(insert(self._entity), [{**row, **of_new} for row in self._new.values()])
        if self._changed:
            session.execute(update(self._entity), [{**row, **of_changed} for row in self._changed.values()])
