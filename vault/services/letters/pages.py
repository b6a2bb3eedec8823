"""What the pages about letters need to know beside the letter itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from vault.db.entities.accounts import Supplier
from vault.db.entities.audits import Audit
from vault.domain.roles import Permission
from vault.letters.facts import Signer
from vault.services.access import Actor
from vault.services.audits.audits import require_audit
from vault.services.audits.evidence import sections_of
from vault.services.audits.notice import notice_of
from vault.services.bundles.contents import included_of
from vault.services.letters.answers import Said, require_confirmed, said_of
from vault.services.letters.askings import Asking, askings_of
from vault.services.letters.facts import signer_of
from vault.services.letters.offers import offered_points
from vault.services.letters.requests import language_of
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Sayings:
    """What people say in an answer, or what is offered to them while nobody has said anything.

    `proofs`: names of the documents that go in, by id; `signer`: who would sign; `version`: of what was said last.
    """

    audit: Audit
    said: Said
    signer: Signer
    proofs: Mapping[str, str]
    notice: str
    version: str


def read_sayings(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> Sayings:
    """Raises NotFound, and Conflict while the notice is not confirmed."""
    with vault.database.reading() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.SEE)
        require_confirmed(audit)
        sections = sections_of(session, vault, audit)
        included, said = included_of(sections), said_of(session, audit)
        return Sayings(
            audit=audit,
            said=Said(points=tuple(offered_points(audit, sections))) if said == Said() else said,
            signer=signer_of(session, audit),
            proofs={document_id: each.name for document_id, each in included.items()},
            notice=notice_of(session, audit).text,
            version=said.version,
        )


def read_askings(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> tuple[Asking, ...]:
    """Which suppliers were asked, the latest first. Raises NotFound."""
    with vault.database.reading() as session:
        return askings_of(session, require_audit(session, actor, account_id, audit_id, Permission.SEE))


def request_language(vault: Vault, actor: Actor, account_id: str, audit_id: str, supplier_id: str = "") -> str:
    """The audit's language, or the supplier's where a letter goes to one. Raises NotFound."""
    with vault.database.reading() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.SEE)
        supplier = session.get(Supplier, supplier_id) if supplier_id else None
        if supplier is not None and supplier.account_id == account_id:
            return language_of(supplier)
        return audit.language
