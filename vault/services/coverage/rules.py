"""The numbers by which coverage is reckoned, from the rule book."""

from dataclasses import dataclass

from vault.domain.errors import Misconfigured
from vault.domain.message import N_
from vault.rules.book import Profile, RuleBook

PRODUCTS = "coverage"
SALES = "sales"


@dataclass(frozen=True, slots=True)
class CoverageRules:
    """`warn_days`: how long before coverage lapses the first warning comes; `urgent_days`: the last one. For the others
    see the rule book.
    """

    products: Profile
    sales: Profile
    window_days: int
    pace_days: int
    late_days: int
    warn_days: int
    urgent_days: int
    most_tasks: int


def coverage_rules(book: RuleBook) -> CoverageRules:
    """Raises Misconfigured where the rule book leaves a number out."""
    products, sales = book.profiles[PRODUCTS], book.profiles[SALES]
    return CoverageRules(
        products=products,
        sales=sales,
        window_days=_number(products, "window_days"),
        pace_days=_number(products, "pace_days"),
        late_days=_number(sales, "late_days"),
        warn_days=_number(products, "warn_days"),
        urgent_days=min(_numbers(products, "warn_days")),
        most_tasks=_number(products, "most_tasks"),
    )


def warn_days(book: RuleBook) -> list[int]:
    """How many days before coverage lapses it is warned of, the last warning first."""
    return sorted(rule.number("warn_days") for rule in book.profiles[PRODUCTS].rules if "warn_days" in rule.settings)


def _number(profile: Profile, name: str) -> int:
    """The greatest of the numbers that the checks of the profile call so."""
    return max(_numbers(profile, name))


def _numbers(profile: Profile, name: str) -> list[int]:
    """All of them, at least one."""
    found = [rule.number(name) for rule in profile.rules if name in rule.settings]
    if not found:
        raise Misconfigured(
            N_("The profile %(profile)s gives no “%(name)s”. Correct the rule book."), profile=profile.label, name=name
        )
    return found
