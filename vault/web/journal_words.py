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
    "document.kept": N_("Kept"),
    "document.read": N_("Read"),
    "document.read_again": N_("To be read again"),
    "document.unreadable": N_("Could not be read"),
    "document.quarantined": N_("Set aside unread"),
    "document.judged": N_("Judged"),
    "document.corrected": N_("Corrected"),
    "correction.withdrawn": N_("Correction taken back"),
    "batch.opened": N_("Upload begun"),
    "upload.refused": N_("Upload refused"),
    "task.opened": N_("Task opened"),
    "task.reopened": N_("Task opened again"),
    "task.changed": N_("Task changed"),
    "task.done": N_("Task done"),
    "task.waived": N_("Task waived"),
    "supplier.opened": N_("Supplier recorded"),
    "supplier.changed": N_("Supplier changed"),
    "report.imported": N_("Report imported"),
    "job.given_up": N_("Work given up"),
    "account.opened": N_("Seller account opened"),
    "account.changed": N_("Seller account changed"),
    "person.invited": N_("Person invited"),
    "person.joined": N_("Invitation accepted"),
    "person.invitation_withdrawn": N_("Invitation withdrawn"),
    "person.role_changed": N_("Role changed"),
    "person.removed": N_("Access taken away"),
    "rows.changed": N_("Records changed by the service"),
}
