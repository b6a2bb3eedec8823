"""Links: what makes two accounts look as if they belonged together, and what explains it."""

from dataclasses import dataclass
from enum import StrEnum

from vault.domain.register import AttributeKind


class LinkKind(StrEnum):
    """A kind of thing that two accounts can share: every `AttributeKind`, and what they sell and who works there."""

    LEGAL_ENTITY = AttributeKind.LEGAL_ENTITY.value
    OWNER = AttributeKind.OWNER.value
    ADDRESS = AttributeKind.ADDRESS.value
    RETURN_ADDRESS = AttributeKind.RETURN_ADDRESS.value
    WAREHOUSE = AttributeKind.WAREHOUSE.value
    BANK_ACCOUNT = AttributeKind.BANK_ACCOUNT.value
    CARD = AttributeKind.CARD.value
    VAT_NUMBER = AttributeKind.VAT_NUMBER.value
    TAX_NUMBER = AttributeKind.TAX_NUMBER.value
    COMPANY_NUMBER = AttributeKind.COMPANY_NUMBER.value
    PHONE = AttributeKind.PHONE.value
    EMAIL = AttributeKind.EMAIL.value
    DEVICE = AttributeKind.DEVICE.value
    IP_ADDRESS = AttributeKind.IP_ADDRESS.value
    IP_NETWORK = AttributeKind.IP_NETWORK.value
    STAFF = "staff"
    AGENCY = "agency"
    TOOL = "tool"
    CATALOGUE = "catalogue"
    PRICES = "prices"
    TITLES = "titles"
    MIXED_INVENTORY = "mixed_inventory"


class How(StrEnum):
    """In what way something is shared.

    `SAME`: equal values. `SIMILAR`: written differently, or almost the same. `ACROSS`: equal, but of different kinds
    (one account's address is the other's warehouse). `WITHIN`: one's IP address or network lies in the other's.
    `NEIGHBOUR`: the same /24 (IPv4) or /64 (IPv6). `DOMAIN`: e-mail addresses of one domain. `SHARE`: a share of the
    smaller catalogue.
    """

    SAME = "same"
    SIMILAR = "similar"
    ACROSS = "across"
    WITHIN = "within"
    NEIGHBOUR = "neighbour"
    DOMAIN = "domain"
    SHARE = "share"


class Risk(StrEnum):
    """What a score of 0 … 100 means. The rule book says where `WARN` and `FAIL` begin; `NONE` is 0."""

    NONE = "none"
    LOW = "low"
    WARN = "warn"
    FAIL = "fail"


class ExplanationKind(StrEnum):
    """Why two accounts may share something."""

    APPROVAL = "approval"  # Amazon approved the further account
    LICENCE = "licence"
    CONTRACT = "contract"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One shared thing and what it adds to a pair's score.

    `key` names the thing for good and tells nothing of it: a value keeps its key under whatever kind it is known; what
    catalogues have in common has that of its kind. `shown`: what may be shown of it, masked; of catalogues a figure.

    `weight` (percent) is what it weighs by itself, `alone` (percent, at most `weight`) what is left of that after its
    explanation, `counted` (percent, at most `alone`) what enters the score: of several things of a kind the further ones
    tell little. `points`: by how much the score would be lower without it. `ended`: one of the two has given it up,
    which leaves a trace.

    `explanation_id` names the explanation that counts, empty where there is none; `documented`: that one has a document.
    `awaits` names the explanation that is about such things and was given before this one was shared: a person has to
    say whether it holds for this too.
    """

    kind: LinkKind
    how: How
    shown: str
    weight: int
    counted: int
    points: int = 0
    ended: bool = False
    explanation_id: str = ""
    documented: bool = False
    key: str = ""
    alone: int = 0
    awaits: str = ""
