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


ADDRESS_KINDS = frozenset({AttributeKind.ADDRESS, AttributeKind.RETURN_ADDRESS, AttributeKind.WAREHOUSE})
NAME_KINDS = frozenset({AttributeKind.LEGAL_ENTITY, AttributeKind.OWNER})
NETWORK_KINDS = frozenset({AttributeKind.IP_ADDRESS, AttributeKind.IP_NETWORK})

# Names under which the public knows a business: pages show them in full. All other kinds are sensitive: shown masked,
# in full only on purpose, and each look is in the journal.
OPEN_KINDS = NAME_KINDS | {AttributeKind.COMPANY_NUMBER}

# Kinds whose values can be alike without being equal. All others are compared by fingerprint alone.
SIMILAR_KINDS = ADDRESS_KINDS | NAME_KINDS | NETWORK_KINDS


def family_of(kind: AttributeKind) -> str:
    """Which kinds share one space of values: a return address can be another account's warehouse."""
    if kind in ADDRESS_KINDS:
        return AttributeKind.ADDRESS
    return "name" if kind in NAME_KINDS else kind


def kin_of(kind: AttributeKind) -> frozenset[AttributeKind]:
    """All kinds of the family of `kind`, itself included."""
    return frozenset(each for each in AttributeKind if family_of(each) == family_of(kind))
