"""What a letter is about. Facts only: who fills them takes them from the vault, and leaves out what is not known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vault.domain.audits import AuditKind, Request
from vault.domain.papers import PaperKind
from vault.domain.values import PostalAddress

# In these languages there are letters and rules for them.
LANGUAGES = ("en", "de", "fr", "it", "es")


class LetterKind(StrEnum):
    """Which letter it is. An `ANSWER` has a template for each kind of audit."""

    ACKNOWLEDGEMENT = "acknowledgement"  # at once: the papers are being gathered
    ANSWER = "answer"
    SUPPLIER_REQUEST = "supplier_request"


@dataclass(frozen=True, slots=True)
class CitedProduct:
    """A product that the audit is about."""

    asin: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A paper in the bundle. `filename`: its name there, without folders. `title` says what it is, in a few words.

    `number`, `issued_on`, `supplier` and `units` where it is an invoice; `asins` and `order_ids` that it proves.
    """

    filename: str
    kind: PaperKind
    title: str = ""
    asins: tuple[str, ...] = ()
    order_ids: tuple[str, ...] = ()
    number: str = ""
    issued_on: date | None = None
    supplier: str = ""
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """Something that Amazon wants to know, and the answer. `proofs`: names of files in the bundle."""

    point: str
    answer: str = ""
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionTaken:
    """What was done, and when. Without a day it is a plan and no act."""

    what: str
    done_on: date | None = None
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and as what."""

    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """The facts of an answer to Amazon, and of the acknowledgement before it. What is empty becomes a gap.

    `account_name`: the legal name of the seller account. `requests`: what the notice asks for; where it asks for papers
    alone, an answer has no plan of action; where that is not known, `usually_plan` says whether it has one (the rule
    book knows it for each kind of audit). `related_accounts`: names of other accounts that Amazon itself speaks of
    (linked accounts only). `answer_on`: the day on which the whole answer is promised by the acknowledgement.
    """

    account_name: str = ""
    kind: AuditKind = AuditKind.AUTHENTICITY
    case_id: str = ""
    noticed_on: date | None = None
    answer_on: date | None = None
    requests: frozenset[Request] = frozenset()
    usually_plan: bool = True
    products: tuple[CitedProduct, ...] = ()
    order_ids: tuple[str, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    points: tuple[Point, ...] = ()
    root_cause: str = ""
    actions: tuple[ActionTaken, ...] = ()
    prevention: tuple[str, ...] = ()
    related_accounts: tuple[str, ...] = ()
    signer: Signer = Signer()

    @property
    def wants_plan(self) -> bool:
        """Whether the answer gives root cause, action taken and prevention: not where only papers were asked for."""
        return bool(self.requests & {Request.PLAN, Request.EXPLANATION}) if self.requests else self.usually_plan

    def evidence_of(self, asin: str) -> tuple[EvidenceItem, ...]:
        """The papers that prove something about a product."""
        return tuple(item for item in self.evidence if asin in item.asins)

    @property
    def further_evidence(self) -> tuple[EvidenceItem, ...]:
        """The papers that belong to none of the products."""
        cited = {product.asin for product in self.products}
        return tuple(item for item in self.evidence if not cited & set(item.asins))


@dataclass(frozen=True, slots=True)
class EarlierInvoice:
    """An invoice that the supplier sent before."""

    number: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class WantedProduct:
    """A product whose invoice a supplier is asked for. `units`: at least so many; `since`, `until`: issued then.

    `supplier_sku`: the supplier's own number of it; `earlier`: invoices on which they sold it before, the latest first.
    """

    asin: str
    title: str = ""
    supplier_sku: str = ""
    units: int | None = None
    since: date | None = None
    until: date | None = None
    earlier: tuple[EarlierInvoice, ...] = ()


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """The facts of a request to a supplier. `needed_by`: when the papers have to be there."""

    account_name: str = ""
    account_address: PostalAddress = PostalAddress()
    customer_number: str = ""
    supplier_name: str = ""
    products: tuple[WantedProduct, ...] = ()
    needed_by: date | None = None
    signer: Signer = Signer()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What must or may stand in no letter, for the linter.

    `contacts`: phone numbers and e-mail addresses of the business and of the suppliers in the bundle, which may be
    named; `numbers`: the business's own tax, VAT and company numbers, which may be too. `staff`: names of people who need
    not be named; the signer may. `other_accounts`: names and ids of further seller accounts. `country`: ISO 3166-1
    alpha-2 of the business, for phone numbers without a country code.
    """

    contacts: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    other_accounts: frozenset[str] = frozenset()
    country: str = ""
    numbers: frozenset[str] = frozenset()
