"""The kinds of papers in plain words, in the groups in which people look for them."""

from vault.domain.message import N_
from vault.domain.papers import PaperKind

PAPER_KINDS = {
    PaperKind.SUPPLIER_INVOICE: N_("Supplier invoice"),
    PaperKind.PROOF_OF_PAYMENT: N_("Proof of payment"),
    PaperKind.DELIVERY_PROOF: N_("Proof of delivery"),
    PaperKind.LETTER_OF_AUTHORISATION: N_("Letter of authorisation"),
    PaperKind.LICENCE_CONTRACT: N_("Licence or other contract"),
    PaperKind.BRAND_REGISTRATION: N_("Brand registration"),
    PaperKind.CERTIFICATE_OF_CONFORMITY: N_("Certificate of conformity"),
    PaperKind.TEST_REPORT: N_("Test report"),
    PaperKind.CORRESPONDENCE: N_("Correspondence"),
    PaperKind.PHOTO: N_("Photo"),
    PaperKind.SCREENSHOT: N_("Screenshot"),
    PaperKind.IDENTITY_PAPER: N_("Identity paper"),
    PaperKind.COMPANY_PAPER: N_("Company paper"),
    PaperKind.PROOF_OF_ADDRESS: N_("Proof of address"),
    PaperKind.BANK_STATEMENT: N_("Bank statement"),
    PaperKind.TAX_CERTIFICATE: N_("Tax certificate"),
    PaperKind.AMAZON_NOTICE: N_("Notice or letter from Amazon"),
    PaperKind.OTHER: N_("Other paper"),
    PaperKind.AUDIT_BUNDLE: N_("Bundle for an audit"),
    PaperKind.MONTHLY_REPORT: N_("Monthly report"),
}

PAPER_GROUPS = (
    (N_("Purchases"), (PaperKind.SUPPLIER_INVOICE, PaperKind.PROOF_OF_PAYMENT, PaperKind.DELIVERY_PROOF)),
    (
        N_("Rights and safety"),
        (
            PaperKind.LETTER_OF_AUTHORISATION,
            PaperKind.LICENCE_CONTRACT,
            PaperKind.BRAND_REGISTRATION,
            PaperKind.CERTIFICATE_OF_CONFORMITY,
            PaperKind.TEST_REPORT,
        ),
    ),
    (
        N_("Who you are"),
        (
            PaperKind.IDENTITY_PAPER,
            PaperKind.COMPANY_PAPER,
            PaperKind.PROOF_OF_ADDRESS,
            PaperKind.BANK_STATEMENT,
            PaperKind.TAX_CERTIFICATE,
        ),
    ),
    (
        N_("Amazon and everything else"),
        (
            PaperKind.AMAZON_NOTICE,
            PaperKind.CORRESPONDENCE,
            PaperKind.PHOTO,
            PaperKind.SCREENSHOT,
            PaperKind.OTHER,
        ),
    ),
)
