"""The journal's actions in plain words. An action that stands here not yet is shown as it is."""

from vault.domain.message import N_

AREAS = {
    "document": N_("Documents"),
    "task": N_("Tasks"),
    "supplier": N_("Suppliers"),
    "catalogue": N_("Catalogue"),
    "account": N_("Seller account"),
    "person": N_("People"),
}

ACTIONS = {
    "account.opened": N_("Seller account opened"),
    "account.changed": N_("Seller account changed"),
    "person.invited": N_("Person invited"),
    "person.joined": N_("Invitation accepted"),
    "person.invitation_withdrawn": N_("Invitation withdrawn"),
    "person.role_changed": N_("Role changed"),
    "person.removed": N_("Access taken away"),
    "rows.changed": N_("Records changed by the service"),
}
