"""Facts for letters: an account with everything that an answer can name."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from vault.domain.audits import AuditKind, Request
from vault.domain.papers import PaperKind
from vault.domain.values import PostalAddress
from vault.letters.facts import (
    ActionTaken,
    AuditFacts,
    CitedProduct,
    EvidenceItem,
    Point,
    Signer,
    SupplierFacts,
    Surroundings,
    WantedProduct,
)

TEMPLATES = Path(__file__).parents[2] / "templates" / "letters"
ASIN, SECOND_ASIN, STRANGE_ASIN = "B0C7NLT9QX", "B09XK2LMPR", "B08ZZZ9ZZ9"
ORDER, STRANGE_ORDER = "302-5519283-7741902", "302-0000001-0000002"
SIGNER = Signer("Maren Holt", "Director")
PLAN = frozenset({Request.INVOICES, Request.PLAN})
PAPERS_ONLY = frozenset({Request.INVOICES})

INVOICES = (
    EvidenceItem(
        "invoice-2026-0117.pdf", PaperKind.SUPPLIER_INVOICE, asins=(ASIN,), number="2026-0117", issued_on=date(2026, 1, 17),
        supplier="Tarn Mills Ltd", units=240,
    ),
    EvidenceItem(
        "invoice-2025-0988.pdf", PaperKind.SUPPLIER_INVOICE, asins=(SECOND_ASIN,), number="2025-0988", issued_on=date(2025, 11, 3),
        supplier="Tarn Mills Ltd", units=120,
    ),
)  # fmt: skip
PROOF = EvidenceItem("delivery-proof.pdf", PaperKind.DELIVERY_PROOF, title="Tarn Mills 2026", order_ids=(ORDER,))

PRODUCTS_KINDS = frozenset({AuditKind.AUTHENTICITY, AuditKind.INVOICES, AuditKind.UNGATING})


def full_facts(kind: AuditKind, requests: frozenset[Request] = PLAN) -> AuditFacts:
    """Everything that a letter of this kind can say; names and answers are free of any language."""
    about_products = kind in PRODUCTS_KINDS
    products = (CitedProduct(ASIN, "Northgrain 1.2 l"), CitedProduct(SECOND_ASIN, "Northgrain 0.8 l"))
    return AuditFacts(
        account_name="Holt & Reed Trading Ltd",
        kind=kind,
        case_id="11245567801",
        noticed_on=date(2026, 3, 2),
        answer_on=date(2026, 3, 4),
        requests=requests,
        products=products if about_products else (),
        order_ids=() if about_products else (ORDER,),
        evidence=INVOICES if about_products else (PROOF,),
        points=() if about_products else (Point("1.", f"Tarn Mills, {ORDER}.", ("delivery-proof.pdf",)),),
        root_cause="Tarn Mills 2025." if requests != PAPERS_ONLY else "",
        actions=(ActionTaken("Tarn Mills 2026.", date(2026, 2, 20)),) if requests != PAPERS_ONLY else (),
        prevention=("Tarn Mills 2026.",) if requests != PAPERS_ONLY else (),
        signer=SIGNER,
    )


def supplier_facts() -> SupplierFacts:
    return SupplierFacts(
        account_name="Holt & Reed Trading Ltd",
        account_address=PostalAddress("12 Mill Lane", "LS1 4AP", "Leeds", country="GB"),
        customer_number="K-2201",
        supplier_name="Tarn Mills Ltd",
        products=(WantedProduct(ASIN, "Northgrain 1.2 l", "TM-12", 40, date(2025, 3, 2), date(2026, 3, 2)),),
        needed_by=date(2026, 3, 6),
        signer=SIGNER,
    )


SURROUNDINGS = Surroundings(
    contacts=frozenset({"+44 113 496 0123", "sales@tarnmills.example"}),
    staff=frozenset({"Ola Brandt", "Maren Holt"}),
    other_accounts=frozenset({"Blue Fern Trading", "A2XK99PLMN41QQ"}),
    country="GB",
)


def without(facts: AuditFacts, *names: str) -> AuditFacts:
    """The same facts, these not known."""
    empty = AuditFacts()
    return replace(facts, **{name: getattr(empty, name) for name in names})
