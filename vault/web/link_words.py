"""What links accounts, in plain words: kinds of values, how they are shared, what a score means, why it is explained."""

from vault.domain.links import ExplanationKind, How, LinkKind, Risk
from vault.domain.message import N_

KINDS = {
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

HOW = {
    How.SAME: N_("the same"),
    How.SIMILAR: N_("almost the same"),
    How.ACROSS: N_("the same, entered under another kind"),
    How.WITHIN: N_("one lies within the other"),
    How.NEIGHBOUR: N_("in the same small network"),
    How.DOMAIN: N_("of the same domain"),
    How.SHARE: N_("a part of the smaller catalogue"),
}

RISKS = {
    Risk.NONE: N_("nothing shared"),
    Risk.LOW: N_("low"),
    Risk.WARN: N_("raised"),
    Risk.FAIL: N_("high"),
}

EXPLANATIONS = {
    ExplanationKind.APPROVAL: N_("Amazon approved it"),
    ExplanationKind.LICENCE: N_("Licence"),
    ExplanationKind.CONTRACT: N_("Contract"),
    ExplanationKind.OTHER: N_("Another reason"),
}
