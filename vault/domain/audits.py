"""Audits: demands from Amazon that have to be answered with evidence."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class AuditKind(StrEnum):
    """What Amazon asks about."""

    AUTHENTICITY = "authenticity"
    INVOICES = "invoices"  # verification of supplier invoices
    UNGATING = "ungating"  # an application to sell a brand or a category
    LINKED_ACCOUNTS = "linked_accounts"
    ABUSIVE_CLAIM = "abusive_claim"
    COMPROMISED = "compromised"
    A_TO_Z = "a_to_z"


class AuditState(StrEnum):
    """How far an answer is. What was `SENT` is kept; `ANSWERED`: Amazon has replied, the outcome is still open."""

    DRAFT = "draft"
    GATHERING = "gathering"
    READY = "ready"
    SENT = "sent"
    ANSWERED = "answered"
    WON = "won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"  # opened by mistake, or taken back by Amazon

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done."""
        return self in (AuditState.WON, AuditState.LOST, AuditState.WITHDRAWN)

    @property
    def is_ours(self) -> bool:
        """Whether the answer is still to be given."""
        return self in (AuditState.DRAFT, AuditState.GATHERING, AuditState.READY)


# What can follow on what. Amazon may ask again after an answer, and an outcome may turn out to be none.
FOLLOWING: Mapping[AuditState, tuple[AuditState, ...]] = MappingProxyType(
    {
        AuditState.DRAFT: (AuditState.WITHDRAWN,),
        AuditState.GATHERING: (AuditState.READY, AuditState.SENT, AuditState.WITHDRAWN),
        AuditState.READY: (AuditState.GATHERING, AuditState.SENT, AuditState.WITHDRAWN),
        AuditState.SENT: (AuditState.ANSWERED, AuditState.GATHERING, AuditState.WON, AuditState.LOST),
        AuditState.ANSWERED: (AuditState.GATHERING, AuditState.WON, AuditState.LOST),
        AuditState.WON: (AuditState.GATHERING,),
        AuditState.LOST: (AuditState.GATHERING,),
        AuditState.WITHDRAWN: (AuditState.GATHERING,),
    }
)


class Request(StrEnum):
    """What a notice asks for."""

    INVOICES = "invoices"
    AUTHORISATION = "authorisation"  # a letter of authorisation or a licence
    PLAN = "plan"  # a plan of action
    IDENTITY = "identity"
    DELIVERY = "delivery"  # proof of shipment and delivery
    SAFETY = "safety"  # test reports, certificates of conformity
    PHOTOS = "photos"
    EXPLANATION = "explanation"
