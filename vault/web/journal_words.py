"""The journal's actions in plain words. An action that stands here not yet is shown as it is."""

from vault.domain.message import N_

# What an entry is about: the part of its action before the dot.
AREAS = {
    "document": N_("Documents"),
    "correction": N_("Corrections taken back"),
    "task": N_("Tasks"),
    "supplier": N_("Suppliers"),
    "report": N_("Imports"),
    "upload": N_("Refused uploads"),
    "account": N_("Seller account"),
    "person": N_("People"),
}
AREAS_OF_NO_ACCOUNT = {
    "user": N_("People"),
    "job": N_("Work of the machine"),
    "store": N_("Reading every byte again"),
    "blob": N_("Damaged bytes"),
}

# Who acts when it is no person.
MACHINES = {"service": N_("The service"), "worker": N_("A worker"), "terminal": N_("Somebody at the terminal")}

ACTIONS = {
    "document.kept": N_("Kept"),
    "document.read": N_("Read"),
    "document.read_again": N_("To be read again"),
    "document.not_read_again": N_("Could not be read again, so the earlier reading counts"),
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
    "supplier.removed": N_("Supplier removed, since no document names it any more"),
    "report.imported": N_("Report imported"),
    "job.given_up": N_("Work given up"),
    "job.forged": N_("Forged work refused"),
    "store.scrubbed": N_("Every kept byte read again"),
    "blob.damaged": N_("Kept bytes found damaged"),
    "account.opened": N_("Seller account opened"),
    "account.changed": N_("Seller account changed"),
    "person.invited": N_("Person invited"),
    "person.joined": N_("Invitation accepted"),
    "person.invitation_withdrawn": N_("Invitation withdrawn"),
    "person.role_changed": N_("Role changed"),
    "person.removed": N_("Access taken away"),
    "user.created": N_("Person created"),
    "user.signed_in": N_("Signed in"),
    "user.code_accepted": N_("Second factor given"),
    "user.recovery_code_used": N_("Recovery code used"),
    "user.recovery_codes_renewed": N_("New recovery codes"),
    "user.second_factor_enrolled": N_("Second factor set up"),
    "user.password_changed": N_("Password changed"),
    "user.password_reset": N_("Password set at the terminal"),
    "user.password_hashed_again": N_("Password hash strengthened"),
    "user.email_changed": N_("E-mail address changed"),
    "user.profile_changed": N_("Profile changed"),
    "user.other_sessions_ended": N_("Signed out everywhere else"),
    "user.disabled": N_("Person disabled"),
    "user.enabled": N_("Person enabled again"),
    "rows.changed": N_("Records changed by the service"),
}
