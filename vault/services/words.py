"""Stored codes in plain words, for pages and for files that are made without a page. `vault.web` knows many more."""

from collections.abc import Mapping
from types import MappingProxyType

from vault.db.entities.sales import CoverageState
from vault.domain.audits import AuditKind, AuditState
from vault.domain.links import LinkKind
from vault.domain.message import N_
from vault.domain.readiness import ReadinessPart

READINESS_PARTS: Mapping[ReadinessPart, str] = MappingProxyType(
    {
        ReadinessPart.INVOICES: N_("Products with an invoice that passes"),
        ReadinessPart.COVERAGE: N_("Units sold that invoices cover"),
        ReadinessPart.SECURITY: N_("Security duties in order"),
        ReadinessPart.ROUTINES: N_("Routines not overdue"),
        ReadinessPart.GAPS: N_("No critical task open"),
    }
)

# What tasks are about, by the type of their subject.
SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "document": N_("Document"),
        "account": N_("Seller account"),
        "link": N_("Linked accounts"),
        "security": N_("Security"),
        "emergency": N_("Emergency"),
        "routine": N_("Routine"),
        "further_account": N_("Further account"),
        "audit": N_("Audit"),
        "coverage": N_("Product"),
        "sales": N_("Sales"),
        "manual": N_("Added by hand"),
    }
)
OTHER_SUBJECT = N_("Something else")

# The badge that a product's coverage looks like, and its word.
COVERAGE_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        CoverageState.MISSING: ("fail", N_("No invoice")),
        CoverageState.SHORT: ("fail", N_("Units missing")),
        CoverageState.LAPSING: ("warn", N_("Lapses soon")),
        CoverageState.UNKNOWN: ("unknown", N_("Sales unknown")),
        CoverageState.COVERED: ("pass", N_("Covered")),
        CoverageState.UNSOLD: ("none", N_("Not sold")),
    }
)

AUDIT_KINDS: Mapping[AuditKind, str] = MappingProxyType(
    {
        AuditKind.AUTHENTICITY: N_("Authenticity of products"),
        AuditKind.INVOICES: N_("Verification of invoices"),
        AuditKind.UNGATING: N_("Application to sell"),
        AuditKind.LINKED_ACCOUNTS: N_("Linked accounts"),
        AuditKind.ABUSIVE_CLAIM: N_("Abusive claim"),
        AuditKind.COMPROMISED: N_("Compromised account"),
        AuditKind.A_TO_Z: N_("A-to-z claim"),
    }
)
AUDIT_STATES: Mapping[AuditState, str] = MappingProxyType(
    {
        AuditState.DRAFT: N_("To confirm"),
        AuditState.GATHERING: N_("Gathering"),
        AuditState.READY: N_("Ready to send"),
        AuditState.SENT: N_("Sent"),
        AuditState.ANSWERED: N_("Amazon has replied"),
        AuditState.WON: N_("Won"),
        AuditState.LOST: N_("Lost"),
        AuditState.WITHDRAWN: N_("Withdrawn"),
    }
)

LINK_KINDS: Mapping[LinkKind, str] = MappingProxyType(
    {
        LinkKind.LEGAL_ENTITY: N_("Legal entity"),
        LinkKind.OWNER: N_("Owner"),
        LinkKind.ADDRESS: N_("Address"),
        LinkKind.RETURN_ADDRESS: N_("Return address"),
        LinkKind.WAREHOUSE: N_("Warehouse"),
        LinkKind.BANK_ACCOUNT: N_("Bank account"),
        LinkKind.CARD: N_("Payment card"),
        LinkKind.VAT_NUMBER: N_("VAT number"),
        LinkKind.TAX_NUMBER: N_("Tax number"),
        LinkKind.COMPANY_NUMBER: N_("Company number"),
        LinkKind.PHONE: N_("Phone"),
        LinkKind.EMAIL: N_("E-mail address"),
        LinkKind.DEVICE: N_("Device"),
        LinkKind.IP_ADDRESS: N_("IP address"),
        LinkKind.IP_NETWORK: N_("IP network"),
        LinkKind.STAFF: N_("Person with access"),
        LinkKind.AGENCY: N_("Agency"),
        LinkKind.TOOL: N_("Tool with access"),
        LinkKind.CATALOGUE: N_("Same products"),
        LinkKind.PRICES: N_("Same prices"),
        LinkKind.TITLES: N_("Listing texts alike"),
        LinkKind.MIXED_INVENTORY: N_("Mixed inventory"),
    }
)
