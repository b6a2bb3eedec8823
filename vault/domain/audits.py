"""Audits: demands from Amazon that have to be answered with evidence."""

from enum import StrEnum


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

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done."""
        return self in (AuditState.WON, AuditState.LOST)


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
