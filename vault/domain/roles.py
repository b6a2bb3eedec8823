"""Who may do what. One table, read by the services; nothing else decides."""

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    ASSISTANT = "assistant"
    AUDITOR = "auditor"


class Permission(StrEnum):
    SEE = "see"  # look at everything of the account, download originals
    UPLOAD = "upload"  # add documents
    CORRECT = "correct"  # correct a reading, pick a product, work on tasks
    IMPORT = "import"  # import Seller Central reports
    REVEAL = "reveal"  # see bank accounts, cards and the like in full; each look is in the journal
    MANAGE = "manage"  # edit the account, suppliers and products; waive tasks
    PEOPLE = "people"  # invite people, change roles, remove access


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.MANAGER: frozenset(Permission) - {Permission.PEOPLE},
    Role.ASSISTANT: frozenset({Permission.SEE, Permission.UPLOAD, Permission.CORRECT, Permission.IMPORT}),
    Role.AUDITOR: frozenset({Permission.SEE}),
}

# Roles that can open the vault to others or speak for the business sign in with a second factor.
SECOND_FACTOR_REQUIRED = frozenset({Role.OWNER, Role.MANAGER})
