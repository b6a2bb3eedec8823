"""Seller accounts with registers and catalogues, made with bulk inserts: the same for the same seed."""

import random
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert

from tests.bench.many_documents import NOON
from vault.db.entities.accounts import CatalogueProduct, SellerAccount
from vault.db.entities.register import RegisterEntry
from vault.domain.ids import new_id
from vault.domain.register import AccountStatus, AttributeKind
from vault.services.register.values import read_value, seal
from vault.services.vault import Vault

_SYLLABLES = ("ba", "co", "de", "fi", "gu", "ha", "li", "mo", "ne", "po", "ra", "si", "tu", "ve", "zo")
# What one account has: twenty values.
KINDS = (
    AttributeKind.LEGAL_ENTITY, AttributeKind.OWNER, AttributeKind.ADDRESS, AttributeKind.RETURN_ADDRESS,
    AttributeKind.WAREHOUSE, AttributeKind.BANK_ACCOUNT, AttributeKind.BANK_ACCOUNT, AttributeKind.CARD,
    AttributeKind.VAT_NUMBER, AttributeKind.TAX_NUMBER, AttributeKind.COMPANY_NUMBER, AttributeKind.PHONE,
    AttributeKind.PHONE, AttributeKind.EMAIL, AttributeKind.EMAIL, AttributeKind.DEVICE, AttributeKind.DEVICE,
    AttributeKind.IP_ADDRESS, AttributeKind.IP_ADDRESS, AttributeKind.IP_NETWORK,
)  # fmt: skip


def entry_row(vault: Vault, account_id: str, kind: AttributeKind, text: str) -> dict[str, Any]:
    """One row of a register, as the service would write it."""
    value = read_value(vault, kind, text, "FR")
    return {
        "id": new_id(), "account_id": account_id, "holder_id": account_id, "kind": kind, "label": "",
        "encrypted": seal(vault, value), "masked": value.masked, "fingerprint": value.fingerprint,
        "created_at": NOON, "created_by": "bench",
    }  # fmt: skip


class ManyRegisters:
    """`accounts` seller accounts with twenty values and `products` products each.

    `shared` (0 … 1) of the values, and a tenth of the products, are another account's too.
    """

    def __init__(self, accounts: int = 300, shared: float = 0.02, products: int = 50, seed: int = 3) -> None:
        self._dice = random.Random(seed)
        self._shared, self._products = shared, products
        self.account_ids = [new_id() for _ in range(accounts)]

    def fill(self, vault: Vault) -> None:
        """Writes everything into an empty vault."""
        entries = list(self._entries(vault))
        with vault.database.engine.begin() as connection:
            connection.execute(insert(SellerAccount), [self._account(account_id) for account_id in self.account_ids])
            connection.execute(insert(RegisterEntry), entries)
            connection.execute(insert(CatalogueProduct), list(self._catalogue()))

    def value(self, kind: AttributeKind) -> str:
        """A value of this kind that no other account has, but for a rare chance."""
        return _MAKERS[kind](self)

    def word(self, syllables: int = 4) -> str:
        return "".join(self._dice.choices(_SYLLABLES, k=syllables))

    def number(self, digits: int) -> str:
        return str(self._dice.randrange(10 ** (digits - 1), 10**digits))

    def address(self) -> str:
        return f"{self._dice.randrange(1, 200)} rue {self.word()} {self.word(3)}\n{self.number(5)} {self.word(3)}"

    def network(self) -> str:
        return f"{self._dice.randrange(20, 90)}.{self._dice.randrange(256)}.{self._dice.randrange(256)}"

    def _entries(self, vault: Vault) -> Iterator[dict[str, Any]]:
        last = {kind: self.value(kind) for kind in KINDS}
        for account_id in self.account_ids:
            for kind in KINDS:
                if self._dice.random() >= self._shared:
                    last[kind] = self.value(kind)
                yield entry_row(vault, account_id, kind, last[kind])

    def _account(self, account_id: str) -> dict[str, Any]:
        return {
            "id": account_id, "name": self.word().title(), "legal_name": f"{self.word()} {self.word()} SARL",
            "street": f"{self._dice.randrange(1, 200)} rue {self.word()}", "postcode": self.number(5),
            "city": self.word(3).title(), "region": "", "country": "FR", "vat_number": "", "marketplaces": ["FR"],
            "status": AccountStatus.ACTIVE, "created_at": NOON,
        }  # fmt: skip

    def _catalogue(self) -> Iterator[dict[str, Any]]:
        last: list[str] = []
        for account_id in self.account_ids:
            asins = [f"B{self._dice.randrange(10**9):09}" for _ in range(self._products)]
            taken = last[: self._products // 10]
            last = asins
            for asin in {*taken, *asins[len(taken) :]}:
                yield {
                    "id": new_id(), "account_id": account_id, "asin": asin, "brand": "", "model": "",
                    "title": " ".join(self.word() for _ in range(8)), "created_at": NOON, "updated_at": NOON,
                }  # fmt: skip


_MAKERS: Mapping[AttributeKind, Callable[[ManyRegisters], str]] = MappingProxyType(
    {
        AttributeKind.LEGAL_ENTITY: lambda made: f"{made.word()} {made.word()} GmbH",
        AttributeKind.OWNER: lambda made: f"{made.word(3)} {made.word()}",
        AttributeKind.ADDRESS: ManyRegisters.address,
        AttributeKind.RETURN_ADDRESS: ManyRegisters.address,
        AttributeKind.WAREHOUSE: ManyRegisters.address,
        AttributeKind.BANK_ACCOUNT: lambda made: made.number(16),
        AttributeKind.CARD: lambda made: f"{made.number(6)}******{made.number(4)}",
        AttributeKind.VAT_NUMBER: lambda made: f"US{made.number(9)}",
        AttributeKind.TAX_NUMBER: lambda made: made.number(11),
        AttributeKind.COMPANY_NUMBER: lambda made: made.number(9),
        AttributeKind.PHONE: lambda made: f"+336{made.number(8)}",
        AttributeKind.EMAIL: lambda made: f"{made.word()}@{made.word()}.example",
        AttributeKind.DEVICE: lambda made: f"SN{made.number(10)}",
        AttributeKind.IP_ADDRESS: lambda made: f"{made.network()}.{made.number(2)}",
        AttributeKind.IP_NETWORK: lambda made: f"{made.network()}.0/28",
    }
)
