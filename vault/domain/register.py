"""What a seller account is made of: the kinds of values that can tie one account to another, and who has access."""

from enum import StrEnum


class AttributeKind(StrEnum):
    """A kind of value in the register of a seller account."""

    LEGAL_ENTITY = "legal_entity"
    OWNER = "owner"
    ADDRESS = "address"
    RETURN_ADDRESS = "return_address"
    WAREHOUSE = "warehouse"
    BANK_ACCOUNT = "bank_account"
    CARD = "card"
    VAT_NUMBER = "vat_number"
    TAX_NUMBER = "tax_number"
    COMPANY_NUMBER = "company_number"
    PHONE = "phone"
    EMAIL = "email"
    DEVICE = "device"
    IP_ADDRESS = "ip_address"
    IP_NETWORK = "ip_network"


class GrantKind(StrEnum):
    """Who was let into a seller account on Amazon."""

    PERSON = "person"
    AGENCY = "agency"
    TOOL = "tool"


class AccountStatus(StrEnum):
    """How a seller account stands with Amazon, as a person has entered it."""

    PREPARING = "preparing"
    ACTIVE = "active"
    AT_RISK = "at_risk"
    SUSPENDED = "suspended"
    CLOSED = "closed"
