"""What a person chooses about a bundle."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from vault.composing.papers import Sheet
from vault.rules.channels import NO_LIMIT


@dataclass(frozen=True, slots=True)
class BundleOptions:
    """`without_prices`: copies without prices take the place of originals and marked copies.

    `contact`: whom Amazon may ask. `prepared_on` stands on the cover. `channel`: its name in the rule book.
    """

    prepared_on: date
    without_prices: bool = False
    sheet: Sheet = Sheet.A4
    contact: str = ""
    channel: str = NO_LIMIT

    def dump(self) -> dict[str, Any]:
        return {**asdict(self), "prepared_on": self.prepared_on.isoformat()}

    @classmethod
    def load(cls, stored: dict[str, Any]) -> "BundleOptions":
        """What `dump` gave."""
        values = {**stored, "prepared_on": date.fromisoformat(stored["prepared_on"]), "sheet": Sheet(stored["sheet"])}
        return cls(**values)
