"""The sales of a seller account as a whole: are they known, and what has no task of its own?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vault.checks.answer import Answer
from vault.checks.coverage.facts import Days, without
from vault.domain.findings import Finding
from vault.domain.message import N_, Message

_DAY = timedelta(days=1)
_IMPORT = N_("In Seller Central: Reports, Fulfilment, All orders. Download the last year and import it here.")


@dataclass(frozen=True, slots=True)
class SalesFacts:
    """`known`: the days whose sales were imported. `has_products`: there is a catalogue to sell from.

    `window_days`: how far back sales count. `untold`: products with a gap that have no task of their own. `unnamed_units`
    were sold under `unnamed_skus` SKUs that belong to no known product.
    """

    as_of: date
    known: tuple[Days, ...]
    window_days: int
    has_products: bool
    untold: int = 0
    unnamed_units: int = 0
    unnamed_skus: int = 0


def unknown_days(known: tuple[Days, ...], as_of: date, window_days: int, late_days: int) -> tuple[Days, ...]:
    """The days of the window whose sales should be known by now: a report may come `late_days` after them."""
    return without(Days(as_of - timedelta(days=window_days), as_of - timedelta(days=late_days)), known)


def check_known(facts: SalesFacts, answer: Answer) -> Iterator[Finding]:
    """Are the sales of the whole window known? What nobody imported is unknown, and unknown is never a pass."""
    unknown = unknown_days(facts.known, facts.as_of, facts.window_days, answer.rule.number("late_days"))
    if not facts.has_products and not facts.known:
        yield answer.not_applicable(Message(N_("There is no catalogue yet.")))
    elif not facts.known:
        yield answer.unknown(
            Message(N_("No sales are known: whether invoices cover them cannot be told.")),
            Message(_IMPORT),
            gap="sales",
        )
    elif not unknown:
        yield answer.passed(Message(N_("The sales are known.")))
    for each in unknown if facts.known else ():
        message = _sentence(each, facts.known)
        yield answer.unknown(message, Message(_IMPORT), gap="sales", why=message.params)


def check_named(facts: SalesFacts, answer: Answer) -> Iterator[Finding]:
    """Is it known of everything that was sold which product it was? What is not is counted against no invoice."""
    if not facts.unnamed_units:
        yield answer.passed(Message(N_("Of everything that was sold it is known which product it was.")))
        return
    stated = {"units": str(facts.unnamed_units), "skus": str(facts.unnamed_skus)}
    yield answer.unknown(
        Message(
            N_(
                "Units sold under SKUs that the catalogue does not know: %(units)s (SKUs: %(skus)s). No product counts them."
            ),
            stated,
        ),
        Message(
            N_(
                "Import the all-listings report: it says which product a SKU is. For SKUs of long ago, import an older one."
            )
        ),
        why=stated,
    )


def check_untold(facts: SalesFacts, answer: Answer) -> Iterator[Finding]:
    """Do more products lack invoices than there can be tasks for? One task stands for all others."""
    if not facts.untold:
        yield answer.passed(Message(N_("Every product that lacks invoices has a task of its own.")))
        return
    stated = {"count": str(facts.untold)}
    yield answer.failed(
        Message(N_("%(count)s more products sell without enough invoices."), stated),
        Message(N_("The list under Coverage shows them all, the gravest first. Their tasks open as others get done.")),
        why=stated,
    )


def _sentence(unknown: Days, known: tuple[Days, ...]) -> Message:
    """Names only days that stay what they are while the window moves on."""
    if unknown.first > known[-1].last:
        return Message(N_("The sales since %(since)s are not known."), {"since": unknown.first.isoformat()})
    if unknown.last < known[0].first:
        return Message(N_("The sales up to %(day)s are not known."), {"day": unknown.last.isoformat()})
    days = {"since": unknown.first.isoformat(), "day": unknown.last.isoformat()}
    return Message(N_("The sales from %(since)s to %(day)s are not known."), days)
