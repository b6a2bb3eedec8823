"""How documents look and speak in each country: words, dates, numbers. The words live in ``data/*.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

_DATA = Path(__file__).parent / "data"
_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}


@dataclass(frozen=True)
class Locale:
    """Words map a label's key to its variants. Towns are (postcode, city) or (postcode, city, region)."""

    key: str
    babel: str
    country: str
    currency: str
    gtin_prefix: str
    tax_rates: tuple[Decimal, ...]
    date_formats: tuple[str, ...]
    street_format: str
    town_format: str
    company_forms: tuple[str, ...]
    phone_formats: tuple[str, ...]
    po_box: str
    titles: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    company_names: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[tuple[str, ...], ...]
    families: tuple[str, ...]
    features: tuple[str, ...]
    colours: tuple[str, ...]

    @property
    def language(self) -> str:
        return self.babel[:2]

    def day(self, day: date, style: str) -> str:
        """`day` in one of `date_formats`."""
        return format_date(day, style, locale=self.babel)

    def number(self, amount: Decimal) -> str:
        """An amount with two decimals, as printed in a column."""
        return _plain_spaces(format_decimal(amount, "#,##0.00", locale=self.babel))

    def count(self, quantity: Decimal) -> str:
        return _plain_spaces(format_decimal(quantity, "#,##0.###", locale=self.babel))

    def percent(self, rate: Decimal) -> str:
        gap = "" if self.language == "en" else " "
        return f"{format_decimal(rate, '0.##', locale=self.babel)}{gap}%"

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency sign, before it in English and behind it elsewhere."""
        sign, printed = "-" if amount < 0 else "", self.number(abs(amount))
        symbol = _SYMBOLS[currency]
        return f"{sign}{symbol}{printed}" if self.language == "en" else f"{sign}{printed} {symbol}"


def _plain_spaces(text: str) -> str:
    """Narrow no-break spaces are missing in many fonts; suppliers' software prints plain ones."""
    return text.replace("\u202f", "\u00a0")


def _load(key: str) -> Locale:
    data = tomllib.loads((_DATA / f"{key}.toml").read_text("utf-8"))
    companies, products = data.pop("companies"), data.pop("products")
    tables = {
        name: {word: tuple(variants) for word, variants in data.pop(name).items()} for name in ("titles", "words")
    }
    rates = tuple(Decimal(rate) for rate in data.pop("tax_rates"))
    simple: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Locale(
        key=key,
        tax_rates=rates,
        titles=tables["titles"],
        words=tables["words"],
        company_names=tuple(companies["names"]),
        streets=tuple(companies["streets"]),
        towns=tuple(tuple(town) for town in companies["towns"]),
        families=tuple(products["families"]),
        features=tuple(products["features"]),
        colours=tuple(products["colours"]),
        **simple,
    )


LOCALES: Mapping[str, Locale] = MappingProxyType({path.stem: _load(path.stem) for path in sorted(_DATA.glob("*.toml"))})
