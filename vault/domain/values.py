"""Value objects: small, immutable, checked when made."""

import re
from dataclasses import dataclass

_ASIN = re.compile(r"(?:B[0-9A-Z]{9}|[0-9]{9}[0-9X])")
_ORDER_NUMBER = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, order=True)
class Asin:
    """Amazon's ten-character product number: ``B`` and nine letters or digits, or an ISBN-10.

    Raises ValueError for anything else.
    """

    value: str

    def __post_init__(self) -> None:
        if not _ASIN.fullmatch(self.value):
            raise ValueError(f"not an ASIN: {self.value!r}")

    def __str__(self) -> str:
        return self.value

    @staticmethod
    def is_one(text: str) -> bool:
        """Whether `text` is written like an ASIN."""
        return _ASIN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, order=True)
class OrderNumber:
    """The number of an order on Amazon: ``302-1234567-1234567``. Raises ValueError for anything else."""

    value: str

    def __post_init__(self) -> None:
        if not self.is_one(self.value):
            raise ValueError(f"not an order number: {self.value!r}")

    def __str__(self) -> str:
        return self.value

    @staticmethod
    def is_one(text: str) -> bool:
        """Whether `text` is written like an order number."""
        return _ORDER_NUMBER.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, order=True)
class Sha256:
    """A SHA-256 checksum as 64 lower-case hexadecimal digits. Raises ValueError for anything else."""

    value: str

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.value):
            raise ValueError(f"not a SHA-256: {self.value!r}")

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address in parts. Empty strings stand for parts that are not known; `country` is ISO 3166-1 alpha-2."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""

    def lines(self) -> tuple[str, ...]:
        """The address as it is printed, without empty lines."""
        town = " ".join(part for part in (self.postcode, self.city, self.region) if part)
        return tuple(line for line in (self.street, town, self.country) if line)
