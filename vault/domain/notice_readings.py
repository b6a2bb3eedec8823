"""What was read from a notice of Amazon's: offers for a person to confirm, each with where it came from."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from vault.domain.audits import AuditKind, Request
from vault.domain.values import Asin

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Passage(Generic[T]):
    """A value and the characters `start` … `end` of the notice that it was read from, as they stand there in `raw`.

    `confidence` is 0 … 1.
    """

    value: T
    confidence: float
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KindOffer:
    """A kind that the notice may be of. `reasons`: the wordings that speak for it, the strongest first.

    The confidences of all offers add up to at most 1.
    """

    kind: AuditKind
    confidence: float
    reasons: tuple[Passage[str], ...]


class TermUnit(StrEnum):
    """What a notice counts a term in. `BUSINESS_DAYS`: Monday to Friday, holidays not taken off."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"


@dataclass(frozen=True, slots=True)
class Term:
    """A time to answer in, as "within 72 hours" says it."""

    count: int
    unit: TermUnit

    def end(self, begun: datetime) -> datetime:
        """When the term is over that began at `begun`.

        Hours are hours that pass, also over a change of the clock; days end at the same time of the clock in `begun`'s zone.
        """
        if self.unit is TermUnit.HOURS:
            return (begun.astimezone(UTC) + timedelta(hours=self.count)).astimezone(begun.tzinfo)
        if self.unit is TermUnit.DAYS:
            return begun + timedelta(days=self.count)
        ended, left = begun, self.count
        while left:
            ended += timedelta(days=1)
            left -= ended.weekday() < 5
        return ended


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when to answer, with the `sentence` that says so.

    A date in the text gives `day`; a `term` gives `day` and `moment` once it is known when it began.
    """

    sentence: str
    day: date | None = None
    term: Term | None = None
    moment: datetime | None = None

    def counted_from(self, begun: datetime) -> "Deadline":
        """The same deadline with its term counted from the moment when the notice came."""
        if self.term is None:
            return self
        ended = self.term.end(begun)
        return replace(self, day=ended.date(), moment=ended)


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that the notice asks for. `days`: of the last so many days; `units`: of at least so many units."""

    request: Request
    days: int | None = None
    units: int | None = None


class SenderFlaw(StrEnum):
    """What speaks against a notice being Amazon's. `STRANGER`: the address is none of Amazon's domains.

    `RELAYED`: a buyer or another seller wrote it through Amazon. `FORWARDED`: somebody passed it on, so that nobody can
    say what it was before. `FORGED`: the mail server of who got it found that it does not come from whom it names.
    """

    STRANGER = "stranger"
    RELAYED = "relayed"
    FORWARDED = "forwarded"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class SenderDoubt:
    """A reason to look in Seller Central whether the notice is there. `address`: who it is that wrote or passed it on."""

    flaw: SenderFlaw
    address: str


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """Everything read from a notice. Nothing here is decided: a person confirms or corrects it.

    Offers and deadlines come best first, all else in the order of the text, each value once. `marketplace` is the
    store's code as seller accounts have it ("DE", "UK"); `language` ISO 639-1. `sent_at` comes from a mail's head;
    `dated` from there or from the text. `doubts`: what speaks against the sender that is named. `is_cut`: the text was longer than is read.
    """

    kinds: tuple[KindOffer, ...] = ()
    asins: tuple[Passage[Asin], ...] = ()
    order_ids: tuple[Passage[str], ...] = ()
    skus: tuple[Passage[str], ...] = ()
    brands: tuple[Passage[str], ...] = ()
    case_ids: tuple[Passage[str], ...] = ()
    complaint_ids: tuple[Passage[str], ...] = ()
    sent_at: Passage[datetime] | None = None
    dated: Passage[date] | None = None
    deadlines: tuple[Passage[Deadline], ...] = ()
    demands: tuple[Passage[Demand], ...] = ()
    marketplace: Passage[str] | None = None
    language: str = ""
    doubts: tuple[SenderDoubt, ...] = ()
    is_cut: bool = False
