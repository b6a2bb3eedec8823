"""What a person says a document is. What the machine reads on it is a `vault.domain.readings.DocumentKind`."""

from datetime import UTC, datetime
from enum import StrEnum


class PaperKind(StrEnum):
    """A kind of paper. Only supplier invoices are judged as such; where nobody has said anything, it is taken for one."""

    SUPPLIER_INVOICE = "supplier_invoice"
    PROOF_OF_PAYMENT = "proof_of_payment"
    DELIVERY_PROOF = "delivery_proof"
    LETTER_OF_AUTHORISATION = "letter_of_authorisation"
    LICENCE_CONTRACT = "licence_contract"
    BRAND_REGISTRATION = "brand_registration"
    CERTIFICATE_OF_CONFORMITY = "certificate_of_conformity"
    TEST_REPORT = "test_report"
    CORRESPONDENCE = "correspondence"
    PHOTO = "photo"
    SCREENSHOT = "screenshot"
    IDENTITY_PAPER = "identity_paper"
    COMPANY_PAPER = "company_paper"
    PROOF_OF_ADDRESS = "proof_of_address"
    BANK_STATEMENT = "bank_statement"
    TAX_CERTIFICATE = "tax_certificate"
    AMAZON_NOTICE = "amazon_notice"
    OTHER = "other"
    AUDIT_BUNDLE = "audit_bundle"
    MONTHLY_REPORT = "monthly_report"

    @property
    def is_made_here(self) -> bool:
        """Whether the vault itself makes papers of this kind: no person says that something is one."""
        return self in (PaperKind.AUDIT_BUNDLE, PaperKind.MONTHLY_REPORT)


def kept_until(uploaded_at: datetime, years: int) -> datetime:
    """The moment before which an original is not to go: `years` after the end of the (UTC) year of its upload."""
    return datetime(uploaded_at.astimezone(UTC).year + years + 1, 1, 1, tzinfo=UTC)
