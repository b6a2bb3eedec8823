"""The side navigation: what there is to see, in groups, in the order of a working day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import current_app

from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.services.access import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation. `icon` is a Bootstrap icon; the entry shows where the person has `permission`.

    `also`: further areas of the web whose pages belong to it.
    """

    endpoint: str
    label: str
    icon: str
    permission: Permission = Permission.SEE
    also: tuple[str, ...] = ()

    @property
    def areas(self) -> tuple[str, ...]:
        return (self.endpoint.partition(".")[0], *self.also)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries below a heading. A `is_folded` one shows its heading alone until it is opened."""

    heading: str
    entries: tuple[Entry, ...]
    is_folded: bool = False
    current: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.current) or not self.is_folded


OF_ACCOUNT = (
    Group(
        "",
        (
            Entry("home.account", N_("Overview"), "grid-1x2"),
            Entry("today.account", N_("Today"), "sun"),
            Entry("tasks.index", N_("Tasks"), "check2-square"),
            Entry("audits.index", N_("Audits"), "envelope-exclamation"),
            Entry("reports.index", N_("Monthly reports"), "calendar2-check"),
        ),
    ),
    Group(
        N_("Papers"),
        (
            Entry("documents.index", N_("Documents"), "files", also=("corrections",)),
            Entry("suppliers.index", N_("Suppliers"), "truck"),
            Entry("products.index", N_("Products"), "box-seam"),
            Entry("coverage.index", N_("Coverage"), "bar-chart-steps"),
            Entry("imports.index", N_("Imports"), "arrow-down-square", Permission.IMPORT),
        ),
    ),
    Group(
        N_("Safety of the account"),
        (
            Entry("security.index", N_("Security"), "shield-check", also=("emergencies",)),
            Entry("routines.index", N_("Routines"), "arrow-repeat", also=("absences",)),
            Entry("register.index", N_("Register"), "fingerprint"),
            Entry("links.account", N_("Linked accounts"), "diagram-3"),
            Entry("further.index", N_("Further accounts"), "folder-plus"),
        ),
    ),
    Group(
        N_("Settings and journal"),
        (
            Entry("accounts.settings", N_("Seller account"), "building"),
            Entry("people.index", N_("People"), "people", Permission.PEOPLE),
            Entry("webhooks.index", N_("Webhooks"), "broadcast", Permission.MANAGE),
            Entry("journal.index", N_("Journal"), "journal-text"),
        ),
        is_folded=True,
    ),
)
OF_ALL = Group(
    N_("All seller accounts"),
    (
        Entry("home.index", N_("Dashboard"), "speedometer2"),
        Entry("today.everywhere", N_("Today"), "sun"),
        Entry("worklist.index", N_("Tasks"), "check2-square"),
        Entry("links.everywhere", N_("Linked accounts"), "diagram-3"),
    ),
)
OF_VAULT = Group(
    N_("This vault"),
    (
        Entry("people.everyone", N_("Everyone"), "person-gear"),
        Entry("journal.vault", N_("Sign-ins and people"), "shield-lock"),
        Entry("notices.mail_state", N_("Mails"), "envelope"),
    ),
    is_folded=True,
)


def groups_of_account(actor: Actor, account_id: str, here: str) -> Iterator[Group]:
    """What `actor` may use in this seller account. `here`: the endpoint that is shown, empty where it is elsewhere."""
    area = here.partition(".")[0]
    for group in OF_ACCOUNT:
        entries = tuple(
            entry
            for entry in group.entries
            if entry.endpoint in current_app.view_functions and actor.may(entry.permission, account_id)
        )
        current = next((entry.endpoint for entry in entries if area in entry.areas), "")
        if entries:
            yield replace(group, entries=entries, current=current)


def groups_of_all(actor: Actor, is_inside: bool, here: str) -> Iterator[Group]:
    """What goes beyond one seller account. `is_inside`: whether a seller account is shown besides."""
    area = here.partition(".")[0]
    if len(actor.account_ids) > 1:
        shown = [entry.endpoint for entry in OF_ALL.entries if area in entry.areas and not is_inside]
        yield replace(OF_ALL, current=next(iter(shown), ""))
    if actor.is_administrator:
        shown = [entry.endpoint for entry in OF_VAULT.entries if entry.endpoint == here]
        yield replace(OF_VAULT, is_folded=is_inside, current=next(iter(shown), ""))
