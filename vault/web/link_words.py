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

# What would separate two accounts that share this.
SEPARATE = {
    LinkKind.LEGAL_ENTITY: N_("Run one of the accounts in another company, or keep Amazon's approval for two."),
    LinkKind.OWNER: N_("Nobody should own both; else keep Amazon's approval for two."),
    LinkKind.ADDRESS: N_("Give one of them a business address of its own."),
    LinkKind.RETURN_ADDRESS: N_("Have returns sent to different places."),
    LinkKind.WAREHOUSE: N_("Store the goods in different places, or keep the contract with the warehouse."),
    LinkKind.BANK_ACCOUNT: N_("Open a bank account for one of them, and change it in Seller Central."),
    LinkKind.CARD: N_("Pay Amazon's fees with different cards."),
    LinkKind.VAT_NUMBER: N_("One VAT number is one company: keep Amazon's approval for two accounts."),
    LinkKind.TAX_NUMBER: N_("One tax number is one person or company: keep Amazon's approval for two accounts."),
    LinkKind.COMPANY_NUMBER: N_("One company number is one company: keep Amazon's approval for two accounts."),
    LinkKind.PHONE: N_("Use a number of its own for each account."),
    LinkKind.EMAIL: N_("Use an address of its own, of a domain of its own, for each account."),
    LinkKind.DEVICE: N_("Sign in to each account on a device of its own."),
    LinkKind.IP_ADDRESS: N_("Sign in to each account over a line of its own."),
    LinkKind.IP_NETWORK: N_("Sign in to each account over a line of its own."),
    LinkKind.STAFF: N_("Let different people work in each account, or take one access away."),
    LinkKind.AGENCY: N_("Ask the agency for separate people and devices, and keep the contract."),
    LinkKind.TOOL: N_("A tool that many sellers use says little; keep its contract."),
    LinkKind.CATALOGUE: N_("Sell different products in each account."),
    LinkKind.PRICES: N_("Decide the prices of each account by itself."),
    LinkKind.TITLES: N_("Write each account's listings anew."),
    LinkKind.MIXED_INVENTORY: N_("Give each account labels and stock of its own."),
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
