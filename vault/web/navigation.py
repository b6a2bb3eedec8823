"""The side navigation: what there is to see of a seller account, in the order of a working day."""

from dataclasses import dataclass

from flask import current_app

from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.services.access import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation. `icon` is a Bootstrap icon; the entry shows where the person has `permission`."""

    endpoint: str
    label: str
    icon: str
    permission: Permission = Permission.SEE

    @property
    def area(self) -> str:
        return self.endpoint.partition(".")[0]


ENTRIES = (
    Entry("home.account", N_("Overview"), "grid-1x2"),
    Entry("today.account", N_("Today"), "sun"),
    Entry("documents.index", N_("Documents"), "files"),
    Entry("tasks.index", N_("Tasks"), "check2-square"),
    Entry("routines.index", N_("Routines"), "arrow-repeat"),
    Entry("security.index", N_("Security"), "shield-check"),
    Entry("suppliers.index", N_("Suppliers"), "truck"),
    Entry("products.index", N_("Products"), "box-seam"),
    Entry("imports.index", N_("Imports"), "arrow-down-square", Permission.IMPORT),
    Entry("register.index", N_("Register"), "fingerprint"),
    Entry("links.account", N_("Linked accounts"), "diagram-3"),
    Entry("further.index", N_("Further accounts"), "folder-plus"),
    Entry("journal.index", N_("Journal"), "journal-text"),
    Entry("people.index", N_("People"), "people", Permission.PEOPLE),
    Entry("webhooks.index", N_("Webhooks"), "broadcast", Permission.MANAGE),
    Entry("accounts.settings", N_("Seller account"), "building", Permission.SEE),
)


def entries_for(actor: Actor, account_id: str) -> list[Entry]:
    """The entries that `actor` may use in this seller account."""
    return [
        entry
        for entry in ENTRIES
        if entry.endpoint in current_app.view_functions and actor.may(entry.permission, account_id)
    ]
