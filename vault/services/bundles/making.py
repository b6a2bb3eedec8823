"""Making the bundle of an audit: the job that copies, prints, binds and packs, and keeps the result as documents."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from vault.composing.composer import Composer
from vault.composing.splitting import DoesNotFit
from vault.db.entities.audits import Audit, AuditBundle, AuditBundleFile
from vault.domain.errors import Damaged, VaultError
from vault.domain.ids import new_id
from vault.domain.message import N_
from vault.domain.papers import PaperKind
from vault.journal.entry import JsonValue
from vault.services.bundles.assembling import Assembly, Made
from vault.services.bundles.briefs import Brief, load_brief
from vault.services.bundles.copies import Copies
from vault.services.bundles.files import Copied, LeftOut, copied_files
from vault.services.bundles.packing import NothingGoesIn, pack, room_to_pack
from vault.services.documents.made import add_made, store_made
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import Heart, kept_alive
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.vault import Vault
from vault.services.workroom import require_free, workroom
from vault.store.protocol import Stored

# The longest that a bundle may take, in seconds: one of 10 GB on a slow disk.
_LONGEST = 4 * 3600.0
_LEAST_ROOM = 64 << 20
# What no further attempt would mend.
_FINAL = (DoesNotFit, NothingGoesIn, Damaged)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file that is in the store, and what it is called."""

    stored: Stored
    name: str
    media_type: str


def make_bundle(vault: Vault, lease: jobs.Lease) -> None:
    """The job. The bundle is the same, byte for byte, however often it runs and whatever has changed meanwhile.

    Raises LeaseLost; OutOfSpace; as the parts raise.
    """
    with vault.database.reading() as session:
        stored = session.get_one(AuditBundle, lease.subject_id).brief
    try:
        if stored is None:
            raise NothingGoesIn(N_("It was asked for before the vault was renewed. Ask for it again."))
        brief = load_brief(stored)
        with kept_alive(vault, lease, _LONGEST) as heart, workroom(vault.settings.home, _room(brief)) as folder:
            copied, flaws, made = _make(vault, brief, folder, partial(_tell, heart))
            # Whoever has lost the lease keeps nothing. Should it get lost right now, the next one stores the same bytes.
            jobs.extend(vault, lease, _progress("keeping", 0, len(made)))
            kept = [
                _Kept(store_made(vault, each.path, PaperKind.AUDIT_BUNDLE), each.name, each.media_type) for each in made
            ]
    except _FINAL as error:
        with jobs.effect(vault, lease) as session:
            _refuse(session, vault, lease.subject_id, error)
        return
    with jobs.effect(vault, lease) as session:
        _keep(session, vault, lease.subject_id, kept, copied.left_out, flaws)


def _make(
    vault: Vault, brief: Brief, folder: Path, tell: Callable[[str, int, int], None]
) -> tuple[Copied, list[str], list[Made]]:
    contents = brief.contents
    with Composer(allow_unsandboxed=vault.settings.allow_unsandboxed) as composer:
        copies = Copies(vault, composer, folder, contents.demand.language)
        copied = copied_files(vault, copies, contents, brief.options, partial(tell, "copies"))
        require_free(folder, room_to_pack(brief, copied.size))
        assembly = Assembly(vault, composer, brief, copied, folder, tell)
        made = pack(brief, copied, assembly)
    return copied, sorted(assembly.flaws), made


def _room(brief: Brief) -> int:
    """The free bytes without which it is not begun. How large copies become shows when they are made: mostly they are
    smaller than their originals, which are taken for a guess.
    """
    return _LEAST_ROOM + sum(each.size for each in brief.contents.enclosed) + room_to_pack(brief, 0)


def _tell(heart: Heart, step: str, done: int, of: int) -> None:
    heart.tell(_progress(step, done, of))


def _progress(step: str, done: int, of: int) -> dict[str, Any]:
    return {"step": step, "done": done, "of": of}


def _keep(
    session: Session, vault: Vault, bundle_id: str, kept: list[_Kept], left_out: Iterable[LeftOut], flaws: list[str]
) -> None:
    bundle = session.get_one(AuditBundle, bundle_id, with_for_update=True)
    audit = session.get_one(Audit, bundle.audit_id)
    stem, notes = f"audit-{audit.id[-8:]}-{bundle.id[-6:]}", []
    for position, each in enumerate(kept, 1):
        name, kind = f"{stem}{each.name}", PaperKind.AUDIT_BUNDLE
        document, made = add_made(
            session, vault, audit.account_id, each.stored, kind, name, each.media_type, bundle.made_by
        )
        notes += made
        session.add(AuditBundleFile(id=new_id(), bundle_id=bundle.id, position=position, document_id=document.id))
    bundle.contents, bundle.finished_at, bundle.problem = _digest(kept), vault.clock(), None
    bundle.left_out, bundle.flaws = [_dumped(each) for each in left_out], flaws
    session.flush()
    details: dict[str, JsonValue] = {"bundle": bundle.id, "sha256": bundle.contents, "files": len(kept)}
    record(session, vault, [*notes, Note("audit.bundle_made", audit.id, MACHINE, audit.account_id, details)])


def _refuse(session: Session, vault: Vault, bundle_id: str, error: VaultError) -> None:
    """Says on the bundle why there is none. A person can try again."""
    bundle = session.get_one(AuditBundle, bundle_id, with_for_update=True)
    audit = session.get_one(Audit, bundle.audit_id)
    bundle.problem = {"text": error.message.text, "params": dict(error.message.params)}
    session.flush()
    details = {"bundle": bundle.id, "reason": error.code}
    record(session, vault, [Note("audit.bundle_refused", audit.id, MACHINE, audit.account_id, details)])


def _digest(kept: list[_Kept]) -> str:
    """Of one file its own; of several, SHA-256 over a line for each as `sha256sum` writes them."""
    if len(kept) == 1:
        return str(kept[0].stored.sha256)
    lines = (f"{each.stored.sha256}  {each.name}\n" for each in kept)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _dumped(each: LeftOut) -> dict[str, Any]:
    message = {"text": each.message.text, "params": dict(each.message.params)}
    return {"document": each.enclosed.id, "name": each.enclosed.filename, "reason": each.reason, "message": message}
