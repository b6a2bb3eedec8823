"""Stopping mails from a link in a mail, without signing in: the link is signed, and can do nothing else."""

import hmac

from vault.db.entities.people import User
from vault.domain.errors import NotFound
from vault.services.journal.notes import Note, record
from vault.services.notices.choices import choice_row
from vault.services.vault import Vault

_PURPOSE = "stop-mails"


def stop_token(vault: Vault, user_id: str) -> str:
    return f"{user_id}.{vault.secrets.fingerprint(_PURPOSE, user_id)}"


def require_stop_token(vault: Vault, token: str) -> str:
    """The id of the person whom a link was made for. Raises NotFound."""
    user_id, _, signature = token.partition(".")
    expected = vault.secrets.fingerprint(_PURPOSE, user_id)
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        raise NotFound()
    return user_id


def stop_mails(vault: Vault, token: str) -> None:
    """No mail any more for whom the link was made, until the person chooses anew. Raises NotFound."""
    user_id = require_stop_token(vault, token)
    with vault.database.transaction() as session:
        if session.get(User, user_id) is None:
            raise NotFound()
        row = choice_row(session, vault, user_id)
        if row.stopped_at is None:
            row.stopped_at = vault.clock()
            session.flush()
            record(session, vault, [Note("user.mails_stopped", user_id, user_id)])
