"""What a shared thing is called in a sentence, and what to do about it."""

from collections.abc import Mapping
from types import MappingProxyType

from vault.domain.links import ExplanationKind, How, LinkKind
from vault.domain.message import N_

_SAME: Mapping[LinkKind, str] = MappingProxyType(
    {
        LinkKind.LEGAL_ENTITY: N_("“%(account)s” and “%(other)s” belong to the same legal entity: %(shown)s."),
        LinkKind.OWNER: N_("“%(account)s” and “%(other)s” have the same owner: %(shown)s."),
        LinkKind.ADDRESS: N_("“%(account)s” and “%(other)s” have the same address: %(shown)s."),
        LinkKind.RETURN_ADDRESS: N_("Returns to “%(account)s” and “%(other)s” go to the same address: %(shown)s."),
        LinkKind.WAREHOUSE: N_("“%(account)s” and “%(other)s” use the same warehouse: %(shown)s."),
        LinkKind.BANK_ACCOUNT: N_("“%(account)s” and “%(other)s” are paid into the same bank account: %(shown)s."),
        LinkKind.CARD: N_("“%(account)s” and “%(other)s” are charged to the same card: %(shown)s."),
        LinkKind.VAT_NUMBER: N_("“%(account)s” and “%(other)s” have the same VAT number: %(shown)s."),
        LinkKind.TAX_NUMBER: N_("“%(account)s” and “%(other)s” have the same tax number: %(shown)s."),
        LinkKind.COMPANY_NUMBER: N_("“%(account)s” and “%(other)s” have the same company number: %(shown)s."),
        LinkKind.PHONE: N_("“%(account)s” and “%(other)s” have the same phone number: %(shown)s."),
        LinkKind.EMAIL: N_("“%(account)s” and “%(other)s” have the same e-mail address: %(shown)s."),
        LinkKind.DEVICE: N_("“%(account)s” and “%(other)s” are used on the same device: %(shown)s."),
        LinkKind.IP_ADDRESS: N_("“%(account)s” and “%(other)s” are used from the same IP address: %(shown)s."),
        LinkKind.IP_NETWORK: N_("“%(account)s” and “%(other)s” are used from the same network: %(shown)s."),
        LinkKind.STAFF: N_("The same person has access to “%(account)s” and “%(other)s”: %(shown)s."),
        LinkKind.AGENCY: N_("The same agency has access to “%(account)s” and “%(other)s”: %(shown)s."),
        LinkKind.TOOL: N_("The same tool has access to “%(account)s” and “%(other)s”: %(shown)s."),
        LinkKind.MIXED_INVENTORY: N_(
            "“%(account)s” and “%(other)s” sell stock under the same FNSKU (%(shown)s): their inventory is mixed."
        ),
    }
)
_SHARE: Mapping[LinkKind, str] = MappingProxyType(
    {
        LinkKind.CATALOGUE: N_(
            "“%(account)s” and “%(other)s” sell the same products: %(shown)s of the smaller catalogue."
        ),
        LinkKind.PRICES: N_(
            "“%(account)s” and “%(other)s” ask the same prices for %(shown)s of the smaller catalogue."
        ),
        LinkKind.TITLES: N_(
            "“%(account)s” and “%(other)s” describe different products in the same words: %(shown)s of the smaller catalogue."
        ),
    }
)
_OTHERWISE: Mapping[How, str] = MappingProxyType(
    {
        How.ACROSS: N_("“%(account)s” uses for one purpose what “%(other)s” uses for another: %(shown)s."),
        How.WITHIN: N_("“%(account)s” and “%(other)s” are used from networks that overlap: %(shown)s."),
        How.NEIGHBOUR: N_("“%(account)s” and “%(other)s” are used from neighbouring IP addresses: %(shown)s."),
        How.DOMAIN: N_("“%(account)s” and “%(other)s” have e-mail addresses of the same domain: %(shown)s."),
    }
)
_SIMILAR_NAMES = N_("“%(account)s” and “%(other)s” go by names that are almost the same: %(shown)s.")
_SIMILAR_PLACES = N_("“%(account)s” and “%(other)s” have addresses that seem to be one: %(shown)s.")

_OWN_VALUE = N_("Give “%(account)s” one of its own and end the old one in the register, or record what explains it.")
_ADVICE: Mapping[LinkKind, str] = MappingProxyType(
    {
        LinkKind.LEGAL_ENTITY: N_(
            "One legal entity needs a business reason for two accounts. Record Amazon's approval, or whatever explains it."
        ),
        LinkKind.OWNER: N_(
            "Record what explains it: Amazon's approval, a licence or a contract, best with its document."
        ),
        LinkKind.STAFF: N_("Let different people work for the two accounts, or record what explains it."),
        LinkKind.AGENCY: N_("Record the contract with the agency as the explanation, with its document."),
        LinkKind.TOOL: N_("Record the contract for the tool as the explanation, with its document."),
        LinkKind.CATALOGUE: N_("Keep the assortments apart: each account needs products and a strategy of its own."),
        LinkKind.PRICES: N_("Set prices for each account by itself: each needs a strategy of its own."),
        LinkKind.TITLES: N_("Write the texts of each account by themselves."),
        LinkKind.MIXED_INVENTORY: N_("Separate the stock at once: no two accounts may send in or sell the same units."),
    }
)
_CONFIRM: Mapping[ExplanationKind, str] = MappingProxyType(
    {
        ExplanationKind.APPROVAL: N_(
            "They came to share this after Amazon's approval was recorded. Open the pair and say whether the approval "
            "holds for this too; if it does not, give “%(account)s” one of its own."
        ),
        ExplanationKind.LICENCE: N_(
            "They came to share this after a licence that explains such things was recorded. Open the pair and say "
            "whether the licence holds for this too; if it does not, give “%(account)s” one of its own."
        ),
        ExplanationKind.CONTRACT: N_(
            "They came to share this after a contract that explains such things was recorded. Open the pair and say "
            "whether the contract holds for this too; if it does not, give “%(account)s” one of its own."
        ),
        ExplanationKind.OTHER: N_(
            "They came to share this after it was recorded why they share such things. Open the pair and say whether "
            "that holds for this too; if it does not, give “%(account)s” one of its own."
        ),
    }
)


def sentence(kind: LinkKind, how: How) -> str:
    """The sentence for a shared thing, with the parameters account, other and shown."""
    if how is How.SIMILAR:
        return _SIMILAR_NAMES if kind in (LinkKind.LEGAL_ENTITY, LinkKind.OWNER) else _SIMILAR_PLACES
    if how is How.SHARE:
        return _SHARE[kind]
    return _SAME[kind] if how is How.SAME else _OTHERWISE[how]


def advice(kind: LinkKind) -> str:
    """What to do about a shared thing of this kind, with the parameter account."""
    return _ADVICE.get(kind, _OWN_VALUE)


def confirm_advice(kind: ExplanationKind) -> str:
    """What to do about a thing that is shared since an explanation of this kind was given, with the parameter account."""
    return _CONFIRM[kind]
