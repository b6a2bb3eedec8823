"""A vault with very many documents, made with bulk inserts: the same for the same seed."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, insert, text

from vault.db.entities.accounts import CatalogueProduct, Listing, SellerAccount, Supplier
from vault.db.entities.documents import Blob, Document, DocumentLine
from vault.db.entities.texts import DocumentText
from vault.db.entities.work import Task
from vault.domain.ids import new_id

TODAY = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
_BATCH = 5000

_VERDICTS = {"pass": 70, "warn": 12, "unknown": 8, "fail": 10}
_STATES = {"judged": 9700, "unreadable": 250, "kept": 40, "quarantined": 10}
_KINDS = {"invoice": 900, "credit_note": 50, "receipt": 20, "delivery_note": 15, "order_confirmation": 10, "quote": 5}
_SEVERITIES = {"critical": 10, "high": 30, "normal": 45, "low": 15}
_CHECKS = ("invoice.issue_date", "invoice.supplier_address", "invoice.line_description", "invoice.arithmetic")
_SYLLABLES = ("ba", "co", "de", "fi", "gu", "ha", "li", "mo", "ne", "po", "ra", "si", "tu", "ve", "zo")


class ManyDocuments:
    """`documents` documents in two seller accounts, nine in ten of them in the first (`account_id`)."""

    def __init__(self, documents: int, seed: int = 1) -> None:
        self._dice = random.Random(seed)
        self.documents = documents
        self.account_ids = (new_id(), new_id())
        self.account_id = self.account_ids[0]
        # Words come up as in real texts: a few all the time, most of them hardly ever.
        self.words = sorted({"".join(self._dice.choices(_SYLLABLES, k=3)) for _ in range(4000)})
        self._weights = [1 / (rank + 1) for rank in range(len(self.words))]
        self._dice.shuffle(self.words)
        self.suppliers = [(new_id(), self._name(2)) for _ in range(400)]
        self.products = [(new_id(), self._name(6)) for _ in range(5000)]

    def fill(self, engine: Engine) -> None:
        """Writes everything into the empty tables of `engine`, and lets the database look at what it got."""
        with engine.begin() as connection:
            connection.execute(insert(SellerAccount), [self._account(id_) for id_ in self.account_ids])
            connection.execute(insert(Supplier), [self._supplier(*supplier) for supplier in self.suppliers])
            products = [self._product(number, *product) for number, product in enumerate(self.products)]
            connection.execute(insert(CatalogueProduct), products)
            connection.execute(insert(Listing), [self._listing(product) for product in products])
            for documents in self._batches():
                connection.execute(insert(Blob), [self._blob(document) for document in documents])
                connection.execute(insert(Document), documents)
                connection.execute(insert(DocumentLine), [line for item in documents for line in self._lines(item)])
                connection.execute(insert(Task), [task for item in documents for task in self._tasks(item)])
                connection.execute(insert(DocumentText), self._texts(documents))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))

    def text(self) -> str:
        """What stands on one invoice."""
        return " ".join(self._dice.choices(self.words, self._weights, k=120))

    def _texts(self, documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """What the search index keeps: each word once, and the account's id among them."""
        return [
            {"document_id": item["id"], "words": " ".join([item["account_id"], *sorted(set(self.text().split()))])}
            for item in documents
        ]

    def _batches(self) -> Iterator[list[dict[str, Any]]]:
        for first in range(0, self.documents, _BATCH):
            yield [self._document(number) for number in range(first, min(first + _BATCH, self.documents))]

    def _pick(self, weights: dict[str, int]) -> str:
        return self._dice.choices(list(weights), list(weights.values()))[0]

    def _name(self, length: int) -> str:
        return " ".join(word.capitalize() for word in self._dice.choices(self.words, k=length))

    def _account(self, id_: str) -> dict[str, Any]:
        return {
            "id": id_, "name": "Bench", "legal_name": "Bench", "marketplaces": [], "created_at": NOON,
        }  # fmt: skip

    def _supplier(self, id_: str, name: str) -> dict[str, Any]:
        return {"id": id_, "account_id": self.account_id, "name": name, "match_key": id_, "created_at": NOON}

    def _product(self, number: int, id_: str, title: str) -> dict[str, Any]:
        return {
            "id": id_, "account_id": self.account_id, "asin": f"B{number:09}", "title": title,
            "created_at": NOON, "updated_at": NOON,
        }  # fmt: skip

    def _listing(self, product: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": new_id(), "account_id": self.account_id, "product_id": product["id"],
            "sku": "SKU-" + product["asin"], "updated_at": NOON,
        }  # fmt: skip

    def _document(self, number: int) -> dict[str, Any]:
        uploaded = NOON - timedelta(minutes=2 * (self.documents - number))
        state = self._pick(_STATES)
        is_judged = state == "judged"
        # A few suppliers send most of the invoices.
        supplier = self.suppliers[int(len(self.suppliers) * self._dice.random() ** 3)] if is_judged else (None, "")
        issued = (uploaded - timedelta(days=self._dice.randrange(60))).date()
        return {
            "id": new_id(),
            "account_id": self.account_ids[0 if self._dice.random() < 0.9 else 1],
            "sha256": sha256(b"%d" % number).hexdigest(),
            "size": self._dice.randrange(20_000, 900_000),
            "media_type": "application/pdf",
            "filename": f"scan-{number}.pdf",
            "uploaded_at": uploaded,
            "uploaded_by": "bench",
            "state": state,
            "kind": self._pick(_KINDS) if is_judged else "",
            "verdict": self._pick(_VERDICTS) if is_judged else "",
            "page_count": self._dice.randrange(1, 4),
            "supplier_id": supplier[0],
            "supplier_name": supplier[1],
            "number": f"R-{number}" if is_judged else "",
            "issue_date": issued if is_judged and self._dice.random() < 0.97 else None,
            "currency": "EUR",
            "total": f"{self._dice.randrange(500, 900_000) / 100:.2f}" if is_judged else "",
        }

    def _blob(self, document: dict[str, Any]) -> dict[str, Any]:
        return {"sha256": document["sha256"], "size": document["size"], "stored_at": document["uploaded_at"]}

    def _lines(self, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for position in range(self._dice.randrange(1, 5) if document["verdict"] else 0):
            product = self.products[int(len(self.products) * self._dice.random() ** 2)]
            is_match = self._dice.random() < 0.85
            yield {
                "id": new_id(), "document_id": document["id"], "position": position, "description": product[1],
                "quantity": "12", "product_id": product[0] if is_match else None,
                "decision": "match" if is_match else "none", "candidates": [],
            }  # fmt: skip

    def _tasks(self, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for check in self._dice.sample(_CHECKS, k=2 if document["verdict"] not in ("pass", "") else 0):
            yield {
                "id": new_id(), "account_id": document["account_id"], "subject_type": "document",
                "subject_id": document["id"], "check_id": check, "outcome": document["verdict"],
                "severity": self._pick(_SEVERITIES), "title": {"text": "Something is missing", "params": {}},
                "advice": {}, "state": "open" if self._dice.random() < 0.6 else "done",
                "due_on": TODAY + timedelta(days=self._dice.randrange(-10, 40)),
                "opened_at": document["uploaded_at"],
            }  # fmt: skip
