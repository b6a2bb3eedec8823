"""Audits in plain words: kinds, states, parts of the evidence, what happened, what a notice asks for."""

from vault.checks.coverage.counting import Excluded
from vault.db.entities.audits import EventKind
from vault.domain.audits import AuditState, Request
from vault.domain.message import N_
from vault.services.words import AUDIT_KINDS, AUDIT_STATES

KINDS = AUDIT_KINDS
UNCONFIRMED = N_("Notice to confirm")

# How a state is marked (`macros/page.html`), and its word.
STATES = {
    AuditState.DRAFT: ("unknown", AUDIT_STATES[AuditState.DRAFT]),
    AuditState.GATHERING: ("open", AUDIT_STATES[AuditState.GATHERING]),
    AuditState.READY: ("judged", AUDIT_STATES[AuditState.READY]),
    AuditState.SENT: ("reading", AUDIT_STATES[AuditState.SENT]),
    AuditState.ANSWERED: ("open", AUDIT_STATES[AuditState.ANSWERED]),
    AuditState.WON: ("pass", AUDIT_STATES[AuditState.WON]),
    AuditState.LOST: ("fail", AUDIT_STATES[AuditState.LOST]),
    AuditState.WITHDRAWN: ("not_applicable", AUDIT_STATES[AuditState.WITHDRAWN]),
}
# What the buttons say that lead to a state.
MOVES = {
    AuditState.GATHERING: N_("Go on gathering"),
    AuditState.READY: N_("The evidence is ready"),
    AuditState.SENT: N_("The answer was sent"),
    AuditState.ANSWERED: N_("Amazon has replied"),
    AuditState.WON: N_("Won"),
    AuditState.LOST: N_("Lost"),
    AuditState.WITHDRAWN: N_("Withdraw"),
}

REQUESTS = {
    Request.INVOICES: N_("Supplier invoices"),
    Request.AUTHORISATION: N_("Letter of authorisation or licence"),
    Request.PLAN: N_("Plan of action"),
    Request.IDENTITY: N_("Identity or company papers"),
    Request.DELIVERY: N_("Proof of shipment and delivery"),
    Request.SAFETY: N_("Test reports, certificates of conformity"),
    Request.PHOTOS: N_("Photos"),
    Request.EXPLANATION: N_("An explanation"),
}

PARTS = {
    "invoices": N_("Supplier invoices"),
    "authorisation": N_("Authorisation"),
    "safety": N_("Certificates and test reports"),
    "payment": N_("Proofs of payment"),
    "photos": N_("Photos"),
    "delivery": N_("Proofs of delivery"),
    "company": N_("Company papers"),
    "identity": N_("Identity papers"),
    "brands": N_("Own brands"),
    "approval": N_("Amazon's approval"),
    "correspondence": N_("Correspondence"),
    "screens": N_("Screenshots"),
}

EVENTS = {
    EventKind.NOTICE: ("envelope-exclamation", N_("Amazon's notice")),
    EventKind.NOTE: ("pencil", N_("Note")),
    EventKind.CALL: ("telephone", N_("Call")),
    EventKind.RECEIVED: ("envelope-arrow-down", N_("Message received")),
    EventKind.WRITTEN: ("envelope-arrow-up", N_("Message sent")),
    EventKind.SENT: ("send", N_("Answer sent")),
    EventKind.ANSWERED: ("reply", N_("Amazon has replied")),
    EventKind.WON: ("trophy", N_("Amazon's decision: won")),
    EventKind.LOST: ("flag", N_("Amazon's decision: lost")),
    EventKind.WITHDRAWN: ("slash-circle", N_("Withdrawn")),
    EventKind.OUTCOME: ("flag", N_("Amazon's decision")),
}

# Why an invoice shows no units for a product.
EXCLUDED = {
    Excluded.NO_INVOICE: N_("It is no invoice for a completed sale."),
    Excluded.FAILS: N_("It does not pass the checks of this audit."),
    Excluded.TO_CHECK: N_("Something on it could not be read: look at it first."),
    Excluded.NO_DATE: N_("It has no date."),
    Excluded.NO_QUANTITY: N_("Its quantity could not be read."),
    Excluded.NO_LINE: N_("No line of it is this product: it shows no units of it."),
    Excluded.DUPLICATE: N_("The same invoice is there already."),
}
