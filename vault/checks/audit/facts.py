"""The facts that the checks of an audit judge."""

from dataclasses import dataclass
from datetime import date, datetime

from vault.domain.audits import AuditState


@dataclass(frozen=True, slots=True)
class Need:
    """Units of one product in the `window_days` days before the notice.

    `sold`: 0 where sales are not asked for. `days_unknown`: days of the window whose sales nobody has imported, so that
    more may have been sold. `wanted`: how many the invoices have to show; `bought`: how many those do that go in, without
    those `credited`, whether the credit notes go in or not. `credits_unread`: credit notes that do not tell how many.
    """

    wanted: int
    sold: int
    bought: int
    days_unknown: int
    window_days: int
    credited: int = 0
    credits_unread: int = 0

    @property
    def short(self) -> int:
        return max(0, self.wanted - self.bought)


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One part of the evidence. `asin` and `title` are empty where it is about the whole; `need` for invoices alone.

    `chosen`: how many documents go in. `supplier`: who sent the latest invoice for the product, empty where unknown.
    """

    name: str
    asin: str
    title: str
    required: bool
    chosen: int
    need: Need | None = None
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class DoubtfulInvoice:
    """An invoice that goes in although Amazon may refuse it. `points`: how many checks it does not pass."""

    document_id: str
    filename: str
    points: int


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """One audit. `now` is aware; `sent_on` the day on which something was last sent.

    `hours`: how long an answer may take where the notice names no deadline; 0 where nothing is known. `is_gathered`:
    its invoices were looked through since it last changed. `letter_flaws`: how many places of the answer keep it from
    being sent; None where it is not written. `lacks_products`: each product needs evidence of its own, and nobody has
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
    lacks_products: bool = False
    letter_flaws: int | None = None

    @property
    def is_answered_now(self) -> bool:
        """Whether what is missing in the evidence is work: the answer is ours to give, and everything was looked through."""
        return self.state.is_ours and self.is_confirmed and self.is_gathered
