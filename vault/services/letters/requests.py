"""Asking suppliers for the invoices that are missing: whom, for what, in which language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount, Supplier
from vault.db.entities.audits import Audit
from vault.domain.values import PostalAddress
from vault.letters.facts import SupplierFacts, WantedProduct
from vault.services.audits.evidence import Section
from vault.services.days import day_of, today
from vault.services.letters.facts import signer_of
from vault.services.letters.known import known_to
from vault.services.vault import Vault

_ENGLISH = "en"
# What suppliers in a country write, where there are letters in it. Switzerland: the language of most people there.
_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("DE", "AT", "CH", "LI"), "de"),
        **dict.fromkeys(("FR", "BE", "LU", "MC"), "fr"),
        **dict.fromkeys(("IT", "SM"), "it"),
        **dict.fromkeys(("ES", "MX", "AR", "CL", "CO", "PE"), "es"),
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the missing invoices of a product can be asked from: who sent the latest one."""

    supplier_id: str
    name: str


def asked_of(section: Section) -> Asked | None:
    """None where nothing is missing, or nobody is known."""
    if not is_wanting(section):
        return None
    seen = [each.proposal.weighed.invoice for each in section.candidates if each.proposal.weighed]
    known = [each for each in seen if each.supplier_id]
    latest = max(known, key=lambda each: (each.issued_on or date.min, each.document_id), default=None)
    return Asked(latest.supplier_id, latest.supplier_name) if latest and latest.supplier_id else None


def is_wanting(section: Section) -> bool:
    """Whether invoices of the section's product are missing, or show too few units."""
    return section.need is not None and (not section.chosen or section.need.short > 0)


def language_of(supplier: Supplier) -> str:
    """The language in which the supplier is written to; English where its country is not known."""
    return _LANGUAGES.get(supplier.country, _ENGLISH)


def supplier_facts(
    session: Session, vault: Vault, audit: Audit, sections: Iterable[Section], supplier: Supplier
) -> SupplierFacts:
    """Of one letter for everything that this supplier is asked for."""
    account = session.get_one(SellerAccount, audit.account_id)
    wanted = [each for each in sections if (asked := asked_of(each)) and asked.supplier_id == supplier.id]
    return SupplierFacts(
        account_name=account.legal_name,
        account_address=PostalAddress(account.street, account.postcode, account.city, account.region, account.country),
        supplier_name=supplier.name,
        products=tuple(_wanted(session, each, audit, supplier) for each in wanted),
        needed_by=_needed_by(vault, audit),
        signer=signer_of(session, audit),
    )


def _wanted(session: Session, section: Section, audit: Audit, supplier: Supplier) -> WantedProduct:
    need = section.need
    assert need is not None, "only what is missing is asked for"
    assert audit.noticed_on is not None, "a confirmed audit has the day of its notice"
    since = audit.noticed_on - timedelta(days=need.window_days) if need.window_days else None
    known = known_to(session, section, supplier.id)
    return WantedProduct(
        asin=section.asin,
        title=section.title,
        supplier_sku=known.article,
        units=need.short or None,
        since=since,
        until=audit.noticed_on,
        earlier=known.earlier,
    )


def _needed_by(vault: Vault, audit: Audit) -> date | None:
    """A day before the answer is due, where there is one."""
    if audit.deadline is None:
        return None
    day = today(vault)
    due = day_of(vault, audit.deadline)
    return max(day, due - timedelta(days=1)) if due >= day else None
