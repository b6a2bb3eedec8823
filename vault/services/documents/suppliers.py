"""Suppliers: recognised on invoices, opened when new, kept up to date by people."""

import re
import unicodedata
from dataclasses import asdict, dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vault.db.entities.accounts import Supplier
from vault.db.entities.documents import Document
from vault.db.entities.letters import AuditRequest
from vault.db.entities.papers import Paper
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.message import N_, Message
from vault.domain.readings import Extracted, Fields
from vault.domain.roles import Permission
from vault.journal.table import entries
from vault.services.access import Actor
from vault.services.documents.values import parse_value
from vault.services.jobs import jobs
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.vault import Vault

# A name that was read with less confidence opens no record: it would be somebody who does not exist.
_SURE_ENOUGH = 0.5
# What the journal calls a person's change of a record.
_CHANGED = "supplier.changed"
# Forms of companies, which invoices print in one way today and in another tomorrow.
_FORMS = frozenset({
    "ab", "ag", "as", "bv", "cie", "co", "company", "corp", "corporation", "eurl", "gbr", "gmbh", "inc", "kg", "lda",
    "limited", "llc", "llp", "ltd", "mbh", "nv", "oy", "plc", "sa", "sarl", "sas", "sasu", "sl", "slu", "spa", "srl",
    "srls", "ug",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class SupplierDetails:
    """What a person can say about a supplier. Only the name is needed."""

    name: str
    address: str = ""
    country: str = ""
    vat_number: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


def recognise(session: Session, vault: Vault, account_id: str, fields: Fields) -> tuple[Supplier | None, list[Note]]:
    """The supplier that an invoice names: by VAT number, then by name and country; else a new record.

    None where no name could be read with some confidence. A known record is never changed by a reading.
    """
    vat_number = normal_vat(_text(fields.supplier_vat))
    if vat_number and (known := _by_vat(session, account_id, vat_number)):
        return known, []
    name, country = _text(fields.supplier_name), _text(fields.supplier_country)
    key = match_key(name, country)
    if not key:
        return None, []
    if known := _by_name(session, account_id, key):
        return known, []
    if fields.supplier_name is None or fields.supplier_name.confidence < _SURE_ENOUGH:
        return None, []
    return _open(session, vault, account_id, key, fields)


def remove_unused(session: Session, supplier_id: str) -> list[Note]:
    """Removes a record that was opened for a misread name, once no document refers to it any more.

    What a person has changed stays, and so does whoever was asked for invoices. Returns what changed, for the journal.
    """
    # Whoever holds it is about to refer to it.
    held = select(Supplier).where(Supplier.id == supplier_id).with_for_update(skip_locked=True)
    supplier = session.scalar(held)
    is_named = or_(
        exists().where(Document.supplier_id == supplier_id),
        exists().where(Paper.supplier_id == supplier_id),
        exists().where(AuditRequest.supplier_id == supplier_id),
    )
    is_known = exists().where(entries.c.subject == supplier_id, entries.c.action == _CHANGED)
    if supplier is None or session.scalar(select(is_named | is_known)):
        return []
    session.delete(supplier)
    session.flush()
    return [Note("supplier.removed", supplier_id, MACHINE, supplier.account_id, {"name": supplier.name})]


def show(vault: Vault, actor: Actor, supplier_id: str) -> Supplier:
    """Raises NotFound."""
    with vault.database.reading() as session:
        return _require(session, actor, supplier_id, Permission.SEE)


def change(vault: Vault, actor: Actor, supplier_id: str, details: SupplierDetails) -> Supplier:
    """Corrects a supplier's record; the invoices that name it are judged again by a worker.

    Raises NotFound, Forbidden, Invalid with a problem for each field, and Conflict when another record has that name.
    """
    try:
        with vault.database.transaction() as session:
            supplier = _require(session, actor, supplier_id, Permission.MANAGE, lock=True)
            values = _checked(details)
            before = {name: getattr(supplier, name) for name in values}
            changed = {name: value for name, value in values.items() if before[name] != value}
            if not changed:
                return supplier
            for name, value in changed.items():
                setattr(supplier, name, value)
            supplier.match_key = match_key(supplier.name, supplier.country)
            job = jobs.add_once(session, vault, jobs.JobKind.REJUDGE_SUPPLIER, supplier.id, supplier.account_id)
            details_of_note = {"before": {name: before[name] for name in changed}, "after": changed}
            record(session, vault, [Note(_CHANGED, supplier.id, actor.id, supplier.account_id, details_of_note)])
    except IntegrityError:
        raise Conflict(N_("Another supplier of this seller account has the same name and country.")) from None
    jobs.send(vault, job)
    return supplier


def match_key(name: str, country: str) -> str:
    """The name as it is compared: without case, accents, punctuation and form of company; then the country.

    Empty where the name has nothing to compare.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain))
    telling = [word for word in words if word not in _FORMS] or words
    joined = " ".join(telling)
    return f"{joined}|{country.upper()}"[:300] if len(joined) > 1 else ""


def normal_vat(text: str) -> str:
    """A VAT number without spaces and punctuation, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())[:32]


def _by_vat(session: Session, account_id: str, vat_number: str) -> Supplier | None:
    wanted = select(Supplier).where(Supplier.account_id == account_id, Supplier.vat_number == vat_number)
    return session.scalar(wanted.order_by(Supplier.id).limit(1))


def _by_name(session: Session, account_id: str, key: str) -> Supplier | None:
    """The same name in the same country; where the country is not known on one side, the name alone decides."""
    name, _, country = key.rpartition("|")
    of_account = select(Supplier).where(Supplier.account_id == account_id)
    if exact := session.scalar(of_account.where(Supplier.match_key == key)):
        return exact
    if country:
        return session.scalar(of_account.where(Supplier.match_key == f"{name}|"))
    alike = of_account.where(Supplier.match_key >= f"{name}|", Supplier.match_key < f"{name}|~").limit(2)
    found = session.scalars(alike).all()
    return found[0] if len(found) == 1 else None


def _open(
    session: Session, vault: Vault, account_id: str, key: str, fields: Fields
) -> tuple[Supplier | None, list[Note]]:
    supplier = Supplier(
        account_id=account_id,
        name=_text(fields.supplier_name)[:300],
        match_key=key,
        address=_text(fields.supplier_address)[:600],
        country=_text(fields.supplier_country)[:2],
        vat_number=normal_vat(_text(fields.supplier_vat)),
        phone=_text(fields.supplier_phone)[:64],
        email=_text(fields.supplier_email)[:254],
        website=_text(fields.supplier_website)[:300],
        created_at=vault.clock(),
    )
    try:
        with session.begin_nested():
            session.add(supplier)
    except IntegrityError:  # another worker met the same new supplier in this moment
        return _by_name(session, account_id, key), []
    return supplier, [Note("supplier.opened", supplier.id, MACHINE, account_id, {"name": supplier.name})]


def _require(
    session: Session, actor: Actor, supplier_id: str, permission: Permission, *, lock: bool = False
) -> Supplier:
    supplier = session.get(Supplier, supplier_id, with_for_update=lock or None)
    if supplier is None:
        raise NotFound()
    actor.require(permission, supplier.account_id)
    return supplier


def _checked(details: SupplierDetails) -> dict[str, str]:
    values: dict[str, str] = {}
    problems: dict[str, Message] = {}
    longest = {"name": 300, "address": 600, "country": 2, "vat_number": 32, "phone": 64, "email": 254, "website": 300}
    for name, text in asdict(details).items():
        try:
            values[name] = parse_value("supplier_country" if name == "country" else name, text) if text.strip() else ""
        except Invalid as error:
            problems[name] = error.message
            continue
        if len(values[name]) > longest[name]:
            problems[name] = Message(N_("Write at most %(longest)s characters."), {"longest": str(longest[name])})
    if "name" in values and not match_key(values["name"], ""):
        problems["name"] = Message(N_("Write the supplier's legal name."))
    if problems:
        raise Invalid(N_("The supplier was not changed."), problems)
    values["vat_number"] = normal_vat(values["vat_number"])
    return values


def _text(extracted: Extracted[str] | None) -> str:
    return extracted.value if extracted else ""
