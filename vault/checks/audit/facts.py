"""The facts that the checks of an audit judge."""

from dataclasses import dataclass
from datetime import date, datetime

from vault.checks.audit.doubts import Doubt
from vault.checks.audit.reasons import Reason
from vault.domain.audits import AuditState


@dataclass(frozen=True, slots=True)
class Need:
    """Units of one product in the `window_days` days before the notice.

    `sold`: 0 where sales are not asked for. `days_unknown`: days of the window whose sales nobody has imported, so that
    more may have been sold. `wanted`: how many the invoices have to show; `bought`: how many those do that go in, without
    those `credited`, whether the credit notes go in or not. `credits_unread`: credit notes that do not tell how many. `unnamed`: units sold
    under SKUs of which nobody knows the product, so that they may be of this one.
    """

    wanted: int
    sold: int
    bought: int
    days_unknown: int
    window_days: int
    credited: int = 0
    credits_unread: int = 0
    unnamed: int = 0

    @property
    def short(self) -> int:
        return max(0, self.wanted - self.bought)


@dataclass(frozen=True, slots=True)
class DoubtfulPaper:
    """A paper that goes in although something speaks against it. `expired_on`: its last day, where that is over."""

    document_id: str
    filename: str
    doubt: Doubt
    expired_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One part of the evidence. `asin` and `title` are empty where it is about the whole; `need` for invoices alone.

    `chosen`: how many documents go in, `doubtful` those papers among them that something speaks against. `left_out`:
    the name of a document that would be there, but for what speaks against it. `supplier`: who sent the latest invoice
    for the product. Both are empty where there is none.
    """

    name: str
    asin: str
    title: str
    required: bool
    chosen: int
    need: Need | None = None
    supplier: str = ""
    doubtful: tuple[DoubtfulPaper, ...] = ()
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class DoubtfulInvoice:
    """An invoice that goes in although Amazon may refuse it."""

    document_id: str
    filename: str
    reasons: frozenset[Reason]


@dataclass(frozen=True, slots=True)
class SentDocument:
    """A document that goes in although it, or one of the same supplier and number, was in a bundle sent on `sent_on`."""

    document_id: str
    filename: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class AskedSupplier:
    """A supplier who was asked on `asked_on` for invoices of a product, which are still missing."""

    supplier: str
    asin: str
    title: str
    asked_on: date


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """One audit. `now` is aware; `sent_on` the day on which something was last sent.

    `hours`: how long an answer may take where the notice names no deadline; 0 where nothing is known. `is_gathered`:
    its invoices were looked through since it last changed. `letter_flaws`: how many places of the answer keep it from
    being sent; None where it is not written; `has_idle_plan`: it tells a plan of action, and only papers were asked for.
    `lacks_products`: each product needs evidence of its own, and nobody has
    said which products the notice is about.
    """

    state: AuditState
    now: datetime
    as_of: date
    is_confirmed: bool
    noticed_on: date | None
    deadline: datetime | None
    hours: int
    has_owner: bool
    is_acknowledged: bool
    sent_on: date | None
    is_gathered: bool = False
    parts: tuple[PartFacts, ...] = ()
    doubtful: tuple[DoubtfulInvoice, ...] = ()
    sent_before: tuple[SentDocument, ...] = ()
    lacks_products: bool = False
    letter_flaws: int | None = None
    has_idle_plan: bool = False
    awaited: tuple[AskedSupplier, ...] = ()

    @property
    def is_answered_now(self) -> bool:
        """Whether what is missing in the evidence is work: the answer is ours to give, and everything was looked through."""
        return self.state.is_ours and self.is_confirmed and self.is_gathered
